package devicehive

import (
	"net/http"
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// exists refuses a network or device type that there is not.
func (k *kind) exists(c *engine.Call, id int64) error {
	return c.Check(k.table(stateOf(c)).Has(id), k.unknown, http.StatusNotFound, k.notFound, id)
}

func getNetwork(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	id, s := c.Int("networkId"), stateOf(c)
	network, found := s.networks.Get(id)
	if !found {
		return engine.Response{}, refuse("DH-NET-04", http.StatusNotFound, userNetworkMissing, id, u.ID)
	}
	if err := c.Check(slices.Contains(u.Networks, id), "DH-NET-02", http.StatusNotFound, userNetworkMissing, id, u.ID); err != nil {
		return engine.Response{}, err
	}
	return engine.OK(map[string]groupView{"network": viewGroup(network)})
}

// assignNetwork does nothing more to a user who has the network (DH-NET-05).
func assignNetwork(c *engine.Call) (engine.Response, error) {
	return reassignNetwork(c, with)
}

func unassignNetwork(c *engine.Call) (engine.Response, error) {
	return reassignNetwork(c, without)
}

func reassignNetwork(c *engine.Call, edit func([]int64, int64) []int64) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	id := c.Int("networkId")
	if err := networks.exists(c, id); err != nil {
		return engine.Response{}, err
	}
	stateOf(c).change(u, func(u *User) { u.Networks = edit(u.Networks, id) })
	return engine.NoContent()
}

// open lists the device types that a user may work with.
func (s *State) open(u *User) []int64 {
	if !u.AllDeviceTypes {
		return u.DeviceTypes
	}
	all := make([]int64, 0, s.deviceTypes.Len())
	for id := range s.deviceTypes.All {
		all = append(all, id)
	}
	return all
}

func getDeviceTypes(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	s := stateOf(c)
	return engine.OK(viewGroups(s.deviceTypes, s.open(u)))
}

func getDeviceType(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	id, s := c.Int("deviceTypeId"), stateOf(c)
	deviceType, found := s.deviceTypes.Get(id)
	if !found {
		return engine.Response{}, refuse("DH-TYPE-04", http.StatusNotFound, userTypeMissing, id, u.ID)
	}
	if err := c.Check(slices.Contains(s.open(u), id), "DH-TYPE-03", http.StatusNotFound, userTypeMissing, id, u.ID); err != nil {
		return engine.Response{}, err
	}
	return engine.OK(map[string]groupView{"deviceType": viewGroup(deviceType)})
}

func assignDeviceType(c *engine.Call) (engine.Response, error) {
	return reassignDeviceType(c, with)
}

func unassignDeviceType(c *engine.Call) (engine.Response, error) {
	return reassignDeviceType(c, without)
}

// reassignDeviceType looks at the user, whether all types are allowed, and the
// type, in the server's order.
func reassignDeviceType(c *engine.Call, edit func([]int64, int64) []int64) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	if err := c.Check(!u.AllDeviceTypes, "DH-TYPE-05", http.StatusForbidden, allTypesAllowed); err != nil {
		return engine.Response{}, err
	}
	id := c.Int("deviceTypeId")
	if err := deviceTypes.exists(c, id); err != nil {
		return engine.Response{}, err
	}
	stateOf(c).change(u, func(u *User) { u.DeviceTypes = edit(u.DeviceTypes, id) })
	return engine.NoContent()
}

// allowAllDeviceTypes takes the single ones away, which would say less than
// all (DH-TYPE-06).
func allowAllDeviceTypes(c *engine.Call) (engine.Response, error) {
	return allowAll(c, func(u *User) { u.AllDeviceTypes, u.DeviceTypes = true, nil })
}

// disallowAllDeviceTypes leaves what is assigned one by one (DH-TYPE-02).
func disallowAllDeviceTypes(c *engine.Call) (engine.Response, error) {
	return allowAll(c, func(u *User) { u.AllDeviceTypes = false })
}

func allowAll(c *engine.Call, edit func(*User)) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	stateOf(c).change(u, edit)
	return engine.NoContent()
}
