package socotra

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

type permissionRow struct {
	Resource string   `yaml:"resource"`
	Actions  []string `yaml:"actions"`
}

var tenantTypes = []string{"production", "test", "retired", "deleted"}

// permissionWord is what resources and actions are made of, as in the contract's
// pattern of permissions.
var permissionWord = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

func notAWord(s string) bool { return !permissionWord.MatchString(s) }

// A loader makes a state of tables, in the order in which they refer to one
// another.
type loader struct {
	*State
	trusted bool
}

// Load implements engine.State.
func (s *State) Load(from schemas.Tables) (engine.State, error) {
	l := loader{newState(s.settings), from.Trusted()}
	if err := schemas.Each(from, "permissions", l.wrongPermission, func(r permissionRow) { l.permissions.Put(r.Resource, r.Actions) }); err != nil {
		return nil, err
	}
	l.catalogue = newCatalogue(l.permissions, l.settings)
	return l.State, cmp.Or(
		l.numbers.Load(from, "users", "roles"),
		schemas.Each(from, "tenants", l.wrongTenant, func(t Tenant) { l.tenants.Put(strings.ToLower(t.Locator), &t) }),
		schemas.Each(from, "roles", l.wrongRole, l.putRoleRow),
		schemas.Each(from, "users", l.wrongUser, l.putUserRow),
		schemas.Each(from, "reserved_names", func(reservedRow) error { return nil }, func(r reservedRow) { l.spent.Put(r.Name, true) }),
		schemas.Each(from, "tokens", l.wrongToken, l.putToken),
	)
}

func (l loader) wrongPermission(r permissionRow) error {
	switch {
	case len(r.Actions) == 0:
		return fmt.Errorf("resource %q has no action; write one at least", r.Resource)
	case l.permissions.Has(r.Resource):
		return fmt.Errorf("resource %q is given twice; give all its actions at once", r.Resource)
	}
	for _, word := range append(r.Actions, r.Resource) {
		if notAWord(word) {
			return fmt.Errorf("%q of resource %q has more than letters, digits, _ and -", word, r.Resource)
		}
	}
	return nil
}

func (l loader) wrongTenant(t Tenant) error {
	switch {
	case !slices.Contains(tenantTypes, t.Type):
		return fmt.Errorf("type is %q; write one of %s", t.Type, strings.Join(tenantTypes, ", "))
	case !isUUID(t.Locator):
		return fmt.Errorf("locator %q is no UUID", t.Locator)
	case l.hasTenant(t.Locator):
		return fmt.Errorf("locator %q is used twice; give each tenant a locator of its own", t.Locator)
	}
	return nil
}

func (l loader) wrongRole(r Role) error {
	switch {
	case r.Locator == "":
		return errors.New("locator is empty; give the role one")
	case l.roleIDs.Has(r.Locator):
		return fmt.Errorf("locator %q is used twice; give each role a locator of its own", r.Locator)
	case r.Name == "":
		return errors.New("name is empty; give the role one")
	case l.settings.RoleNamesUnique && l.roleNames.Any(r.Name):
		return fmt.Errorf("name %q is used twice; give each role a name of its own", r.Name)
	case !isUUID(r.CreatedBy):
		return fmt.Errorf("createdBy %q is no UUID", r.CreatedBy)
	}
	return cmp.Or(l.wrongPermissions(r.Permissions), wrongNumber(r.Number, l.roles.Has))
}

// wrongPermissions finds one that neither the table nor the edition knows.
func (l loader) wrongPermissions(list []string) error {
	for _, p := range list {
		if l.catalogue.plain[p] == nil && l.catalogue.grants[p] == nil && l.settings.UnknownPermissions != "kept" {
			return fmt.Errorf("permission %q is not in permissions.yaml; write resource.action, resource.* or *.*", p)
		}
	}
	return nil
}

func wrongNumber(number int64, has func(int64) bool) error {
	switch {
	case number < 0:
		return fmt.Errorf("number is %d; it is a place in the order of creation, from 1", number)
	case has(number):
		return fmt.Errorf("number %d is used twice; it is a place in the order of creation", number)
	}
	return nil
}

func (l loader) putRoleRow(r Role) {
	r.Number = cmp.Or(r.Number, l.numbers.Next("roles"))
	r.Permissions = l.catalogue.write(l.settings, r.Permissions)
	l.putRole(&r)
}

func (l loader) wrongUser(r userRow) error {
	switch {
	case !isUUID(r.Locator):
		return fmt.Errorf("locator %q is no UUID", r.Locator)
	case l.locators.Has(strings.ToLower(r.Locator)):
		return fmt.Errorf("locator %q is used twice; give each user a locator of its own", r.Locator)
	case r.UserName == "":
		return errors.New("userName is empty; give the user one")
	case l.settings.UserNamesUnique && len(l.usersCalled(r.UserName)) > 0:
		return fmt.Errorf("userName %q is used twice; give each user a name of its own", r.UserName)
	}
	for i, name := range r.Roles {
		if len(l.rolesOf(r, i)) == 0 {
			return fmt.Errorf("role %q is not in roles.yaml", name)
		}
	}
	for _, tenant := range r.Tenants {
		if !slices.Contains(tenantAliases, tenant) && !l.hasTenant(tenant) && l.settings.UnknownTenants != "kept" {
			return fmt.Errorf("tenant %q is not in tenants.yaml; write a locator, %s", tenant, strings.Join(tenantAliases, " or "))
		}
	}
	return cmp.Or(l.wrongPermissions(r.Direct), wrongNumber(r.Number, l.users.Has))
}

// rolesOf are the numbers of the roles that a row names in one place: by name,
// or by locator where no name will do, or not any more.
func (l loader) rolesOf(r userRow, place int) []int64 {
	if ids := l.roleNames.IDs(r.Roles[place]); len(ids) > 0 && !l.trusted {
		return ids
	}
	locator := r.Roles[place]
	if place < len(r.Held) {
		locator = r.Held[place]
	}
	if role := l.roleAt(locator); role != nil {
		return []int64{role.Number}
	}
	return nil
}

func (l loader) putUserRow(r userRow) {
	u := r.User
	u.Password = string(r.Password)
	u.Number, u.Locator = cmp.Or(u.Number, l.numbers.Next("users")), strings.ToLower(u.Locator)
	u.Direct = l.catalogue.write(l.settings, u.Direct)
	for i := range r.Roles {
		u.Roles = with(u.Roles, l.rolesOf(r, i))
	}
	l.putUser(&u)
}

func (l loader) wrongToken(r tokenRow) error {
	switch {
	case r.Text == "":
		return errors.New("token is empty; give the record one")
	case l.tokens.Has(string(r.Text)):
		return errors.New("token is used twice; give each record a token of its own")
	case !r.old && (l.userAt(r.User) == nil) != r.UserGone:
		return fmt.Errorf("user %q is not in users.yaml; write userGone: true if that is meant", r.User)
	}
	return nil
}

func (l loader) putToken(r tokenRow) {
	t := r.Token
	if r.Permissions != nil {
		t.Permissions = new(big.Int).Or(union(l.catalogue.plain, r.Permissions), union(l.catalogue.grants, r.Permissions))
	}
	if t.Holder = nil; r.SaysAll {
		t.Holder = cmp.Or(l.userAt(t.User), &User{Locator: t.User})
	}
	l.tokens.Put(string(r.Text), &t)
}
