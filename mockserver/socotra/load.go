package socotra

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
)

type permissionRow struct {
	Resource string   `yaml:"resource"`
	Actions  []string `yaml:"actions"`
}

type tenantRow struct {
	Locator string `yaml:"locator"`
	Name    string `yaml:"name"`
	Type    string `yaml:"type"`
}

type roleRow struct {
	Locator     string    `yaml:"locator"`
	Name        string    `yaml:"name"`
	Description string    `yaml:"description"`
	Version     int64     `yaml:"version"`
	CreatedAt   time.Time `yaml:"createdAt"`
	CreatedBy   string    `yaml:"createdBy"`
	BuiltIn     bool      `yaml:"builtIn"`
	Permissions []string  `yaml:"permissions"`
}

type userRow struct {
	Locator           string   `yaml:"locator"`
	UserName          string   `yaml:"userName"`
	FirstName         string   `yaml:"firstName"`
	LastName          string   `yaml:"lastName"`
	Email             string   `yaml:"email"`
	Password          string   `yaml:"password"`
	TemporaryPassword bool     `yaml:"temporaryPassword"`
	ServiceAccount    bool     `yaml:"serviceAccount"`
	Roles             []string `yaml:"roles"`
	Tenants           []string `yaml:"tenants"`
}

type tokenRow struct {
	Name        string    `yaml:"name"`
	Token       string    `yaml:"token"`
	User        string    `yaml:"user"`
	UserGone    bool      `yaml:"userGone"`
	Permissions []string  `yaml:"permissions"`
	ExpiresAt   time.Time `yaml:"expiresAt"`
}

var tenantTypes = []string{"production", "test", "retired", "deleted"}

// permissionWord is what resources and actions are made of, as in the contract's
// pattern of permissions.
var permissionWord = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

func notAWord(s string) bool { return !permissionWord.MatchString(s) }

// load reads the tables in the order in which they refer to one another.
func load(dir fs.FS, settings Settings) (*State, error) {
	s := &State{
		users: engine.NewTable[int64, *User](), locators: engine.NewTable[string, int64](),
		names: engine.NewTable[string, int64](), byRole: engine.NewIndex(), nextUser: 1,
		roles: engine.NewTable[int64, *Role](), roleIDs: engine.NewTable[string, int64](),
		roleNames: engine.NewTable[string, int64](), nextRole: 1,
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
	s.catalogue = newCatalogue(names)
	return err
}

func (s *State) loadTenants(dir fs.FS) error {
	rows, err := fixtures.Table[tenantRow](dir, "tenants.yaml")
	for _, row := range rows {
		r := row.Record
		if !slices.Contains(tenantTypes, r.Type) {
			return row.Errorf("type is %q; write one of %s", r.Type, strings.Join(tenantTypes, ", "))
		}
		switch {
		case !isUUID(r.Locator):
			return row.Errorf("locator %q is no UUID", r.Locator)
		case s.knowsTenant(r.Locator):
			return row.Errorf("locator %q is used twice; give each tenant a locator of its own", r.Locator)
		}
		s.tenants = append(s.tenants, &Tenant{r.Locator, r.Name, r.Type})
	}
	return err
}

func (s *State) loadRoles(dir fs.FS) error {
	rows, err := fixtures.Table[roleRow](dir, "roles.yaml")
	for _, row := range rows {
		r := row.Record
		switch {
		case r.Locator == "":
			return row.Errorf("locator is empty; give the role one")
		case s.roleIDs.Has(r.Locator):
			return row.Errorf("locator %q is used twice; give each role a locator of its own", r.Locator)
		case r.Name == "":
			return row.Errorf("name is empty; give the role one")
		case s.roleNames.Has(r.Name):
			return row.Errorf("name %q is used twice; give each role a name of its own", r.Name)
		case !isUUID(r.CreatedBy):
			return row.Errorf("createdBy %q is no UUID", r.CreatedBy)
		}
		for _, p := range r.Permissions {
			if _, known := s.catalogue.match(p); !known {
				return row.Errorf("permission %q is not in permissions.yaml; write resource.action, resource.* or *.*", p)
			}
		}
		s.putRole(&Role{
			number: s.nextRole, Locator: r.Locator, Name: r.Name, Description: r.Description, BuiltIn: r.BuiltIn,
			Version: r.Version, CreatedAt: r.CreatedAt.UTC(), CreatedBy: r.CreatedBy, Permissions: r.Permissions,
		})
	}
	return err
}

func (s *State) loadUsers(dir fs.FS) error {
	rows, err := fixtures.Table[userRow](dir, "users.yaml")
	for _, row := range rows {
		r := row.Record
		u := &User{
			number: s.nextUser, Locator: strings.ToLower(r.Locator), UserName: r.UserName, FirstName: r.FirstName, LastName: r.LastName,
			Email: r.Email, Password: r.Password, Temporary: r.TemporaryPassword, Service: r.ServiceAccount,
		}
		switch {
		case !isUUID(u.Locator):
			return row.Errorf("locator %q is no UUID", r.Locator)
		case s.locators.Has(u.Locator):
			return row.Errorf("locator %q is used twice; give each user a locator of its own", r.Locator)
		case r.UserName == "":
			return row.Errorf("userName is empty; give the user one")
		case s.userNamed(r.UserName) != nil:
			return row.Errorf("userName %q is used twice; give each user a name of its own", r.UserName)
		}
		for _, name := range r.Roles {
			role := s.roleCalled(name)
			if role == nil {
				return row.Errorf("role %q is not in roles.yaml", name)
			}
			u.Roles = with(u.Roles, []int64{role.number})
		}
		for _, tenant := range r.Tenants {
			if !s.knowsTenant(tenant) {
				return row.Errorf("tenant %q is not in tenants.yaml; write a locator, %s", tenant, strings.Join(tenantAliases, " or "))
			}
			u.Tenants = with(u.Tenants, []string{tenant})
		}
		s.putUser(u)
	}
	return err
}

func (s *State) loadTokens(dir fs.FS) error {
	rows, err := fixtures.Table[tokenRow](dir, "tokens.yaml")
	for _, row := range rows {
		r := row.Record
		switch {
		case r.Token == "":
			return row.Errorf("token is empty; give the record one")
		case s.tokens.Has(r.Token):
			return row.Errorf("token is used twice; give each record a token of its own")
		case (s.userAt(r.User) == nil) != r.UserGone:
			return row.Errorf("user %q is not in users.yaml; write userGone: true if that is meant", r.User)
		}
		t := &Token{Name: r.Name, User: r.User, Expires: r.ExpiresAt}
		if r.Permissions != nil {
			t.Permissions = s.catalogue.expand(r.Permissions)
		}
		s.tokens.Put(r.Token, t)
	}
	return err
}
