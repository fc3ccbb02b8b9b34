package audit

import (
	"context"
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/world"
)

// Green is an API's suite on a lab without fault, played once: what each
// scenario calls, and in which of them each mutant would make a difference.
type Green struct {
	catalogue *run.Catalogue
	api       *world.API
	lab       Lab
	played    []run.Played               // the shortest first
	where     map[string]map[string]bool // sandboxes by the mutant's id
}

// Baseline plays every scenario of an API once on a lab that is right. One that
// fails is the error: such a suite kills every mutant and proves nothing.
func Baseline(ctx context.Context, c *run.Catalogue, api *world.API, lab Lab) (*Green, error) {
	g := &Green{catalogue: c, api: api, lab: lab, where: map[string]map[string]bool{}}
	var scenarios []*rules.Scenario
	for _, rule := range c.Rules {
		if rule.API.Name == api.Name {
			scenarios = append(scenarios, rule.Scenarios...)
		}
	}
	differs := lab.Observe("baseline")
	defer lab.Mutate("baseline") // what was observed is kept in where
	trial := c.Try(ctx, lab.Target(), api, scenarios, run.TrialOptions{Tag: "baseline", Concurrency: 4})
	if noticed := trial.Noticed(); len(noticed) > 0 {
		return nil, fmt.Errorf("%s: without any mutant, %s fails", api.Name, noticed[0].ID)
	}
	if len(trial.Played) != len(scenarios) {
		return nil, fmt.Errorf("%s: %d of %d scenarios ran", api.Name, len(trial.Played), len(scenarios))
	}
	for _, m := range lab.Mutants() {
		g.where[m.ID] = map[string]bool{}
		for _, sandbox := range differs(m.ID) {
			g.where[m.ID][sandbox] = true
		}
	}
	g.played = trial.Played
	slices.SortStableFunc(g.played, func(x, y run.Played) int { return int(x.Took - y.Took) })
	return g, nil
}

// on tries scenarios while a mutant or defect is on. The tag is the trial's alone.
func (g *Green) on(ctx context.Context, tag, id string, scenarios []*rules.Scenario, o run.TrialOptions) (*run.Trial, error) {
	if err := g.lab.Mutate(tag, id); err != nil {
		return nil, err
	}
	o.Tag = tag
	trial := g.catalogue.Try(ctx, g.lab.Target(), g.api, scenarios, o)
	if err := g.lab.Mutate(tag); err != nil {
		return nil, err
	}
	return trial, ctx.Err()
}
