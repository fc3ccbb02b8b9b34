package socotra

import (
	"net/http"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// updateUser replaces what the body names, lists as a whole. The user name and
// the locator are not among it (SO-USER-10).
func updateUser(c *engine.Call) (engine.Response, error) {
	old, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	s, body, u := stateOf(c), c.JSON(), *old
	u.FirstName, u.LastName = body.Get("firstName").String(), body.Get("lastName").String()
	if email := body.Get("email"); email.Type != gjson.Null {
		u.Email = email.String()
	}
	fill := fillLists
	if !callerOf(c).permits(s, "users.update") {
		fill = keepLists
	}
	if err := fill(c, old, &u); err != nil {
		return engine.Response{}, err
	}
	s.putUser(&u)
	return engine.OK(viewUser(s, &u))
}

// fillLists takes roles and tenants from the body. Permissions follow from the
// roles; what goes beyond them is ignored or refused.
func fillLists(c *engine.Call, old, u *User) error {
	body := c.JSON()
	var err error
	if roles := body.Get("roles"); roles.IsArray() {
		if u.Roles, err = rolesIn(c, roles, "SO-USER-16"); err != nil {
			return err
		}
		if err := withinCeilingOf(c, without(u.Roles, old.Roles)); err != nil {
			return err
		}
	}
	if tenants := body.Get("tenants"); tenants.IsArray() {
		if u.Tenants, err = tenantsIn(c, tenants, "SO-USER-16"); err != nil {
			return err
		}
	}
	refused := stateOf(c).settings.ForeignPermissionsRefused && !onlyOwnPermissions(c, u)
	return c.Check(!refused, "SO-USER-11", http.StatusBadRequest, "permissions has more than the roles give; it is roles that give permissions")
}

// keepLists is for a user that updates itself without users.update: lists that
// say anything but what is so already are refused (SO-USER-11).
func keepLists(c *engine.Call, old, u *User) error {
	body := c.JSON()
	roles, rolesErr := rolesIn(c, body.Get("roles"), "SO-USER-11")
	tenants, tenantsErr := tenantsIn(c, body.Get("tenants"), "SO-USER-11")
	kept := rolesErr == nil && tenantsErr == nil && onlyOwnPermissions(c, old) &&
		(!body.Get("roles").IsArray() || sameElements(roles, old.Roles)) &&
		(!body.Get("tenants").IsArray() || sameElements(tenants, old.Tenants))
	if err := c.Check(kept, "SO-USER-11", http.StatusForbidden, "without users.update, a user changes names and e-mail of itself, and no roles, permissions or tenants"); err != nil {
		return err
	}
	if !kept { // only with a defect
		u.Roles, u.Tenants = roles, tenants
	}
	return nil
}

// onlyOwnPermissions tells whether the body claims no permission that the
// user's roles do not give.
func onlyOwnPermissions(c *engine.Call, u *User) bool {
	s := stateOf(c)
	own := s.permissionsOf(u)
	for _, p := range c.JSON().Get("permissions").Array() {
		if claimed, known := s.catalogue.match(p.String()); !known || !claimed.within(own) {
			return false
		}
	}
	return true
}

func sameElements[T comparable](a, b []T) bool {
	return !slices.ContainsFunc(a, func(x T) bool { return !slices.Contains(b, x) }) &&
		!slices.ContainsFunc(b, func(x T) bool { return !slices.Contains(a, x) })
}
