package socotra

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
)

type permissionRow struct {
	Resource string   `yaml:"resource"`
	Actions  []string `yaml:"actions"`
}

type userRow struct {
	User  `yaml:",inline"`
	Roles []string `yaml:"roles"` // names
}

type tokenRow struct {
	Token       `yaml:",inline"`
	Text        string   `yaml:"token"`
	UserGone    bool     `yaml:"userGone"`
	Permissions []string `yaml:"permissions"`
}

var tenantTypes = []string{"production", "test", "retired", "deleted"}

// permissionWord is what resources and actions are made of, as in the contract's
// pattern of permissions.
var permissionWord = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

func notAWord(s string) bool { return !permissionWord.MatchString(s) }

// load reads the tables in the order in which they refer to one another.
func load(dir fs.FS, settings Settings) (*State, error) {
	s := &State{
		users: engine.NewTable[int64, *User](), locators: engine.NewTable[string, int64](), names: engine.NewIndex(),
		spent: engine.NewTable[string, bool](), byRole: engine.NewIndex(), nextUser: 1,
		roles: engine.NewTable[int64, *Role](), roleIDs: engine.NewTable[string, int64](),
		roleNames: engine.NewIndex(), nextRole: 1,
		tokens: engine.NewTable[string, *Token](), settings: &settings,
	}
	for _, read := range []func(fs.FS) error{s.loadPermissions, s.loadTenants, s.loadRoles, s.loadUsers, s.loadTokens} {
		if err := read(dir); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *State) loadPermissions(dir fs.FS) error {
	rows, err := fixtures.Table[permissionRow](dir, "permissions.yaml")
	var names []string
	for _, row := range rows {
		r := row.Record
		if len(r.Actions) == 0 {
			return row.Errorf("resource %q has no action; write one at least", r.Resource)
		}
		for _, word := range append(r.Actions, r.Resource) {
			if notAWord(word) {
				return row.Errorf("%q of resource %q has more than letters, digits, _ and -", word, r.Resource)
			}
		}
		for _, action := range r.Actions {
			names = append(names, r.Resource+"."+action)
		}
	}
	s.catalogue = newCatalogue(names, s.settings)
	return err
}

func (s *State) loadTenants(dir fs.FS) error {
	rows, err := fixtures.Table[Tenant](dir, "tenants.yaml")
	for _, row := range rows {
		t := row.Record
		if !slices.Contains(tenantTypes, t.Type) {
			return row.Errorf("type is %q; write one of %s", t.Type, strings.Join(tenantTypes, ", "))
		}
		switch {
		case !isUUID(t.Locator):
			return row.Errorf("locator %q is no UUID", t.Locator)
		case s.hasTenant(t.Locator):
			return row.Errorf("locator %q is used twice; give each tenant a locator of its own", t.Locator)
		}
		s.tenants = append(s.tenants, &t)
	}
	return err
}

func (s *State) loadRoles(dir fs.FS) error {
	rows, err := fixtures.Table[Role](dir, "roles.yaml")
	for _, row := range rows {
		r := row.Record
		switch {
		case r.Locator == "":
			return row.Errorf("locator is empty; give the role one")
		case s.roleIDs.Has(r.Locator):
			return row.Errorf("locator %q is used twice; give each role a locator of its own", r.Locator)
		case r.Name == "":
			return row.Errorf("name is empty; give the role one")
		case s.roleNames.Any(r.Name):
			return row.Errorf("name %q is used twice; give each role a name of its own", r.Name)
		case !isUUID(r.CreatedBy):
			return row.Errorf("createdBy %q is no UUID", r.CreatedBy)
		}
		for _, p := range r.Permissions {
			if s.catalogue.plain[p] == nil {
				return row.Errorf("permission %q is not in permissions.yaml; write resource.action, resource.* or *.*", p)
			}
		}
		r.number, r.Permissions = s.nextRole, s.catalogue.write(s.settings, r.Permissions)
		s.putRole(&r)
	}
	return err
}

func (s *State) loadUsers(dir fs.FS) error {
	rows, err := fixtures.Table[userRow](dir, "users.yaml")
	for _, row := range rows {
		u := row.Record.User
		u.number, u.Locator = s.nextUser, strings.ToLower(u.Locator)
		switch {
		case !isUUID(u.Locator):
			return row.Errorf("locator %q is no UUID", u.Locator)
		case s.locators.Has(u.Locator):
			return row.Errorf("locator %q is used twice; give each user a locator of its own", u.Locator)
		case u.UserName == "":
			return row.Errorf("userName is empty; give the user one")
		case len(s.usersCalled(u.UserName)) > 0:
			return row.Errorf("userName %q is used twice; give each user a name of its own", u.UserName)
		}
		for _, name := range row.Record.Roles {
			if !s.roleNames.Any(name) {
				return row.Errorf("role %q is not in roles.yaml", name)
			}
			u.Roles = with(u.Roles, s.roleNames.IDs(name))
		}
		for _, tenant := range u.Tenants {
			if !slices.Contains(tenantAliases, tenant) && !s.hasTenant(tenant) {
				return row.Errorf("tenant %q is not in tenants.yaml; write a locator, %s", tenant, strings.Join(tenantAliases, " or "))
			}
		}
		s.putUser(&u)
	}
	return err
}

func (s *State) loadTokens(dir fs.FS) error {
	rows, err := fixtures.Table[tokenRow](dir, "tokens.yaml")
	for _, row := range rows {
		r, t := row.Record, row.Record.Token
		switch {
		case r.Text == "":
			return row.Errorf("token is empty; give the record one")
		case s.tokens.Has(r.Text):
			return row.Errorf("token is used twice; give each record a token of its own")
		case (s.userAt(t.User) == nil) != r.UserGone:
			return row.Errorf("user %q is not in users.yaml; write userGone: true if that is meant", t.User)
		}
		if r.Permissions != nil {
			t.Permissions = union(s.catalogue.plain, r.Permissions)
		}
		s.tokens.Put(r.Text, &t)
	}
	return err
}
