package devicehive

import (
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

var networkDefects = []engine.Defect{
	{ID: "dh-network-not-assigned", Breaks: "DH-NET-01", On: []string{"assignNetwork"}, Summary: "Assigning a network has no effect", Wrap: engine.Forget},
	{ID: "dh-network-stays", Breaks: "DH-NET-02", On: []string{"unassignNetwork"}, Summary: "A network that is taken away stays", Wrap: engine.Forget},
	{ID: "dh-networks-hidden", Breaks: "DH-NET-03", On: []string{"get"}, Summary: "A user is shown without networks",
		Wrap: editAnswer(func(body map[string]any) { body["networks"] = []any{} })},
	{ID: "dh-unknown-network", Breaks: "DH-NET-04", On: []string{"assignNetwork", "unassignNetwork"}, Summary: "A network that does not exist can be assigned"},
	{ID: "dh-assigning-toggles", Breaks: "DH-NET-05", On: []string{"assignNetwork"}, Summary: "Assigning a network again takes it away", Wrap: engine.Afterwards(toggle)},
}

var deviceTypeDefects = []engine.Defect{
	{ID: "dh-all-types-not-allowed", Breaks: "DH-TYPE-01", On: []string{"allowAllDeviceTypes"}, Summary: "Allowing all device types has no effect", Wrap: engine.Forget},
	{ID: "dh-disallowing-clears", Breaks: "DH-TYPE-02", On: []string{"disallowAllDeviceTypes"}, Summary: "No longer allowing all takes the assigned ones as well",
		Wrap: engine.Also(namedUser(func(u *User) { u.DeviceTypes = association{} }))},
	{ID: "dh-type-not-assigned", Breaks: "DH-TYPE-03", On: []string{"assignDeviceType"}, Summary: "Assigning a device type has no effect", Wrap: engine.Forget},
	{ID: "dh-type-stays", Breaks: "DH-TYPE-03", On: []string{"unassignDeviceType"}, Summary: "A device type that is taken away stays", Wrap: engine.Forget},
	{ID: "dh-unknown-type", Breaks: "DH-TYPE-04", On: []string{"assignDeviceType", "unassignDeviceType"}, Summary: "A device type that does not exist can be assigned"},
	{ID: "dh-single-beside-all", Breaks: "DH-TYPE-05", Summary: "A single device type can be assigned beside all"},
	{ID: "dh-allowing-keeps", Breaks: "DH-TYPE-06", On: []string{"allowAllDeviceTypes"}, Summary: "Allowing all keeps the assigned ones for later", Wrap: engine.Afterwards(keepTypes)},
}

var groupDefects = []engine.Defect{
	{ID: "dh-group-update-forgotten", Breaks: "DH-GROUP-01", On: []string{"updateNetwork", "updateDeviceType"}, Summary: "Changes of networks and device types are not kept", Wrap: engine.Forget},
	{ID: "dh-names-twice", Breaks: "DH-GROUP-02", Summary: "Networks and device types may share a name or have none"},
	{ID: "dh-reach-ignored", Breaks: "DH-GROUP-03", Summary: "A token reaches networks and device types that it is not for"},
}

// namedUser is a change of the user that the path names.
func namedUser(edit func(*User)) func(*engine.Call, engine.State) {
	return func(c *engine.Call, next engine.State) {
		s := next.(*State)
		if u, ok := s.users.Get(c.Int("id")); ok {
			s.change(u, edit)
		}
	}
}

func toggle(c *engine.Call, before, now engine.State) {
	if u, ok := before.(*State).users.Get(c.Int("id")); ok && slices.Contains(u.Networks.ids, c.Int("networkId")) {
		namedUser(func(u *User) { u.Networks.ids = without(u.Networks.ids, c.Int("networkId")) })(c, now)
	}
}

func keepTypes(c *engine.Call, before, now engine.State) {
	if u, ok := before.(*State).users.Get(c.Int("id")); ok {
		namedUser(func(now *User) { now.DeviceTypes = u.DeviceTypes })(c, now)
	}
}
