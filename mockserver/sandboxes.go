package mockserver

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

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

	mu     sync.RWMutex
	byName map[string]*engine.Sandbox
	swept  time.Time

	mutated map[string][]engine.Defect // what is on in new sandboxes whose names begin so, up to the last dash
}

func newSandboxes(origin *engine.Sandbox, o Options) *sandboxes {
	s := &sandboxes{origin: origin, idle: o.IdleTimeout, limit: o.Sandboxes, seed: o.Seed, byName: map[string]*engine.Sandbox{}, swept: time.Now()}
	if s.idle == 0 {
		s.idle = 15 * time.Minute
	}
	if s.limit == 0 {
		s.limit = 1000
	}
	s.first = origin.Fork("", s.seedOf(""))
	return s
}

var sandboxName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// get finds or makes a sandbox; "" is the one without a name.
func (s *sandboxes) get(name string) (*engine.Sandbox, error) {
	if name == "" {
		return s.first, nil
	}
	s.mu.RLock()
	found := s.byName[name]
	s.mu.RUnlock()
	if found != nil && found.Idle() <= s.idle {
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
	if found := s.byName[name]; found != nil && found.Idle() <= s.idle {
		return found
	}
	s.sweep()
	made := s.origin.Fork(name, s.seedOf(name))
	if more := s.mutated[name[:max(0, strings.LastIndex(name, "-"))]]; len(more) > 0 {
		made.SetDefects(append(slices.Clone(made.On()), more...))
	}
	s.byName[name] = made
	return made
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

// sweep forgets sandboxes that are idle, now and then, and the longest unused
// when there is no room for one more.
func (s *sandboxes) sweep() {
	if now := time.Now(); now.Sub(s.swept) > s.idle/10 {
		s.swept = now
		for name, x := range s.byName {
			if x.Idle() > s.idle {
				delete(s.byName, name)
			}
		}
	}
	if len(s.byName) < s.limit {
		return
	}
	longest := ""
	for name, x := range s.byName {
		if longest == "" || x.Idle() > s.byName[longest].Idle() {
			longest = name
		}
	}
	delete(s.byName, longest)
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
	for _, x := range s.byName {
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b *engine.Sandbox) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// seedOf gives each name its own draw, the same in every run.
func (s *sandboxes) seedOf(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(name))
	return h.Sum64() ^ s.seed
}
