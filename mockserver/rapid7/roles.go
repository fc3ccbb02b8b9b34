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
	Privileges  []string `json:"privileges,omitzero"`
}

type roleList struct {
	Links     []Link     `json:"links"`
	Resources []roleView `json:"resources"`
}

func viewRole(c *engine.Call, r *Role) roleView {
	self := rolePath(c, r.ID)
	return roleView{r.Description, r.ID, linked(c, Link{self, "self"}, Link{self + "/users", "Users"}), r.Name, privilegesOf(c, r)}
}

// privilegesOf are nil, which is not shown, or empty, which is, where there are none.
func privilegesOf(c *engine.Call, r *Role) []string {
	switch show := stateOf(c).settings.EmptyProperties == "show"; {
	case len(r.Privileges) > 0:
		return inOrder(c, r.Privileges)
	case show:
		return []string{}
	}
	return nil
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
	return engine.OK(roleList{linked(c, Link{c.Base + "/roles", "self"}), inOrder(c, views)})
}

func getRole(c *engine.Call) (engine.Response, error) { return engine.OK(viewRole(c, roleOf(c))) }

func getRoleUsers(c *engine.Call) (engine.Response, error) {
	id := roleOf(c).ID
	return refer(c, stateOf(c).byRole.IDs(id), rolePath(c, id)+"/users")
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
	keep := stateOf(c).settings.AbsentProperties == "keep"
	if name := body.Get("name"); name.Exists() || !keep {
		role.Name = name.String()
	}
	if description := body.Get("description"); description.Exists() || !keep {
		role.Description = description.String()
	}
	if privileges := body.Get("privileges"); privileges.Exists() || !keep {
		role.Privileges = nil
		for _, p := range privileges.Array() {
			role.Privileges = append(role.Privileges, p.String())
		}
		role.Privileges = sorted(role.Privileges)
	}
	stateOf(c).roles.Put(role.ID, &role)
	return done(c, rolePath(c, role.ID), "self")
}

func deleteRole(c *engine.Call) (engine.Response, error) {
	id := roleOf(c).ID
	stateOf(c).roles.Delete(id)
	return done(c, rolePath(c, id), "self")
}
