package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// join enters a rule of a shard. Only the rule of a contract is in several
// shards, because every scenario's answers are held to it.
func (r *Report) join(x Rule, shard string, owner map[string]string) error {
	i := slices.IndexFunc(r.Rules, func(y Rule) bool { return y.ID == x.ID })
	switch {
	case i < 0:
		owner[x.ID] = shard
		x.Scenarios = slices.Clone(x.Scenarios)
		r.Rules = append(r.Rules, x)
	case !x.Invariant() || owner[x.ID] == shard:
		return fmt.Errorf("the rule %s is in shard %s and again in shard %s", x.ID, owner[x.ID], shard)
	default:
		owner[x.ID] = shard
		r.Rules[i] = joined(r.Rules[i], x)
	}
	return nil
}

// joined is one invariant as two shards saw it. A waiver holds only if it
// covers the failures of both.
func joined(a, b Rule) Rule {
	whole := a
	whole.Verdict = a.Verdict.And(b.Verdict)
	if passed := a.Verdict == Pass || b.Verdict == Pass; passed && whole.Verdict == Skip {
		whole.Verdict = Pass // the other shard only had nothing to judge
	}
	whole.Scenarios = slices.Concat(a.Scenarios, b.Scenarios)
	whole.Waived = cmp.Or(a.Waived, b.Waived)
	if a.Failed() || b.Failed() {
		whole.Waived = ""
	}
	var reasons []string
	for _, x := range []Rule{a, b} {
		if x.Verdict == whole.Verdict && x.Reason != "" && !slices.Contains(reasons, x.Reason) {
			reasons = append(reasons, x.Reason)
		}
	}
	whole.Reason = strings.Join(reasons, "; ")
	whole.Sum()
	return whole
}

// joinRest enters everything of a shard that is not a rule.
func (r *Report) joinRest(s *Report) {
	for _, c := range s.Checks {
		i := slices.IndexFunc(r.Checks, func(x Check) bool { return x.API == c.API && x.What == c.What })
		switch {
		case i < 0:
			r.Checks = append(r.Checks, c)
		case c.Result > r.Checks[i].Result:
			r.Checks[i] = c
		}
	}
	for _, p := range s.Coverage {
		i := slices.IndexFunc(r.Coverage, func(x Pair) bool {
			return x.API == p.API && x.Operation == p.Operation && x.Status == p.Status
		})
		if i < 0 {
			r.Coverage = append(r.Coverage, p)
			continue
		}
		r.Coverage[i].Seen += p.Seen
		r.Coverage[i].Breached += p.Breached
		r.Coverage[i].Ineligible = cmp.Or(r.Coverage[i].Ineligible, p.Ineligible)
	}
	r.Left = append(r.Left, s.Left...)
	r.Stale = union(r.Stale, s.Stale)
	r.Notes = union(r.Notes, s.Notes)
	r.Interrupted = r.Interrupted || s.Interrupted
}

func union[T comparable](all, more []T) []T {
	for _, x := range more {
		if !slices.Contains(all, x) {
			all = append(all, x)
		}
	}
	return all
}
