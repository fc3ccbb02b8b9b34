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

func newStore(first State) *Store {
	s := &Store{}
	s.current.Store(&first)
	return s
}

// Current is the state now: a value that will not change.
func (s *Store) Current() State { return *s.current.Load() }

// Update publishes what change makes of a copy of the current state.
func (s *Store) Update(change func(next State)) {
	s.changing.Lock()
	defer s.changing.Unlock()
	next := s.Current().Copy()
	change(next)
	s.current.Store(&next)
}

// Change publishes the state that change makes of the current one, unless it fails.
func (s *Store) Change(change func(State) (State, error)) error {
	s.changing.Lock()
	defer s.changing.Unlock()
	next, err := change(s.Current())
	if err == nil {
		s.current.Store(&next)
	}
	return err
}

// Replace puts another state in place of the current one.
func (s *Store) Replace(state State) {
	s.changing.Lock()
	defer s.changing.Unlock()
	s.current.Store(&state)
}

// fork makes a store that starts with this store's state.
func (s *Store) fork() *Store {
	s.changing.Lock()
	defer s.changing.Unlock()
	return newStore(s.Current().Copy())
}

// pending is a change that is made but not yet published; its store is locked
// until it is settled.
type pending struct {
	store *Store
	next  State
}

// change gives an operation that is no GET a private copy of the state.
func change(op *schemas.Operation) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			store := c.Sandbox.Store(c.API.Name())
			if op.Method == http.MethodGet {
				c.state = store.Current()
				return next(c)
			}
			store.changing.Lock()
			c.pending = &pending{store, store.Current().Copy()}
			c.state = c.pending.next
			return next(c)
		}
	}
}

// publish makes the change of a call that succeeded the current state, and
// forgets that of any other: nothing is ever half applied. Only what a handler
// asks to keep outlives a refusal.
func publish(next Handler) Handler {
	return func(c *Call) (Response, error) {
		defer func() {
			if c.pending != nil { // only after a panic further in
				c.pending.store.changing.Unlock()
				c.pending = nil
			}
		}()
		r, err := next(c)
		if p := c.pending; p != nil {
			if err == nil && (r.Status < http.StatusBadRequest || c.kept) {
				p.store.current.Store(&p.next)
			}
			p.store.changing.Unlock()
			c.pending = nil
		}
		return r, err
	}
}
