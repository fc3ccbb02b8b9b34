package engine

import (
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// A Sandbox is one isolated copy of all state, faults, defects, clock and
// journal of the mock.
type Sandbox struct {
	Name      string
	Clock     *Clock
	Journal   *Journal
	Faults    *Faults
	Snapshots Snapshots
	Strict    atomic.Bool // what no operation reads is refused

	stores   map[string]*Store
	defects  atomic.Pointer[defectSet]
	random   rand.PCG
	randomMu sync.Mutex
	used     atomic.Int64 // when last used, in nanoseconds of the process's clock
	notes    sync.Map     // what defects remember, see Remembered
}

// NewSandbox makes the sandbox that others are forked from.
func NewSandbox(states map[string]State, clock *Clock, seed uint64, defects []Defect) *Sandbox {
	return (&Moment{states: states, clock: clock.set.Load(), random: *rand.NewPCG(seed, seed), defects: newDefectSet(defects)}).Sandbox("", &Journal{})
}

// Fork makes a sandbox that starts as this one is now, with an empty journal
// and no faults. It costs the same over any number of records.
func (s *Sandbox) Fork(name string, seed uint64) *Sandbox {
	f := s.Moment().Sandbox(name, s.Journal.budget.Journal())
	f.reseed(seed)
	return f
}

// Reset makes the sandbox what a fork of origin would be, journal included. Its
// snapshots stay.
func (s *Sandbox) Reset(origin *Sandbox, seed uint64) {
	s.Restore(origin.Moment())
	s.Journal.Clear()
	s.Faults.Clear()
	s.reseed(seed)
}

// Store is where one API's state is; nil for an API that is not served.
func (s *Sandbox) Store(api string) *Store { return s.stores[api] }

// Change makes one change of the states of all APIs, by name: all of it or, if
// it fails, nothing.
func (s *Sandbox) Change(edit func(states map[string]State) error) error {
	states := make(map[string]State, len(s.stores))
	for _, api := range slices.Sorted(maps.Keys(s.stores)) { // one order, so that nobody waits in a circle
		s.stores[api].changing.Lock()
		defer s.stores[api].changing.Unlock()
		states[api] = s.stores[api].Current()
	}
	if err := edit(states); err != nil {
		return err
	}
	for api, next := range states {
		s.stores[api].publish(next)
	}
	return nil
}

// Touch notes that the sandbox is in use.
func (s *Sandbox) Touch() { s.used.Store(time.Now().UnixNano()) }

// Used is when the sandbox was last in use, in nanoseconds since 1970.
func (s *Sandbox) Used() int64 { return s.used.Load() }

// Idle is how long the sandbox has not been used.
func (s *Sandbox) Idle() time.Duration { return time.Since(time.Unix(0, s.used.Load())) }

// Random fills b with bytes that are the same in every run with the same seed
// and the same calls. They are not secret.
func (s *Sandbox) Random(b []byte) {
	s.randomMu.Lock()
	defer s.randomMu.Unlock()
	for i := range b {
		b[i] = byte(s.random.Uint64() >> 32)
	}
}

func (s *Sandbox) reseed(seed uint64) { s.setRandom(*rand.NewPCG(seed, seed)) }

func (s *Sandbox) setRandom(random rand.PCG) {
	s.randomMu.Lock()
	defer s.randomMu.Unlock()
	s.random = random
}

// Defects lists the ids of the defects that are on.
func (s *Sandbox) Defects() []string { return s.defects.Load().ids() }

// On are the defects that are on.
func (s *Sandbox) On() []Defect { return s.defects.Load().all }

// SetDefects switches exactly these defects on.
func (s *Sandbox) SetDefects(on []Defect) { s.defects.Store(newDefectSet(on)) }
