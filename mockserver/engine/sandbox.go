package engine

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// A Sandbox is one isolated copy of all state, faults, defects, clock and
// journal of the mock.
type Sandbox struct {
	Name    string
	Clock   *Clock
	Journal *Journal
	Faults  *Faults
	Strict  atomic.Bool // what no operation reads is refused

	stores   map[string]*Store
	defects  atomic.Pointer[defectSet]
	random   *rand.Rand
	randomMu sync.Mutex
	used     atomic.Int64 // when last used, in nanoseconds of the process's clock
	notes    sync.Map     // what defects remember, see Remembered
}

// NewSandbox makes the sandbox that others are forked from.
func NewSandbox(states map[string]State, clock *Clock, seed uint64, defects []Defect) *Sandbox {
	s := &Sandbox{stores: map[string]*Store{}, Clock: clock, Journal: &Journal{}, Faults: &Faults{}}
	for api, first := range states {
		s.stores[api] = newStore(first)
	}
	s.reseed(seed)
	s.defects.Store(newDefectSet(nil))
	s.SetDefects(defects)
	return s
}

// Fork makes a sandbox that starts as this one is now, with an empty journal
// and no faults. It costs the same over any number of records.
func (s *Sandbox) Fork(name string, seed uint64) *Sandbox {
	f := &Sandbox{Name: name, stores: make(map[string]*Store, len(s.stores)), Clock: s.Clock.copy(), Journal: s.Journal.budget.Journal(), Faults: &Faults{}}
	for api, store := range s.stores {
		f.stores[api] = store.fork()
	}
	f.reseed(seed)
	f.defects.Store(s.defects.Load())
	f.Strict.Store(s.Strict.Load())
	f.Touch()
	return f
}

// Reset makes the sandbox what a fork of origin would be, journal included.
func (s *Sandbox) Reset(origin *Sandbox, seed uint64) {
	for api, store := range s.stores {
		store.Replace(origin.stores[api].fork().Current())
	}
	s.Clock.set.Store(origin.Clock.set.Load())
	s.Journal.Clear()
	s.Faults.Clear()
	s.reseed(seed)
	s.defects.Store(origin.defects.Load())
	s.Strict.Store(origin.Strict.Load())
}

// Store is where one API's state is; nil for an API that is not served.
func (s *Sandbox) Store(api string) *Store { return s.stores[api] }

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
		b[i] = byte(s.random.Uint32())
	}
}

func (s *Sandbox) reseed(seed uint64) {
	s.randomMu.Lock()
	defer s.randomMu.Unlock()
	s.random = rand.New(rand.NewPCG(seed, seed))
}

// Defects lists the ids of the defects that are on.
func (s *Sandbox) Defects() []string { return s.defects.Load().ids() }

// On are the defects that are on.
func (s *Sandbox) On() []Defect { return s.defects.Load().all }

// SetDefects switches exactly these defects on.
func (s *Sandbox) SetDefects(on []Defect) { s.defects.Store(newDefectSet(on)) }
