package socotra

import (
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// A userRow is a user with its roles by name, or by locator where several have
// the name.
type userRow struct {
	User     `yaml:",inline"`
	Password schemas.Secret `yaml:"password"`
	Roles    []string       `yaml:"roles"`
	Held     []string       `yaml:"-"` // their locators, which stay when names change
}

type tokenRow struct {
	Token       `yaml:",inline"`
	Text        schemas.Secret `yaml:"token"`
	UserGone    bool           `yaml:"userGone,omitempty"`
	Permissions []string       `yaml:"permissions,omitempty"` // nil: all that the user has
	SaysAll     bool           `yaml:"saysAll,omitempty"`     // it holds without its user
	old         bool           // a record that was there already
}

type reservedRow struct {
	Name string `yaml:"name"`
}

// Tables implements engine.State.
func (s *State) Tables() []engine.Rows {
	return []engine.Rows{
		engine.RowsOf("permissions", &s.permissions, func(resource string, actions []string) any { return permissionRow{resource, actions} }, "resource"),
		engine.RowsOf("tenants", &s.tenants, func(_ string, t *Tenant) any { return *t }, "locator", "name"),
		engine.RowsOf("roles", &s.roles, func(_ int64, r *Role) any { return *r }, "locator", "name"),
		engine.RowsOf("users", &s.users, s.userRow, "locator", "userName"),
		engine.RowsOf("reserved_names", &s.spent, func(name string, _ bool) any { return reservedRow{name} }, "name"),
		engine.RowsOf("tokens", &s.tokens, s.tokenRow, "name", "token"),
		s.numbers.Rows(),
	}
}

func (s *State) userRow(_ int64, u *User) any {
	r := userRow{User: *u, Password: schemas.Secret(u.Password), Roles: []string{}}
	for _, number := range u.Roles {
		if role, ok := s.roles.Get(number); ok {
			name := role.Name
			if len(s.roleNames.IDs(name)) > 1 {
				name = role.Locator
			}
			r.Roles, r.Held = append(r.Roles, name), append(r.Held, role.Locator)
		}
	}
	r.Tenants, r.Direct = append([]string{}, u.Tenants...), append([]string(nil), u.Direct...)
	return r
}

func (s *State) tokenRow(text string, t *Token) any {
	r := tokenRow{Token: *t, Text: schemas.Secret(text), UserGone: s.userAt(t.User) == nil, SaysAll: t.Holder != nil, old: true}
	if t.Permissions != nil {
		r.Permissions = slices.Clip(s.catalogue.list(t.Permissions))
	}
	return r
}
