package mockserver

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"weak"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// sandboxes are the isolated copies of all state, by name. They are made on
// first use and forgotten when idle; the one without a name stays.
type sandboxes struct {
	origin *engine.Sandbox // what every sandbox starts as; never used itself
	idle   time.Duration
	limit  int
	seed   uint64
	first  *engine.Sandbox // the one without a name

	mu      sync.RWMutex
	byName  map[string]*engine.Sandbox
	oldest  []candidate // to go, the longest unused first, as they were when it was made
	watched bool        // a timer is set

	mutated map[string][]engine.Defect // what is on in new sandboxes whose names begin so, up to the last dash
}

// A candidate is a sandbox that goes next, unless it was used since.
type candidate struct {
	*engine.Sandbox
	used int64
}

func newSandboxes(origin *engine.Sandbox, o Options) *sandboxes {
	s := &sandboxes{
		origin: origin, seed: o.Seed, byName: map[string]*engine.Sandbox{},
		idle: cmp.Or(o.IdleTimeout, 15*time.Minute), limit: cmp.Or(o.Sandboxes, 1000),
	}
	budget := &engine.Budget{Limit: cmp.Or(o.JournalBytes, 64<<20), Journals: func() (all []*engine.Journal) {
		for _, x := range s.list() {
			all = append(all, x.Journal)
		}
		return all
	}}
	origin.Journal = budget.Journal()
	s.first = origin.Fork("", s.seedOf(""))
	return s
}

var sandboxName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// get finds or makes a sandbox; "" is the one without a name.
func (s *sandboxes) get(name string) (*engine.Sandbox, error) {
	if found := s.there(name); found != nil {
		found.Touch()
		return found, nil
	}
	if !sandboxName.MatchString(name) {
		return nil, fmt.Errorf("%s %.100q is no name of a sandbox: write up to 100 letters, digits, dots, dashes and underscores", engine.SandboxHeader, name)
	}
	return s.make(name), nil
}

func (s *sandboxes) make(name string) *engine.Sandbox {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found := s.byName[name]; found != nil && found.Idle() < s.idle {
		return found
	}
	made := s.origin.Fork(name, s.seedOf(name))
	if more := s.mutated[name[:max(0, strings.LastIndex(name, "-"))]]; len(more) > 0 {
		made.SetDefects(append(slices.Clone(made.On()), more...))
	}
	s.add(made)
	return made
}

// add puts a new sandbox among the others.
func (s *sandboxes) add(made *engine.Sandbox) {
	s.makeRoom()
	s.byName[made.Name] = made
	if !s.watched {
		s.watch(s.idle)
	}
}

// there finds a sandbox without making one; nil where there is none.
func (s *sandboxes) there(name string) *engine.Sandbox {
	if name == "" {
		return s.first
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if found := s.byName[name]; found != nil && found.Idle() < s.idle {
		return found
	}
	return nil
}

func (s *sandboxes) mutate(prefix string, on []engine.Defect) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mutated == nil {
		s.mutated = map[string][]engine.Defect{}
	}
	if s.mutated[prefix] = on; len(on) == 0 {
		delete(s.mutated, prefix)
	}
}

// makeRoom forgets the longest unused sandbox where there are too many.
func (s *sandboxes) makeRoom() {
	for len(s.byName) >= s.limit {
		if len(s.oldest) == 0 {
			for _, x := range s.byName {
				s.oldest = append(s.oldest, candidate{x, x.Used()})
			}
			slices.SortFunc(s.oldest, func(a, b candidate) int { return cmp.Compare(a.used, b.used) })
		}
		x := s.oldest[0]
		s.oldest = s.oldest[1:]
		if s.byName[x.Name] == x.Sandbox && x.Used() == x.used {
			delete(s.byName, x.Name)
		}
	}
}

// watch looks for idle sandboxes after a while. A mock that nobody uses any more
// is not kept for it.
func (s *sandboxes) watch(after time.Duration) {
	s.watched = true
	mock := weak.Make(s)
	time.AfterFunc(after, func() {
		if s := mock.Value(); s != nil {
			s.sweep()
		}
	})
}

// sweep forgets the sandboxes that are idle, and comes again when the next can be.
func (s *sandboxes) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	var longest time.Duration
	for name, x := range s.byName {
		if idle := x.Idle(); idle >= s.idle {
			delete(s.byName, name)
		} else {
			longest = max(longest, idle)
		}
	}
	s.oldest, s.watched = nil, false
	if len(s.byName) > 0 {
		s.watch(max(s.idle-longest, s.idle/10))
	}
}

// remove forgets a sandbox; the one without a name cannot be removed.
func (s *sandboxes) remove(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, found := s.byName[name]
	delete(s.byName, name)
	return found
}

func (s *sandboxes) reset(x *engine.Sandbox) { x.Reset(s.origin, s.seedOf(x.Name)) }

func (s *sandboxes) list() []*engine.Sandbox {
	s.mu.RLock()
	defer s.mu.RUnlock()
	all := []*engine.Sandbox{s.first}
	all = slices.AppendSeq(all, maps.Values(s.byName))
	slices.SortFunc(all, func(a, b *engine.Sandbox) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// seedOf gives each name its own draw, the same in every run.
func (s *sandboxes) seedOf(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(name))
	return h.Sum64() ^ s.seed
}
