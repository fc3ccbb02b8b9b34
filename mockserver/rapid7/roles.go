package rapid7

import (
	"net/http"
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

func lookupRole(c *engine.Call) (*Role, error) {
	id := c.Text("id")
	if r, ok := stateOf(c).roles.Get(id); ok {
		return r, nil
	}
	return &Role{ID: id}, c.Check(false, "R7-ROLE-05", http.StatusNotFound, "there is no role %q", id)
}

func getRoles(c *engine.Call) (engine.Response, error) {
	views := []roleView{}
	for _, r := range stateOf(c).roles.All {
		views = append(views, viewRole(c, r))
	}
	return engine.OK(roleList{[]Link{{c.Base + "/roles", "self"}}, views})
}

func getRole(c *engine.Call) (engine.Response, error) {
	r, err := lookupRole(c)
	if err != nil {
		return engine.Response{}, err
	}
	return engine.OK(viewRole(c, r))
}

func getRoleUsers(c *engine.Call) (engine.Response, error) {
	r, err := lookupRole(c)
	if err != nil {
		return engine.Response{}, err
	}
	return refer(stateOf(c).byRole.IDs(r.ID), rolePath(c, r.ID)+"/users")
}

func updateRole(c *engine.Call) (engine.Response, error) {
	s, id, body := stateOf(c), c.Text("id"), c.JSON()
	if !s.roles.Has(id) && s.settings.UnknownRoleUpdate == "refuse" {
		if _, err := lookupRole(c); err != nil {
			return engine.Response{}, err
		}
	}
	old, _ := s.roles.Get(id)
	if err := c.Check(old == nil || !old.BuiltIn, "R7-ROLE-09", http.StatusBadRequest, "role %q is built-in; only custom roles can be changed", id); err != nil {
		return engine.Response{}, err
	}
	role := &Role{ID: id, Name: body.Get("name").String(), Description: body.Get("description").String(), BuiltIn: old != nil && old.BuiltIn}
	given := body.Get("id")
	if err := c.Check(!given.Exists() || given.String() == id, "R7-ROLE-08", http.StatusBadRequest, "the body is of role %q, the path of role %q; make them the same or leave id out of the body", given.String(), id); err != nil {
		return engine.Response{}, err
	}
	for _, p := range body.Get("privileges").Array() {
		if err := c.Check(slices.Contains(s.settings.Privileges, p.String()), "R7-ROLE-08", http.StatusBadRequest, "there is no privilege %q", p.String()); err != nil {
			return engine.Response{}, err
		}
		role.Privileges = append(role.Privileges, p.String())
	}
	role.Privileges = sorted(role.Privileges)
	s.roles.Put(id, role)
	return done(c, rolePath(c, id), "self")
}

func deleteRole(c *engine.Call) (engine.Response, error) {
	r, err := lookupRole(c)
	if err != nil {
		return engine.Response{}, err
	}
	if err := c.Check(!r.BuiltIn, "R7-ROLE-02", http.StatusBadRequest, "role %q is built-in; only custom roles can be deleted", r.ID); err != nil {
		return engine.Response{}, err
	}
	s := stateOf(c)
	if err := c.Check(!s.byRole.Any(r.ID), "R7-ROLE-03", http.StatusBadRequest, "role %q is assigned to users; assign them another one first", r.ID); err != nil {
		return engine.Response{}, err
	}
	s.roles.Delete(r.ID)
	return done(c, rolePath(c, r.ID), "self")
}
