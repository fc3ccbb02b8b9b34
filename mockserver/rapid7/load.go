package rapid7

import (
	"cmp"
	"encoding/base32"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

type userRow struct {
	ID             int64          `yaml:"id"`
	Login          string         `yaml:"login"`
	Name           string         `yaml:"name"`
	Email          string         `yaml:"email"`
	Password       schemas.Secret `yaml:"password"`
	ResetOnLogin   bool           `yaml:"passwordResetOnLogin,omitempty"`
	Enabled        *bool          `yaml:"enabled"`
	Locked         bool           `yaml:"locked"`
	FailedAttempts int            `yaml:"failedAttempts"`
	Source         int64          `yaml:"source"`
	Role           string         `yaml:"role"`
	Superuser      bool           `yaml:"superuser"`
	AllSites       bool           `yaml:"allSites"`
	AllAssetGroups bool           `yaml:"allAssetGroups"`
	Sites          []int64        `yaml:"sites"`
	AssetGroups    []int64        `yaml:"assetGroups"`
	TwoFactorKey   schemas.Secret `yaml:"twoFactorKey"`
	Locale         *Locale        `yaml:"locale,omitempty"`
}

type roleRow struct {
	ID            string   `yaml:"id"`
	Name          string   `yaml:"name"`
	Description   string   `yaml:"description"`
	BuiltIn       bool     `yaml:"builtIn"`
	AllPrivileges bool     `yaml:"allPrivileges,omitempty"` // all that the edition knows
	Privileges    []string `yaml:"privileges"`
}

type namedRow struct {
	ID   int64  `yaml:"id"`
	Name string `yaml:"name"`
}

var sourceTypes = []string{"normal", "kerberos", "ldap", "saml", "admin"}

// A loader makes a state of tables. What the ids of roles and privileges begin
// with in the edition is added to those of fixtures.
type loader struct {
	*State
	rolePrefix, privilegePrefix string
}

// Load implements engine.State.
func (s *State) Load(from schemas.Tables) (engine.State, error) {
	return loader{State: newState(s.settings, s.observed)}.load(from)
}

// load reads the tables in the order in which they refer to one another.
func (l loader) load(from schemas.Tables) (engine.State, error) {
	return l.State, cmp.Or(
		l.loadNamed(from, "sites", l.sites),
		l.loadNamed(from, "asset_groups", l.groups),
		schemas.Each(from, "authentication_sources", l.wrongSource, func(r Source) { l.sources.Put(r.ID, &r) }),
		schemas.Each(from, "roles", l.wrongRole, l.putRole),
		schemas.Each(from, "users", l.wrongUser, l.putUserRow),
		l.numbers.Load(from, "users"),
	)
}

func wrongID(id int64, has func(int64) bool, noun string) error {
	switch {
	case id <= 0 || id > math.MaxInt32:
		return fmt.Errorf("id %d is no 32-bit id above 0", id)
	case has(id):
		return fmt.Errorf("id %d is used twice; give each %s an id of its own", id, noun)
	}
	return nil
}

func (l loader) loadNamed(from schemas.Tables, name string, table engine.Table[int64, string]) error {
	return schemas.Each(from, name,
		func(r namedRow) error { return wrongID(r.ID, table.Has, "record") },
		func(r namedRow) { table.Put(r.ID, r.Name) })
}

func (l loader) wrongSource(r Source) error {
	switch {
	case r.Name == "":
		return errors.New("name is empty; give the source one")
	case !slices.Contains(sourceTypes, r.Type):
		return fmt.Errorf("type is %q; write one of %s", r.Type, strings.Join(sourceTypes, ", "))
	}
	return wrongID(r.ID, l.sources.Has, "source")
}

func (l loader) wrongRole(r roleRow) error {
	switch {
	case r.ID == "":
		return errors.New("id is empty; give the role one")
	case l.roles.Has(prefixed(l.rolePrefix, r.ID)):
		return fmt.Errorf("id %q is used twice; give each role an id of its own", r.ID)
	}
	for _, p := range r.Privileges {
		if p = prefixed(l.privilegePrefix, p); !slices.Contains(l.settings.Privileges, p) {
			return fmt.Errorf("privilege %q is not among the edition's privileges%s", p, schemas.Suggest(p, l.settings.Privileges))
		}
	}
	return nil
}

func (l loader) putRole(r roleRow) {
	role := &Role{ID: prefixed(l.rolePrefix, r.ID), Name: r.Name, Description: r.Description, BuiltIn: r.BuiltIn}
	if r.AllPrivileges {
		r.Privileges = l.settings.Privileges
	}
	for _, p := range r.Privileges {
		role.Privileges = append(role.Privileges, prefixed(l.privilegePrefix, p))
	}
	role.Privileges = sorted(role.Privileges)
	l.roles.Put(role.ID, role)
}

func (l loader) wrongUser(r userRow) error {
	switch {
	case !validLocale(r.Locale):
		return errors.New("locale is not of language tags, as in {default: en-US, reports: de-DE}")
	case r.Login == "":
		return errors.New("login is empty; give the user one")
	case l.logins.Has(r.Login):
		return fmt.Errorf("login %q is used twice; give each user a login of its own", r.Login)
	case !l.roles.Has(prefixed(l.rolePrefix, r.Role)):
		var known []string
		for id := range l.roles.All {
			known = append(known, strings.TrimPrefix(id, l.rolePrefix))
		}
		return fmt.Errorf("role %q is not in roles.yaml%s", r.Role, schemas.Suggest(r.Role, known))
	case !l.sources.Has(r.Source):
		return fmt.Errorf("source %d is not in authentication_sources.yaml", r.Source)
	case r.TwoFactorKey != "" && !validKey(string(r.TwoFactorKey)):
		return errors.New("twoFactorKey is no base32")
	case r.FailedAttempts < 0:
		return fmt.Errorf("failedAttempts is %d; write 0 or more", r.FailedAttempts)
	}
	for _, id := range r.Sites {
		if !l.sites.Has(id) {
			return fmt.Errorf("site %d is not in sites.yaml", id)
		}
	}
	for _, id := range r.AssetGroups {
		if !l.groups.Has(id) {
			return fmt.Errorf("asset group %d is not in asset_groups.yaml", id)
		}
	}
	return wrongID(r.ID, l.users.Has, "user")
}

func (l loader) putUserRow(r userRow) {
	role := prefixed(l.rolePrefix, r.Role)
	l.putUser(&User{
		ID: r.ID, Login: r.Login, Name: r.Name, Email: r.Email, Password: string(r.Password), ResetOnLogin: r.ResetOnLogin,
		Enabled: r.Enabled == nil || *r.Enabled, Locked: r.Locked, Failed: r.FailedAttempts, Source: r.Source, Role: role,
		Superuser: r.Superuser || role == l.globalAdmin(), AllSites: r.AllSites, AllGroups: r.AllAssetGroups,
		Sites: ascending(r.Sites), Groups: ascending(r.AssetGroups), Key: string(r.TwoFactorKey), Locale: r.Locale,
	})
}

// Tables implements engine.State.
func (s *State) Tables() []engine.Rows {
	named := func(id int64, name string) any { return namedRow{id, name} }
	return []engine.Rows{
		engine.RowsOf("sites", &s.sites, named, "id", "name"),
		engine.RowsOf("asset_groups", &s.groups, named, "id", "name"),
		engine.RowsOf("authentication_sources", &s.sources, func(_ int64, x *Source) any { return *x }, "id", "name"),
		engine.RowsOf("roles", &s.roles, func(_ string, r *Role) any {
			return roleRow{ID: r.ID, Name: r.Name, Description: r.Description, BuiltIn: r.BuiltIn, Privileges: r.Privileges}
		}, "id"),
		engine.RowsOf("users", &s.users, func(_ int64, u *User) any {
			return userRow{
				ID: u.ID, Login: u.Login, Name: u.Name, Email: u.Email, Password: schemas.Secret(u.Password), ResetOnLogin: u.ResetOnLogin,
				Enabled: &u.Enabled, Locked: u.Locked, FailedAttempts: u.Failed, Source: u.Source, Role: u.Role,
				Superuser: u.Superuser, AllSites: u.AllSites, AllAssetGroups: u.AllGroups,
				Sites: u.Sites, AssetGroups: u.Groups, TwoFactorKey: schemas.Secret(u.Key), Locale: u.Locale,
			}
		}, "id", "login"),
		s.numbers.Rows(),
	}
}

// validLocale holds a locale to the contract: what loads can be answered.
func validLocale(l *Locale) bool { return l == nil || fits("locale-preferences", l.write) }

// fits tells whether a view is what a schema of the contract asks for.
func fits(schema string, view engine.View) bool {
	contract, err := schemas.Load("rapid7")
	return err == nil && len(contract.Schema(schema).Validate(engine.Render(view))) == 0
}

func prefixed(prefix, id string) string {
	if strings.HasPrefix(id, prefix) { // it comes from a state of the same edition
		return id
	}
	return prefix + id
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

func ascending(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// validKey tells whether a text is a usable base32 seed, padded or not.
func validKey(key string) bool {
	seed, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.TrimRight(key, "="))
	return err == nil && len(seed) > 0
}
