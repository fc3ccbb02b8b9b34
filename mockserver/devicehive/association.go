package devicehive

import (
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// An association is the networks or device types of a user. Some servers keep
// what they have read of it in a cache that changes pass by: the first read
// after a change is right, and those after it are what the cache holds, until
// the user's own record changes.
type association struct {
	ids    []int64 // ascending
	cached []int64 // as somebody has read them
	held   bool    // there is something in the cache
	late   bool    // they have changed since, and nobody has read them
}

// shown are the ids that a server shows.
func (s *State) shown(a *association) []int64 {
	if s.settings.StaleAssociations && a.held && !a.late {
		return a.cached
	}
	return a.ids
}

// noteRead puts what was read of a user into the cache, if nothing is in there.
func (k *kind) noteRead(c *engine.Call, u *User) {
	if a := k.of(u); !stateOf(c).settings.StaleAssociations || a.held && !a.late {
		return
	}
	c.Update(func(next engine.State) {
		s := next.(*State)
		now, ok := s.users.Get(u.ID)
		if !ok {
			return
		}
		read := *now
		a := k.of(&read)
		if !a.held {
			a.cached, a.held = a.ids, true
		}
		a.late = false
		s.users.Put(read.ID, &read)
	})
}

// assign changes which of the kind a user has.
func (k *kind) assign(edit func(ids []int64, id int64) []int64) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		u := *subject(c)
		a := k.of(&u)
		if ids := edit(a.ids, c.Int(k.parameter)); !slices.Equal(ids, a.ids) {
			a.ids, a.late = ids, a.held
			stateOf(c).putUser(&u)
		}
		return engine.NoContent()
	}
}
