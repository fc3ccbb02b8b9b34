package socotra

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// State is all records of one business account. Records are never changed in
// place. Users and roles are numbered in the order of their creation, which is
// the order of every list; the numbers are never seen outside.
type State struct {
	users     engine.Table[int64, *User]
	locators  engine.Table[string, int64] // user locator -> number
	names     engine.Table[string, int64] // user name, as it is looked up -> number
	byRole    engine.Index                // role number -> user numbers
	nextUser  int64
	roles     engine.Table[int64, *Role]
	roleIDs   engine.Table[string, int64] // role locator -> number
	roleNames engine.Table[string, int64]
	nextRole  int64
	tokens    engine.Table[string, *Token] // by what a client presents
	tenants   []*Tenant
	catalogue *catalogue
	settings  *Settings
}

// Copy implements engine.State.
func (s *State) Copy() engine.State {
	next := *s
	next.users, next.locators, next.names = s.users.Copy(), s.locators.Copy(), s.names.Copy()
	next.byRole = s.byRole.Copy()
	next.roles, next.roleIDs, next.roleNames = s.roles.Copy(), s.roleIDs.Copy(), s.roleNames.Copy()
	next.tokens = s.tokens.Copy()
	return &next // tenants and the catalogue are no operation's to change
}

// A User is one account.
type User struct {
	number              int64
	Locator             string // a UUID
	UserName            string
	FirstName, LastName string
	Email               string  // "": none
	Password            string  // "": none, and no way to sign in; as it is: a mock has nothing to protect
	Temporary           bool    // the password is to be changed at the first sign-in
	Service             bool    // the account of a service
	Roles               []int64 // numbers, in the order in which they were given
	Tenants             []string
}

// A Role is a named list of permissions.
type Role struct {
	number            int64
	Locator           string // a ULID
	Name, Description string
	BuiltIn           bool
	Version           int64
	CreatedAt         time.Time
	CreatedBy         string // the locator of a user
	Permissions       []string
	grants            set // what the permissions stand for
}

// A Token is what a caller presents.
type Token struct {
	Name        string // in the fixtures; "" for one that was signed in for
	User        string // locator
	Expires     time.Time
	Permissions set // nil: all that the user has
}

// A Tenant is what users are assigned to.
type Tenant struct{ Locator, Name, Type string }

// adminRole is the built-in role that permits everything.
const adminRole = "admin"

func (s *State) putUser(u *User) {
	if old, ok := s.users.Get(u.number); ok {
		s.forget(old)
	}
	s.users.Put(u.number, u)
	s.locators.Put(u.Locator, u.number)
	s.names.Put(s.fold(u.UserName), u.number)
	for _, role := range u.Roles {
		s.byRole.Add(roleKey(role), u.number)
	}
	s.nextUser = max(s.nextUser, u.number+1)
}

func (s *State) deleteUser(u *User) {
	s.forget(u)
	s.users.Delete(u.number)
}

func (s *State) forget(u *User) {
	s.locators.Delete(u.Locator)
	s.names.Delete(s.fold(u.UserName))
	for _, role := range u.Roles {
		s.byRole.Remove(roleKey(role), u.number)
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
	if old, ok := s.roles.Get(r.number); ok {
		s.roleNames.Delete(old.Name)
	}
	r.grants = s.catalogue.expand(r.Permissions)
	s.roles.Put(r.number, r)
	s.roleIDs.Put(r.Locator, r.number)
	s.roleNames.Put(r.Name, r.number)
	s.nextRole = max(s.nextRole, r.number+1)
}

// deleteRole takes the role from whoever has it, too (SO-ROLE-08).
func (s *State) deleteRole(r *Role) {
	for _, id := range s.byRole.IDs(roleKey(r.number)) {
		if u, ok := s.users.Get(id); ok {
			s.change(u, func(u *User) { u.Roles = without(u.Roles, []int64{r.number}) })
		}
	}
	s.roles.Delete(r.number)
	s.roleIDs.Delete(r.Locator)
	s.roleNames.Delete(r.Name)
}

func (s *State) userAt(locator string) *User {
	if id, ok := s.locators.Get(strings.ToLower(locator)); ok {
		u, _ := s.users.Get(id)
		return u
	}
	return nil
}

func (s *State) userNamed(name string) *User {
	if id, ok := s.names.Get(s.fold(name)); ok {
		u, _ := s.users.Get(id)
		return u
	}
	return nil
}

func (s *State) roleAt(locator string) *Role {
	if id, ok := s.roleIDs.Get(locator); ok {
		r, _ := s.roles.Get(id)
		return r
	}
	return nil
}

// permissionsOf is the union over the user's roles (SO-PERM-02).
func (s *State) permissionsOf(u *User) set {
	all := s.catalogue.none()
	for _, id := range u.Roles {
		if r, ok := s.roles.Get(id); ok {
			all.join(r.grants)
		}
	}
	return all
}

// indexNames finds users by name as the settings say, after they changed.
func (s *State) indexNames() {
	s.names = engine.NewTable[string, int64]()
	for id, u := range s.users.All {
		s.names.Put(s.fold(u.UserName), id)
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

func stateOf(c *engine.Call) *State { return c.State().(*State) }

// currentState is the state outside the handlers, where a call has none yet.
func currentState(c *engine.Call) *State {
	return c.Sandbox.Store("socotra").Current().(*State)
}
