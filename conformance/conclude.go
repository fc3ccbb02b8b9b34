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
	unreachable := !r.report.Configured() || !r.report.Reached()
	for _, x := range chosen {
		rule := x.Rule
		if x.Unjudged {
			continue
		}
		result := report.Rule{
			ID: rule.ID, API: rule.API.Name, Level: rule.Level, Title: rule.Title, Source: rule.Source, SourceURL: rule.SourceURL,
			File: rule.File, Line: rule.Line, Tags: rule.Tags,
		}
		switch {
		case rule.invariant != nil:
			r.concludeInvariant(rule, &result)
			if result.Verdict == report.Skip && r.options.Selection.alongside(rule) {
				continue
			}
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
