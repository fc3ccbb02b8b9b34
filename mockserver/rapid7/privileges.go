package rapid7

import (
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type privilegeList struct {
	Links     []Link   `json:"links"`
	Resources []string `json:"resources"`
}

func getPrivileges(c *engine.Call) (engine.Response, error) {
	return engine.OK(privilegeList{linked(c, Link{c.Base + "/privileges", "self"}), inOrder(c, sorted(stateOf(c).settings.Privileges))})
}

func privilegeInPath(c *engine.Call) (any, bool) {
	return c.Text("id"), slices.Contains(stateOf(c).settings.Privileges, c.Text("id"))
}

func getPrivilege(c *engine.Call) (engine.Response, error) {
	self := privilegePath(c, c.Text("id"))
	return engine.OK(links{linked(c, Link{self, "self"}, Link{self + "/users", "Users"})})
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
	u, granted := userOf(c), []string{}
	if role, ok := stateOf(c).roles.Get(u.Role); ok {
		granted = append(granted, role.Privileges...)
	}
	return engine.OK(privilegeList{linked(c, Link{userPath(c, u.ID) + "/privileges", "self"}), inOrder(c, granted)})
}
