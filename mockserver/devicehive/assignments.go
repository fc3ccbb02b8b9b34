package devicehive

import (
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func noteNetworks(c *engine.Call)    { networks.noteRead(c, subject(c)) }
func noteDeviceTypes(c *engine.Call) { deviceTypes.noteRead(c, subject(c)) }

func networkIsOfOthers(c *engine.Call) bool {
	return !slices.Contains(stateOf(c).shown(&subject(c).Networks), c.Int("networkId"))
}

func getNetwork(c *engine.Call) (engine.Response, error) {
	noteNetworks(c)
	return engine.OK(map[string]*Group{"network": c.Record.(*Group)})
}

func allTypesAreAllowed(c *engine.Call) bool { return subject(c).AllDeviceTypes }

// open lists the device types that a user may work with.
func (s *State) open(u *User) []int64 {
	if !u.AllDeviceTypes {
		return s.shown(&u.DeviceTypes)
	}
	all := make([]int64, 0, s.deviceTypes.Len())
	for id := range s.deviceTypes.All {
		all = append(all, id)
	}
	return all
}

func typeIsOfOthers(c *engine.Call) bool {
	return !slices.Contains(stateOf(c).open(subject(c)), c.Int("deviceTypeId"))
}

func getDeviceType(c *engine.Call) (engine.Response, error) {
	noteDeviceTypes(c)
	return engine.OK(map[string]*Group{"deviceType": c.Record.(*Group)})
}

func getDeviceTypes(c *engine.Call) (engine.Response, error) {
	u, s := subject(c), stateOf(c)
	noteDeviceTypes(c)
	return engine.OK(some(s.deviceTypes, s.open(u)))
}

// allowAll takes the single ones away, which would say less than all
// (DH-TYPE-06); no longer allowing all leaves what is assigned one by one (DH-TYPE-02).
func allowAll(all bool) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		u, s := subject(c), stateOf(c)
		if all || u.AllDeviceTypes {
			s.change(u, func(u *User) {
				if u.AllDeviceTypes = all; all {
					u.DeviceTypes = association{}
				}
			})
		}
		return engine.NoContent()
	}
}

// An association is the networks or device types of a user. Some servers keep
// what they have read of it in a cache that changes pass by: the first read
// after a change is right, and those after it are what the cache holds, until
// the user's own record changes.
type association struct {
	ids    []int64 // ascending
	cached []int64 // as somebody has read them
	held   bool    // there is something in the cache
	late   bool    // they have changed since, and nobody has read them
}

// shown are the ids that a server shows.
func (s *State) shown(a *association) []int64 {
	if s.settings.StaleAssociations && a.held && !a.late {
		return a.cached
	}
	return a.ids
}

// noteRead puts what was read of a user into the cache, if nothing is in there.
func (k *kind) noteRead(c *engine.Call, u *User) {
	if a := k.of(u); !stateOf(c).settings.StaleAssociations || a.held && !a.late {
		return
	}
	c.Update(func(next engine.State) {
		s := next.(*State)
		now, ok := s.users.Get(u.ID)
		if !ok {
			return
		}
		read := *now
		a := k.of(&read)
		if !a.held {
			a.cached, a.held = a.ids, true
		}
		a.late = false
		s.users.Put(read.ID, &read)
	})
}

// assign changes which of the kind a user has.
func (k *kind) assign(edit func(ids []int64, id int64) []int64) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		u := *subject(c)
		a := k.of(&u)
		if ids := edit(a.ids, c.Int(k.parameter)); !slices.Equal(ids, a.ids) {
			a.ids, a.late = ids, a.held
			stateOf(c).putUser(&u)
		}
		return engine.NoContent()
	}
}
