package engine

import (
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/rolecall/rolecall/schemas"
)

// A Store holds the current state of one API in one sandbox. Reading takes no
// lock; changes wait for one another.
type Store struct {
	changing sync.Mutex
	current  atomic.Pointer[State]
}

// Current is the state now: a value that will not change.
func (s *Store) Current() State { return *s.current.Load() }

func (s *Store) publish(next State) { s.current.Store(&next) }

// Update publishes what change makes of a copy of the current state.
func (s *Store) Update(change func(next State)) {
	s.changing.Lock()
	defer s.changing.Unlock()
	next := s.Current().Copy()
	change(next)
	s.publish(next)
}

// Replace puts another state in place of the current one.
func (s *Store) Replace(state State) {
	s.changing.Lock()
	defer s.changing.Unlock()
	s.publish(state)
}

// change gives the call its state: the current one to read, or, to an operation
// that is no GET, a private copy. The copy becomes the current state if the call
// succeeds, and is forgotten otherwise: nothing is ever half applied.
func (a *API) change(op *schemas.Operation) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			store := c.store()
			defer func() { c.state, c.changes = nil, false }()
			if op.Method == http.MethodGet {
				c.state = store.Current()
				return next(c)
			}
			store.changing.Lock()
			defer store.changing.Unlock()
			c.state, c.changes = store.Current().Copy(), true
			r, err := next(c)
			if err == nil && r.Status < http.StatusBadRequest {
				store.publish(c.state)
			}
			return r, err
		}
	}
}

// Update changes the state apart from the call's own success or failure: an
// attempt to sign in counts although the call is refused. It is for what
// guards bring about; effects change State.
func (c *Call) Update(change func(next State)) {
	store := c.store()
	if !c.changes {
		store.Update(change)
		if c.state != nil {
			c.state = store.Current()
		}
		return
	}
	change(c.state) // the store is locked for this call, which has not changed anything yet
	store.publish(c.state)
	c.state = c.state.Copy()
}
