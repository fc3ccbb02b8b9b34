package devicehive

import (
	"encoding/json"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// Show implements engine.State. Passwords are left out: that one is set is
// said, not what it is.
func (s *State) Show() map[string]any {
	users := []any{}
	for _, u := range s.users.All {
		users = append(users, map[string]any{
			"id": u.ID, "login": u.Login, "password": u.Password != nil, "role": u.Role, "status": u.Status,
			"failedAttempts": u.Failed, "lastLogin": timestamp(u.LastLogin), "data": json.RawMessage(u.Data),
			"introReviewed": u.IntroReviewed, "allDeviceTypesAvailable": u.AllDeviceTypes,
			"networks": u.Networks.ids, "deviceTypes": u.DeviceTypes.ids,
		})
	}
	groups := func(table engine.Table[int64, *Group]) []*Group {
		all := []*Group{}
		for _, g := range table.All {
			all = append(all, g)
		}
		return all
	}
	return map[string]any{"users": users, "networks": groups(s.networks), "device_types": groups(s.deviceTypes)}
}
