package devicehive

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// refuse is for what even a defect cannot go on without; every other refusal
// is a Check, which a defect can lift.
func refuse(rule string, status int, format string, args ...any) *engine.Problem {
	return &engine.Problem{Status: status, Rule: rule, Message: fmt.Sprintf(format, args...)}
}

// lookup finds the user that the path names.
func lookup(c *engine.Call) (*User, error) {
	id := c.Int("id")
	if u, ok := stateOf(c).users.Get(id); ok {
		return u, nil
	}
	return &User{ID: id}, c.Check(false, "DH-USER-06", http.StatusNotFound, userNotFound, id)
}

// stranger marks the refusal of a client that asks about another user.
const stranger engine.Kind = "stranger"

// get reads a user; a client reads itself and nobody else. Whether the other
// exists is not told.
func get(c *engine.Call) (engine.Response, error) {
	id, s := c.Int("id"), stateOf(c)
	u, caller := callerOf(c).User, callerOf(c).User
	if caller.Role == client && caller.ID != id {
		err := c.Check(false, "DH-SELF-01", http.StatusForbidden, "%s", s.settings.StrangerRefusal.text(id))
		if p, refused := err.(*engine.Problem); refused {
			p.Kind = stranger
			return engine.Response{}, p
		}
	}
	if id != u.ID {
		var err error
		if u, err = lookup(c); err != nil {
			return engine.Response{}, err
		}
	}
	return engine.OK(view{u, s, s.settings.GetFields})
}

func (r StrangerRefusal) text(id int64) string {
	return strings.ReplaceAll(r.Message, "%d", key(id))
}

func getCurrent(c *engine.Call) (engine.Response, error) {
	s := stateOf(c)
	u, _ := s.users.Get(callerOf(c).User.ID)
	return engine.OK(view{u, s, s.settings.GetFields})
}

func insert(c *engine.Call) (engine.Response, error) {
	s := stateOf(c)
	if err := c.Check(c.JSON().IsObject(), "DH-PROTO-01", http.StatusBadRequest, nullObject); err != nil {
		return engine.Response{}, err
	}
	u, err := newUser(c, c.JSON())
	if err != nil {
		return engine.Response{}, err
	}
	s.putUser(u)
	return engine.Response{Status: http.StatusCreated, Body: view{u, s, s.settings.InsertFields}}, nil
}

// remove deletes a user, but never the caller; that is looked at before
// whether the user exists.
func remove(c *engine.Call) (engine.Response, error) {
	other := callerOf(c).User.ID != c.Int("id")
	if err := c.Check(other, "DH-USER-12", http.StatusForbidden, cannotDeleteSelf); err != nil {
		return engine.Response{}, err
	}
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	stateOf(c).deleteUser(u)
	return engine.NoContent()
}
