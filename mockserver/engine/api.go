// Package engine is what every mocked API shares: a call, its answer, the
// chain that every call runs through, and the sandbox that it runs in.
//
// It knows contracts, but no API: how an API words an error, who may call what
// and what an operation does come from the API packages. Only gin.go knows Gin.
package engine

import (
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/rolecall/rolecall/schemas"
)

// A Handler carries out one operation: values in, values out. A *Problem is
// the error with which it refuses; any other error is a failure of the mock.
type Handler func(*Call) (Response, error)

// A Middleware puts something around a handler.
type Middleware func(Handler) Handler

// An API is one vendor's interface as the mock answers it.
type API struct {
	Contract *schemas.Contract
	// Edition is the name of the edition that is served; Observed tells whether it
	// may answer with statuses that the contract marks as observed, and with any of
	// its own, and refusals of any form, where the documents list none.
	Edition  string
	Observed bool

	SignIn     SignIn
	Operations []Operation // one for each of the contract
	Defects    []Defect
	// ProtocolRule is the rule that a request breaks which cannot be read at all.
	ProtocolRule string

	// Load makes the first state from the fixtures in a folder of YAML files.
	Load func(fixtures fs.FS) (State, error)
	// Word puts a problem into the API's own envelope.
	Word func(*Call, *Problem) Response
	// LayOut lays out the compact JSON of an answer; nil for as it is.
	LayOut func(c *Call, compact []byte) []byte
	// Forgives tells whether the edition passes over what the engine found wrong
	// with a request; nil for nothing. A parameter then counts as not given.
	Forgives func(*Call, *Problem) bool
	// Headers adds what the API sends with every answer; nil for nothing.
	Headers func(*Call, http.Header)
	// Before adapts a request before it is routed; nil for nothing.
	Before func(*http.Request, State)
	// Read decodes a body, which it may rewrite, or says why that cannot be done;
	// nil where bodies have to be strict JSON.
	Read func(*Call) (schemas.Value, error)

	// Seen is told of every call and how it was answered; nil for nobody.
	Seen func(*Call, Entry)

	// Callers are the kinds of caller that mutants of permission are made for.
	Callers []CallerKind

	mutants     []*Mutant
	mutantByID  map[string]*Mutant
	mutantsOnce sync.Once

	chains map[string]Handler
}

// Name is the API's name, as in "rapid7".
func (a *API) Name() string { return a.Contract.API }

// Prepare binds every operation of the contract to what it does and builds the
// chains. What does not hold together is the error.
func (a *API) Prepare() error {
	wrong := append(a.wrongOperations(), a.wrongDefects()...)
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return fmt.Errorf("%s: %s", a.Name(), strings.Join(wrong, "; "))
	}
	a.Defects = append(a.Defects, a.canary())
	a.chains = map[string]Handler{}
	for _, o := range a.Operations {
		a.chains[o.ID] = a.chain(a.Contract.Operation(o.ID), o)
	}
	return nil
}

func (a *API) wrongOperations() (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	found := map[string]bool{}
	for _, o := range a.Operations {
		op := a.Contract.Operation(o.ID)
		switch {
		case op == nil:
			say("operation %s is not in openapi.yaml", o.ID)
			continue
		case found[o.ID]:
			say("operation %s stands twice", o.ID)
		}
		found[o.ID] = true
		checks := 0
		for i := range o.Guards {
			g := &o.Guards[i]
			g.Operation = o.ID
			if g.Kind == InvalidBody {
				checks++
			}
			if op.Response(g.Status) == nil && !slices.Contains(a.Contract.Protocol.Statuses, g.Status) {
				say("guard %s of %s answers %d, which is not documented", g.Rule, o.ID, g.Status)
			}
		}
		if reads := op.Body != nil; reads != (checks == 1) {
			say("operation %s has %d guards made by Body; give it one if, and only if, it reads a body", o.ID, checks)
		}
	}
	for _, op := range a.Contract.Operations {
		if !found[op.ID] {
			say("operation %s does nothing: there is no Op of it", op.ID)
		}
	}
	return wrong
}

func (a *API) wrongDefects() (wrong []string) {
	for _, d := range a.Defects {
		for _, id := range d.On {
			if a.Contract.Operation(id) == nil {
				wrong = append(wrong, fmt.Sprintf("defect %s is on %s, which is no operation", d.ID, id))
			}
		}
		if d.Wrap == nil && !a.guards(&d) {
			wrong = append(wrong, fmt.Sprintf("defect %s has no Wrap, and there is no guard of %s to leave out", d.ID, d.Breaks))
		}
	}
	return wrong
}

// guards tells whether there is anything that a defect leaves out.
func (a *API) guards(d *Defect) bool {
	return d.Breaks == a.ProtocolRule || slices.ContainsFunc(a.Guards(), func(g Guard) bool {
		on := len(d.On) == 0 || g.Operation == "" || slices.Contains(d.On, g.Operation)
		return on && (g.Rule == d.Breaks || g.after != nil && g.after.rule == d.Breaks || slices.Contains(g.rules, d.Breaks))
	})
}

func (a *API) forgives(c *Call, p *Problem) bool { return a.Forgives != nil && a.Forgives(c, p) }

// Guards lists every reason for which the API refuses: those of signing in,
// and those of each operation in the order in which they are tried.
func (a *API) Guards() []Guard {
	all := slices.Clone(a.SignIn.Guards)
	for _, o := range a.Operations {
		all = append(all, o.Guards...)
	}
	return all
}

// has tells whether a defect or mutant is the API's own.
func (a *API) has(id string) bool {
	if api, _, mutant := strings.Cut(id, "/"); mutant {
		return api == a.Name()
	}
	_, ok := a.Defect(id)
	return ok
}

// Defect finds one of the API's defects, or of its mutants, by its id.
func (a *API) Defect(id string) (Defect, bool) {
	if i := slices.IndexFunc(a.Defects, func(d Defect) bool { return d.ID == id }); i >= 0 {
		return a.Defects[i], true
	}
	if !strings.Contains(id, "/") {
		return Defect{}, false
	}
	a.Mutants()
	m, ok := a.mutantByID[id]
	if !ok {
		return Defect{}, false
	}
	return m.Defect, true
}
