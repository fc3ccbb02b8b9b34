package devicehive

import (
	"net/http"
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A kind is networks or device types: what groups devices works alike.
type kind struct {
	unknown   string // the rule that there must be one of the number
	notFound  string // the text when there is none
	duplicate string // the text when the name is taken
	table     func(*State) engine.Table[int64, *Group]
	next      func(*State) *int64
	// members are the ids of the users who are assigned one of the kind, and
	// leave takes it from one of them.
	members func(*State, int64) []int64
	leave   func(*User, int64)
	// reach are those that the caller may see; all when it is nil.
	reach func(*Caller) []int64
	// covers tells whether the caller's token is for one of the kind.
	covers func(*Caller, int64) bool
}

var networks = kind{
	unknown: "DH-NET-04", notFound: "Network with id = %d not found",
	duplicate: "Network cannot be created. Network with such name already exists",
	table:     func(s *State) engine.Table[int64, *Group] { return s.networks },
	next:      func(s *State) *int64 { return &s.next.network },
	members:   func(s *State, id int64) []int64 { return s.byNetwork.IDs(key(id)) },
	leave:     func(u *User, id int64) { u.Networks = without(u.Networks, id) },
	reach:     reachableNetworks,
	covers:    func(caller *Caller, id int64) bool { return covers(caller.Token.Networks, id) },
}

var deviceTypes = kind{
	unknown: "DH-TYPE-04", notFound: "Device type with id = %d not found",
	duplicate: "Device type cannot be created. Device type with such name already exists",
	table:     func(s *State) engine.Table[int64, *Group] { return s.deviceTypes },
	next:      func(s *State) *int64 { return &s.next.deviceType },
	members:   func(s *State, id int64) []int64 { return s.byDeviceType.IDs(key(id)) },
	leave:     func(u *User, id int64) { u.DeviceTypes = without(u.DeviceTypes, id) },
	reach:     reachableDeviceTypes,
	covers: func(caller *Caller, id int64) bool {
		return allTypesInToken(caller) || covers(caller.Token.DeviceTypes, id)
	},
}

func (k *kind) list(c *engine.Call) (engine.Response, error) {
	found, err := k.find(c)
	if err != nil {
		return engine.Response{}, err
	}
	views := []groupView{}
	for _, g := range found {
		views = append(views, viewGroup(g))
	}
	return engine.OK(views)
}

func (k *kind) count(c *engine.Call) (engine.Response, error) {
	found, err := k.find(c)
	if err != nil {
		return engine.Response{}, err
	}
	return engine.OK(counted{len(found)})
}

type groupWithDevices struct {
	groupView
	Devices []struct{} `json:"devices"`
}

// lookup finds the one that the path names, within reach of the caller.
func (k *kind) lookup(c *engine.Call) (*Group, error) {
	id := c.Int("id")
	if err := c.Check(k.covers(callerOf(c), id), "DH-GROUP-03", http.StatusForbidden, accessDenied); err != nil {
		return nil, err
	}
	g, found := k.table(stateOf(c)).Get(id)
	if !found {
		return nil, refuse(k.unknown, http.StatusNotFound, k.notFound, id)
	}
	return g, nil
}

func (k *kind) get(c *engine.Call) (engine.Response, error) {
	g, err := k.lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	reach := k.reach(callerOf(c))
	within := reach == nil || slices.Contains(reach, g.ID)
	if err := c.Check(within, "DH-GROUP-03", http.StatusNotFound, k.notFound, g.ID); err != nil {
		return engine.Response{}, err
	}
	return engine.OK(groupWithDevices{viewGroup(g), []struct{}{}})
}

type groupView struct {
	ID          int64   `json:"id"`
	Name        string  `json:"name"`
	Description *string `json:"description"`
}

func viewGroup(g *Group) groupView { return groupView{g.ID, g.Name, g.Description} }

func viewGroups(table engine.Table[int64, *Group], ids []int64) []groupView {
	views := make([]groupView, 0, len(ids))
	for _, id := range ids {
		if g, ok := table.Get(id); ok {
			views = append(views, viewGroup(g))
		}
	}
	return views
}
