package run

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/world"
)

// An outcome is what a plan came to, before it is summed up.
type outcome struct {
	world.Found
	results map[*rules.Scenario]*report.Scenario
}

// span is when a run took place.
type span struct {
	began       time.Time
	took        time.Duration
	interrupted bool
}

// aggregate makes the report of what was planned, checked and found.
func aggregate(p plan, checks []report.Check, o outcome, when span) *report.Report {
	r := &report.Report{
		Version: report.Version, Run: p.tag, Strict: p.options.Strict, Demanded: p.options.MinCoverage, MaxSkipped: p.options.MaxSkipped, Required: p.options.Required,
		Selected: p.options.Selection.Reported(), Checks: checks, Left: o.Left, Notes: o.Notes,
		Suite:   report.Suite{Version: p.options.Version, Rules: p.catalogue.Hash, Hashes: map[string]string{}},
		Started: when.began.UTC().Truncate(time.Millisecond), Took: report.Duration(when.took.Round(time.Millisecond)),
	}
	for _, api := range p.aimed {
		e := p.target.Endpoints[api.Name]
		r.Suite.Hashes[api.Name] = api.Contract.Hash
		r.Targets = append(r.Targets, report.Target{API: api.Name, URL: e.URL, Edition: e.Edition, Mock: e.Mock})
	}
	r.Coverage = o.coverage(p.aimed)
	if p.options.Preflight {
		return r
	}
	var inPart []string
	for _, x := range p.chosen {
		if rule := o.rule(x, fit(checks), p.options.Selection); rule != nil {
			r.Rules = append(r.Rules, *rule)
			if x.LeftOut > 0 && len(x.Scenarios) > 0 {
				inPart = append(inPart, fmt.Sprintf("%s (%d of %d)", rule.ID, len(x.Scenarios), len(x.Scenarios)+x.LeftOut))
			}
		}
	}
	if len(inPart) > 0 {
		r.Notes = append(r.Notes, "judged by the scenarios that may run on this target only: "+strings.Join(inPart, ", "))
	}
	p.waive(r)
	for i := range r.Rules {
		r.Rules[i].Sum()
	}
	if r.Interrupted = when.interrupted; r.Interrupted {
		r.Notes = append(r.Notes, "the run was interrupted; what it had not judged is no pass")
	}
	return r
}

// rule is the verdict of a chosen rule; nil where the run says nothing of it.
func (o outcome) rule(x rules.Chosen, fit bool, s rules.Selection) *report.Rule {
	rule := x.Rule
	result := &report.Rule{
		ID: rule.ID, API: rule.API.Name, Level: rule.Level, Title: rule.Title, Source: rule.Source, SourceURL: rule.SourceURL,
		File: rule.File, Line: rule.Line, Tags: rule.Tags,
	}
	switch {
	case x.Unjudged:
		return nil
	case rule.Invariant():
		o.invariant(rule, fit, result)
		if result.Verdict == report.Skip && s.Alongside(rule) {
			return nil
		}
	case x.Skip != "":
		result.Verdict, result.Reason = report.Skip, x.Skip
	case !fit:
		result.Reason = "the preflight failed"
	default:
		o.scenarios(x.Scenarios, result)
	}
	return result
}

// scenarios takes the worst of the scenarios' verdicts: a rule of which a part
// was skipped was not judged whole, and is a skip. A scenario that was chosen
// and has no verdict did not run, and that is an error.
func (o outcome) scenarios(chosen []*rules.Scenario, result *report.Rule) {
	for _, s := range chosen {
		played := o.results[s]
		if played == nil {
			played = &report.Scenario{Name: s.Name, Line: s.Line, Verdict: report.Error, Reason: "it was chosen and did not run"}
		}
		if played.Verdict > result.Verdict {
			result.Reason = played.Reason
		}
		result.Verdict = result.Verdict.And(played.Verdict)
		result.Scenarios = append(result.Scenarios, *played)
	}
	if result.Verdict == report.Pass {
		result.Reason = ""
	}
}

// invariant makes the verdict of an invariant from what it is charged with.
func (o outcome) invariant(rule *rules.Rule, fit bool, result *report.Rule) {
	charges, watched := o.Charges(rule.ID), o.Watched[rule.API.Name]
	seen := watched.Answers
	switch rule.Kind {
	case rules.Frame:
		seen = watched.Changed
	case rules.Views:
		seen = watched.Compared
	}
	switch {
	case len(charges) > 0:
		result.Verdict, result.Scenarios = report.Fail, charges
	case !fit:
		result.Reason = "the preflight failed"
	case seen > 0:
		result.Verdict = report.Pass
	default:
		result.Verdict, result.Reason = report.Skip, rule.Kind.Unseen
	}
}

// coverage is every answer that a contract documents, and every other that was
// seen, with how often it was.
func (o outcome) coverage(aimed []*world.API) (pairs []report.Pair) {
	for _, api := range aimed {
		documented := map[world.Answered]bool{}
		for _, op := range api.Contract.Documented() {
			for _, status := range op.Statuses() {
				of := world.Answered{API: api.Name, Operation: op.ID, Status: status}
				documented[of] = true
				pairs = append(pairs, report.Pair{
					API: api.Name, Operation: op.ID, Status: status, Documented: true, Seen: o.Answers[of].Seen,
					Breached: o.Answers[of].Breached, Ineligible: api.Ineligible[fmt.Sprintf("%s %d", op.ID, status)],
				})
			}
		}
		for of, t := range o.Answers {
			if of.API == api.Name && !documented[of] {
				pairs = append(pairs, report.Pair{API: of.API, Operation: of.Operation, Status: of.Status, Seen: t.Seen, Breached: t.Breached})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b report.Pair) int {
		return cmp.Or(cmp.Compare(a.API, b.API), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Status, b.Status))
	})
	return pairs
}
