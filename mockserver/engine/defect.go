package engine

import (
	"slices"

	"github.com/rolecall/rolecall/schemas"
)

// A Defect is a deliberate breach of one rule, switched on by name. Which rule
// it breaks is part of its definition. One without a Wrap is made of the rule's
// guards: they are left out, and the server does what it should refuse.
type Defect struct {
	ID      string
	Breaks  string // the rule's id
	Summary string // what the server then does wrong, as a sentence
	// On lists the operations that are defective; empty for all.
	On []string
	// For limits a defect of guards to some calls, as those of one kind of caller;
	// nil for all.
	For func(*Call) bool
	// Wrap, if set, stands around the call, outside the response check.
	Wrap Middleware
	// Beyond, if set, edits what is answered where no operation is.
	Beyond func(*Call, Response) Response
}

func (d *Defect) on(op *schemas.Operation) bool {
	return len(d.On) == 0 || op != nil && slices.Contains(d.On, op.ID)
}

// defectSet is the defects that are on in a sandbox.
type defectSet struct{ all []Defect }

func newDefectSet(on []Defect) *defectSet { return &defectSet{all: on} }

func (s *defectSet) ids() []string {
	ids := []string{}
	for _, d := range s.all {
		ids = append(ids, d.ID)
	}
	return ids
}

// defect puts the defects that are on around the call.
func (a *API) defect(op *schemas.Operation) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			handle := next
			for _, d := range c.Sandbox.defects.Load().all {
				// A defect belongs to the API that defines it: ids are unique over all.
				if d.Wrap != nil && d.on(op) && a.has(d.ID) {
					handle = d.Wrap(handle)
				}
			}
			return handle(c)
		}
	}
}
