// Package audit holds the suite to servers that are wrong on purpose: who tests
// the tester. It knows no API and no mock; a Lab is what can be made wrong.
package audit

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
)

// A Mutant is a server that is wrong in one way, made from the contract.
type Mutant struct {
	ID        string
	Operation string // that is wrong
	Kind      string // in what: "caller", "guard", "request", "change", "answer", "time"
	What      string
	Support   bool // the operation is in no document: it is for clients to get on
}

// observed tells whether a green run shows where the mutant makes a difference.
func (m Mutant) observed() bool { return m.Kind != "request" && m.Kind != "change" }

// A Lab is an implementation of one API that can be many servers at a time:
// sandboxes whose names begin alike have mutants of their own.
type Lab interface {
	Target() *target.Target
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

// Breed holds one API's scenarios to the mutants of a lab, without those of
// support operations. Each is tried on the
// scenarios in which it can make a difference, the shortest first, until a must
// rule notices. Progress is called after each; nil for nothing.
func Breed(ctx context.Context, g *Green, parallel int, progress func(done, all int)) ([]Fate, error) {
	mutants := slices.DeleteFunc(slices.Clone(g.lab.Mutants()), func(m Mutant) bool { return m.Support })
	fates := make([]Fate, len(mutants))
	err := each(ctx, mutants, parallel, progress, func(ctx context.Context, i int, m Mutant) (err error) {
		fates[i], err = g.try(ctx, i, m)
		return err
	})
	return fates, err
}

// each does something for each of many, some at a time, and tells how far it is.
func each[T any](ctx context.Context, all []T, parallel int, progress func(done, all int), do func(ctx context.Context, i int, x T) error) error {
	var mu sync.Mutex
	done := 0
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(parallel, 1))
	for i, x := range all {
		group.Go(func() error {
			err := do(ctx, i, x)
			mu.Lock()
			defer mu.Unlock()
			if done++; progress != nil && err == nil {
				progress(done, len(all))
			}
			return err
		})
	}
	return group.Wait()
}

// batches are how many scenarios are tried before it is asked whether that was
// enough; most mutants do not live longer than the first.
var batches = []int{2, 6, 30}

// more is how many scenarios are tried after a should rule has noticed, to see
// whether a must rule does.
const more = 10

func (g *Green) try(ctx context.Context, number int, m Mutant) (Fate, error) {
	fate := Fate{Mutant: m}
	scenarios := g.candidates(m)
	before := g.lab.Altered(m.ID)
	for round := 0; len(scenarios) > 0 && ctx.Err() == nil; round++ {
		batch := scenarios
		if round < len(batches) {
			batch = scenarios[:min(batches[round], len(scenarios))]
		}
		scenarios = scenarios[len(batch):]
		trial, err := g.on(ctx, fmt.Sprintf("m%d.%d", number, round), m.ID, batch, run.TrialOptions{Enough: true})
		if err != nil {
			return fate, err
		}
		fate.Tried += len(trial.Played)
		alive := !fate.Killed()
		for _, rule := range trial.Noticed() {
			if must := rule.Level == report.Must; !fate.Killed() || must && !fate.Must {
				fate.By, fate.Must = rule.ID, must
			}
		}
		if fate.Must {
			break
		}
		if alive && fate.Killed() {
			scenarios = firstOfMust(scenarios, more)
		}
	}
	fate.Applies = fate.Killed() || g.lab.Altered(m.ID) > before
	return fate, ctx.Err()
}

// firstOfMust are the first of some scenarios, those of must rules before others.
func firstOfMust(scenarios []*rules.Scenario, n int) []*rules.Scenario {
	var must, others []*rules.Scenario
	for _, s := range scenarios {
		if s.Rule.Level == report.Must {
			must = append(must, s)
		} else {
			others = append(others, s)
		}
	}
	scenarios = slices.Concat(must, others)
	return scenarios[:min(n, len(scenarios))]
}

// candidates are the scenarios in which the mutant can make a difference: of an
// answer those where it was seen to, of anything else those that call the
// operation. Those that call it themselves come before those that only look.
func (g *Green) candidates(m Mutant) []*rules.Scenario {
	var own, looked []*rules.Scenario
	observed := m.observed()
	for _, p := range g.played {
		switch {
		case observed && !g.where[m.ID][p.Sandbox]:
		case slices.Contains(p.Called, m.Operation):
			own = append(own, p.Scenario)
		case observed || slices.Contains(p.Looked, m.Operation):
			looked = append(looked, p.Scenario)
		}
	}
	return slices.Concat(own, looked)
}
