package socotra

import (
	"net/http"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// timeForm is how answers write a time: in UTC, with Z. Clients refuse any
// other way to write the zone.
const timeForm = "2006-01-02T15:04:05.000Z"

type roleView struct {
	Locator     string   `json:"locator"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Version     int64    `json:"version"`
	CreatedAt   string   `json:"createdAt"`
	CreatedBy   string   `json:"createdBy"`
	Permissions []string `json:"permissions"`
}

func viewRole(_ *State, r *Role) roleView {
	return roleView{r.Locator, r.Name, r.Description, r.Version, r.CreatedAt.UTC().Format(timeForm), r.CreatedBy, append([]string{}, r.Permissions...)}
}

func lookupRole(c *engine.Call) (*Role, error) {
	locator := c.Text("locator")
	r := stateOf(c).roleAt(locator)
	if err := knownRole(c, r, locator); err != nil {
		return nil, err
	}
	if r == nil {
		r = &Role{number: stateOf(c).nextRole, Locator: locator}
	}
	return r, nil
}

func getRole(c *engine.Call) (engine.Response, error) {
	r, err := lookupRole(c)
	if err != nil {
		return engine.Response{}, err
	}
	return engine.OK(viewRole(stateOf(c), r))
}

// createRole takes nothing from the body but what a role can be given: who
// made it, when and in which version is the server's to say (SO-ROLE-07).
func createRole(c *engine.Call) (engine.Response, error) {
	s, body := stateOf(c), c.JSON()
	r := &Role{
		number: s.nextRole, Locator: newULID(c), Name: body.Get("name").String(), Description: body.Get("description").String(),
		Version: int64(s.settings.FirstVersion), CreatedAt: c.Now(), CreatedBy: callerOf(c).user.Locator,
	}
	if err := checkRoleName(c, r); err != nil {
		return engine.Response{}, err
	}
	var err error
	if r.Permissions, err = permissionsIn(c, body.Get("permissions")); err != nil {
		return engine.Response{}, err
	}
	if err := withinCeiling(c, s.catalogue.expand(r.Permissions), "role "+r.Name); err != nil {
		return engine.Response{}, err
	}
	s.putRole(r)
	return engine.OK(viewRole(s, r))
}

// updateRole adds and removes permissions. It is based on a version that the
// caller has read; if the role has another by now, nothing happens (SO-ROLE-06).
func updateRole(c *engine.Call) (engine.Response, error) {
	old, err := lookupRole(c)
	if err != nil {
		return engine.Response{}, err
	}
	if err := ownRole(c, old); err != nil {
		return engine.Response{}, err
	}
	r, err := edited(c, old)
	if err != nil {
		return engine.Response{}, err
	}
	given := c.JSON().Get("version").Int()
	if err := c.Check(given == old.Version, "SO-ROLE-06", http.StatusConflict, "the update is based on version %d, and the role is in version %d by now; read it again", given, old.Version); err != nil {
		return engine.Response{}, err
	}
	if stateOf(c).settings.EmptyUpdateBumpsVersion || changed(old, r) {
		r.Version++
	}
	stateOf(c).putRole(r)
	return engine.OK(viewRole(stateOf(c), r))
}

// edited is the role as the body would have it.
func edited(c *engine.Call, old *Role) (*Role, error) {
	body, r := c.JSON(), *old
	r.Name, r.Description = body.Get("name").String(), body.Get("description").String()
	if err := checkRoleName(c, &r); err != nil {
		return nil, err
	}
	add, err := permissionsIn(c, body.Get("addPermissions"))
	if err != nil {
		return nil, err
	}
	remove, err := permissionsIn(c, body.Get("removePermissions"))
	if err != nil {
		return nil, err
	}
	if err := apart(c, add, remove, "SO-ROLE-05"); err != nil {
		return nil, err
	}
	granted := stateOf(c).catalogue.expand(without(add, old.Permissions))
	r.Permissions = with(without(old.Permissions, remove), add)
	return &r, withinCeiling(c, granted, "role "+r.Name)
}

func changed(old, r *Role) bool {
	return old.Name != r.Name || old.Description != r.Description || !sameElements(old.Permissions, r.Permissions)
}

func deleteRole(c *engine.Call) (engine.Response, error) {
	r, err := lookupRole(c)
	if err != nil {
		return engine.Response{}, err
	}
	if err := ownRole(c, r); err != nil {
		return engine.Response{}, err
	}
	s := stateOf(c)
	kept := s.settings.RoleInUseKept && s.byRole.Any(roleKey(r.number))
	if err := c.Check(!kept, "SO-ROLE-08", http.StatusConflict, "role %q is assigned to users", r.Name); err != nil {
		return engine.Response{}, err
	}
	s.deleteRole(r)
	return void()
}

// ownRole refuses to change a role that came with the account (SO-ROLE-12).
func ownRole(c *engine.Call, r *Role) error {
	protected := r.BuiltIn && stateOf(c).settings.BuiltInRolesProtected
	return c.Check(!protected, "SO-ROLE-12", http.StatusForbidden, "role %q is built-in and stays as it is", r.Name)
}

// checkRoleName sees to it that a name names one role: users have roles by name
// (SO-ROLE-13).
func checkRoleName(c *engine.Call, r *Role) error {
	owner, taken := stateOf(c).roleNames.Get(r.Name)
	return c.Check(!taken || owner == r.number, "SO-ROLE-13", http.StatusConflict, "name %q belongs to another role", r.Name)
}
