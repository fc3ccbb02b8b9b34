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
	return engine.OK(privilegeList{[]Link{{c.Base + "/privileges", "self"}}, sorted(stateOf(c).settings.Privileges)})
}

func privilegeInPath(c *engine.Call) (any, bool) {
	return c.Text("id"), slices.Contains(stateOf(c).settings.Privileges, c.Text("id"))
}

func getPrivilege(c *engine.Call) (engine.Response, error) {
	self := privilegePath(c, c.Text("id"))
	return engine.OK(links{[]Link{{self, "self"}, {self + "/users", "Users"}}})
}

func getUsersWithPrivilege(c *engine.Call) (engine.Response, error) {
	s, id, ids := stateOf(c), c.Text("id"), []int64{}
	for _, role := range s.roles.All {
		if slices.Contains(role.Privileges, id) {
			ids = append(ids, s.byRole.IDs(role.ID)...)
		}
	}
	slices.Sort(ids)
	return refer(ids, privilegePath(c, id)+"/users")
}

func getUserPrivileges(c *engine.Call) (engine.Response, error) {
	u, granted := userOf(c), []string{}
	if role, ok := stateOf(c).roles.Get(u.Role); ok {
		granted = append(granted, role.Privileges...)
	}
	return engine.OK(privilegeList{[]Link{{userPath(c, u.ID) + "/privileges", "self"}}, granted})
}
