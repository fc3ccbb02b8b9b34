package conformance

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
)

// An outcome is what a plan came to, before it is summed up.
type outcome struct {
	results map[*Scenario]*report.Scenario
	charges map[string][]*report.Scenario // by id of the invariant
	watched map[string]watched            // by API
	answers map[answered]tally
	left    []report.Record
	notes   []string
}

// watched is how much of an API the invariants have seen.
type watched struct {
	answers           int           // judged
	changed, compared int           // scenarios in which a look saw a change, and a record
	own, additional   int           // requests of scenarios, and of looks
	settled           time.Duration // the longest that views took to agree
}

func (w watched) and(x watched) watched {
	return watched{
		w.answers + x.answers, w.changed + x.changed, w.compared + x.compared,
		w.own + x.own, w.additional + x.additional, max(w.settled, x.settled),
	}
}

// answered is an operation and a status that it was answered with.
type answered struct {
	api, operation string
	status         int
}

// A tally is how often that was seen, and with a breach of the contract.
type tally struct{ seen, breached int }

// found is what a run has found so far; scenarios enter it at the same time.
type found struct {
	mu sync.Mutex
	outcome
}

func newFound() *found {
	return &found{outcome: outcome{
		results: map[*Scenario]*report.Scenario{}, charges: map[string][]*report.Scenario{},
		watched: map[string]watched{}, answers: map[answered]tally{},
	}}
}

// note adds a line to what the report tells besides, once.
func (f *found) note(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if line := fmt.Sprintf(format, args...); !slices.Contains(f.notes, line) {
		f.notes = append(f.notes, line)
	}
}

// leave notes what is still on the target.
func (f *found) leave(record report.Record) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.left = append(f.left, record)
}

// answer counts an answer, for coverage.
func (f *found) answer(api string, x *Exchange) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.watched[api] = f.watched[api].and(watched{answers: 1})
	if x.Operation == nil {
		return
	}
	of := answered{api, x.Operation.ID, x.Status}
	t := f.answers[of]
	t.seen++
	if len(x.Breaches) > 0 {
		t.breached++
	}
	f.answers[of] = t
}
