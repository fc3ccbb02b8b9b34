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

// A charge is a breach with the places where its like was seen.
type charge struct {
	result report.Scenario
	key    string
}

// shownPlaces is how many scenarios a charge names, the first as its name.
const shownPlaces = 3

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
	key := strings.Join([]string{b.invariant.Suffix, b.operation, b.Of.Kind, b.View, b.Property}, "\x00")
	if b.cause != "" { // one cause shows in many operations
		key = b.invariant.Suffix + "\x00" + b.cause
	}
	id := w.API.Prefix + b.invariant.Suffix
	reason := w.Redact(b.Why)
	if b.operation != "" && b.Of.Kind != "" {
		reason = "after " + b.operation + ": " + reason
	}
	f := &w.shared.findings
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.found.charges[id], func(c *charge) bool { return c.key == key })
	if i < 0 {
		i = len(f.found.charges[id])
		f.found.charges[id] = append(f.found.charges[id], &charge{key: key, result: report.Scenario{
			Name: w.place(), Line: 1, Verdict: report.Fail, Reason: reason,
			Operation: b.operation, View: b.View, Exchanges: w.shown(evidence),
		}})
	}
	c := f.found.charges[id][i]
	c.result.Count++
	if !slices.Contains(strings.Split(c.result.Operation, ", "), b.operation) {
		c.result.Operation += ", " + b.operation
	}
	if place := w.place(); place != c.result.Name && len(c.result.Places)+1 < shownPlaces && !slices.Contains(c.result.Places, place) {
		c.result.Places = append(c.result.Places, place)
	}
}

// place is where the world is, for a reader.
func (w *World) place() string {
	if w.scenario == nil {
		return "outside the scenarios"
	}
	s := w.scenario
	return fmt.Sprintf("%s: %s (%s:%d)", s.Rule.ID, s.Name, s.Rule.File, s.Line)
}
