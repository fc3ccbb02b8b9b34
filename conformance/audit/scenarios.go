package audit

import (
	"context"
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
)

// Idle finds the scenarios that catch nothing: whatever is wrong with the
// server, they pass. Each is tried, with frame and views not judged, on the
// defects of its own rule and then on the mutants of what it calls, until it
// fails. Those that never do are returned, each as a fault. Progress is called
// after each; nil for nothing.
func Idle(ctx context.Context, g *Green, defects []Defect, parallel int, progress func(done, all int)) ([]string, error) {
	idle := make([]string, len(g.played))
	err := each(ctx, g.played, parallel, progress, func(ctx context.Context, i int, p run.Played) error {
		caught, err := g.catches(ctx, i, p, g.against(p, defects))
		if !caught {
			idle[i] = fmt.Sprintf("a scenario that catches nothing: %s:%d %s", p.Scenario.Rule.File, p.Scenario.Line, p.Scenario.Name)
		}
		return err
	})
	idle = slices.DeleteFunc(idle, func(s string) bool { return s == "" })
	slices.Sort(idle)
	return idle, err
}

// against lists what a scenario is tried on, the likeliest first.
func (g *Green) against(p run.Played, defects []Defect) (ids []string) {
	for _, d := range defects {
		if d.Breaks == p.Scenario.Rule.ID {
			ids = append(ids, d.ID)
		}
	}
	var later []string
	for _, m := range g.lab.Mutants() {
		switch {
		case slices.Contains(p.Looked, m.Operation) && !slices.Contains(p.Called, m.Operation): // nobody looks
		case g.where[m.ID][p.Sandbox]:
			ids = append(ids, m.ID)
		case !m.observed() && slices.Contains(p.Called, m.Operation):
			later = append(later, m.ID)
		}
	}
	return slices.Concat(ids, later)
}

func (g *Green) catches(ctx context.Context, number int, p run.Played, ids []string) (bool, error) {
	for i, id := range ids {
		trial, err := g.on(ctx, fmt.Sprintf("s%d.%d", number, i), id, []*rules.Scenario{p.Scenario}, run.TrialOptions{Unwatched: true})
		if err != nil {
			return false, err
		}
		if len(trial.Played) == 1 && trial.Played[0].Result.Verdict == report.Fail {
			return true, nil
		}
	}
	return false, nil
}
