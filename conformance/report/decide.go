package report

import (
	"slices"
	"strings"
)

// What the ids of invariants end with: rules that every scenario of an API is
// held to, whatever it is about.
const (
	ContractSuffix = "-CONTRACT"
	SilentSuffix   = "-CONTRACT-SILENT"
	FrameSuffix    = "-FRAME"
	ViewsSuffix    = "-VIEWS"
	SecretsSuffix  = "-SECRETS"
)

// Invariant tells whether the rule is an invariant. It has no scenarios of its
// own: it is judged by what the others happen to call, and its entries are
// what it is charged with.
func (r Rule) Invariant() bool {
	return slices.ContainsFunc([]string{ContractSuffix, SilentSuffix, FrameSuffix, ViewsSuffix, SecretsSuffix}, func(suffix string) bool {
		return strings.HasSuffix(r.ID, suffix)
	})
}

// Failed tells whether the rule failed or could not be judged, and no waiver
// covers it.
func (r Rule) Failed() bool { return r.Verdict >= Fail && r.Waived == "" }

// Binding tells whether the rule's outcome decides over conformance.
func (r Rule) Binding(strict bool) bool {
	return r.Level == Must || strict && r.Level == Should
}

// Decides tells whether the rule's failure makes the target not conformant.
// A rule that could not be judged because the suite itself is incomplete
// decides at any level.
func (r Rule) Decides(strict bool) bool {
	return r.Failed() && (r.Binding(strict) || r.incomplete())
}

// Incomplete begins the reason of a rule or scenario that no target could
// pass, because one of its steps is not defined.
const Incomplete = "the suite is incomplete"

func (r Rule) incomplete() bool {
	return strings.HasPrefix(r.Reason, Incomplete) || slices.ContainsFunc(r.Scenarios, func(s Scenario) bool {
		return strings.HasPrefix(s.Reason, Incomplete)
	})
}

// Reached tells whether the preflight passed: the target answered and took
// the credentials.
func (r *Report) Reached() bool {
	return !slices.ContainsFunc(r.Checks, func(c Check) bool { return c.Result >= Fail && !c.aboutFacts() })
}

// FactPrefix begins what a check is about that holds the target file to the
// target.
const FactPrefix = "fact"

func (c Check) aboutFacts() bool { return strings.HasPrefix(c.What, FactPrefix) }

// Configured tells whether what the target file says of the target is so.
func (r *Report) Configured() bool {
	return !slices.ContainsFunc(r.Checks, func(c Check) bool { return c.Result >= Fail && c.aboutFacts() })
}

// Finished tells whether the run came to its end, and every binding rule that
// was chosen did run. A run that was cut short proves nothing about the rest.
func (r *Report) Finished() bool {
	return !r.Interrupted && !slices.ContainsFunc(r.Rules, func(x Rule) bool { return x.Verdict == NotRun && x.Binding(r.Strict) })
}

// Conformant tells whether the run found the target conformant: at least one
// rule was judged, none that decides failed, and the run was finished.
func (r *Report) Conformant() bool {
	return r.Configured() && r.Reached() && r.Finished() && r.Judged() > 0 && !r.decided()
}

// decided tells whether something speaks against the target, or, in a strict
// run, against the waivers that excuse it, or too little of it was seen.
func (r *Report) decided() bool {
	return r.Strict && len(r.Stale) > 0 || len(r.Unmet()) > 0 ||
		slices.ContainsFunc(r.Rules, func(x Rule) bool { return x.Decides(r.Strict) })
}

// Judged counts the rules that passed or failed. An error is no judgement,
// and neither is an invariant beside rules of which none was judged.
func (r *Report) Judged() int {
	ordinary := slices.ContainsFunc(r.Rules, func(x Rule) bool { return !x.Invariant() })
	return r.count(func(x Rule) bool { return (x.Verdict == Pass || x.Verdict == Fail) && x.Invariant() != ordinary })
}

// Count counts the rules with a verdict, waived ones included.
func (r *Report) Count(v Verdict) int {
	return r.count(func(x Rule) bool { return x.Verdict == v })
}

func (r *Report) count(of func(Rule) bool) (n int) {
	for _, x := range r.Rules {
		if of(x) {
			n++
		}
	}
	return n
}

// Exit statuses of a run.
const (
	ExitConformant    = 0
	ExitNotConformant = 1
	ExitUsage         = 2 // wrong usage or configuration
	ExitUnreachable   = 3 // the target cannot be reached, or refused the credentials
	ExitNothing       = 4 // nothing was selected, or nothing of it could be judged
	ExitLeftBehind    = 5 // something that the run created is still on the target
	ExitInterrupted   = 6
	ExitUnwritten     = 7 // conformant, but a report could not be written
)

// ExitStatus is what a gate should act on, the first that applies. What was left
// behind weighs more than conformance: somebody has to clean up.
func (r *Report) ExitStatus() int {
	switch {
	case !r.Configured():
		return ExitUsage
	case len(r.Left) > 0:
		return ExitLeftBehind
	case r.Interrupted:
		return ExitInterrupted
	case !r.Reached():
		return ExitUnreachable
	case r.decided():
		return ExitNotConformant
	case r.Judged() == 0:
		return ExitNothing
	case !r.Finished():
		return ExitNotConformant
	}
	return ExitConformant
}
