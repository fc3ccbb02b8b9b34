package conformance

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"sync"
	"time"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance/report"
)

// play runs the chosen scenarios with godog, one API after the other: steps
// belong to an API, and two may say the same words. Verdicts are taken from
// its hooks; its own status is only cross-checked, because it says 0 of runs
// in which nothing ran.
func (r *run) play(ctx context.Context, chosen []Chosen) {
	for _, x := range chosen {
		r.planned += len(x.Scenarios)
	}
	for _, api := range r.catalogue.APIs {
		var scenarios []*Scenario
		for _, x := range chosen {
			if x.Rule.API == api {
				scenarios = append(scenarios, x.Scenarios...)
			}
		}
		if len(scenarios) > 0 {
			remove := r.bystander(ctx, api)
			r.playAPI(ctx, api, scenarios)
			remove()
			r.tellWatched(api)
		}
	}
}

func (r *run) playAPI(ctx context.Context, api *API, scenarios []*Scenario) {
	first := r.numbered
	r.numbered += len(scenarios)
	suite := godog.TestSuite{
		Name:                api.Name,
		ScenarioInitializer: func(g *godog.ScenarioContext) { r.initialize(ctx, g, api, scenarios, first) },
		Options: &godog.Options{
			Format: "progress", Output: io.Discard, NoColors: true, Strict: true,
			Concurrency:     r.concurrency(api),
			FeatureContents: []godog.Feature{{Name: api.Name + ".feature", Contents: feature(scenarios, first, r.options.WithoutThen)}},
			DefaultContext:  ctx,
		},
	}
	status := suite.Run()
	if failed := r.anyFailed(scenarios); (status != 0) != failed {
		r.report.Notes = append(r.report.Notes, fmt.Sprintf("%s: godog ended with status %d, the scenarios say otherwise; please report this as a defect of the suite", api.Name, status))
	}
}

func (r *run) concurrency(api *API) int {
	switch {
	case r.options.Concurrency > 0:
		return r.options.Concurrency
	case r.target.Endpoints[api.Name].Mock:
		return 8
	}
	return 1
}

func (r *run) anyFailed(scenarios []*Scenario) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.ContainsFunc(scenarios, func(s *Scenario) bool {
		return r.results[s] == nil || r.results[s].Verdict >= report.Fail
	})
}

// initialize sets one scenario up. godog calls it once a scenario, so that
// everything made here is the scenario's own.
func (r *run) initialize(ctx context.Context, g *godog.ScenarioContext, api *API, scenarios []*Scenario, first int) {
	w := &World{run: r}
	p := &played{run: r, world: w}
	g.Before(func(inner context.Context, pickle *godog.Scenario) (context.Context, error) {
		number, err := numberOf(pickle)
		if err != nil {
			return inner, err
		}
		if r.knowsEnough() {
			return inner, godog.ErrSkip
		}
		p.begin(ctx, scenarios[number-first], number)
		return inner, nil
	})
	g.StepContext().Before(func(inner context.Context, step *godog.Step) (context.Context, error) {
		p.stepBegins()
		return inner, nil
	})
	g.StepContext().After(func(inner context.Context, _ *godog.Step, _ godog.StepResultStatus, err error) (context.Context, error) {
		if w.watch.acting {
			w.afterWhen()
		}
		p.stepEnds(err)
		return inner, nil
	})
	g.After(func(inner context.Context, _ *godog.Scenario, err error) (context.Context, error) {
		p.end(err)
		return inner, nil
	})
	register(g, api, w) // bound before the scenario is known; the world fills up in begin
}

func numberOf(pickle *godog.Scenario) (int, error) {
	var number int
	for _, tag := range pickle.Tags {
		if _, err := fmt.Sscanf(tag.Name, "@rolecall-%d", &number); err == nil {
			return number, nil
		}
	}
	return 0, CouldNotJudge("godog runs a scenario that was not chosen")
}

var patterns sync.Map // pattern -> *regexp.Regexp

func register(g *godog.ScenarioContext, api *API, w *World) {
	for _, step := range api.Steps(w) {
		compiled, ok := patterns.Load(step.Pattern)
		if !ok {
			compiled, _ = patterns.LoadOrStore(step.Pattern, regexp.MustCompile(step.Pattern))
		}
		switch step.Keyword {
		case "Given":
			g.Given(compiled.(*regexp.Regexp), guarded(step.Do))
		case "When":
			g.When(compiled.(*regexp.Regexp), guarded(step.Do))
		default:
			g.Then(compiled.(*regexp.Regexp), guarded(step.Do))
		}
	}
}

