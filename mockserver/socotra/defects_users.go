package socotra

import (
	"encoding/json"
	"path"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What the defects do wrong about callers and users.

// lacksAny tells whether the caller lacks any of the operation's permissions.
func lacksAny(c *engine.Call) bool {
	caller, ok := who(c).(*Caller)
	needed := without(permissionsFor(c), []string{"custom"})
	return ok && slices.ContainsFunc(needed, func(p string) bool { return !caller.permits(stateOf(c), p) })
}

// onlyItself tells whether the caller comes by being the user in question, and
// by no permission.
func onlyItself(c *engine.Call) bool {
	caller, ok := who(c).(*Caller)
	return ok && strings.EqualFold(caller.user.Locator, c.Path.Get("locator")) &&
		!slices.ContainsFunc(permissionsFor(c), func(p string) bool { return caller.permits(stateOf(c), p) })
}

// targetUnknown tells whether the path names a user or role that is not there.
func targetUnknown(c *engine.Call) bool {
	locator := c.Path.Get("locator")
	return locator != "" && stateOf(c).userAt(locator) == nil && stateOf(c).roleAt(locator) == nil
}

func leaveOutEmptyTenants(user map[string]any) {
	if tenants, _ := user["tenants"].([]any); len(tenants) == 0 {
		delete(user, "tenants")
	}
}

func echoPassword(c *engine.Call, body any) any {
	return engine.Set("password", gjson.GetBytes(c.Body, "password").String())(c, body)
}

func firstUser(c *engine.Call, _ any) any {
	return json.RawMessage(engine.Render(viewUser(stateOf(c), stateOf(c).Administrator().(*Caller).user)))
}

func nobody(*engine.Call, any) any { return []any{} }

func findByPattern(c *engine.Call, body any) any {
	pattern := strings.ReplaceAll(c.Path.Get("username"), "%", "*")
	if !strings.Contains(pattern, "*") {
		return body
	}
	return findUsers(stateOf(c), func(name string) bool {
		ok, _ := path.Match(pattern, name)
		return ok
	})
}

func findUsers(s *State, called func(name string) bool) json.RawMessage {
	var found []*User
	for _, u := range s.users.All {
		if called(u.UserName) {
			found = append(found, u)
		}
	}
	return engine.Render(viewEach(s, found, viewUser))
}

func rename(c *engine.Call, next engine.State) {
	s, name := next.(*State), gjson.GetBytes(c.Body, "userName").String()
	if u := s.userAt(c.Path.Get("locator")); u != nil && name != "" {
		s.change(u, func(u *User) { u.UserName = name })
	}
}

// takeLocator has the user created under the locator that the request names.
func takeLocator(c *engine.Call, body any) any {
	wanted, object := gjson.GetBytes(c.Body, "locator").String(), body.(map[string]any)
	given, _ := object["locator"].(string)
	u := stateOf(c).userAt(given)
	if !isUUID(wanted) || u == nil {
		return body
	}
	c.Update(func(next engine.State) { next.(*State).change(u, func(u *User) { u.Locator = wanted }) })
	return engine.Set("locator", wanted)(c, body)
}

func readForUnknown(c *engine.Call, body any) any {
	names := textsIn(body, "roles")
	for i, name := range names {
		if stateOf(c).roleCalled(name) == nil {
			names[i] = "read-only"
		}
	}
	return engine.Set("roles", names)(c, body)
}

func ofFirstRole(c *engine.Call, body any) any {
	s := stateOf(c)
	u := s.userAt(c.Path.Get("locator"))
	if u == nil || len(u.Roles) == 0 {
		return body
	}
	first := *u
	first.Roles = u.Roles[:1]
	return s.shownPermissions(&first)
}

func rolesNow(c *engine.Call) []string {
	if u := stateOf(c).userAt(c.Path.Get("locator")); u != nil {
		return stateOf(c).shownRoles(u)
	}
	return []string{}
}

// applyHalf gives the roles that exist, although the request is refused.
func applyHalf(c *engine.Call, _, next engine.State) {
	s := next.(*State)
	if u := s.userAt(c.Path.Get("locator")); u != nil && c.Problem != nil && c.Problem.Rule == "SO-ASSIGN-04" {
		given, _ := s.readRoles(c.JSON().Get("addRoles"))
		s.change(u, func(u *User) { u.Roles = with(u.Roles, given) })
	}
}
