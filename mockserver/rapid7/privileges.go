package rapid7

import (
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func listPrivileges(c *engine.Call, names []string, self string) (engine.Response, error) {
	return linked(c, func(j *engine.JSON) { j.Name("resources").Texts(inOrder(c, names)) }, Link{"self", self, ""})
}

func getPrivileges(c *engine.Call) (engine.Response, error) {
	return listPrivileges(c, sorted(stateOf(c).settings.Privileges), c.Base+"/privileges")
}

func privilegeInPath(c *engine.Call) (any, bool) {
	return c.Text("id"), slices.Contains(stateOf(c).settings.Privileges, c.Text("id"))
}

func getPrivilege(c *engine.Call) (engine.Response, error) {
	self := privilegePath(c, c.Text("id"))
	return linked(c, nil, Link{"self", self, ""}, Link{"Users", self, "/users"})
}

func getUsersWithPrivilege(c *engine.Call) (engine.Response, error) {
	s, id, ids := stateOf(c), c.Text("id"), []int64{}
	for _, role := range s.roles.All {
		if slices.Contains(role.Privileges, id) {
			ids = append(ids, s.byRole.IDs(role.ID)...)
		}
	}
	slices.Sort(ids)
	return refer(c, ids, privilegePath(c, id)+"/users")
}

func getUserPrivileges(c *engine.Call) (engine.Response, error) {
	u, granted := userOf(c), []string(nil)
	if role, ok := stateOf(c).roles.Get(u.Role); ok {
		granted = role.Privileges
	}
	return listPrivileges(c, granted, userPath(c, u.ID)+"/privileges")
}
