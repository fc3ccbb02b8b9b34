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
	byNetwork    engine.Index // network id -> user ids
	byDeviceType engine.Index // device type id -> user ids
	next         ids
	settings     *Settings
}

// ids are the next number of each table; numbers are never given twice.
type ids struct{ user, network, deviceType int64 }

// Copy implements engine.State.
func (s *State) Copy() engine.State {
	next := *s
	next.users, next.logins = s.users.Copy(), s.logins.Copy()
	next.networks, next.deviceTypes = s.networks.Copy(), s.deviceTypes.Copy()
	next.byNetwork, next.byDeviceType = s.byNetwork.Copy(), s.byDeviceType.Copy()
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
	Networks       []int64 // ascending
	DeviceTypes    []int64 // ascending; those assigned one by one
}

// A Group is a network or a device type.
type Group struct {
	ID          int64
	Name        string
	Description *string
}

func (s *State) putUser(u *User) {
	if old, ok := s.users.Get(u.ID); ok {
		s.forget(old)
	}
	s.users.Put(u.ID, u)
	s.logins.Put(u.Login, u.ID)
	for _, id := range u.Networks {
		s.byNetwork.Add(key(id), u.ID)
	}
	for _, id := range u.DeviceTypes {
		s.byDeviceType.Add(key(id), u.ID)
	}
	s.next.user = max(s.next.user, u.ID+1)
}

func (s *State) deleteUser(u *User) {
	s.forget(u)
	s.users.Delete(u.ID)
}

func (s *State) forget(u *User) {
	if owner, ok := s.logins.Get(u.Login); ok && owner == u.ID {
		s.logins.Delete(u.Login)
	}
	for _, id := range u.Networks {
		s.byNetwork.Remove(key(id), u.ID)
	}
	for _, id := range u.DeviceTypes {
		s.byDeviceType.Remove(key(id), u.ID)
	}
}

// change puts a changed copy of a user in the place of the user.
func (s *State) change(u *User, edit func(*User)) {
	changed := *u
	edit(&changed)
	s.putUser(&changed)
}

func (s *State) userByLogin(login string) *User {
	if id, ok := s.logins.Get(login); ok {
		u, _ := s.users.Get(id)
		return u
	}
	return nil
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

func stateOf(c *engine.Call) *State { return c.State().(*State) }

// currentState is the state outside the handlers, where a call has none yet.
func currentState(c *engine.Call) *State {
	return c.Sandbox.Store("devicehive").Current().(*State)
}
