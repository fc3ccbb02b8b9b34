package devicehive

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

type userRow struct {
	ID                      int64           `yaml:"id"`
	Login                   string          `yaml:"login"`
	Password                *schemas.Secret `yaml:"password"`
	Role                    int             `yaml:"role"`
	Status                  int             `yaml:"status"`
	FailedAttempts          int             `yaml:"failedAttempts"`
	LastLogin               *string         `yaml:"lastLogin"`
	Data                    schemas.JSON    `yaml:"data"`
	IntroReviewed           bool            `yaml:"introReviewed"`
	AllDeviceTypesAvailable bool            `yaml:"allDeviceTypesAvailable"`
	Networks                []int64         `yaml:"networks"`
	DeviceTypes             []int64         `yaml:"deviceTypes"`
}

// An orderRow is the place of a user's last change among all users'.
type orderRow struct {
	User  int64 `yaml:"user"`
	Place int64 `yaml:"place"`
}

// Load implements engine.State.
func (s *State) Load(from schemas.Tables) (engine.State, error) {
	l := newState(s.settings)
	return l, cmp.Or(
		loadGroups(from, "networks", l.networks, l.numbers),
		loadGroups(from, "device_types", l.deviceTypes, l.numbers),
		schemas.Each(from, "users", l.wrongUser, l.putUserRow),
		schemas.Each(from, "change_order", l.wrongOrder, l.putOrder),
		l.numbers.Load(from, "users", "networks", "device_types", changes),
	)
}

func loadGroups(from schemas.Tables, name string, table engine.Table[int64, *Group], numbers engine.Numbers) error {
	return schemas.Each(from, name, func(r Group) error {
		if r.Name == "" {
			return errors.New("name is empty")
		}
		return wrongID(r.ID, table.Has, "record")
	}, func(r Group) {
		table.Put(r.ID, &r)
		numbers.Use(name, r.ID)
	})
}

func wrongID(id int64, has func(int64) bool, noun string) error {
	switch {
	case id < 1:
		return fmt.Errorf("id %d is below 1", id)
	case has(id):
		return fmt.Errorf("id %d is used twice; give each %s an id of its own", id, noun)
	}
	return nil
}

func (s *State) wrongUser(r userRow) error {
	switch {
	case s.logins.Has(r.Login):
		return fmt.Errorf("login %q is used twice; give each user a login of its own", r.Login)
	case r.Role < administrator || r.Role > client:
		return fmt.Errorf("role is %d; write 0 for an administrator or 1 for a client", r.Role)
	case r.Status < active || r.Status > disabled:
		return fmt.Errorf("status is %d; write 0 for active, 1 for locked out or 2 for disabled", r.Status)
	case r.FailedAttempts < 0:
		return fmt.Errorf("failedAttempts is %d; write 0 or more", r.FailedAttempts)
	case r.Data != nil && r.Data[0] != '{':
		return fmt.Errorf("data is %s; write a mapping, or null", r.Data)
	}
	if r.LastLogin != nil {
		if _, err := time.Parse(timestampLayout, *r.LastLogin); err != nil {
			return fmt.Errorf("lastLogin is %q; write it as in \"2018-05-25T11:39:49.123\"", *r.LastLogin)
		}
	}
	return cmp.Or(
		known("network", r.Networks, s.networks), known("device type", r.DeviceTypes, s.deviceTypes),
		wrongID(r.ID, s.users.Has, "user"),
	)
}

func known(noun string, ids []int64, table engine.Table[int64, *Group]) error {
	for _, id := range ids {
		if !table.Has(id) {
			return fmt.Errorf("%s %d does not exist", noun, id)
		}
	}
	return nil
}

func (s *State) putUserRow(r userRow) {
	u := &User{
		ID: r.ID, Login: r.Login, Password: (*string)(r.Password), Role: r.Role, Status: r.Status, Failed: r.FailedAttempts, Data: r.Data,
		IntroReviewed: r.IntroReviewed, AllDeviceTypes: r.AllDeviceTypesAvailable,
		Networks: association{ids: ascending(r.Networks)}, DeviceTypes: association{ids: ascending(r.DeviceTypes)},
	}
	if r.LastLogin != nil {
		u.LastLogin, _ = time.Parse(timestampLayout, *r.LastLogin) // it was checked
	}
	s.putUser(u)
}

func (s *State) wrongOrder(r orderRow) error {
	if !s.users.Has(r.User) {
		return fmt.Errorf("user %d does not exist", r.User)
	}
	return nil
}

func (s *State) putOrder(r orderRow) {
	if u, ok := s.users.Get(r.User); ok {
		u.changed = r.Place // the record is not in use yet
		s.numbers.Use(changes, r.Place)
	}
}

// Tables implements engine.State.
func (s *State) Tables() []engine.Rows {
	group := func(_ int64, g *Group) any { return *g }
	order := engine.RowsOf("change_order", &s.users, func(_ int64, u *User) any { return orderRow{u.ID, u.changed} }, "user")
	order.Apart = true
	return []engine.Rows{
		engine.RowsOf("networks", &s.networks, group, "id", "name"),
		engine.RowsOf("device_types", &s.deviceTypes, group, "id", "name"),
		engine.RowsOf("users", &s.users, func(_ int64, u *User) any {
			r := userRow{
				ID: u.ID, Login: u.Login, Password: (*schemas.Secret)(u.Password), Role: u.Role, Status: u.Status, FailedAttempts: u.Failed, Data: u.Data,
				IntroReviewed: u.IntroReviewed, AllDeviceTypesAvailable: u.AllDeviceTypes, Networks: u.Networks.ids, DeviceTypes: u.DeviceTypes.ids,
			}
			if !u.LastLogin.IsZero() {
				last := u.LastLogin.UTC().Format(timestampLayout)
				r.LastLogin = &last
			}
			return r
		}, "id", "login"),
		order,
		s.numbers.Rows(),
	}
}
