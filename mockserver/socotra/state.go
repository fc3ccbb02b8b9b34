package socotra

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// State is all records of one business account. Records are never changed in
// place. Users and roles are numbered in the order of their creation; the
// numbers are never seen outside.
type State struct {
	users     engine.Table[int64, *User]
	locators  engine.Table[string, int64] // user locator -> number
	names     engine.Index                // user name, as it is looked up -> numbers
	spent     engine.Table[string, bool]  // names of deleted users, where they stay reserved
	byRole    engine.Index                // role number -> user numbers
	roles     engine.Table[int64, *Role]
	roleIDs   engine.Table[string, int64]  // role locator -> number
	roleNames engine.Index                 // role name -> numbers
	tokens    engine.Table[string, *Token] // by what a client presents
	numbers   engine.Numbers

	tenants     engine.Table[string, *Tenant]  // by locator in small letters
	permissions engine.Table[string, []string] // resource -> actions
	catalogue   *catalogue
	settings    *Settings
}

func newState(settings *Settings) *State {
	return &State{
		users: engine.NewTable[int64, *User](), locators: engine.NewTable[string, int64](), names: engine.NewIndex(),
		spent: engine.NewTable[string, bool](), byRole: engine.NewIndex(),
		roles: engine.NewTable[int64, *Role](), roleIDs: engine.NewTable[string, int64](), roleNames: engine.NewIndex(),
		tokens: engine.NewTable[string, *Token](), numbers: engine.NewNumbers(),
		tenants: engine.NewTable[string, *Tenant](), permissions: engine.NewTable[string, []string](), settings: settings,
	}
}

// Copy implements engine.State.
func (s *State) Copy() engine.State {
	next := *s
	next.users, next.locators, next.names, next.spent = s.users.Copy(), s.locators.Copy(), s.names.Copy(), s.spent.Copy()
	next.byRole = s.byRole.Copy()
	next.roles, next.roleIDs, next.roleNames = s.roles.Copy(), s.roleIDs.Copy(), s.roleNames.Copy()
	next.tokens, next.numbers = s.tokens.Copy(), s.numbers.Copy()
	return &next // tenants and permissions are no operation's to change
}

// A User is one account.
type User struct {
	Number    int64    `yaml:"number,omitempty"` // its place in the order of creation
	Locator   string   `yaml:"locator"`          // a UUID
	UserName  string   `yaml:"userName"`
	FirstName string   `yaml:"firstName"`
	LastName  string   `yaml:"lastName"`
	Email     string   `yaml:"email"`                 // "": none
	Password  string   `yaml:"-"`                     // "": none, and no way to sign in; as it is: a mock has nothing to protect
	Temporary bool     `yaml:"temporaryPassword"`     // the password is to be changed at the first sign-in
	Service   bool     `yaml:"serviceAccount"`        // the account of a service
	Roles     []int64  `yaml:"-"`                     // numbers, in the order in which they were given
	Direct    []string `yaml:"permissions,omitempty"` // permissions beside those of the roles, as the edition writes them
	Tenants   []string `yaml:"tenants"`
}

// A Role is a named list of permissions.
type Role struct {
	Number      int64     `yaml:"number,omitempty"` // its place in the order of creation
	Locator     string    `yaml:"locator"`
	Name        string    `yaml:"name"`
	Description string    `yaml:"description"`
	BuiltIn     bool      `yaml:"builtIn"`
	Version     int64     `yaml:"version"`
	CreatedAt   time.Time `yaml:"createdAt"`
	CreatedBy   string    `yaml:"createdBy"`   // the locator of a user
	Permissions []string  `yaml:"permissions"` // as the edition writes them
	grants      set       // what the permissions stand for
}

// A Token is what a caller presents.
type Token struct {
	Name        string    `yaml:"name"` // "" for one that was signed in for
	User        string    `yaml:"user"` // locator
	Expires     time.Time `yaml:"expiresAt,omitempty"`
	Permissions set       `yaml:"-"` // nil: all that the user has
	Holder      *User     `yaml:"-"` // as it was when it signed in, where the token says all
}

// A Tenant is what users are assigned to.
type Tenant struct {
	Locator string `yaml:"locator"`
	Name    string `yaml:"name"`
	Type    string `yaml:"type"`
}

