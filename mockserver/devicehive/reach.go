package devicehive

import (
	"slices"
	"strconv"
)

// A token names the networks and device types that it is for. They limit what
// the caller sees of networks and device types; they never limit the methods
// of users.

func covers(listed []string, id int64) bool {
	return slices.Contains(listed, everything) || slices.Contains(listed, key(id))
}

// reachableNetworks are those that the token is for and, for a client, that
// the user has as well; nil when that is no limit.
func reachableNetworks(caller *Caller) []int64 {
	var own []int64
	if caller.User.Role == client {
		own = append([]int64{}, caller.User.Networks...)
	}
	return narrowed(own, caller.Token.Networks)
}

// reachableDeviceTypes does the same, except that a client to whom all device
// types are allowed is limited by the token alone, if at all.
func reachableDeviceTypes(caller *Caller) []int64 {
	var own []int64
	if caller.User.Role == client && !caller.User.AllDeviceTypes {
		own = append([]int64{}, caller.User.DeviceTypes...)
	}
	if allTypesInToken(caller) {
		return own
	}
	return narrowed(own, caller.Token.DeviceTypes)
}

// allTypesInToken tells whether the token is for every device type: because
// it says so, or because it need not, the user being allowed them all.
func allTypesInToken(caller *Caller) bool {
	return caller.User.AllDeviceTypes || slices.Contains(caller.Token.DeviceTypes, everything)
}

// narrowed are the ids that are in a list, among own ones unless these are nil.
func narrowed(own []int64, listed []string) []int64 {
	if slices.Contains(listed, everything) {
		return own
	}
	ids := []int64{}
	for _, digits := range listed {
		id, err := strconv.ParseInt(digits, 10, 64)
		if err == nil && (own == nil || slices.Contains(own, id)) {
			ids = append(ids, id)
		}
	}
	return ids
}
