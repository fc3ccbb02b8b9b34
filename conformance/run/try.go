package run

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
)

// A Trial is what some scenarios made of a target, for the audit: no preflight,
// no report, and an end as soon as enough is known.
type Trial struct {
	// Played are the scenarios that ran, in the order in which they ended.
	Played []Played
	// Charged are the invariants that were broken.
	Charged []*rules.Rule
}

// Played is one scenario of a trial.
type Played struct {
	Scenario *rules.Scenario
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

	Until *rules.Rule // an invariant: stop when it is broken
}

// Try runs scenarios of one API against a mock.
func (c *Catalogue) Try(ctx context.Context, t *target.Target, api *world.API, scenarios []*rules.Scenario, o TrialOptions) *Trial {
	r := newRun(plan{catalogue: c, target: t, tag: cmp.Or(o.Tag, drawTag()), options: Options{Concurrency: max(o.Concurrency, 1), Unwatched: o.Unwatched, WithoutThen: o.WithoutThen}})
	r.trial, r.trying, r.shared.Counting = &Trial{}, o, true
	r.executeAPI(ctx, api, scenarios)
	for _, rule := range c.Rules {
		if rule.API.Name == api.Name && rule.Invariant() && r.shared.Broken(rule.ID) {
			r.trial.Charged = append(r.trial.Charged, rule)
		}
	}
	return r.trial
}

// tried keeps what a scenario of a trial came to; r.mu is held.
func (r *run) tried(p *played, result *report.Scenario) {
	if r.trial == nil {
		return
	}
	of := Played{Scenario: p.scenario, Sandbox: p.world.Tag(), Result: result, Took: time.Duration(result.Took)}
	for _, x := range p.world.Exchanges() {
		if name := x.Name(); !slices.Contains(of.Called, name) {
			of.Called = append(of.Called, name)
		}
	}
	for _, name := range p.world.Looked() {
		if !slices.Contains(of.Called, name) && !slices.Contains(of.Looked, name) {
			of.Looked = append(of.Looked, name)
		}
	}
	r.trial.Played = append(r.trial.Played, of)
}

// knowsEnough tells whether a trial may end, because a must rule has noticed
// something, or the invariant that is asked about is broken.
func (r *run) knowsEnough() bool {
	if until := r.trying.Until; until != nil {
		return r.shared.Broken(until.ID)
	}
	if !r.trying.Enough {
		return false
	}
	for _, rule := range r.catalogue.Rules {
		if rule.Invariant() && rule.Level == report.Must && r.shared.Broken(rule.ID) {
			return true
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.ContainsFunc(r.trial.Played, func(p Played) bool {
		return p.Result.Verdict >= report.Fail && p.Scenario.Rule.Level == report.Must
	})
}

// Noticed are the rules that failed, or could not be judged.
func (t *Trial) Noticed() []*rules.Rule {
	all := slices.Clone(t.Charged)
	for _, p := range t.Played {
		if p.Result.Verdict >= report.Fail && !slices.Contains(all, p.Scenario.Rule) {
			all = append(all, p.Scenario.Rule)
		}
	}
	return all
}
