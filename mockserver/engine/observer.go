package engine

import (
	"bytes"
	"slices"
	"sync"
)

// An Observer stands around every call of an API that has no fault, and notes
// which mutants would have made a difference in which sandbox: those need not
// be tried elsewhere, and the others not at all.
type Observer struct {
	mu    sync.Mutex
	found map[string]*observed // by sandbox
}

// observed is which mutants would have made a difference in one sandbox.
type observed struct {
	mu      sync.Mutex
	differs map[string]bool // by id
}

// Observe makes an observer, and the defects that put it in its place. Those
// without Wrap stand where mutants leave guards out, and leave none out.
func (a *API) Observe() (*Observer, []Defect) {
	o := &Observer{found: map[string]*observed{}}
	watched := map[string][]*Mutant{} // by operation
	var all []Defect
	for _, m := range a.Mutants() {
		switch {
		case m.is != nil:
			all = append(all, Defect{ID: m.ID, Breaks: m.Breaks, On: m.On, For: func(c *Call) bool {
				if m.is(c) {
					o.in(c.Sandbox.Name).note(m.ID)
				}
				return false
			}})
		case m.beyond != nil:
			all = append(all, Defect{ID: m.ID, Beyond: func(c *Call, r Response) Response {
				if _, differs := m.beyond(r); differs {
					o.in(c.Sandbox.Name).note(m.ID)
				}
				return r
			}})
		case m.Kind == "answer" || m.Kind == "time":
			for _, op := range a.Contract.Operations {
				if m.on(op) {
					watched[op.ID] = append(watched[op.ID], m)
				}
			}
		}
	}
	return o, append(all, Defect{ID: a.Name() + "/observer", Wrap: func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			r, err := next(c)
			if err == nil {
				o.in(c.Sandbox.Name).try(c, r, watched[c.Operation.ID])
			}
			return r, err
		}
	}})
}

func (o *observed) note(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.differs[id] = true
}

func (o *Observer) in(sandbox string) *observed {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.found[sandbox] == nil {
		o.found[sandbox] = &observed{differs: map[string]bool{}}
	}
	return o.found[sandbox]
}

func (o *observed) try(c *Call, r Response, mutants []*Mutant) {
	o.mu.Lock()
	defer o.mu.Unlock()
	body, ok := any(nil), false
	if isSuccess(r) {
		body, ok = decoded(r.raw)
	}
	for _, m := range mutants {
		if o.differs[m.ID] && !m.stateful() {
			continue
		}
		if m.differs != nil && ok && m.differs(c, body) || m.differs == nil && m.would(c, r) {
			o.differs[m.ID] = true
		}
	}
}

// would tells whether a mutant answers otherwise than it was.
func (m *Mutant) would(c *Call, r Response) bool {
	problem := c.Problem
	defer func() { c.Problem = problem }()
	other, err := m.Wrap(func(*Call) (Response, error) { return r, nil })(c)
	return err == nil && (other.Status != r.Status || !bytes.Equal(other.raw, r.raw) || other.Header.Get("Content-Type") != r.Header.Get("Content-Type"))
}

// Differs lists the sandboxes in which a mutant would have made a difference.
func (o *Observer) Differs(id string) (sandboxes []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for name, in := range o.found {
		if in.differs[id] {
			sandboxes = append(sandboxes, name)
		}
	}
	slices.Sort(sandboxes)
	return sandboxes
}
