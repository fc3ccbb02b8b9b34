package engine

import (
	"fmt"
	"net/http"
	"sync"

	"github.com/rolecall/rolecall/schemas"
)

// timeMutants show what was: to whoever reads first after a change, to whoever
// reads again, or to everybody who has read before.
func timeMutants(op *schemas.Operation) []*Mutant {
	if op.Method != http.MethodGet {
		return nil
	}
	var all []*Mutant
	for _, when := range []struct {
		what string
		old  func(reads int) bool
	}{
		{"the first read after a change is old", func(reads int) bool { return reads == 1 }},
		{"the second read after a change is old", func(reads int) bool { return reads == 2 }},
		{"every read after a change is old", func(reads int) bool { return reads > 0 }},
	} {
		all = append(all, mutant(op, "time", when.what, func(m *Mutant) Middleware { return stale(m, when.old) }, everyOperation))
	}
	return all
}

// staleAnswers are what a cache would keep of one sandbox, by request and caller.
type staleAnswers struct {
	mu      sync.Mutex
	changes int
	kept    map[string]*staleAnswer
}

type staleAnswer struct {
	old, now Response // what was shown before the change, and after it
	at       int      // of which change now is
	reads    int      // since
}

func stale(m *Mutant, old func(reads int) bool) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			r, err := next(c)
			if err != nil || !isSuccess(r) && r.Status != http.StatusNotFound {
				return r, err
			}
			s := remembered(m, c, func() *staleAnswers { return &staleAnswers{kept: map[string]*staleAnswer{}} })
			s.mu.Lock()
			defer s.mu.Unlock()
			if c.Operation.Method != http.MethodGet {
				if isSuccess(r) {
					s.changes++
				}
				return r, err
			}
			if c.Operation.ID != m.Operation {
				return r, err
			}
			key := fmt.Sprint(c.URL.RequestURI(), c.Header.Get("Authorization"))
			k := s.kept[key]
			if k == nil {
				s.kept[key] = &staleAnswer{old: r, now: r, at: s.changes}
				return r, err
			}
			if k.at != s.changes {
				k.old, k.at, k.reads = k.now, s.changes, 0
			}
			k.reads++
			k.now = r
			if old(k.reads) && isSuccess(k.old) && string(k.old.raw) != string(r.raw) {
				m.altered.Add(1)
				return k.old, nil
			}
			return r, err
		}
	}
}
