package engine

import (
	"bytes"
	"maps"
	"slices"
	"sync"
)

// An Observer stands around every call of an API that has no fault, and notes
// which mutants would have made a difference in which sandbox: those need not
// be tried elsewhere, and the others not at all.
type Observer struct {
	mu    sync.Mutex
	found map[string]map[string]bool // sandboxes by the mutant's id
}

// enoughSandboxes is after how many the observer looks no more: a mutant that
// nothing has noticed in so many is tried everywhere.
const enoughSandboxes = 8

// Observe makes an observer, and the defect that puts it in its place.
func (a *API) Observe() (*Observer, Defect) {
	o := &Observer{found: map[string]map[string]bool{}}
	watched := map[string][]*Mutant{} // by operation
	for _, m := range a.Mutants() {
		if m.Kind == "answer" || m.Kind == "time" {
			for _, op := range a.Contract.Operations {
				if m.on(op) {
					watched[op.ID] = append(watched[op.ID], m)
				}
			}
		}
	}
	return o, Defect{ID: a.Name() + "/observer", Wrap: func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			r, err := next(c)
			if err == nil {
				o.try(c, r, watched[c.Operation.ID])
			}
			return r, err
		}
	}}
}

func (o *Observer) try(c *Call, r Response, mutants []*Mutant) {
	body, ok := any(nil), false
	if isSuccess(r) {
		body, ok = decoded(r.raw)
	}
	for _, m := range mutants {
		if !o.wants(m.ID) || m.differs != nil && (!ok || !m.differs(c, body)) {
			continue
		}
		if m.differs != nil {
			o.note(m.ID, c.Sandbox.Name)
			continue
		}
		problem := c.Problem
		would, err := m.Wrap(func(*Call) (Response, error) { return r, nil })(c)
		c.Problem = problem
		if err == nil && (would.Status != r.Status || !bytes.Equal(would.raw, r.raw) || would.Header.Get("Content-Type") != r.Header.Get("Content-Type")) {
			o.note(m.ID, c.Sandbox.Name)
		}
	}
}

func (o *Observer) wants(id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.found[id]) < enoughSandboxes
}

func (o *Observer) note(id, sandbox string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.found[id] == nil {
		o.found[id] = map[string]bool{}
	}
	o.found[id][sandbox] = true
}

// Differs lists the sandboxes in which a mutant would have made a difference.
func (o *Observer) Differs(id string) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Sorted(maps.Keys(o.found[id]))
}
