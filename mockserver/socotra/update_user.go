package socotra

import (
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// updated is the user with what the body names replaced, lists as a whole. The
// user name and the locator are not among it (SO-USER-10).
func updated(c *engine.Call) *User {
	s, body, u := stateOf(c), c.JSON(), *userOf(c)
	for property, field := range map[string]*string{"firstName": &u.FirstName, "lastName": &u.LastName, "email": &u.Email} {
		if given := body.Get(property); given.Type != gjson.Null {
			*field = given.String()
		}
	}
	if s.settings.SelfUpdate == "ignored" && !callerOf(c).permits(s, "users.update") {
		return &u
	}
	if list := body.Get("roles"); list.IsArray() {
		u.Roles, _ = s.readRoles(list)
	}
	if list := body.Get("tenants"); list.IsArray() {
		u.Tenants, _ = s.readTenants(list)
	}
	if list := body.Get("permissions"); list.IsArray() && s.settings.ForeignPermissions == "kept" {
		u.Direct, _ = s.readPermissions(list)
	}
	return &u
}

// promotesItself tells whether a user that updates itself without users.update
// has lists say anything but what is so already.
func promotesItself(c *engine.Call) bool {
	s, u, next := stateOf(c), userOf(c), updated(c)
	return s.settings.SelfUpdate == "refused" && !callerOf(c).permits(s, "users.update") &&
		(!sameElements(next.Roles, u.Roles) || !sameElements(next.Tenants, u.Tenants) || claimsMore(c, s.permissionsOf(u)))
}

// claimsForeignPermissions tells whether a body has permissions that the roles
// it names do not give.
func claimsForeignPermissions(c *engine.Call) bool {
	s := stateOf(c)
	return s.settings.ForeignPermissions == "refused" && claimsMore(c, s.permissionsOf(updated(c)))
}

func claimsMore(c *engine.Call, own set) bool {
	for _, p := range c.JSON().Get("permissions").Array() {
		if claimed := stateOf(c).catalogue.grants[p.String()]; claimed == nil || !within(claimed, own) {
			return true
		}
	}
	return false
}

// withRoles is the user with exactly the roles given and taken that are named.
func withRoles(c *engine.Call) *User {
	u := *userOf(c)
	u.Roles = delta(c, u.Roles, (*State).readRoles, "addRoles", "removeRoles")
	return &u
}

// withTenants is the same with tenants.
func withTenants(c *engine.Call) *User {
	u := *userOf(c)
	u.Tenants = delta(c, u.Tenants, (*State).readTenants, "addTenants", "removeTenants")
	return &u
}
