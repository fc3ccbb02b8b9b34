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
func Idle(ctx context.Context, g *Green, defects []conformance.Mutant, parallel int) ([]string, error) {
	idle := make([]string, len(g.played))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(max(parallel, 1))
	for i, p := range g.played {
		group.Go(func() error {
			caught, err := g.catches(ctx, i, p, g.against(p, defects))
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
func (g *Green) against(p conformance.Played, defects []conformance.Mutant) (ids []string) {
	for _, d := range defects {
		if d.Breaks == p.Scenario.Rule.ID {
			ids = append(ids, d.ID)
		}
	}
	var later []string
	for _, m := range g.lab.Mutants() {
		switch {
		case g.where[m.ID][p.Sandbox]:
			ids = append(ids, m.ID)
		case !m.observed() && slices.Contains(p.Called, m.Operation):
			later = append(later, m.ID)
		}
	}
	return slices.Concat(ids, later)
}

func (g *Green) catches(ctx context.Context, number int, p conformance.Played, ids []string) (bool, error) {
	for i, id := range ids {
		trial, err := g.on(ctx, fmt.Sprintf("s%d.%d", number, i), id, []*conformance.Scenario{p.Scenario}, conformance.TrialOptions{Unwatched: true})
		if err != nil {
			return false, err
		}
		if len(trial.Played) == 1 && trial.Played[0].Result.Verdict == report.Fail {
			return true, nil
		}
	}
	return false, nil
}
