package audit

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
)

// A Defect is a deliberate breach of one rule that an implementation can be
// started with, made by hand.
type Defect struct{ ID, API, Breaks, Summary string }

// canarySuffix ends the id of a defect that no suite can miss.
const canarySuffix = "-canary"

// Start starts an implementation of one API with some defects on.
type Start func(api string, defects ...string) (target *target.Target, stop func(), err error)

// Matrix is what became of every defect.
type Matrix struct {
	Kills  []Kill
	Faults []string // why the audit fails; none when it passes
}

// A Kill is one defect and what the suite made of it.
type Kill struct {
	Defect
	Rule   report.Verdict // of the defect's own rule; only "fail" is a kill
	Reason string         // why the rule failed, or why it is no kill
	By     []string       // every rule that noticed, its own included; with All only
	Tried  int            // scenarios of the defect's own rule
	Failed int            // of those, how many failed
	Bare   report.Verdict // of the rule without its Then steps; anything but "pass" is a fault
}

// Killed tells whether the defect was caught by its own rule.
func (k Kill) Killed() bool { return k.Rule == report.Fail }

func (k Kill) canary() bool { return strings.HasSuffix(k.ID, canarySuffix) }

// Options are how defects are tried.
type Options struct {
	APIs     []string            // names; empty for all
	All      bool                // run every rule of the API against each defect, not only its own
	Parallel int                 // defects at a time; 0 for 4
	Progress func(done, all int) // called after each, never at the same time; nil for nothing
}

// Defects holds the suite to defects: without any of them every rule must
// pass; every rule must have one; each must be caught by its own rule, and
// live when that rule's Then steps are left out; and the canary must die.
// The error is of an audit that could not be made.
func Defects(ctx context.Context, c *run.Catalogue, defects []Defect, start Start, o Options) (*Matrix, error) {
	a := &auditor{catalogue: c, start: start, options: o, result: &Matrix{}}
	for _, api := range c.APIs {
		if len(o.APIs) > 0 && !slices.Contains(o.APIs, api.Name) {
			continue
		}
		if err := a.baseline(ctx, api); err != nil {
			return nil, err
		}
		a.unguarded(api, defects)
	}
	if err := a.each(ctx, defects); err != nil {
		return nil, err
	}
	a.judge()
	return a.result, nil
}

type auditor struct {
	catalogue *run.Catalogue
	start     Start
	options   Options
	result    *Matrix
}

func (a *auditor) fault(format string, args ...any) {
	a.result.Faults = append(a.result.Faults, fmt.Sprintf(format, args...))
}

// baseline must be green: a suite that finds fault with a server that has none
// kills every defect and proves nothing.
func (a *auditor) baseline(ctx context.Context, api *world.API) error {
	target, stop, err := a.start(api.Name)
	if err != nil {
		return err
	}
	defer stop()
	r, err := a.catalogue.Run(ctx, target, run.Options{Selection: rules.Selection{APIs: []string{api.Name}}})
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

func (a *auditor) unguarded(api *world.API, defects []Defect) {
	for _, rule := range a.catalogue.Rules {
		has := func(d Defect) bool { return d.Breaks == rule.ID && !strings.HasSuffix(d.ID, canarySuffix) }
		if rule.API.Name == api.Name && !slices.ContainsFunc(defects, has) {
			a.fault("rule %s has no defect: nothing shows that it could fail", rule.ID)
		}
	}
}

// each tries the defects, several at a time, and keeps their order.
func (a *auditor) each(ctx context.Context, defects []Defect) error {
	defects = slices.DeleteFunc(slices.Clone(defects), func(d Defect) bool {
		return len(a.options.APIs) > 0 && !slices.Contains(a.options.APIs, d.API) || a.catalogue.API(d.API) == nil
	})
	a.result.Kills = make([]Kill, len(defects))
	err := each(ctx, defects, cmp.Or(a.options.Parallel, 4), a.options.Progress, func(ctx context.Context, i int, d Defect) (err error) {
		a.result.Kills[i], err = a.try(ctx, d)
		return err
	})
	return cmp.Or(err, ctx.Err())
}

func (a *auditor) try(ctx context.Context, d Defect) (Kill, error) {
	k := Kill{Defect: d, Bare: report.Pass}
	rule, api := a.catalogue.Rule(d.Breaks), a.catalogue.API(d.API)
	if rule == nil || rule.API.Name != d.API {
		k.Reason = fmt.Sprintf("it breaks %s, which is no rule of %s", d.Breaks, d.API)
		return k, nil
	}
	target, stop, err := a.start(d.API, d.ID)
	if err != nil {
		return k, err
	}
	defer stop()
	// An invariant has no scenarios of its own: whatever runs is held to it.
	scenarios, o := rule.Scenarios, run.TrialOptions{Concurrency: 8}
	if a.options.All || rule.Invariant() {
		scenarios = a.catalogue.Scenarios(d.API)
	}
	if rule.Invariant() && !a.options.All {
		o.Until = rule
	}
	trial := a.catalogue.Try(ctx, target, api, scenarios, o)
	noticed := trial.Noticed()
	for _, x := range noticed {
		if o.Until == nil || x == rule {
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
	bare.judge(rule, a.catalogue.Try(ctx, target, api, rule.Scenarios, run.TrialOptions{Concurrency: 8, WithoutThen: true, Unwatched: true}))
	k.Bare = bare.Rule
	return k, nil
}

// judge enters what became of the rule. It can fail in one scenario and not be
// judged in another; the kill counts.
func (k *Kill) judge(rule *rules.Rule, t *run.Trial) {
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
			canaries[k.API] = k.Killed()
		case !k.Killed():
			a.fault("%s lives: %s is %s with it. %s", k.ID, k.Breaks, k.Rule, k.Reason)
		case k.Bare != report.Pass:
			a.fault("%s is noticed by %s even without its Then steps (%s): its conditions or actions judge", k.ID, k.Breaks, k.Bare)
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
