package engine

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/rolecall/rolecall/schemas"
)

// A Moment is what a sandbox was at some time: states, clock, what ids are drawn
// from, and defects. It is a value: taking one costs the same over any number of
// records.
type Moment struct {
	Taken time.Time // by the sandbox's clock

	states  map[string]State
	clock   *setting
	random  rand.PCG
	defects *defectSet
	strict  bool
}

// Moment is what the sandbox is now.
func (s *Sandbox) Moment() *Moment {
	m := &Moment{Taken: s.Clock.Now(), clock: s.Clock.now(), defects: s.defects.Load(), strict: s.Strict.Load()}
	_ = s.Change(func(states map[string]State) error {
		m.states = states
		s.randomMu.Lock()
		defer s.randomMu.Unlock()
		m.random = s.random
		return nil
	})
	return m
}

// Sandbox makes one that goes on from the moment.
func (m *Moment) Sandbox(name string, journal *Journal) *Sandbox {
	s := &Sandbox{Name: name, Clock: &Clock{}, Journal: journal, Faults: &Faults{}, stores: make(map[string]*Store, len(m.states)), random: m.random}
	for api, state := range m.states {
		s.stores[api] = &Store{}
		s.stores[api].publish(state)
	}
	s.Clock.set.Store(m.clock.resumed())
	s.defects.Store(m.defects)
	s.Strict.Store(m.strict)
	s.Touch()
	return s
}

// Restore makes the sandbox what it was at a moment. Journal and faults stay.
func (s *Sandbox) Restore(m *Moment) {
	_ = s.Change(func(states map[string]State) error {
		maps.Copy(states, m.states)
		s.Clock.set.Store(m.clock.resumed())
		s.setRandom(m.random)
		s.defects.Store(m.defects)
		s.Strict.Store(m.strict)
		return nil
	})
}

// Snapshots are moments of a sandbox, by name.
type Snapshots struct {
	mu     sync.Mutex
	byName map[string]*Moment
}

// maxSnapshots is how many a sandbox can have: each keeps the records of its time.
const maxSnapshots = 100

// Names lists them, sorted.
func (x *Snapshots) Names() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Sorted(maps.Keys(x.byName))
}

// Get finds one. That there is none is the error.
func (x *Snapshots) Get(name string) (*Moment, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if m := x.byName[name]; m != nil {
		return m, nil
	}
	known := slices.Sorted(maps.Keys(x.byName))
	if len(known) == 0 {
		return nil, fmt.Errorf("there is no snapshot %q: none is taken in this sandbox", name)
	}
	return nil, fmt.Errorf("there is no snapshot %q%s", name, schemas.Suggest(name, known))
}

// Put keeps a moment under a name, in the place of an earlier one.
func (x *Snapshots) Put(name string, m *Moment) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.byName[name] == nil && len(x.byName) >= maxSnapshots {
		return fmt.Errorf("the sandbox has %d snapshots, as many as one may have; delete one that is not needed", maxSnapshots)
	}
	if x.byName == nil {
		x.byName = map[string]*Moment{}
	}
	x.byName[name] = m
	return nil
}

// Delete forgets one. That there is none is the error.
func (x *Snapshots) Delete(name string) error {
	if _, err := x.Get(name); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.byName, name)
	return nil
}
