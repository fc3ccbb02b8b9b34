package devicehive

import (
	"slices"
	"strconv"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// State is all records of the server. Records are never changed in place.
type State struct {
	users        engine.Table[int64, *User]
	logins       engine.Table[string, int64] // login -> id
	networks     engine.Table[int64, *Group]
	deviceTypes  engine.Table[int64, *Group]
	byNetwork    engine.Index   // network id -> user ids
	byDeviceType engine.Index   // device type id -> user ids
	numbers      engine.Numbers // and those of changes of users
	settings     *Settings
}

// changes is what changes of users are numbered under.
const changes = "changes"

func newState(settings *Settings) *State {
	return &State{
		users: engine.NewTable[int64, *User](), logins: engine.NewTable[string, int64](),
		networks: engine.NewTable[int64, *Group](), deviceTypes: engine.NewTable[int64, *Group](),
		byNetwork: engine.NewIndex(), byDeviceType: engine.NewIndex(), numbers: engine.NewNumbers(), settings: settings,
	}
}

// Copy implements engine.State.
func (s *State) Copy() engine.State {
	next := *s
	next.users, next.logins = s.users.Copy(), s.logins.Copy()
	next.networks, next.deviceTypes = s.networks.Copy(), s.deviceTypes.Copy()
	next.byNetwork, next.byDeviceType, next.numbers = s.byNetwork.Copy(), s.byDeviceType.Copy(), s.numbers.Copy()
	return &next
}

// Roles and statuses of users.
const (
	administrator = 0
	client        = 1

	active    = 0
	lockedOut = 1
	disabled  = 2
)

// A User is one account.
type User struct {
	ID             int64
	Login          string
	Password       *string // as it is: a mock has nothing to protect; nil: none
	Role, Status   int
	Failed         int       // failed attempts to sign in since the last success
	LastLogin      time.Time // zero: never
	Data           []byte    // a JSON object; nil: null
	IntroReviewed  bool
	AllDeviceTypes bool
	Networks       association
	DeviceTypes    association // those assigned one by one

	changed int64 // the place of its last change among all users'
}

// A Group is a network or a device type.
type Group struct {
	ID          int64   `json:"id" yaml:"id"`
	Name        string  `json:"name" yaml:"name"`
	Description *string `json:"description" yaml:"description"`
}

// some are the records of some numbers, as far as they exist.
func some(table engine.Table[int64, *Group], ids []int64) []*Group {
	found := make([]*Group, 0, len(ids))
	for _, id := range ids {
		if g, ok := table.Get(id); ok {
			found = append(found, g)
		}
	}
	return found
}

func (s *State) putUser(u *User) {
	if old, ok := s.users.Get(u.ID); ok {
		s.forget(old)
	}
	u.changed = s.numbers.Next(changes)
	s.numbers.Use(changes, u.changed)
	s.users.Put(u.ID, u)
	s.logins.Put(u.Login, u.ID)
	for _, k := range []*kind{networks, deviceTypes} {
		for _, id := range k.of(u).ids {
			k.members(s).Add(key(id), u.ID)
		}
	}
	s.numbers.Use("users", u.ID)
}

func (s *State) deleteUser(u *User) {
	s.forget(u)
	s.users.Delete(u.ID)
}

func (s *State) forget(u *User) {
	if owner, ok := s.logins.Get(u.Login); ok && owner == u.ID {
		s.logins.Delete(u.Login)
	}
	for _, k := range []*kind{networks, deviceTypes} {
		for _, id := range k.of(u).ids {
			k.members(s).Remove(key(id), u.ID)
		}
	}
}

// change puts a changed copy of a user in the place of the user. What a cache
// holds of it is forgotten.
func (s *State) change(u *User, edit func(*User)) {
	changed := *u
	edit(&changed)
	changed.Networks.held, changed.DeviceTypes.held = false, false
	s.putUser(&changed)
}

func (s *State) userByLogin(login string) *User {
	if id, ok := s.logins.Get(login); ok {
		u, _ := s.users.Get(id)
		return u
	}
	return nil
}

// activeUser finds a user who may sign in and call; nil for any other.
func (s *State) activeUser(id int64) *User {
	if u, ok := s.users.Get(id); ok && u.Status == active {
		return u
	}
	return nil
}

func ascending(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

func key(id int64) string { return strconv.FormatInt(id, 10) }

func with(ids []int64, id int64) []int64 {
	if slices.Contains(ids, id) {
		return ids
	}
	ids = append(slices.Clone(ids), id)
	slices.Sort(ids)
	return ids
}

func without(ids []int64, id int64) []int64 {
	return slices.DeleteFunc(slices.Clone(ids), func(x int64) bool { return x == id })
}
