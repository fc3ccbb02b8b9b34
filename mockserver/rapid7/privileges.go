package rapid7

import (
	"net/http"
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

func lookupPrivilege(c *engine.Call) (string, error) {
	id := c.Text("id")
	return id, c.Check(slices.Contains(stateOf(c).settings.Privileges, id), "R7-PRIV-02", http.StatusNotFound, "there is no privilege %q", id)
}

func getPrivilege(c *engine.Call) (engine.Response, error) {
	id, err := lookupPrivilege(c)
	if err != nil {
		return engine.Response{}, err
	}
	self := privilegePath(c, id)
	return engine.OK(links{[]Link{{self, "self"}, {self + "/users", "Users"}}})
}

func getUsersWithPrivilege(c *engine.Call) (engine.Response, error) {
	id, err := lookupPrivilege(c)
	if err != nil {
		return engine.Response{}, err
	}
	s, ids := stateOf(c), []int64{}
	for _, role := range s.roles.All {
		if slices.Contains(role.Privileges, id) {
			ids = append(ids, s.byRole.IDs(role.ID)...)
		}
	}
	slices.Sort(ids)
	return refer(ids, privilegePath(c, id)+"/users")
}

func getUserPrivileges(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	granted := []string{}
	if role, ok := stateOf(c).roles.Get(u.Role); ok {
		granted = append(granted, role.Privileges...)
	}
	return engine.OK(privilegeList{[]Link{{userPath(c, u.ID) + "/privileges", "self"}}, granted})
}
