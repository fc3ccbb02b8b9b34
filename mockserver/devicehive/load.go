package devicehive

import (
	"encoding/json"
	"io/fs"
	"slices"
	"time"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
)

type userRow struct {
	ID                      int64          `yaml:"id"`
	Login                   string         `yaml:"login"`
	Password                *string        `yaml:"password"`
	Role                    int            `yaml:"role"`
	Status                  int            `yaml:"status"`
	LastLogin               *string        `yaml:"lastLogin"`
	Data                    map[string]any `yaml:"data"`
	IntroReviewed           bool           `yaml:"introReviewed"`
	AllDeviceTypesAvailable bool           `yaml:"allDeviceTypesAvailable"`
	Networks                []int64        `yaml:"networks"`
	DeviceTypes             []int64        `yaml:"deviceTypes"`
}

// load reads the tables in the order in which they refer to one another.
func load(dir fs.FS, settings Settings) (*State, error) {
	s := &State{
		users: engine.NewTable[int64, *User](), logins: engine.NewTable[string, int64](),
		byNetwork: engine.NewIndex(), byDeviceType: engine.NewIndex(),
		next: ids{user: 1, network: 1, deviceType: 1}, settings: &settings,
	}
	var err error
	if s.networks, err = loadGroups(dir, "networks.yaml", &s.next.network); err != nil {
		return nil, err
	}
	if s.deviceTypes, err = loadGroups(dir, "device_types.yaml", &s.next.deviceType); err != nil {
		return nil, err
	}
	rows, err := fixtures.Table[userRow](dir, "users.yaml")
	for _, row := range rows {
		if err := s.loadUser(row); err != nil {
			return nil, err
		}
	}
	return s, err
}

func loadGroups(dir fs.FS, file string, next *int64) (engine.Table[int64, *Group], error) {
	table := engine.NewTable[int64, *Group]()
	rows, err := fixtures.Table[Group](dir, file)
	for _, row := range rows {
		r := row.Record
		switch {
		case r.ID < 1:
			return table, row.Errorf("id %d is below 1", r.ID)
		case table.Has(r.ID):
			return table, row.Errorf("id %d is used twice; give each record an id of its own", r.ID)
		case r.Name == "":
			return table, row.Errorf("name is empty")
		}
		table.Put(r.ID, &r)
		*next = max(*next, r.ID+1)
	}
	return table, err
}

func (s *State) loadUser(row fixtures.Row[userRow]) error {
	r := row.Record
	switch {
	case r.ID < 1:
		return row.Errorf("id %d is below 1", r.ID)
	case s.users.Has(r.ID):
		return row.Errorf("id %d is used twice; give each user an id of its own", r.ID)
	case r.Login == "":
		return row.Errorf("login is empty; give the user one")
	case s.logins.Has(r.Login):
		return row.Errorf("login %q is used twice; give each user a login of its own", r.Login)
	case r.Role < administrator || r.Role > client:
		return row.Errorf("role is %d; write 0 for an administrator or 1 for a client", r.Role)
	case r.Status < active || r.Status > disabled:
		return row.Errorf("status is %d; write 0 for active, 1 for locked out or 2 for disabled", r.Status)
	}
	u := &User{
		ID: r.ID, Login: r.Login, Password: r.Password, Role: r.Role, Status: r.Status,
		IntroReviewed: r.IntroReviewed, AllDeviceTypes: r.AllDeviceTypesAvailable,
	}
	var err error
	if r.LastLogin != nil {
		if u.LastLogin, err = time.Parse(timestampLayout, *r.LastLogin); err != nil {
			return row.Errorf("lastLogin is %q; write it as in \"2018-05-25T11:39:49.123\"", *r.LastLogin)
		}
	}
	if r.Data != nil {
		if u.Data, err = json.Marshal(r.Data); err != nil {
			return row.Errorf("data cannot be written as JSON: %v", err)
		}
	}
	if u.Networks.ids, err = known(row, "network", r.Networks, s.networks); err != nil {
		return err
	}
	if u.DeviceTypes.ids, err = known(row, "device type", r.DeviceTypes, s.deviceTypes); err != nil {
		return err
	}
	s.putUser(u)
	return nil
}

func known(row fixtures.Row[userRow], noun string, ids []int64, table engine.Table[int64, *Group]) ([]int64, error) {
	for _, id := range ids {
		if !table.Has(id) {
			return nil, row.Errorf("%s %d does not exist", noun, id)
		}
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids), nil
}