// played is one scenario under way.
type played struct {
	run      *run
	world    *World
	scenario *Scenario
	steps    []PickledStep
	at       int   // the step under way
	ended    error // the first error of a step, and which step that was
	endedAt  int
	began    time.Time
	cancel   context.CancelFunc
}

func (p *played) begin(ctx context.Context, s *Scenario, number int) {
	ctx, p.cancel = context.WithTimeout(ctx, cmp.Or(p.run.options.ScenarioTimeout, 2*time.Minute))
	p.scenario, p.began, p.at = s, time.Now(), -1
	for _, step := range s.Steps {
		if !p.run.options.WithoutThen || step.Keyword != "Then" {
			p.steps = append(p.steps, step)
		}
	}
	adapter := p.world.Adapter
	*p.world = *p.run.world(ctx, s.Rule.API, number+1)
	p.world.scenario, p.world.Adapter = s, adapter
	p.world.watch.on = adapter != nil && !p.run.options.Unwatched
	p.world.watch.answered = map[string]seenBefore{}
}

func (p *played) stepBegins() {
	p.at++
	if p.at < len(p.steps) {
		p.world.sentence = p.steps[p.at]
		p.world.step = p.steps[p.at].Keyword + " " + p.steps[p.at].Text
		p.world.watch.acting = p.steps[p.at].Keyword == "When"
	}
}

// stepEnds keeps the first error. godog tells the end of a scenario the last
// step's, which is none if an earlier step was skipped.
func (p *played) stepEnds(err error) {
	if err != nil && p.ended == nil {
		p.ended, p.endedAt = err, p.at
	}
}

// end judges the scenario, cleans up after it and keeps the result.
func (p *played) end(err error) {
	if p.scenario == nil { // it never began
		return
	}
	defer p.cancel()
	result := &report.Scenario{Name: p.scenario.Name, Line: p.scenario.Line, Took: report.Duration(time.Since(p.began).Round(time.Microsecond)), Retries: int(p.world.retries)}
	if err == nil && p.ended != nil {
		err, p.at = p.ended, p.endedAt
	}
	keyword := ""
	if p.at >= 0 && p.at < len(p.steps) {
		keyword = p.steps[p.at].Keyword
	}
	result.Verdict, result.Reason = verdictOf(err, keyword)
	if errors.Is(err, godog.ErrUndefined) && p.at >= 0 && p.at < len(p.steps) {
		result.Reason = report.Incomplete + ": " + p.scenario.Rule.API.undefined(p.steps[p.at])
	}
	if err == nil && p.at+1 < len(p.steps) {
		result.Verdict, result.Reason = report.Error, "not every step ran"
	}
	if errors.Is(p.world.ctx.Err(), context.Canceled) && result.Verdict != report.Pass {
		result.Verdict, result.Reason = report.Error, "the run was interrupted"
	}
	if result.Verdict > report.Pass && p.at >= 0 && p.at < len(p.steps) {
		step := p.steps[p.at]
		result.Step, result.StepLine = step.Keyword+" "+step.Text, step.Line
	}
	if result.Verdict > report.Pass {
		result.Reason = p.run.clean(p.world, result.Reason)
	}
	if result.Verdict >= report.Fail {
		result.Exchanges = p.run.shown(p.world, p.world.exchanges)
	}
	if result.Verdict < report.Error {
		p.world.lookOnceMore()
	}
	p.run.keep(p.world, p.scenario, result)
	p.run.cleanUp(p.world)
}

func (r *run) keep(w *World, s *Scenario, result *report.Scenario) {
	r.judgeDenied(w)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.results[s] = result
	r.tried(w, s, result)
	if r.options.Progress != nil {
		r.options.Progress(len(r.results), r.planned)
	}
	seen := r.watchedOf(w.API)
	seen.own += len(w.exchanges)
	seen.additional += w.watch.asked
	seen.settled = max(seen.settled, w.watch.settled)
	if w.watch.changed && w.watch.compared {
		seen.changed++
	}
	if w.watch.compared {
		seen.compared++
	}
}
