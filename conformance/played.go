package conformance

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance/report"
)

// played is one scenario under way.
type played struct {
	world    *World
	scenario *Scenario
	steps    []Step
	meaning  *meaning
	at       int   // the step under way
	ended    error // the first error of a step, and which step that was
	endedAt  int
	began    time.Time
	cancel   context.CancelFunc
	turn     func() // ends it
}

func (r *run) begin(ctx context.Context, s *Scenario, number int) *played {
	api := r.catalogue.API(s.Rule.API.Name)
	p := &played{scenario: s, at: -1, world: r.world(ctx, api, number)}
	p.world.scenario = s
	p.world.watch.answered = map[string]seenBefore{}
	p.steps = api.Steps(p.world)
	p.world.watch.on = p.world.Adapter != nil && !r.options.Unwatched
	p.meaning = r.catalogue.meaning(s, p.steps)
	if m := p.meaning; m.err != nil {
		p.ended, p.endedAt = m.err, m.at
	}
	p.turn = r.turns.take(s, p.world.Endpoint.Mock)
	p.began = time.Now()
	p.world.ctx, p.cancel = context.WithTimeout(ctx, cmp.Or(r.options.ScenarioTimeout, 2*time.Minute))
	return p
}

// register defines the steps of the scenario.
func (p *played) register(g *godog.ScenarioContext, withoutThen bool) {
	for _, step := range p.steps {
		compiled := p.meaning.patterns[step.Keyword+step.Pattern]
		if compiled == nil {
			continue
		}
		do := guarded(step.Do)
		switch step.Keyword {
		case "Given":
			g.Given(compiled, do)
		case "When":
			g.When(compiled, do)
		default:
			if withoutThen {
				do = idle(step.Do)
			}
			g.Then(compiled, do)
		}
	}
}

// step is the one under way; nil before the first and after the last.
func (p *played) step() *PickledStep {
	if p.at < 0 || p.at >= len(p.scenario.Steps) {
		return nil
	}
	return &p.scenario.Steps[p.at]
}

func (p *played) stepBegins() {
	p.at++
	if step := p.step(); step != nil {
		p.world.sentence, p.world.step = *step, step.Keyword+" "+step.Text
		p.world.watch.acting = step.Keyword == "When"
	}
}

// stepEnds keeps the first error.
func (p *played) stepEnds(err error) {
	if p.world.watch.acting {
		p.world.afterWhen()
	}
	if err != nil && p.ended == nil {
		p.ended, p.endedAt = err, p.at
	}
}

// end judges the scenario, cleans up after it and keeps the result.
func (r *run) end(p *played) {
	defer p.turn()
	defer p.cancel()
	result := p.judged()
	if result.Verdict < report.Error {
		p.world.lookOnceMore()
	}
	r.keep(p.world, p.scenario, result)
	r.cleanUp(p.world)
}

// judged is what the scenario came to.
func (p *played) judged() *report.Scenario {
	s := &report.Scenario{Name: p.scenario.Name, Line: p.scenario.Line, Took: report.Duration(time.Since(p.began).Round(time.Microsecond)), Retries: int(p.world.retries.Load())}
	if p.ended != nil {
		p.at = p.endedAt
	}
	keyword, step := "", p.step()
	if step != nil {
		keyword = step.Keyword
	}
	s.Verdict, s.Reason = verdictOf(p.ended, keyword)
	if p.ended == nil && p.at+1 < len(p.scenario.Steps) {
		s.Verdict, s.Reason = report.Error, "not every step ran"
	}
	if errors.Is(p.world.ctx.Err(), context.Canceled) && s.Verdict != report.Pass {
		s.Verdict, s.Reason = report.Error, "the run was interrupted"
	}
	if s.Verdict > report.Pass {
		if step != nil {
			s.Step, s.StepLine = step.Keyword+" "+step.Text, step.Line
		}
		s.Reason = p.world.clean(s.Reason)
	}
	if s.Verdict >= report.Fail {
		s.Exchanges = p.world.shown(p.world.exchanges)
	}
	return s
}

func (r *run) keep(w *World, s *Scenario, result *report.Scenario) {
	r.judgeDenied(w)
	seen := watched{own: len(w.exchanges), additional: w.watch.asked, settled: w.watch.settled}
	if w.watch.compared {
		seen.compared = 1
		if w.watch.changed {
			seen.changed = 1
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.results[s] = result
	r.watched[w.API.Name] = r.watched[w.API.Name].and(seen)
	r.tried(w, s, result)
	if r.options.Progress != nil {
		r.options.Progress(len(r.results), r.planned())
	}
}
