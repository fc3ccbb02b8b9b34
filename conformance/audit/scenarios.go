package audit

import (
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
)

// Idle finds the scenarios that catch nothing: whatever is wrong with the
// server, they pass. Each is tried, with frame and views not judged, on the
// defects of its own rule and then on the mutants of what it calls, until it
// fails. Those that never do are returned, as "file:line name".
func Idle(ctx context.Context, c *conformance.Catalogue, api *conformance.API, lab Lab, defects []conformance.Mutant, parallel int) ([]string, error) {
	b := &breeder{catalogue: c, api: api, lab: lab}
	if err := b.baseline(ctx); err != nil {
		return nil, err
	}
	idle := make([]string, len(b.played))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(parallel, 1))
	for i, p := range b.played {
		group.Go(func() error {
			caught, err := b.catches(ctx, i, p, b.against(p, defects))
			if !caught {
				idle[i] = fmt.Sprintf("%s:%d %s", p.Scenario.Rule.File, p.Scenario.Line, p.Scenario.Name)
			}
			return err
		})
	}
	err := group.Wait()
	idle = slices.DeleteFunc(idle, func(s string) bool { return s == "" })
	slices.Sort(idle)
	return idle, err
}

// against lists what a scenario is tried on, the likeliest first.
func (b *breeder) against(p conformance.Played, defects []conformance.Mutant) (ids []string) {
	for _, d := range defects {
		if d.Breaks == p.Scenario.Rule.ID {
			ids = append(ids, d.ID)
		}
	}
	var later []string
	for _, m := range b.lab.Mutants() {
		switch {
		case slices.Contains(b.differs(m.ID), p.Sandbox):
			ids = append(ids, m.ID)
		case m.Kind != "answer" && m.Kind != "time" && slices.Contains(p.Called, m.Operation):
			later = append(later, m.ID)
		}
	}
	return slices.Concat(ids, later)
}

func (b *breeder) catches(ctx context.Context, number int, p conformance.Played, ids []string) (bool, error) {
	for i, id := range ids {
		tag := fmt.Sprintf("s%d.%d", number, i)
		if err := b.lab.Mutate(tag, id); err != nil {
			return false, err
		}
		trial := b.catalogue.Try(ctx, b.lab.Target(), b.api, []*conformance.Scenario{p.Scenario}, conformance.TrialOptions{Tag: tag, Unwatched: true})
		if err := b.lab.Mutate(tag); err != nil {
			return false, err
		}
		if len(trial.Played) == 1 && trial.Played[0].Result.Verdict == report.Fail {
			return true, nil
		}
		if err := ctx.Err(); err != nil {
			return false, err
		}
	}
	return false, nil
}
