package rapid7

import (
	"math"
	"net/http"
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// userNamed finds the user that the path names. Where the document lists no
// 404, another status says that there is none.
func userNamed(status int) engine.Guard {
	return find("R7-USER-11", status, func(c *engine.Call) (any, bool) { return stateOf(c).users.Get(c.Int("id")) }, "there is no user {id}")
}

func userOf(c *engine.Call) *User { return c.Record.(*User) }

func getUser(c *engine.Call) (engine.Response, error) {
	return engine.OK(shownUsers.Of(shown(c, userOf(c)), c, writeUser))
}

func idsAreUsedUp(c *engine.Call) bool { return stateOf(c).numbers.Next("users") > math.MaxInt32 }

func createUser(c *engine.Call) (engine.Response, error) {
	s := stateOf(c)
	u := &User{ID: s.numbers.Next("users"), Enabled: true, Role: s.settings.RolePrefix + "user"} // R7-USER-08
	u.fill(s, c.JSON())
	if u.Source == 0 {
		u.Source = s.usualSource(u)
	}
	s.putUser(u)
	self := userPath(c, u.ID)
	r, err := linked(c, func(j *engine.JSON) { j.Name("id").Int(u.ID) }, Link{"self", c.Base, "/users"}, Link{"self", self, ""})
	if r.Status = s.settings.CreateStatus; r.Status == http.StatusCreated {
		r.Header = http.Header{"Location": {self}}
	}
	return r, err
}

// isUpdate tells whether there is a body; an update without one changes nothing.
func hasBody(c *engine.Call) bool { return c.JSON().IsObject() }

func bodyIsMissing(c *engine.Call) bool {
	return len(c.Body) == 0 && stateOf(c).settings.AbsentBody == "refuse"
}

func updateUser(c *engine.Call) (engine.Response, error) {
	if !hasBody(c) {
		return done(c, userPath(c, userOf(c).ID), "self")
	}
	// An update replaces the details (R7-USER-09). What a body cannot say stays:
	// id, lock, key, grants; and the password, which no answer shows.
	u := *userOf(c)
	if stateOf(c).settings.AbsentProperties == "reset" {
		u.Enabled, u.Email, u.Locale, u.ResetOnLogin = true, "", nil, false
	}
	u.fill(stateOf(c), c.JSON())
	stateOf(c).putUser(&u)
	return done(c, userPath(c, u.ID), "self")
}

func isItself(c *engine.Call) bool {
	return userOf(c).ID == callerOf(c).ID && stateOf(c).settings.SelfDeletion == "refuse"
}

// isLastAdministrator is for superusers with another role, who could delete
// every Global Administrator but themselves.
func isLastAdministrator(c *engine.Call) bool {
	s, u := stateOf(c), userOf(c)
	return u.Role == s.globalAdmin() && s.settings.SelfDeletion == "refuse" && !slices.ContainsFunc(s.byRole.IDs(u.Role), func(id int64) bool {
		other, _ := s.users.Get(id)
		return id != u.ID && other.Enabled && !other.Locked
	})
}

func deleteUser(c *engine.Call) (engine.Response, error) {
	stateOf(c).deleteUser(userOf(c))
	return done(c, userPath(c, userOf(c).ID), "self")
}

func isDisabled(c *engine.Call) bool { return !userOf(c).Enabled }

func isNotLocked(c *engine.Call) bool {
	return !userOf(c).Locked && stateOf(c).settings.Repetition == "refuse"
}

func unlockUser(c *engine.Call) (engine.Response, error) {
	stateOf(c).change(userOf(c), func(u *User) { u.Locked, u.Failed = false, 0 })
	return done(c, userPath(c, userOf(c).ID), "self")
}
