package conformance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/conformance/report"
)

// conclude makes the rules' verdicts from those of their scenarios. A scenario
// that was chosen and has no verdict did not run, and that is an error.
func (r *run) conclude(chosen []Chosen) {
	unreachable := r.report.ExitStatus() == report.ExitUnreachable
	for _, x := range chosen {
		rule := x.Rule
		result := report.Rule{
			ID: rule.ID, API: rule.API.Name, Level: rule.Level, Title: rule.Title, Source: rule.Source,
			File: rule.File, Line: rule.Line, Tags: rule.Tags,
		}
		switch {
		case rule.contract():
			r.concludeContract(rule, &result)
		case x.Skip != "":
			result.Verdict, result.Reason = report.Skip, x.Skip
		case unreachable:
			result.Reason = "the preflight failed"
		default:
			r.concludeRule(x, &result)
		}
		r.report.Rules = append(r.report.Rules, result)
	}
	if len(r.inPart) > 0 {
		r.report.Notes = append(r.report.Notes, "judged by the scenarios that may run on this target only: "+strings.Join(r.inPart, ", "))
	}
	r.report.Left = r.left
	for _, pair := range r.coverage {
		r.report.Coverage = append(r.report.Coverage, *pair)
	}
	slices.SortFunc(r.report.Coverage, func(a, b report.Pair) int {
		return cmp.Or(cmp.Compare(a.API, b.API), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Status, b.Status))
	})
}

// concludeRule takes the worst of the scenarios' verdicts: a rule of which a
// part was skipped was not judged whole, and is a skip.
func (r *run) concludeRule(x Chosen, result *report.Rule) {
	for _, s := range x.Scenarios {
		played := r.results[s]
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
	if x.LeftOut > 0 {
		r.inPart = append(r.inPart, fmt.Sprintf("%s (%d of %d)", result.ID, len(x.Scenarios), len(x.Scenarios)+x.LeftOut))
	}
}

func (r *run) concludeContract(rule *Rule, result *report.Rule) {
	breaches, answers := r.breaches[rule.API.Name], r.answers[rule.API.Name]
	switch {
	case len(breaches) > 0:
		slices.SortFunc(breaches, func(a, b report.Scenario) int { return cmp.Compare(a.Name, b.Name) })
		result.Verdict, result.Scenarios = report.Fail, breaches
		result.Reason = fmt.Sprintf("%s (answers that break the contract were met in %d scenarios)", breaches[0].Reason, len(breaches))
	case r.report.ExitStatus() == report.ExitUnreachable:
		result.Reason = "the preflight failed"
	case answers > 0:
		result.Verdict = report.Pass
	default:
		result.Verdict, result.Reason = report.Skip, "no answer was seen"
	}
}
