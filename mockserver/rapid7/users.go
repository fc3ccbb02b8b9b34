package rapid7

import (
	"math"
	"net/http"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// lookup finds the user that the path names.
func lookup(c *engine.Call) (*User, error) {
	id := c.Int("id")
	if u, ok := stateOf(c).users.Get(id); ok {
		return u, nil
	}
	return &User{ID: id}, c.Check(false, "R7-USER-11", http.StatusNotFound, "there is no user %d", id)
}

func getUser(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	return engine.OK((&viewer{call: c}).user(u))
}

type createdUser struct {
	Links []Link `json:"links"`
	ID    int64  `json:"id"`
}

func createUser(c *engine.Call) (engine.Response, error) {
	s := stateOf(c)
	if s.nextID > math.MaxInt32 {
		return engine.Response{}, c.Check(false, "R7-USER-02", http.StatusBadRequest, "no user id is left")
	}
	u := &User{ID: s.nextID, Enabled: true} // R7-USER-08
	if err := fill(c, u, true); err != nil {
		return engine.Response{}, err
	}
	s.putUser(u)
	self := userPath(c, u.ID)
	r := engine.Response{Status: s.settings.CreateStatus, Body: createdUser{[]Link{{c.Base + "/users", "self"}, {self, "self"}}, u.ID}}
	if r.Status == http.StatusCreated {
		r.Header = http.Header{"Location": {self}}
	}
	return r, nil
}

func updateUser(c *engine.Call) (engine.Response, error) {
	old, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	// An update replaces the details (R7-USER-09). What a body cannot say stays:
	// id, lock, key, grants; and the password, which no answer shows.
	u := *old
	u.Enabled, u.Email, u.Locale, u.ResetOnLogin = true, "", nil, false
	if err := fill(c, &u, false); err != nil {
		return engine.Response{}, err
	}
	stateOf(c).putUser(&u)
	return done(c, userPath(c, u.ID), "self")
}

func deleteUser(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	stateOf(c).deleteUser(u)
	return done(c, userPath(c, u.ID), "self")
}

// unlockUser refuses a disabled account with 404: the document says that it
// may not be unlocked, and lists no other status that fits.
func unlockUser(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	if err := c.Check(u.Enabled, "R7-LOCK-02", http.StatusNotFound, "the account of user %d is disabled; a disabled account is not unlocked", u.ID); err != nil {
		return engine.Response{}, err
	}
	stateOf(c).change(u, func(u *User) { u.Locked, u.Failed = false, 0 })
	return done(c, userPath(c, u.ID), "self")
}
