// Package audit holds the suite to servers that are wrong on purpose: who tests
// the tester. It knows no API and no mock; a Lab is what can be made wrong.
package audit

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
)

// A Mutant is a server that is wrong in one way, made from the contract.
type Mutant struct {
	ID        string
	Operation string // that is wrong
	Kind      string // in what: "answer", "request", "change", "caller", "time"
	What      string
}

// A Lab is an implementation of one API that can be many servers at a time:
// sandboxes whose names begin alike have mutants of their own.
type Lab interface {
	Target() *conformance.Target
	Mutants() []Mutant
	// Mutate makes the sandboxes of a prefix wrong; no ids make them right again.
	Mutate(prefix string, ids ...string) error
	// Observe notes, of sandboxes that are right, in which a mutant would have made
	// a difference to an answer.
	Observe(prefix string) (differs func(id string) (sandboxes []string))
	// Altered is how often a mutant made a difference so far.
	Altered(id string) int64
}

// A Fate is what became of a mutant.
type Fate struct {
	Mutant
	Applies bool   // it made a difference somewhere
	By      string // the rule that noticed first; "" when it lives
	Must    bool   // a must rule noticed: exit status 1 without --strict
	Tried   int    // scenarios
}

// Killed tells whether any rule noticed.
func (f Fate) Killed() bool { return f.By != "" }

// Breed holds one API's scenarios to the mutants of a lab. Each is tried on the
// scenarios in which it can make a difference, the shortest first, until a must
// rule notices. Progress is called after each; nil for nothing.
func Breed(ctx context.Context, c *conformance.Catalogue, api *conformance.API, lab Lab, parallel int, progress func(done, all int)) ([]Fate, error) {
	b := &breeder{catalogue: c, api: api, lab: lab}
	if err := b.baseline(ctx); err != nil {
		return nil, err
	}
	mutants := lab.Mutants()
	fates := make([]Fate, len(mutants))
	var done atomic.Int64
	var told sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(parallel, 1))
	for i, m := range mutants {
		group.Go(func() (err error) {
			fates[i], err = b.try(ctx, i, m)
			if progress != nil {
				told.Lock()
				defer told.Unlock()
				progress(int(done.Add(1)), len(mutants))
			}
			return err
		})
	}
	return fates, group.Wait()
}

type breeder struct {
	catalogue *conformance.Catalogue
	api       *conformance.API
	lab       Lab
	played    []conformance.Played // of the baseline, the shortest first
	differs   func(id string) []string
}

// baseline plays every scenario once on a server without fault, and learns
// which operations each calls and where a mutant would show.
func (b *breeder) baseline(ctx context.Context) error {
	var scenarios []*conformance.Scenario
	for _, rule := range b.catalogue.Rules {
		if rule.API.Name == b.api.Name {
			scenarios = append(scenarios, rule.Scenarios...)
		}
	}
	b.differs = b.lab.Observe("baseline")
	trial := b.catalogue.Try(ctx, b.lab.Target(), b.api, scenarios, conformance.TrialOptions{Tag: "baseline", Concurrency: 4})
	if noticed := trial.Noticed(); len(noticed) > 0 {
		return fmt.Errorf("%s: without any mutant, %s fails", b.api.Name, noticed[0].ID)
	}
	if len(trial.Played) != len(scenarios) {
		return fmt.Errorf("%s: %d of %d scenarios ran", b.api.Name, len(trial.Played), len(scenarios))
	}
	b.played = trial.Played
	slices.SortStableFunc(b.played, func(x, y conformance.Played) int { return int(x.Took - y.Took) })
	return nil
}

// batches are how many scenarios are tried before it is asked whether that was
// enough; most mutants do not live longer than the first.
var batches = []int{6, 30}

func (b *breeder) try(ctx context.Context, number int, m Mutant) (Fate, error) {
	fate := Fate{Mutant: m}
	scenarios := b.candidates(m)
	before := b.lab.Altered(m.ID)
	for round := 0; len(scenarios) > 0 && ctx.Err() == nil; round++ {
		batch := scenarios
		if round < len(batches) {
			batch = scenarios[:min(batches[round], len(scenarios))]
		}
		scenarios = scenarios[len(batch):]
		tag := fmt.Sprintf("m%d.%d", number, round)
		if err := b.lab.Mutate(tag, m.ID); err != nil {
			return fate, err
		}
		trial := b.catalogue.Try(ctx, b.lab.Target(), b.api, batch, conformance.TrialOptions{Tag: tag, Enough: true})
		if err := b.lab.Mutate(tag); err != nil {
			return fate, err
		}
		fate.Tried += len(trial.Played)
		for _, rule := range trial.Noticed() {
			if must := rule.Level == report.Must; fate.By == "" || must && !fate.Must {
				fate.By, fate.Must = rule.ID, must
			}
		}
		if fate.Must {
			break
		}
	}
	fate.Applies = fate.Killed() || b.lab.Altered(m.ID) > before
	return fate, ctx.Err()
}

// candidates are the scenarios in which the mutant can make a difference: of an
// answer those where it was seen to, of anything else those that call the
// operation. Those that call it themselves come before those that only look.
func (b *breeder) candidates(m Mutant) []*conformance.Scenario {
	var first, own, looked []*conformance.Scenario
	differs := b.differs(m.ID)
	observed := m.Kind == "answer" || m.Kind == "time"
	if observed && len(differs) == 0 {
		return nil
	}
	for _, p := range b.played {
		switch {
		case slices.Contains(differs, p.Sandbox):
			first = append(first, p.Scenario)
		case slices.Contains(p.Called, m.Operation):
			own = append(own, p.Scenario)
		case slices.Contains(p.Looked, m.Operation):
			looked = append(looked, p.Scenario)
		}
	}
	return slices.Concat(first, own, looked)
}

// Class names what a mutant has in common with others: the operation's property
// aside, as in "getUser answer of before the change".
func (m Mutant) Class() string {
	return strings.Join([]string{m.Operation, m.Kind, m.What}, " ")
}
