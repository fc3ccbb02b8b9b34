package run

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/world"
)

// played is one scenario under way.
type played struct {
	world    *world.World
	scenario *rules.Scenario
	steps    []world.Step
	meaning  *meaning
	at       int   // the step under way
	ended    error // the first error of a step, and which step that was
	endedAt  int
	began    time.Time
	turn     func() // ends it
}

func (r *run) begin(ctx context.Context, s *rules.Scenario, number int) *played {
	api := r.catalogue.API(s.Rule.API.Name)
	p := &played{scenario: s, at: -1, world: r.shared.World(ctx, api, number)}
	p.steps = p.world.Steps(s)
	p.meaning = r.catalogue.meaning(s, p.steps)
	if m := p.meaning; m.err != nil {
		p.ended, p.endedAt = m.err, m.at
	}
	p.turn = p.world.Begin(cmp.Or(r.options.ScenarioTimeout, 2*time.Minute))
	p.began = time.Now()
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
func (p *played) step() *rules.PickledStep {
	if p.at < 0 || p.at >= len(p.scenario.Steps) {
		return nil
	}
	return &p.scenario.Steps[p.at]
}

func (p *played) stepBegins() {
	p.at++
	if step := p.step(); step != nil {
		p.world.StepBegins(*step)
	}
}

// stepEnds keeps the first error.
func (p *played) stepEnds(err error) {
	p.world.StepEnds()
	if err != nil && p.ended == nil {
		p.ended, p.endedAt = err, p.at
	}
}

// end judges the scenario, cleans up after it and keeps the result.
func (r *run) end(p *played) {
	defer p.turn()
	result := p.judged()
	p.world.Conclude(result.Verdict < report.Error)
	r.keep(p, result)
	p.world.CleanUp()
}

// judged is what the scenario came to.
func (p *played) judged() *report.Scenario {
	s := &report.Scenario{Name: p.scenario.Name, Line: p.scenario.Line, Took: report.Duration(time.Since(p.began).Round(time.Microsecond)), Retries: p.world.Retries()}
	if p.ended != nil {
		p.at = p.endedAt
	}
	keyword, step := "", p.step()
	if step != nil {
		keyword = step.Keyword
	}
	s.Verdict, s.Reason = world.Verdict(p.ended, keyword)
	if p.ended == nil && p.at+1 < len(p.scenario.Steps) {
		s.Verdict, s.Reason = report.Error, "not every step ran"
	}
	if errors.Is(p.world.Context().Err(), context.Canceled) && s.Verdict != report.Pass {
		s.Verdict, s.Reason = report.Error, "the run was interrupted"
	}
	if s.Verdict > report.Pass {
		if step != nil {
			s.Step, s.StepLine = step.Keyword+" "+step.Text, step.Line
		}
		s.Reason = p.world.Redact(s.Reason)
	}
	if s.Verdict >= report.Fail {
		s.Exchanges = p.world.Transcript()
	}
	return s
}

func (r *run) keep(p *played, result *report.Scenario) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.results[p.scenario] = result
	r.tried(p, result)
	if r.options.Progress != nil {
		r.options.Progress(len(r.results), r.planned())
	}
}
