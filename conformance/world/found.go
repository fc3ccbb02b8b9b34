package world

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
)

// Found is what the worlds of a run came upon, before it is summed up.
type Found struct {
	Watched map[string]Watched // by API
	Answers map[Answered]Tally
	Left    []report.Record // on the target
	Notes   []string        // that the report tells besides

	charges map[string][]*charge // by id of the invariant
}

// Watched is how much of an API the invariants have seen.
type Watched struct {
	Answers           int           // judged
	Changed, Compared int           // scenarios in which a look saw a change, and a record
	own, additional   int           // requests of scenarios, and of looks
	settled           time.Duration // the longest that views took to agree
}

func (w Watched) and(x Watched) Watched {
	return Watched{
		w.Answers + x.Answers, w.Changed + x.Changed, w.Compared + x.Compared,
		w.own + x.own, w.additional + x.additional, max(w.settled, x.settled),
	}
}

// Answered is an operation and a status that it was answered with.
type Answered struct {
	API, Operation string
	Status         int
}

// A Tally is how often that was seen, and with a breach of the contract.
type Tally struct{ Seen, Breached int }

// Charges are what an invariant is charged with, by cause, operation and view.
func (f *Found) Charges(invariant string) (all []report.Scenario) {
	for _, c := range f.charges[invariant] {
		all = append(all, c.Scenario)
	}
	return all
}

// findings are what was found so far; scenarios enter it at the same time.
type findings struct {
	mu     sync.Mutex
	found  Found
	doubts []made
}

// Found is what was found, when every scenario has ended.
func (f *findings) Found() Found { return f.found }

// Broken tells whether an invariant is charged with anything so far.
func (f *findings) Broken(invariant string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.found.charges[invariant]) > 0
}

// Note adds a line to what the report tells besides, once.
func (f *findings) Note(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if line := fmt.Sprintf(format, args...); !slices.Contains(f.found.Notes, line) {
		f.found.Notes = append(f.found.Notes, line)
	}
}

// leave notes what is still on the target.
func (f *findings) leave(record report.Record) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.found.Left = append(f.found.Left, record)
}

// watched adds to how much was seen of an API.
func (f *findings) watched(api string, more Watched) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.found.Watched[api] = f.found.Watched[api].and(more)
}

// count counts an answer, for coverage.
func (f *findings) count(api string, x *Exchange) {
	f.watched(api, Watched{Answers: 1})
	if x.Operation == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	of := Answered{api, x.Operation.ID, x.Status}
	t := f.found.Answers[of]
	t.Seen++
	if len(x.Breaches) > 0 {
		t.Breached++
	}
	f.found.Answers[of] = t
}
