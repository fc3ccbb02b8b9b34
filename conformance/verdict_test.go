package conformance_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/run"
)

// Every way in which a scenario can end, from the step to the exit status.
func TestVerdictsFromStepToExitStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, level, steps string
		strict             bool
		verdict            report.Verdict
		reason             string // part of it; "" for none at all
		step               string // that ended it
		exit               int
	}{
		{name: "every step holds", steps: "When thing 1 is read\nThen the answer is 200",
			verdict: report.Pass, exit: report.ExitConformant},
		{name: "a Then fails", steps: "When thing 1 is read\nThen the answer is 404",
			verdict: report.Fail, reason: "answered with 200; it should be 404", step: "Then the answer is 404", exit: report.ExitNotConformant},
		{name: "the first of two Thens fails", steps: "When thing 1 is read\nThen the answer is 404\nAnd all is well",
			verdict: report.Fail, reason: "answered with 200", step: "Then the answer is 404", exit: report.ExitNotConformant},
		{name: "a When fails", steps: "Given nothing special\nWhen something breaks\nThen all is well",
			verdict: report.Fail, reason: "a plain error", step: "When something breaks", exit: report.ExitNotConformant},
		{name: "a Given fails, which says nothing of the rule", steps: "Given a condition that cannot be made\nWhen nothing is done\nThen all is well",
			verdict: report.Error, reason: "the scenario's conditions could not be made: a plain error", step: "Given a condition that cannot be made", exit: report.ExitNotConformant},
		{name: "an And after a Given fails, which is a Given", steps: "Given nothing special\nAnd a condition that cannot be made\nWhen nothing is done\nThen all is well",
			verdict: report.Error, reason: "conditions", step: "Given a condition that cannot be made", exit: report.ExitNotConformant},
		{name: "a When could not judge", steps: "When the way is blocked\nThen all is well",
			verdict: report.Error, reason: "the way is blocked", step: "When the way is blocked", exit: report.ExitNotConformant},
		{name: "the first step is skipped with a reason", steps: "Given a condition that the target lacks\nWhen nothing is done\nThen all is well",
			verdict: report.Skip, reason: "the target has no lift", step: "Given a condition that the target lacks", exit: report.ExitNothing},
		{name: "a step is skipped and the last would fail", steps: "Given a condition that the target lacks\nWhen nothing is done\nThen all is lost",
			verdict: report.Skip, reason: "the target has no lift", exit: report.ExitNothing},
		{name: "the last step is skipped", steps: "When nothing is done\nThen it does not apply",
			verdict: report.Skip, reason: "it does not apply here", step: "Then it does not apply", exit: report.ExitNothing},
		{name: "a step is skipped without a word", steps: "Given a condition that is skipped without a word\nWhen nothing is done\nThen all is well",
			verdict: report.Skip, reason: "without a reason", exit: report.ExitNothing},
		{name: "a step is not defined", steps: "When the moon is full\nThen all is well",
			verdict: report.Error, reason: report.Incomplete, step: "When the moon is full", exit: report.ExitNotConformant},
		{name: "the last step is not defined", steps: "When nothing is done\nThen the moon is full",
			verdict: report.Error, reason: report.Incomplete, step: "Then the moon is full", exit: report.ExitNotConformant},
		{name: "a step after a skip is not defined", steps: "Given a condition that the target lacks\nWhen the moon is full\nThen all is well",
			verdict: report.Error, reason: report.Incomplete, exit: report.ExitNotConformant},
		{name: "a Given is used as a When", steps: "When nothing special\nThen all is well",
			verdict: report.Error, reason: report.Incomplete, exit: report.ExitNotConformant},
		{name: "a step is not defined in a rule that never decides", level: "@observed", steps: "When the moon is full\nThen all is well",
			verdict: report.Error, reason: report.Incomplete, exit: report.ExitNotConformant},
		{name: "a step is pending", steps: "When nothing is done\nThen it is not written yet",
			verdict: report.Error, reason: report.Incomplete, step: "Then it is not written yet", exit: report.ExitNotConformant},
		{name: "a step is pending in a rule that never decides", level: "@observed", steps: "When nothing is done\nThen it is not written yet\nAnd all is well",
			verdict: report.Error, reason: report.Incomplete, step: "Then it is not written yet", exit: report.ExitNotConformant},
		{name: "a step is ambiguous", level: "@should", steps: "When nothing is done\nThen it may be this",
			verdict: report.Error, reason: report.Incomplete, exit: report.ExitNotConformant},
		{name: "a When panics", steps: "When it panics\nThen all is well",
			verdict: report.Error, reason: "a step's own mistake", step: "When it panics", exit: report.ExitNotConformant},
		{name: "a Then panics, which is the suite's fault and not the target's", steps: "When thing 1 is read\nThen the judge panics",
			verdict: report.Error, reason: "index out of range", step: "Then the judge panics", exit: report.ExitNotConformant},
		{name: "a should rule fails", level: "@should", steps: "When nothing is done\nThen all is lost",
			verdict: report.Fail, reason: "a plain error", exit: report.ExitConformant},
		{name: "a should rule fails in a strict run", level: "@should", strict: true, steps: "When nothing is done\nThen all is lost",
			verdict: report.Fail, reason: "a plain error", exit: report.ExitNotConformant},
		{name: "an observed rule fails in a strict run", level: "@observed", strict: true, steps: "When nothing is done\nThen all is lost",
			verdict: report.Fail, reason: "a plain error", exit: report.ExitConformant},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			level := c.level
			if level == "" {
				level = "@must"
			}
			_, server := serve(t, nil)
			r := hold(t, fakeAPI(t, rule(level, c.steps)), realTarget(server.URL), run.Options{Selection: allowAll, Strict: c.strict})
			x := ruleOf(t, r, "FK-THING-01")
			if x.Verdict != c.verdict || len(x.Scenarios) != 1 || x.Scenarios[0].Verdict != c.verdict {
				t.Errorf("the rule is %s (%s), its scenarios are %+v; it should be %s", x.Verdict, x.Reason, x.Scenarios, c.verdict)
			}
			if !strings.Contains(x.Reason, c.reason) || c.reason == "" && x.Reason != "" {
				t.Errorf("the reason is %q; it should say %q", x.Reason, c.reason)
			}
			if c.step != "" && x.Scenarios[0].Step != c.step {
				t.Errorf("the step is %q; it should be %q", x.Scenarios[0].Step, c.step)
			}
			if got := r.ExitStatus(); got != c.exit {
				t.Errorf("the exit status is %d; it should be %d", got, c.exit)
			}
			if len(r.Notes) > 0 {
				t.Errorf("godog and the suite disagree: %q", r.Notes)
			}
		})
	}
}
