package devicehive

import (
	"net/url"
	"slices"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// Defects are the ways in which this mock can be told to break its rules, at
// least one a rule.

var callerDefects = []engine.Defect{
	{ID: "dh-anonymous-callers", Breaks: "DH-AUTH-01", Summary: "Calls without a token are let in"},
	{ID: "dh-any-token", Breaks: "DH-AUTH-02", Summary: "Broken, foreign and expired tokens are let in"},
	{ID: "dh-refresh-token-calls", Breaks: "DH-AUTH-03", Summary: "A refresh token is taken for an access token"},
	{ID: "dh-actions-not-checked", Breaks: "DH-AUTH-04", Summary: "A token allows what it does not list"},
	{ID: "dh-inactive-callers", Breaks: "DH-AUTH-05", Summary: "The token of a user who is gone or not active goes on working"},
	{ID: "dh-full-tokens-only", Breaks: "DH-AUTH-06", Summary: "A token with a single action is never enough",
		Wrap: engine.RefuseWrongly(403, singleAction)},
	{ID: "dh-locked-sign-in", Breaks: "DH-LOGIN-01", For: userFoundIsInactive, Summary: "A locked or disabled account gets a token"},
	{ID: "dh-attempts-forgotten", Breaks: "DH-LOGIN-01", For: userFoundIsActive, Summary: "Failed attempts are not counted"},
	{ID: "dh-last-login-cleared", Breaks: "DH-LOGIN-02", On: []string{"login"}, Summary: "Signing in leaves no lastLogin",
		Wrap: engine.Also(everyUser(func(u *User) { u.LastLogin = time.Time{} }))},
	{ID: "dh-protocol-not-checked", Breaks: "DH-PROTO-01", Summary: "Unreadable bodies and wrong types are read as far as they go"},
}

var tokenDefects = []engine.Defect{
	{ID: "dh-any-password", Breaks: "DH-TOKEN-01", Summary: "Any password signs in"},
	{ID: "dh-token-allows-all", Breaks: "DH-TOKEN-02", On: []string{"createToken"}, Summary: "A token allows more than was asked for",
		Wrap: editObject(func(body map[string]any) { body["actions"] = []string{"*"} })},
	{ID: "dh-token-outlives", Breaks: "DH-TOKEN-02", On: []string{"createToken"}, Summary: "The asked-for end of a token is ignored",
		Wrap: engine.EditRequest(engine.Without("expiration"))},
	{ID: "dh-refresh-echo", Breaks: "DH-TOKEN-03", On: []string{"refreshToken"}, Summary: "Renewing gives back the refresh token",
		Wrap: engine.EditAnswer(func(c *engine.Call, _ any) any {
			return map[string]string{"accessToken": c.JSON().Get("refreshToken").String()}
		})},
	{ID: "dh-access-token-renews", Breaks: "DH-TOKEN-04", Summary: "An access token renews itself"},
	{ID: "dh-expired-token-renews", Breaks: "DH-TOKEN-05", Summary: "An expired refresh token still renews"},
}

// singleAction tells whether the call's token names actions one by one.
func singleAction(c *engine.Call) bool {
	caller, known := who(c).(*Caller)
	return known && !c.Operation.Public && !slices.Contains(caller.Token.Actions, anyAction)
}

// everyUser is a change of all users.
func everyUser(edit func(*User)) func(*engine.Call, engine.State) {
	return func(_ *engine.Call, next engine.State) {
		s := next.(*State)
		for _, u := range s.users.Copy().All {
			s.change(u, edit)
		}
	}
}

func editObject(edit func(body map[string]any)) engine.Middleware {
	return engine.EditRequest(engine.OnObject(edit))
}

func editAnswer(edit func(body map[string]any)) engine.Middleware {
	return engine.EditAnswer(engine.OnObject(edit))
}

// withoutQuery is a defect that passes over parts of the query.
func withoutQuery(names ...string) engine.Middleware {
	return engine.EditQuery(func(query url.Values) {
		for _, name := range names {
			query.Del(name)
		}
	})
}

var networkDefects = []engine.Defect{
	{ID: "dh-network-not-assigned", Breaks: "DH-NET-01", On: []string{"assignNetwork"}, Summary: "Assigning a network has no effect", Wrap: engine.Forget},
	{ID: "dh-network-stays", Breaks: "DH-NET-02", On: []string{"unassignNetwork"}, Summary: "A network that is taken away stays", Wrap: engine.Forget},
	{ID: "dh-networks-hidden", Breaks: "DH-NET-03", On: []string{"get"}, Summary: "A user is shown without networks",
		Wrap: engine.EditAnswer(engine.Set("networks", []any{}))},
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
