package report_test

import (
	"testing"

	"github.com/rolecall/rolecall/conformance/report"
)

func TestInterruptionAndDemandedCoverageDecide(t *testing.T) {
	good := func() *report.Report {
		return &report.Report{
			Targets: []report.Target{{API: "a"}},
			Rules:   []report.Rule{{ID: "A-X-01", API: "a", Level: report.Must, Verdict: report.Pass}},
			Coverage: []report.Pair{
				{API: "a", Operation: "x", Status: 200, Documented: true, Seen: 1},
				{API: "a", Operation: "x", Status: 404, Documented: true},
				{API: "a", Operation: "x", Status: 500, Documented: true, Ineligible: "the server's own failure"},
			},
		}
	}
	for name, c := range map[string]struct {
		change func(*report.Report)
		exit   int
	}{
		"nothing demanded":                  {func(*report.Report) {}, report.ExitConformant},
		"half is seen and half is demanded": {func(r *report.Report) { r.Demanded = 50 }, report.ExitConformant},
		"half is seen and more is demanded": {func(r *report.Report) { r.Demanded = 51 }, report.ExitNotConformant},
		"a shard is not held to the demand": {func(r *report.Report) { r.Demanded, r.Selected.Shard = 51, "1/2" }, report.ExitConformant},
		"as many are skipped as may be": {func(r *report.Report) {
			r.MaxSkipped, r.Rules = new(1), append(r.Rules, report.Rule{ID: "A-X-02", API: "a", Level: report.Must, Verdict: report.Skip})
		}, report.ExitConformant},
		"more are skipped than may be": {func(r *report.Report) {
			r.MaxSkipped, r.Rules = new(0), append(r.Rules, report.Rule{ID: "A-X-02", API: "a", Level: report.Must, Verdict: report.Skip})
		}, report.ExitNotConformant},
		"what is required passes":           {func(r *report.Report) { r.Required = []string{"A-X-01"} }, report.ExitConformant},
		"what is required was not selected": {func(r *report.Report) { r.Required = []string{"A-X-03"} }, report.ExitNotConformant},
		"what is required fails at any level": {func(r *report.Report) {
			r.Required, r.Rules = []string{"A-X-02"}, append(r.Rules, report.Rule{ID: "A-X-02", API: "a", Level: report.Observed, Verdict: report.Fail})
		}, report.ExitNotConformant},
		"interrupted after what passed": {func(r *report.Report) { r.Interrupted = true }, report.ExitInterrupted},
	} {
		t.Run(name, func(t *testing.T) {
			r := good()
			c.change(r)
			if got := r.ExitStatus(); got != c.exit {
				t.Errorf("exit status %d (%s); it should be %d", got, r.ExitMeaning(), c.exit)
			}
			if r.Conformant() != (c.exit == report.ExitConformant) {
				t.Errorf("conformant: %v, with exit status %d", r.Conformant(), c.exit)
			}
		})
	}
}
