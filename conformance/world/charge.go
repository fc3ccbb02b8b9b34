package world

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
)

// A breach is what an invariant is charged with.
type breach struct {
	invariants.Breach
	invariant *rules.Invariant
	operation string // the change, or what was asked
	cause     string // of what an answer is charged with: equal for equal ones
}

// chargeAll enters breaches that a scenario met. Equal ones are one charge.
func (w *World) chargeAll(found []breach) {
	for _, b := range found {
		var x []*Exchange
		for _, e := range b.Evidence {
			if exchange, ok := e.(*Exchange); ok && !slices.Contains(x, exchange) {
				x = append(x, exchange)
			}
		}
		w.charge(b, x)
	}
}

func (w *World) charge(b breach, evidence []*Exchange) {
	if b.cause == "" { // of what a look saw, whichever change it was after
		b.cause = strings.TrimSpace(b.Of.Kind+" "+b.Property) + ", " + b.View
	}
	id := w.API.Prefix + b.invariant.Suffix
	f := &w.shared.findings
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.found.charges[id], func(c *charge) bool {
		return c.cause == b.cause && c.Operation == b.operation && c.View == b.View
	})
	if i < 0 {
		i = len(f.found.charges[id])
		f.found.charges[id] = append(f.found.charges[id], w.charged(b, evidence))
	}
	c := f.found.charges[id][i]
	c.Count++
	if place := w.place(); place != c.Name && len(c.Places)+1 < report.ShownPlaces && !slices.Contains(c.Places, place) {
		c.Places = append(c.Places, place)
	}
}

// A charge is a breach with the places where its like was seen.
type charge struct {
	cause string // with the secrets in it
	report.Scenario
}

// charged is a breach as a report shows it; an audit only counts.
func (w *World) charged(b breach, evidence []*Exchange) *charge {
	c := &charge{b.cause, report.Scenario{Name: w.place(), Line: 1, Verdict: report.Fail, Operation: b.operation, View: b.View}}
	if !w.shared.Counting {
		known := w.cleaner()
		c.Cause, c.Reason, c.Exchanges = known.Text(b.cause), known.Text(b.Why), w.shown(evidence)
		if b.operation != "" && b.Of.Kind != "" {
			c.Reason = "after " + b.operation + ": " + c.Reason
		}
	}
	return c
}

// place is where the world is, for a reader.
func (w *World) place() string {
	if w.scenario == nil {
		return "outside the scenarios"
	}
	s := w.scenario
	return fmt.Sprintf("%s: %s (%s:%d)", s.Rule.ID, s.Name, s.Rule.File, s.Line)
}
