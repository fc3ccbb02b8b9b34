package conformance

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
)

// A Trial is what some scenarios made of a target, for the audit: no preflight,
// no report, and an end as soon as enough is known.
type Trial struct {
	// Played are the scenarios that ran, in the order in which they ended.
	Played []Played
	// Charged are the invariants that were broken.
	Charged []*Rule
}

// Played is one scenario of a trial.
type Played struct {
	Scenario *Scenario
	Sandbox  string
	Result   *report.Scenario
	Took     time.Duration
	Called   []string // operations of the scenario itself
	Looked   []string // operations that only the invariants asked
}

// TrialOptions are how scenarios are tried.
type TrialOptions struct {
	Tag         string // what the sandboxes' names begin with
	Concurrency int    // scenarios at a time; 0 for one
	Unwatched   bool   // do not judge frame and views
	WithoutThen bool
	// Enough: stop when a rule has noticed something that decides over conformance.
	Enough bool

	until *Rule // an invariant: stop when it is broken
}

// Try runs scenarios of one API against a mock.
func (c *Catalogue) Try(ctx context.Context, target *Target, api *API, scenarios []*Scenario, o TrialOptions) *Trial {
	r := newRun(plan{catalogue: c, target: target, tag: cmp.Or(o.Tag, drawTag()), options: Options{Concurrency: max(o.Concurrency, 1), Unwatched: o.Unwatched, WithoutThen: o.WithoutThen}})
	r.trial, r.enough, r.until = &Trial{}, o.Enough, o.until
	r.executeAPI(ctx, api, scenarios)
	for _, rule := range c.Rules {
		if rule.API.Name == api.Name && rule.Invariant() && len(r.charges[rule.ID]) > 0 {
			r.trial.Charged = append(r.trial.Charged, rule)
		}
	}
	return r.trial
}

// tried keeps what a scenario of a trial came to; r.mu is held.
func (r *run) tried(w *World, s *Scenario, result *report.Scenario) {
	if r.trial == nil {
		return
	}
	p := Played{Scenario: s, Sandbox: w.tag, Result: result, Took: time.Duration(result.Took)}
	for _, x := range w.exchanges {
		if name := x.operationName(); !slices.Contains(p.Called, name) {
			p.Called = append(p.Called, name)
		}
	}
	for _, name := range w.watch.operations {
		if !slices.Contains(p.Called, name) && !slices.Contains(p.Looked, name) {
			p.Looked = append(p.Looked, name)
		}
	}
	r.trial.Played = append(r.trial.Played, p)
}

// knowsEnough tells whether a trial may end, because a must rule has noticed
// something, or the invariant that is asked about is broken.
func (r *run) knowsEnough() bool {
	if !r.enough && r.until == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.until != nil {
		return len(r.charges[r.until.ID]) > 0
	}
	for id, charges := range r.charges {
		if rule := r.catalogue.Rule(id); len(charges) > 0 && rule.Level == report.Must {
			return true
		}
	}
	return slices.ContainsFunc(r.trial.Played, func(p Played) bool {
		return p.Result.Verdict >= report.Fail && p.Scenario.Rule.Level == report.Must
	})
}

// Noticed are the rules that failed, or could not be judged.
func (t *Trial) Noticed() []*Rule {
	all := slices.Clone(t.Charged)
	for _, p := range t.Played {
		if p.Result.Verdict >= report.Fail && !slices.Contains(all, p.Scenario.Rule) {
			all = append(all, p.Scenario.Rule)
		}
	}
	return all
}
