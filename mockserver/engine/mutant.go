package engine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"

	"github.com/rolecall/rolecall/schemas"
)

// A Mutant is a defect that nobody wrote: made from the contract, from the
// guards and from the state, for the audit. It breaks no rule in particular;
// whichever notices it has killed it.
type Mutant struct {
	Defect
	Operation string // that is defective, or "signing in", or "no operation"
	Kind      string // "caller", "guard", "request", "change", "answer", "time"
	What      string // within the operation and kind: "name missing"
	Support   bool   // the operation is in no document

	altered *atomic.Int64                // how often it made a difference
	differs func(c *Call, body any) bool // whether it would, of a success; nil where only trying tells
	is      func(*Call) bool             // of one that leaves guards out: whether it does for a call
	beyond  func(Response) (Response, bool)
}

// Altered is how often the mutant made a difference so far: one that never did
// proves nothing.
func (m *Mutant) Altered() int64 { return m.altered.Load() }

// Mutants lists every mutant of the API, in the order of the contract. They are
// made once.
func (a *API) Mutants() []*Mutant {
	a.mutantsOnce.Do(func() {
		a.mutantByID = map[string]*Mutant{}
		take := func(place string, support bool, mutants []*Mutant) {
			for _, m := range mutants {
				m.Operation, m.Support = place, support
				m.ID = fmt.Sprintf("%s/%s/%s/%s", a.Name(), place, m.Kind, m.What)
				m.Summary = fmt.Sprintf("Of %s, %s: %s.", place, m.Kind, m.What)
				a.mutants, a.mutantByID[m.ID] = append(a.mutants, m), m
			}
		}
		take("signing in", false, slices.Concat(a.callerMutants(a.SignIn.Guards), guardMutants(a.SignIn.Guards)))
		take("no operation", false, beyondMutants())
		for _, op := range a.Contract.Operations {
			guards := a.guardsOf(op.ID)
			take(op.ID, op.Support, slices.Concat(
				a.callerMutants(guards, op.ID), guardMutants(guards, op.ID), requestMutants(op), a.changeMutants(op), answerMutants(op), timeMutants(op)))
		}
	})
	return a.mutants
}

// guardsOf are the guards of an operation by its id.
func (a *API) guardsOf(id string) []Guard {
	for _, o := range a.Operations {
		if o.ID == id {
			return o.Guards
		}
	}
	return nil
}

// Mutant finds a mutant by its id; nil when there is none.
func (a *API) Mutant(id string) *Mutant {
	a.Mutants()
	return a.mutantByID[id]
}

func cmpOr(n *atomic.Int64) *atomic.Int64 {
	if n == nil {
		n = new(atomic.Int64)
	}
	return n
}

// mutant makes one whose Wrap stands around the calls of some operations; none
// for its own only. What it changes it has to count.
func mutant(op *schemas.Operation, kind, what string, wrap func(m *Mutant) Middleware, on ...string) *Mutant {
	m := &Mutant{Kind: kind, What: what, altered: new(atomic.Int64)}
	m.On = append(on, op.ID)
	if slices.Contains(on, everyOperation) {
		m.On = nil
	}
	m.Wrap = wrap(m)
	return m
}

// everyOperation stands for all of an API's.
const everyOperation = "*"

// editing is a mutant that answers something else, where the answer is a
// success. The edit returns what to send; the same as it was makes no difference.
func editing(edit func(m *Mutant, c *Call, body any) any) func(*Mutant) Middleware {
	return func(m *Mutant) Middleware {
		return func(next Handler) Handler {
			return func(c *Call) (Response, error) {
				r, err := next(c)
				if err != nil || r.Status >= http.StatusMultipleChoices || len(r.raw) == 0 {
					return r, err
				}
				return m.edited(c, r, edit), nil
			}
		}
	}
}

func (m *Mutant) edited(c *Call, r Response, edit func(m *Mutant, c *Call, body any) any) Response {
	body, ok := decoded(r.raw)
	if !ok {
		return r
	}
	before, _ := CompactJSON(body)
	after, err := CompactJSON(edit(m, c, body))
	if err != nil || bytes.Equal(before, after) {
		return r
	}
	m.altered.Add(1)
	return r.WithBytes(after)
}

// decoded reads JSON with its numbers as they are written.
func decoded(raw []byte) (body any, ok bool) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return body, d.Decode(&body) == nil
}

// remembered is what a mutant knows of one sandbox; it goes with the sandbox.
func remembered[T any](m *Mutant, c *Call, first func() T) T {
	return Remembered(c, m.ID, first)
}
