package devicehive

import (
	"strconv"
	"strings"
)

// Actions are what a token allows. A token names them by their place in this
// list; the first allows everything, the second nothing.
var actions = []string{
	"*", "None", "GetNetwork", "GetDevice", "GetDeviceNotification", "GetDeviceCommand", "RegisterDevice",
	"CreateDeviceCommand", "UpdateDeviceCommand", "CreateDeviceNotification", "GetCurrentUser", "UpdateCurrentUser",
	"ManageUser", "ManageConfiguration", "ManageNetwork", "ManageToken", "ManagePlugin", "GetDeviceType", "ManageDeviceType",
}

const (
	anyAction = 0
	noAction  = 1
)

// clientActions are all that a client's own token allows, ascending.
var clientActions = []int{2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 16, 17}

// actionNumber finds an action by its name, in any letter case, or by its
// number in digits.
func actionNumber(name string) (int, bool) {
	for number, known := range actions {
		if strings.EqualFold(known, name) {
			return number, true
		}
	}
	number, err := strconv.Atoi(name)
	return number, err == nil && number >= 0 && number < len(actions)
}