// adminRole is the built-in role that permits everything.
const adminRole = "admin"

func (s *State) putUser(u *User) {
	if old, ok := s.users.Get(u.Number); ok {
		s.forget(old)
	}
	s.users.Put(u.Number, u)
	s.locators.Put(u.Locator, u.Number)
	s.names.Add(s.fold(u.UserName), u.Number)
	for _, role := range u.Roles {
		s.byRole.Add(roleKey(role), u.Number)
	}
	s.numbers.Use("users", u.Number)
}

func (s *State) deleteUser(u *User) {
	s.forget(u)
	s.users.Delete(u.Number)
	if s.settings.DeletedNamesReserved {
		s.spent.Put(s.fold(u.UserName), true)
	}
}

func (s *State) forget(u *User) {
	s.locators.Delete(u.Locator)
	s.names.Remove(s.fold(u.UserName), u.Number)
	for _, role := range u.Roles {
		s.byRole.Remove(roleKey(role), u.Number)
	}
}

// change puts a changed copy of a user in the place of the user.
func (s *State) change(u *User, edit func(*User)) *User {
	changed := *u
	edit(&changed)
	s.putUser(&changed)
	return &changed
}

func (s *State) putRole(r *Role) {
	if old, ok := s.roles.Get(r.Number); ok {
		s.roleNames.Remove(old.Name, r.Number)
	}
	r.grants = union(s.catalogue.grants, r.Permissions)
	s.roles.Put(r.Number, r)
	s.roleIDs.Put(r.Locator, r.Number)
	s.roleNames.Add(r.Name, r.Number)
	s.numbers.Use("roles", r.Number)
}

// deleteRole takes the role from whoever has it, too (SO-ROLE-08).
func (s *State) deleteRole(r *Role) {
	for _, id := range s.byRole.IDs(roleKey(r.Number)) {
		if u, ok := s.users.Get(id); ok {
			s.change(u, func(u *User) { u.Roles = without(u.Roles, []int64{r.Number}) })
		}
	}
	s.roles.Delete(r.Number)
	s.roleIDs.Delete(r.Locator)
	s.roleNames.Remove(r.Name, r.Number)
}

func (s *State) userAt(locator string) *User {
	id, _ := s.locators.Get(strings.ToLower(locator))
	u, _ := s.users.Get(id) // numbers begin at 1
	return u
}

// usersCalled are the users of a name: one or none, unless an edition takes a
// name twice.
func (s *State) usersCalled(name string) []*User {
	found := []*User{}
	for _, id := range s.names.IDs(s.fold(name)) {
		if u, ok := s.users.Get(id); ok {
			found = append(found, u)
		}
	}
	return found
}

func (s *State) roleAt(locator string) *Role {
	id, _ := s.roleIDs.Get(locator)
	r, _ := s.roles.Get(id)
	return r
}

// permissionsOf is the union over the user's roles (SO-PERM-02), and what the
// user was given beside them.
func (s *State) permissionsOf(u *User) set {
	all := union(s.catalogue.grants, u.Direct)
	for _, id := range u.Roles {
		if r, ok := s.roles.Get(id); ok {
			all.Or(all, r.grants)
		}
	}
	return all
}

// indexNames finds users by name as the settings say, after they changed.
func (s *State) indexNames() {
	s.names = engine.NewIndex()
	for id, u := range s.users.All {
		s.names.Add(s.fold(u.UserName), id)
	}
}

func (s *State) fold(name string) string {
	if s.settings.UserNameIgnoresCase {
		return strings.ToLower(name)
	}
	return name
}

func roleKey(number int64) string { return strconv.FormatInt(number, 10) }

// without is the list without some elements, as a list of its own.
func without[T comparable](list, gone []T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return slices.Contains(gone, x) })
}

// with is the list with some elements added that it does not have yet, as a
// list of its own.
func with[T comparable](list, more []T) []T {
	list = slices.Clone(list)
	for _, x := range more {
		if !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list
}

func sameElements[T comparable](a, b []T) bool {
	return len(without(a, b)) == 0 && len(without(b, a)) == 0
}

func stateOf(c *engine.Call) *State { return c.State().(*State) }
