package socotra

import (
	"slices"
	"strconv"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func roleOf(c *engine.Call) *Role { return c.Record.(*Role) }

func getRole(c *engine.Call) (engine.Response, error) {
	return done(c, viewRole(stateOf(c), roleOf(c)))
}

// roleBecomes is the effect of putting a role, new or not, as the request has it.
func roleBecomes(next func(*engine.Call) *Role) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		s, r := stateOf(c), next(c)
		if r.Locator == "" {
			r.number, r.Locator = s.nextRole, s.newRoleLocator(c)
		}
		s.putRole(r)
		return done(c, viewRole(s, r))
	}
}

// createdRole takes nothing from the body but what a role can be given: who
// made it, when and in which version is the server's to say (SO-ROLE-07).
func createdRole(c *engine.Call) *Role {
	s, body := stateOf(c), c.JSON()
	r := &Role{
		Name: body.Get("name").String(), Description: body.Get("description").String(),
		Version: int64(s.settings.FirstVersion), CreatedAt: c.Now(), CreatedBy: callerOf(c).user.Locator,
	}
	r.Permissions, _ = s.readPermissions(body.Get("permissions"))
	return r
}

func (s *State) newRoleLocator(c *engine.Call) string {
	switch s.settings.RoleLocators {
	case "uuid":
		return newUUID(c)
	case "number":
		return strconv.FormatInt(1000+s.nextRole, 10)
	}
	return newULID(c)
}

// isStale tells whether the role has changed since the caller read it (SO-ROLE-06).
func isStale(c *engine.Call) bool { return c.JSON().Get("version").Int() != roleOf(c).Version }

// updatedRole has another name and description, and permissions more and less.
func updatedRole(c *engine.Call) *Role {
	s, body, old := stateOf(c), c.JSON(), roleOf(c)
	r := *old
	r.Name, r.Description = body.Get("name").String(), body.Get("description").String()
	r.Permissions = delta(c, old.Permissions, (*State).readPermissions, "addPermissions", "removePermissions")
	same := r.Name == old.Name && r.Description == old.Description && sameElements(r.Permissions, old.Permissions)
	if s.settings.EmptyUpdateBumpsVersion || !same {
		r.Version += int64(s.settings.VersionStep)
	}
	return &r
}

// isProtected tells whether the role came with the account (SO-ROLE-12).
func isProtected(c *engine.Call) bool {
	r := roleOf(c)
	return r != nil && r.BuiltIn && stateOf(c).settings.BuiltInRolesProtected
}

// roleNameTaken tells whether a name names another role: users have roles by
// name (SO-ROLE-13).
func roleNameTaken(c *engine.Call) bool {
	s, own := stateOf(c), int64(0)
	if r, ok := c.Record.(*Role); ok {
		own = r.number
	}
	return s.settings.RoleNamesUnique &&
		slices.ContainsFunc(s.roleNames.IDs(c.JSON().Get("name").String()), func(id int64) bool { return id != own })
}

func isHeldForGood(c *engine.Call) bool {
	s, r := stateOf(c), roleOf(c)
	return r != nil && s.settings.RoleInUseKept && s.byRole.Any(roleKey(r.number))
}

func deleteRole(c *engine.Call) (engine.Response, error) {
	if r := roleOf(c); r != nil {
		stateOf(c).deleteRole(r)
	}
	return done(c, nil)
}

func fetchAvailablePermissions(c *engine.Call) (engine.Response, error) {
	return done(c, viewNames(stateOf(c).catalogue.names))
}

func fetchUserPermissions(c *engine.Call) (engine.Response, error) {
	return done(c, viewNames(stateOf(c).shownPermissions(userOf(c))))
}

// shownPermissions is what a user may do: action by action, or as its roles
// have it, wildcards and all. Never nil.
func (s *State) shownPermissions(u *User) []string {
	if s.settings.PermissionsExpanded {
		return s.catalogue.list(s.permissionsOf(u))
	}
	raw := append([]string{}, u.Direct...)
	for _, id := range u.Roles {
		if r, ok := s.roles.Get(id); ok {
			raw = append(raw, r.Permissions...)
		}
	}
	return sorted(raw)
}
