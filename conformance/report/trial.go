package report

import (
	"fmt"
	"slices"
	"strings"
)

// A trial is a way in which a rule was tried and how it ended, for formats that
// list one entry a trial: a scenario, a cause of which an invariant is charged, or
// the rule itself where no scenario accounts for its verdict.
type trial struct {
	Scenario
	Own   bool    // the rule itself
	Alike []trial // others that failed for the same reason
}

// trials are the scenarios of a rule, and the rule itself if it has none or
// is worse than all of them: no format may lose a failure.
func trials(r Rule) []trial {
	var all []trial
	worst := NotRun
	for _, s := range r.Scenarios {
		if s.Line == 0 {
			s.Line = r.Line
		}
		if s.Cause != "" {
			places := strings.Join(append([]string{s.Name}, s.Places...), "; ")
			s.Name, s.Reason = s.Cause, fmt.Sprintf("%s, for example in %s: %s", r.met(s), places, s.Reason)
		}
		if s.Waived != "" {
			s.Reason += " (waived: " + s.Waived + ")"
		}
		all = append(all, trial{Scenario: s})
		worst = worst.And(s.Verdict)
	}
	if len(all) == 0 || r.Verdict > worst {
		all = append(all, trial{Own: true, Scenario: Scenario{
			Name: r.Title, Line: r.Line, Verdict: r.Verdict, Reason: r.Reason,
		}})
	}
	return all
}

// failures are the trials of a rule that failed, in groups: the first that failed
// for a reason stands for those alike.
func failures(r Rule) []trial {
	var all []trial
	for _, t := range trials(r) {
		i := slices.IndexFunc(all, func(x trial) bool { return x.Verdict == t.Verdict && x.Reason == t.Reason && x.Step == t.Step })
		switch {
		case t.Verdict < Fail:
		case i >= 0:
			all[i].Alike = append(all[i].Alike, t)
		default:
			all = append(all, t)
		}
	}
	return all
}

// account tells in plain text how a trial ended: reason, step, exchanges.
func (t trial) account() string {
	var b strings.Builder
	if t.Step != "" {
		fmt.Fprintf(&b, "step: %s (line %d)\n", line(t.Step), t.StepLine)
	}
	if t.Reason != "" {
		b.WriteString("reason: " + clean(t.Reason) + "\n")
	}
	if t.Retries > 0 {
		fmt.Fprintf(&b, "retries: %d, after trouble on the way\n", t.Retries)
	}
	shown := last(t.Exchanges, lastExchanges)
	if left := len(t.Exchanges) - len(shown); left > 0 {
		fmt.Fprintf(&b, "(%s earlier)\n", plural(left, "exchange"))
	}
	for _, e := range shown {
		b.WriteString(transcript(e))
	}
	return b.String()
}
