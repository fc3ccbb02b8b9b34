package conformance

import (
	"fmt"
	"slices"
	"strings"
	"time"

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
func (r *run) chargeAll(w *World, found []breach) {
	for _, b := range found {
		var x []*Exchange
		for _, e := range b.Evidence {
			if exchange, ok := e.(*Exchange); ok && !slices.Contains(x, exchange) {
				x = append(x, exchange)
			}
		}
		r.charge(w, b, x)
	}
}

func (r *run) charge(w *World, b breach, evidence []*Exchange) {
	if b.cause == "" { // of what a look saw, whichever change it was after
		b.cause = strings.TrimSpace(b.Of.Kind+" "+b.Property) + ", " + b.View
	}
	id := w.API.Prefix + b.invariant.Suffix
	r.mu.Lock()
	defer r.mu.Unlock()
	i := slices.IndexFunc(r.charges[id], func(c *report.Scenario) bool {
		return c.Cause == b.cause && c.Operation == b.operation && c.View == b.View
	})
	if i < 0 {
		i = len(r.charges[id])
		r.charges[id] = append(r.charges[id], w.charged(b, evidence))
	}
	c := r.charges[id][i]
	c.Count++
	if place := w.place(); place != c.Name && len(c.Places)+1 < report.ShownPlaces && !slices.Contains(c.Places, place) {
		c.Places = append(c.Places, place)
	}
}

// charged is a breach as a report shows it; an audit only counts.
func (w *World) charged(b breach, evidence []*Exchange) *report.Scenario {
	c := &report.Scenario{Name: w.place(), Line: 1, Verdict: report.Fail, Cause: b.cause, Operation: b.operation, View: b.View}
	if w.run.trial == nil {
		c.Cause, c.Reason, c.Exchanges = w.clean(c.Cause), w.clean(b.Why), w.shown(evidence)
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

// tellWatched notes what the invariants cost a real target.
func (r *run) tellWatched(api *API) {
	seen := r.watched[api.Name]
	if e := r.target.Endpoints[api.Name]; !e.Mock && seen.additional > 0 {
		line := fmt.Sprintf("%s: the invariants sent %d requests beside the scenarios' %d", api.Name, seen.additional, seen.own)
		if e.Settle > 0 {
			line += fmt.Sprintf("; views took up to %s to agree, settle allows %s", seen.settled.Round(time.Millisecond), e.Settle)
		}
		r.note("%s", line)
	}
}
