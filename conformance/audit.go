package conformance

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/rolecall/rolecall/conformance/report"
)

// A Mutant is a deliberate breach of one rule that an implementation can be
// started with: what the audit tests the tester with.
type Mutant struct{ ID, API, Breaks, Summary string }

// canarySuffix ends the id of a mutant that no suite can miss.
const canarySuffix = "-canary"

// Start starts an implementation of one API with some mutants on.
type Start func(api string, mutants ...string) (target *Target, stop func(), err error)

// An Audit is what became of every mutant.
type Audit struct {
	Kills  []Kill
	Faults []string // why the audit fails; none when it passes
}

// A Kill is one mutant and what the suite made of it.
type Kill struct {
	Mutant Mutant
	Rule   report.Verdict // of the mutant's own rule; only "fail" is a kill
	Reason string         // why the rule failed, or why it is no kill
	By     []string       // every rule that noticed, its own included; with All only
	Tried  int            // scenarios of the mutant's own rule
	Failed int            // of those, how many failed
	Bare   report.Verdict // of the rule without its Then steps; anything but "pass" is a fault
}

// Killed tells whether the mutant was caught by its own rule.
func (k Kill) Killed() bool { return k.Rule == report.Fail }

func (k Kill) canary() bool { return strings.HasSuffix(k.Mutant.ID, canarySuffix) }

// AuditOptions are how an audit is made.
type AuditOptions struct {
	APIs     []string            // names; empty for all
	All      bool                // run every rule of the API against each mutant, not only its own
	Parallel int                 // mutants at a time; 0 for 4
	Progress func(done, all int) // called after each, never at the same time; nil for nothing
}

// Audit holds the suite to its mutants: without any of them every rule must
// pass; every rule must have one; each must be caught by its own rule, and
// live when that rule's Then steps are left out; and the canary must die.
// The error is of an audit that could not be made.
func (c *Catalogue) Audit(ctx context.Context, mutants []Mutant, start Start, o AuditOptions) (*Audit, error) {
	a := &auditor{catalogue: c, start: start, options: o, result: &Audit{}}
	for _, api := range c.APIs {
		if len(o.APIs) > 0 && !slices.Contains(o.APIs, api.Name) {
			continue
		}
		if err := a.baseline(ctx, api); err != nil {
			return nil, err
		}
		a.unguarded(api, mutants)
	}
	if err := a.each(ctx, mutants); err != nil {
		return nil, err
	}
	a.judge()
	return a.result, nil
}

type auditor struct {
	catalogue *Catalogue
	start     Start
	options   AuditOptions
	result    *Audit
}

func (a *auditor) fault(format string, args ...any) {
	a.result.Faults = append(a.result.Faults, fmt.Sprintf(format, args...))
}

// baseline must be green: a suite that finds fault with a server that has none
// kills every mutant and proves nothing.
func (a *auditor) baseline(ctx context.Context, api *API) error {
	target, stop, err := a.start(api.Name)
	if err != nil {
		return err
	}
	defer stop()
	r, err := a.catalogue.Run(ctx, target, Options{Selection: Selection{APIs: []string{api.Name}}})
	if err != nil {
		return err
	}
	for _, rule := range r.Rules {
		if rule.Verdict != report.Pass {
			a.fault("baseline: %s is %s without any defect: %s", rule.ID, rule.Verdict, rule.Reason)
		}
	}
	return nil
}

func (a *auditor) unguarded(api *API, mutants []Mutant) {
	for _, rule := range a.catalogue.Rules {
		has := func(m Mutant) bool { return m.Breaks == rule.ID && !strings.HasSuffix(m.ID, canarySuffix) }
		if rule.API.Name == api.Name && !slices.ContainsFunc(mutants, has) {
			a.fault("rule %s has no defect: nothing shows that it could fail", rule.ID)
		}
	}
}

// each tries the mutants, several at a time, and keeps their order.
func (a *auditor) each(ctx context.Context, mutants []Mutant) error {
	mutants = slices.DeleteFunc(slices.Clone(mutants), func(m Mutant) bool {
		return len(a.options.APIs) > 0 && !slices.Contains(a.options.APIs, m.API) || a.catalogue.API(m.API) == nil
	})
	a.result.Kills = make([]Kill, len(mutants))
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(cmp.Or(a.options.Parallel, 4))
	var mu sync.Mutex
	done := 0
	for i, m := range mutants {
		group.Go(func() (err error) {
			a.result.Kills[i], err = a.try(within, m)
			mu.Lock()
			defer mu.Unlock()
			if done++; a.options.Progress != nil && err == nil {
				a.options.Progress(done, len(mutants))
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

func (a *auditor) try(ctx context.Context, m Mutant) (Kill, error) {
	k := Kill{Mutant: m, Bare: report.Pass}
	rule, api := a.catalogue.Rule(m.Breaks), a.catalogue.API(m.API)
	if rule == nil || rule.API.Name != m.API {
		k.Reason = fmt.Sprintf("it breaks %s, which is no rule of %s", m.Breaks, m.API)
		return k, nil
	}
	target, stop, err := a.start(m.API, m.ID)
	if err != nil {
		return k, err
	}
	defer stop()
	// An invariant has no scenarios of its own: whatever runs is held to it.
	scenarios, o := rule.Scenarios, TrialOptions{Concurrency: 8}
	if a.options.All || rule.Invariant() {
		scenarios = a.catalogue.Scenarios(m.API)
	}
	if rule.Invariant() && !a.options.All {
		o.until = rule
	}
	trial := a.catalogue.Try(ctx, target, api, scenarios, o)
	noticed := trial.Noticed()
	for _, x := range noticed {
		if o.until == nil || x == rule {
			k.By = append(k.By, x.ID)
		}
	}
	slices.Sort(k.By)
	if rule.Invariant() {
		k.Rule = report.Pass
		if slices.Contains(noticed, rule) {
			k.Rule = report.Fail
		}
		return k, nil
	}
	k.judge(rule, trial)
	var bare Kill
	bare.judge(rule, a.catalogue.Try(ctx, target, api, rule.Scenarios, TrialOptions{Concurrency: 8, WithoutThen: true, Unwatched: true}))
	k.Bare = bare.Rule
	return k, nil
}

// judge enters what became of the rule. It can fail in one scenario and not be
// judged in another; the kill counts.
func (k *Kill) judge(rule *Rule, t *Trial) {
	for _, p := range t.Played {
		if p.Scenario.Rule != rule {
			continue
		}
		if k.Tried++; p.Result.Verdict == report.Fail {
			k.Failed++
		}
		if p.Result.Verdict > k.Rule {
			k.Rule, k.Reason = p.Result.Verdict, p.Result.Reason
		}
	}
	if k.Failed > 0 {
		k.Rule = report.Fail
	}
}

func (a *auditor) judge() {
	canaries := map[string]bool{}
	for _, k := range a.result.Kills {
		switch {
		case k.canary():
			canaries[k.Mutant.API] = k.Killed()
		case !k.Killed():
			a.fault("%s lives: %s is %s with it. %s", k.Mutant.ID, k.Mutant.Breaks, k.Rule, k.Reason)
		case k.Bare != report.Pass:
			a.fault("%s is noticed by %s even without its Then steps (%s): its conditions or actions judge", k.Mutant.ID, k.Mutant.Breaks, k.Bare)
		}
	}
	for _, api := range a.catalogue.APIs {
		if len(a.options.APIs) > 0 && !slices.Contains(a.options.APIs, api.Name) {
			continue
		}
		if !canaries[api.Name] {
			a.fault("the canary of %s lives: this audit proves nothing", api.Name)
		}
	}
}
