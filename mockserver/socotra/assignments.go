package socotra

import (
	"net/http"
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// updateUserRoles gives and takes away exactly the roles that are named. One
// bad name and nothing is applied (SO-ASSIGN-04).
func updateUserRoles(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	add, err := rolesIn(c, c.JSON().Get("addRoles"), "SO-ASSIGN-04")
	if err != nil {
		return engine.Response{}, err
	}
	remove, err := rolesIn(c, c.JSON().Get("removeRoles"), "SO-ASSIGN-04")
	if err != nil {
		return engine.Response{}, err
	}
	if err := apart(c, add, remove, "SO-ASSIGN-04"); err != nil {
		return engine.Response{}, err
	}
	if err := withinCeilingOf(c, without(add, u.Roles)); err != nil {
		return engine.Response{}, err
	}
	u = stateOf(c).change(u, func(u *User) { u.Roles = with(without(u.Roles, remove), add) })
	return engine.OK(viewUser(stateOf(c), u))
}

// updateUserTenantAssignments does the same with tenants.
func updateUserTenantAssignments(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	add, err := tenantsIn(c, c.JSON().Get("addTenants"), "SO-ASSIGN-04")
	if err != nil {
		return engine.Response{}, err
	}
	remove, err := tenantsIn(c, c.JSON().Get("removeTenants"), "SO-ASSIGN-04")
	if err != nil {
		return engine.Response{}, err
	}
	if err := apart(c, add, remove, "SO-ASSIGN-04"); err != nil {
		return engine.Response{}, err
	}
	u = stateOf(c).change(u, func(u *User) { u.Tenants = with(without(u.Tenants, remove), add) })
	return engine.OK(viewUser(stateOf(c), u))
}

// apart refuses to add and to remove the same: no order of the two is the
// right one.
func apart[T comparable](c *engine.Call, add, remove []T, rule string) error {
	overlap := slices.ContainsFunc(add, func(x T) bool { return slices.Contains(remove, x) })
	return c.Check(!overlap, rule, http.StatusBadRequest, "the same is to be added and removed; name it once")
}
