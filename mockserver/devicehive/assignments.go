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
