package devicehive

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/world"
)

// What each method may change, by document 002.

// Effect is the table of that. Networks and device types are no part of the
// document; what is told of them follows from what they are.
func (s *server) Effect(x *world.Exchange) world.Effect {
	var e world.Effect
	if x.Operation == nil {
		return e
	}
	body, id := gjson.ParseBytes(x.Request), x.Path["id"]
	done := func(kind, id string, properties ...string) {
		e.Done = append(e.Done, invariants.Touch{Kind: kind, ID: id, Properties: properties})
	}
	gone := func(kind string) {
		e.Done = append(e.Done, invariants.Touch{Kind: kind, ID: id, Properties: []string{"*"}, Existence: true})
	}
	switch x.Operation.ID {
	case "login", "createToken", "refreshToken":
		e.Always = s.signedIn(body)
	case "update":
		done("user", id, updated(body)...)
	case "updateCurrent":
		done("user", callerOf(x), updated(body)...)
	case "delete":
		gone("user")
	case "assignNetwork", "unassignNetwork":
		done("user", id, "network "+x.Path["networkId"], "other networks")
	case "assignDeviceType", "unassignDeviceType":
		done("user", id, "device type "+x.Path["deviceTypeId"])
	case "allowAllDeviceTypes", "disallowAllDeviceTypes":
		done("user", id, "device type *", "allDeviceTypesAvailable")
	case "insertDeviceType": // those who may use all may use it
		done("user", "", "device type "+x.JSON().Get("id").Raw)
	case "updateNetwork":
		done("network", id, "*")
	case "updateDeviceType":
		done("device type", id, "*")
	case "deleteNetwork":
		gone("network")
		done("user", "", "network "+id)
	case "deleteDeviceType":
		gone("device type")
		done("user", "", "device type "+id)
	}
	return e
}

// updated are the properties that an update names. What is silent is whether
// data that it does not name stays; deployed servers clear it.
func updated(body gjson.Result) []string {
	properties := []string{"data"}
	for _, name := range []string{"login", "role", "status", "introReviewed"} {
		if body.Get(name).Exists() {
			properties = append(properties, name)
		}
	}
	if body.Get("allDeviceTypesAvailable").Exists() {
		properties = append(properties, "allDeviceTypesAvailable", "device type *")
	}
	return properties
}

// signedIn is what a request for tokens may change, whatever it is answered:
// too many wrong passwords lock an account.
func (s *server) signedIn(body gjson.Result) []invariants.Touch {
	id, login := body.Get("userId").Raw, body.Get("login").String()
	if id == "" {
		id = payload(body.Get("refreshToken").String()).Get("u").Raw
	}
	var touches []invariants.Touch
	for _, r := range s.Cast("user") {
		if r.ID == id || r.Called == login {
			touches = append(touches, invariants.Touch{Kind: "user", ID: r.ID, Properties: []string{"status", "lastLogin"}})
		}
	}
	return touches
}

// callerOf is the number of the user whose token a request was signed with; ""
// when that cannot be told.
func callerOf(x *world.Exchange) string {
	return payload(strings.TrimPrefix(x.RequestHeader.Get("Authorization"), "Bearer ")).Get("u").Raw
}
