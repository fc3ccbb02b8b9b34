package rapid7

import (
	"encoding/base32"
	"io/fs"
	"math"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

type userRow struct {
	ID             int64   `yaml:"id"`
	Login          string  `yaml:"login"`
	Name           string  `yaml:"name"`
	Email          string  `yaml:"email"`
	Password       string  `yaml:"password"`
	Enabled        *bool   `yaml:"enabled"`
	Locked         bool    `yaml:"locked"`
	Source         int64   `yaml:"source"`
	Role           string  `yaml:"role"`
	Superuser      bool    `yaml:"superuser"`
	AllSites       bool    `yaml:"allSites"`
	AllAssetGroups bool    `yaml:"allAssetGroups"`
	Sites          []int64 `yaml:"sites"`
	AssetGroups    []int64 `yaml:"assetGroups"`
	TwoFactorKey   string  `yaml:"twoFactorKey"`
	Locale         *Locale `yaml:"locale"`
}

type roleRow struct {
	ID            string   `yaml:"id"`
	Name          string   `yaml:"name"`
	Description   string   `yaml:"description"`
	BuiltIn       bool     `yaml:"builtIn"`
	AllPrivileges bool     `yaml:"allPrivileges"` // all that the edition knows
	Privileges    []string `yaml:"privileges"`
}

type sourceRow struct {
	ID       int64  `yaml:"id"`
	Name     string `yaml:"name"`
	Type     string `yaml:"type"`
	External bool   `yaml:"external"`
}

type namedRow struct {
	ID   int64  `yaml:"id"`
	Name string `yaml:"name"`
}

var sourceTypes = []string{"normal", "kerberos", "ldap", "saml", "admin"}

// load reads the tables in the order in which they refer to one another.
func load(dir fs.FS, settings Settings, observed bool) (*State, error) {
	s := &State{
		users: engine.NewTable[int64, *User](), logins: engine.NewTable[string, int64](),
		byRole: engine.NewIndex(), roles: engine.NewTable[string, *Role](), sources: engine.NewTable[int64, *Source](),
		nextID: 1, settings: &settings, observed: observed,
	}
	var err error
	if s.sites, err = loadNamed(dir, "sites.yaml"); err != nil {
		return nil, err
	}
	if s.groups, err = loadNamed(dir, "asset_groups.yaml"); err != nil {
		return nil, err
	}
	for _, read := range []func(fs.FS) error{s.loadSources, s.loadRoles, s.loadUsers} {
		if err := read(dir); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func loadNamed(dir fs.FS, file string) (engine.Table[int64, string], error) {
	table := engine.NewTable[int64, string]()
	rows, err := fixtures.Table[namedRow](dir, file)
	for _, row := range rows {
		switch id := row.Record.ID; {
		case !validID(id):
			return table, row.Errorf("id %d is no 32-bit id above 0", id)
		case table.Has(id):
			return table, row.Errorf("id %d is used twice; give each record an id of its own", id)
		}
		table.Put(row.Record.ID, row.Record.Name)
	}
	return table, err
}

func (s *State) loadSources(dir fs.FS) error {
	rows, err := fixtures.Table[sourceRow](dir, "authentication_sources.yaml")
	for _, row := range rows {
		r := row.Record
		switch {
		case !validID(r.ID):
			return row.Errorf("id %d is no 32-bit id above 0", r.ID)
		case s.sources.Has(r.ID):
			return row.Errorf("id %d is used twice; give each source an id of its own", r.ID)
		case r.Name == "":
			return row.Errorf("name is empty; give the source one")
		case !slices.Contains(sourceTypes, r.Type):
			return row.Errorf("type is %q; write one of %s", r.Type, strings.Join(sourceTypes, ", "))
		}
		s.sources.Put(r.ID, &Source{ID: r.ID, Name: r.Name, Type: r.Type, External: r.External})
	}
	return err
}

func (s *State) loadRoles(dir fs.FS) error {
	rows, err := fixtures.Table[roleRow](dir, "roles.yaml")
	for _, row := range rows {
		r := row.Record
		id := s.settings.RolePrefix + r.ID
		switch {
		case r.ID == "":
			return row.Errorf("id is empty; give the role one")
		case s.roles.Has(id):
			return row.Errorf("id %q is used twice; give each role an id of its own", r.ID)
		}
		if r.AllPrivileges {
			r.Privileges = s.settings.Privileges
		} else {
			r.Privileges = prefixed(s.settings.PrivilegePrefix, r.Privileges)
		}
		for _, p := range r.Privileges {
			if !slices.Contains(s.settings.Privileges, p) {
				return row.Errorf("privilege %q is not among the edition's privileges%s", p, schemas.Suggest(p, s.settings.Privileges))
			}
		}
		s.roles.Put(id, &Role{ID: id, Name: r.Name, Description: r.Description, BuiltIn: r.BuiltIn, Privileges: sorted(r.Privileges)})
	}
	return err
}

func (s *State) loadUsers(dir fs.FS) error {
	rows, err := fixtures.Table[userRow](dir, "users.yaml")
	for _, row := range rows {
		if err := s.loadUser(row); err != nil {
			return err
		}
	}
	return err
}

func (s *State) loadUser(row fixtures.Row[userRow]) error {
	r := row.Record
	role := s.settings.RolePrefix + r.Role
	switch {
	case !validID(r.ID):
		return row.Errorf("id %d is no 32-bit id above 0", r.ID)
	case s.users.Has(r.ID):
		return row.Errorf("id %d is used twice; give each user an id of its own", r.ID)
	case !validLocale(r.Locale):
		return row.Errorf("locale is not of language tags, as in {default: en-US, reports: de-DE}")
	case r.Login == "":
		return row.Errorf("login is empty; give the user one")
	case s.logins.Has(r.Login):
		return row.Errorf("login %q is used twice; give each user a login of its own", r.Login)
	case !s.roles.Has(role):
		var known []string
		for id := range s.roles.All {
			known = append(known, strings.TrimPrefix(id, s.settings.RolePrefix))
		}
		return row.Errorf("role %q is not in roles.yaml%s", r.Role, schemas.Suggest(r.Role, known))
	case !s.sources.Has(r.Source):
		return row.Errorf("source %d is not in authentication_sources.yaml", r.Source)
	case r.TwoFactorKey != "" && !validKey(r.TwoFactorKey):
		return row.Errorf("twoFactorKey is no base32")
	}
	for _, id := range r.Sites {
		if !s.sites.Has(id) {
			return row.Errorf("site %d is not in sites.yaml", id)
		}
	}
	for _, id := range r.AssetGroups {
		if !s.groups.Has(id) {
			return row.Errorf("asset group %d is not in asset_groups.yaml", id)
		}
	}
	s.putUser(&User{
		ID: r.ID, Login: r.Login, Name: r.Name, Email: r.Email, Password: r.Password,
		Enabled: r.Enabled == nil || *r.Enabled, Locked: r.Locked, Source: r.Source, Role: role,
		Superuser: r.Superuser || r.Role == globalAdmin, AllSites: r.AllSites, AllGroups: r.AllAssetGroups,
		Sites: ascending(r.Sites), Groups: ascending(r.AssetGroups), Key: r.TwoFactorKey, Locale: r.Locale,
	})
	return nil
}

func validID(id int64) bool { return 0 < id && id <= math.MaxInt32 }

// validLocale holds a locale to the contract: what loads can be answered.
func validLocale(l *Locale) bool { return l == nil || fits("locale-preferences", l.write) }

// fits tells whether a view is what a schema of the contract asks for.
func fits(schema string, view engine.View) bool {
	contract, err := schemas.Load("rapid7")
	return err == nil && len(contract.Schema(schema).Validate(engine.Render(view))) == 0
}

func prefixed(prefix string, list []string) []string {
	list = slices.Clone(list)
	for i := range list {
		list[i] = prefix + list[i]
	}
	return list
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
