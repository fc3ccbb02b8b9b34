package run

import (
	"context"
	"io"
	"regexp"
	"slices"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/world"
)

// execute runs the chosen scenarios with godog, one API after the other: steps
// belong to an API, and two may say the same words. Verdicts are taken from
// its hooks; its own status is only cross-checked, because it says 0 of runs
// in which nothing ran.
func (r *run) execute(ctx context.Context) {
	for _, api := range r.catalogue.APIs {
		if scenarios := r.scenarios(api); len(scenarios) > 0 {
			remove := func() {}
			if r.options.Selection.Allow.Writes {
				remove = r.shared.Bystander(ctx, api)
			}
			r.executeAPI(ctx, api, scenarios)
			remove()
			r.shared.TellCost(api)
		}
	}
}

// executeAPI gives godog the feature files that the scenarios are in, as they
// are written, and leaves out what else is in them.
func (r *run) executeAPI(ctx context.Context, api *world.API, scenarios []*rules.Scenario) {
	numbers := map[*rules.Scenario]int{}
	var files []godog.Feature
	for _, s := range scenarios {
		r.numbered++
		numbers[s] = r.numbered
		if file := s.Rule.File; !slices.ContainsFunc(files, func(f godog.Feature) bool { return f.Name == file }) {
			files = append(files, godog.Feature{Name: file, Contents: r.catalogue.Text(file)})
		}
	}
	which := func(pickle *godog.Scenario) (*rules.Scenario, int, error) {
		s := r.catalogue.Of(pickle)
		number, chosen := numbers[s]
		if !chosen || r.knowsEnough() {
			return nil, 0, godog.ErrSkip
		}
		return s, number, nil
	}
	suite := godog.TestSuite{
		Name:                api.Name,
		ScenarioInitializer: func(g *godog.ScenarioContext) { r.initialize(ctx, g, which, nil) },
		Options: &godog.Options{
			Format: "progress", Output: io.Discard, NoColors: true, Strict: true,
			Concurrency: r.concurrency(api), FeatureContents: files, DefaultContext: ctx,
		},
	}
	status := suite.Run()
	if failed := r.anyFailed(scenarios); (status != 0) != failed {
		r.shared.Note("%s: godog ended with status %d, the scenarios say otherwise; please report this as a defect of the suite", api.Name, status)
	}
}

func (r *run) concurrency(api *world.API) int {
	switch {
	case r.options.Concurrency > 0:
		return r.options.Concurrency
	case r.target.Endpoints[api.Name].Mock:
		return 8
	}
	return 1
}

func (r *run) anyFailed(scenarios []*rules.Scenario) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.ContainsFunc(scenarios, func(s *rules.Scenario) bool {
		return r.results[s] == nil || r.results[s].Verdict >= report.Fail
	})
}

// initialize sets one scenario up, which godog does not name before it begins:
// which finds it, and its number in the run. It is called once a scenario, so
// that everything made here is its own. After, if there is one, has the last word.
func (r *run) initialize(ctx context.Context, g *godog.ScenarioContext, which func(*godog.Scenario) (*rules.Scenario, int, error), after func(*played) error) {
	var p *played
	g.Before(func(inner context.Context, pickle *godog.Scenario) (context.Context, error) {
		s, number, err := which(pickle)
		if err == nil {
			p = r.begin(ctx, s, number)
			err = p.ended
		}
		if err != nil {
			g.Step(anything, func() error { return nil }) // godog looks for the steps of what it skips, too
			return inner, err
		}
		p.register(g, r.options.WithoutThen)
		return inner, nil
	})
	g.StepContext().Before(func(inner context.Context, step *godog.Step) (context.Context, error) {
		if p != nil {
			p.stepBegins()
		}
		return inner, nil
	})
	g.StepContext().After(func(inner context.Context, _ *godog.Step, _ godog.StepResultStatus, err error) (context.Context, error) {
		if p != nil {
			p.stepEnds(err)
		}
		return inner, nil
	})
	g.After(func(inner context.Context, _ *godog.Scenario, err error) (context.Context, error) {
		if p == nil {
			return inner, nil
		}
		r.end(p)
		if after == nil {
			return inner, nil
		}
		return inner, after(p)
	})
}

var anything = regexp.MustCompile(`(?s)^.*$`)
