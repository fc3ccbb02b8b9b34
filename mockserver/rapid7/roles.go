package rapid7

import (
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type roleView struct {
	Description string   `json:"description"`
	ID          string   `json:"id"`
	Links       []Link   `json:"links"`
	Name        string   `json:"name"`
	Privileges  []string `json:"privileges,omitempty"`
}

type roleList struct {
	Links     []Link     `json:"links"`
	Resources []roleView `json:"resources"`
}

func viewRole(c *engine.Call, r *Role) roleView {
	self := rolePath(c, r.ID)
	return roleView{r.Description, r.ID, []Link{{self, "self"}, {self + "/users", "Users"}}, r.Name, r.Privileges}
}

func roleInPath(c *engine.Call) (any, bool) { return stateOf(c).roles.Get(c.Text("id")) }

// roleToUpdate is a new role where the edition makes roles by updating them.
func roleToUpdate(c *engine.Call) (any, bool) {
	role, found := roleInPath(c)
	if !found && stateOf(c).settings.UnknownRoleUpdate == "create" {
		return &Role{ID: c.Text("id")}, true
	}
	return role, found
}

func roleOf(c *engine.Call) *Role { return c.Record.(*Role) }

func getRoles(c *engine.Call) (engine.Response, error) {
	views := []roleView{}
	for _, r := range stateOf(c).roles.All {
		views = append(views, viewRole(c, r))
	}
	return engine.OK(roleList{[]Link{{c.Base + "/roles", "self"}}, views})
}

func getRole(c *engine.Call) (engine.Response, error) { return engine.OK(viewRole(c, roleOf(c))) }

func getRoleUsers(c *engine.Call) (engine.Response, error) {
	id := roleOf(c).ID
	return refer(stateOf(c).byRole.IDs(id), rolePath(c, id)+"/users")
}

func isBuiltIn(c *engine.Call) bool { return roleOf(c).BuiltIn }

func isHeld(c *engine.Call) bool { return stateOf(c).byRole.Any(roleOf(c).ID) }

func isOfAnotherRole(c *engine.Call) bool {
	id := c.JSON().Get("id")
	return id.Exists() && id.String() != roleOf(c).ID
}

func unknownPrivilege(c *engine.Call) string {
	for _, p := range c.JSON().Get("privileges").Array() {
		if !slices.Contains(stateOf(c).settings.Privileges, p.String()) {
			return fmt.Sprintf("there is no privilege %q", p.String())
		}
	}
	return ""
}

func updateRole(c *engine.Call) (engine.Response, error) {
	if !hasBody(c) {
		return done(c, rolePath(c, roleOf(c).ID), "self")
	}
	role, body := *roleOf(c), c.JSON()
	role.Name, role.Description, role.Privileges = body.Get("name").String(), body.Get("description").String(), nil
	for _, p := range body.Get("privileges").Array() {
		role.Privileges = append(role.Privileges, p.String())
	}
	role.Privileges = sorted(role.Privileges)
	stateOf(c).roles.Put(role.ID, &role)
	return done(c, rolePath(c, role.ID), "self")
}

func deleteRole(c *engine.Call) (engine.Response, error) {
	id := roleOf(c).ID
	stateOf(c).roles.Delete(id)
	return done(c, rolePath(c, id), "self")
}
