// Package run holds a target to rules: it selects, looks whether the target is
// fit for a run, executes the scenarios with godog, and aggregates what they came
// to. Each of these makes a value of values.
package run

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"sync"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
)

// Options are how a run is made.
type Options struct {
	Selection   rules.Selection
	Strict      bool
	Concurrency int           // scenarios at a time; 0 for 8 on a mock and 1 elsewhere
	Ledger      *world.Ledger // nil to keep none
	Waivers     []Waiver
	Preflight   bool                // only look whether the target is fit for a run
	Progress    func(done, all int) // called after each scenario, never at the same time; nil for nothing
	MinCoverage float64             // percent of the answers that can be provoked that must be seen; 0 for none
	MaxSkipped  *int                // rules that may be skipped; nil for any
	Required    []string            // ids of rules that must pass, whatever their level
	Tag         string              // of the run; "" to draw one
	WithoutThen bool                // Then steps do nothing: the audit's question whether they matter
	Unwatched   bool                // do not judge frame and views: the audit's question what the rules notice themselves
	Thorough    bool                // look at every view of a real target, whatever it costs
	Version     string              // of the suite, for the report

	ScenarioTimeout time.Duration // for one scenario, whatever its requests do; 0 for 2 minutes
}

// Run holds a target to rules: it selects, looks whether the target is fit for
// a run, executes and aggregates. An error means that the run could not begin:
// the selection or the target makes no sense. Whatever happens later is in the
// report.
func (c *Catalogue) Run(ctx context.Context, t *target.Target, o Options) (*report.Report, error) {
	p, err := c.plan(t, o)
	if err != nil {
		return nil, err
	}
	began, r := time.Now(), newRun(p)
	checks := r.preflight(ctx)
	if fit(checks) && !o.Preflight {
		r.execute(ctx)
	}
	return aggregate(p, checks, r.outcome(), span{began, time.Since(began), ctx.Err() != nil}), nil
}

// A plan is what a run is to do. Nothing of it changes while it is done.
type plan struct {
	catalogue *Catalogue
	target    *target.Target
	options   Options
	tag       string
	chosen    []rules.Chosen
	aimed     []*world.API // that are judged, even where a shard has none of their rules
}

func (c *Catalogue) plan(t *target.Target, o Options) (plan, error) {
	p := plan{catalogue: c, target: t, options: o, tag: cmp.Or(o.Tag, drawTag())}
	for _, api := range c.APIs {
		if t.Endpoints[api.Name] != nil {
			if err := t.Check(api.Targeted()); err != nil {
				return p, err
			}
		}
	}
	var err error
	if p.chosen, err = c.Select(o.Selection, t); err != nil {
		return p, err
	}
	whole := o.Selection
	whole.Shard = rules.Shard{}
	all, err := c.Select(whole, t)
	for _, api := range c.APIs {
		if slices.ContainsFunc(all, func(x rules.Chosen) bool { return x.Rule.API.Name == api.Name }) {
			p.aimed = append(p.aimed, api)
		}
	}
	return p, err
}

// scenarios are those of an API that are to run.
func (p *plan) scenarios(api *world.API) (all []*rules.Scenario) {
	for _, x := range p.chosen {
		if x.Rule.API.Name == api.Name {
			all = append(all, x.Scenarios...)
		}
	}
	return all
}

// planned is how many scenarios are to run.
func (p *plan) planned() (n int) {
	for _, x := range p.chosen {
		n += len(x.Scenarios)
	}
	return n
}

// run is a plan under way.
type run struct {
	plan
	shared   *world.Shared
	numbered int          // scenarios that have a number
	trial    *Trial       // nil outside of audits
	trying   TrialOptions // of the trial

	mu      sync.Mutex
	results map[*rules.Scenario]*report.Scenario
}

func newRun(p plan) *run {
	r := &run{plan: p, shared: world.Share(p.target, p.tag, p.options.Ledger), results: map[*rules.Scenario]*report.Scenario{}}
	r.shared.Unwatched, r.shared.Thorough = p.options.Unwatched, p.options.Thorough
	return r
}

// outcome is what the run came to, when it is over.
func (r *run) outcome() outcome { return outcome{r.shared.Found(), r.results} }

// drawTag makes a run's tag: short, unlikely to be drawn again, fit for logins.
func drawTag() string {
	b := make([]byte, 4)
	rand.Read(b) // never fails, by its documentation
	return "rc" + hex.EncodeToString(b)
}
