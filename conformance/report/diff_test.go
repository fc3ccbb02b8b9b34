package report_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/rolecall/rolecall/conformance/report"
)

func TestWhatMakesADifferenceWorse(t *testing.T) {
	must := report.Must
	verdicts := map[string]func(*report.Rule){
		"pass": nil, "fail": becomes(report.Fail), "error": becomes(report.Error), "skip": becomes(report.Skip),
		"not run": becomes(report.NotRun), "waived": func(x *report.Rule) { x.Verdict = report.Fail; waived(x) },
	}
	with := func(outcome string) *report.Report {
		r := base()
		switch change := verdicts[outcome]; {
		case outcome == "":
		case change == nil:
			r.Rules = []report.Rule{rule("R7-A-01", must, report.Pass)}
		default:
			r.Rules = []report.Rule{rule("R7-A-01", must, report.Pass, change)}
		}
		return r
	}
	worse := map[string][]string{
		"pass":    {"fail", "error", "skip", "not run", ""},
		"fail":    {"skip", "not run", ""},
		"error":   {"skip", "not run", ""},
		"skip":    {"fail", "error", ""},
		"not run": {"fail", "error", ""},
		"waived":  {"fail", "error", "skip", "not run", ""},
		"":        {"fail", "error"},
	}
	for before, all := range worse {
		for after := range worse {
			d := report.Diff(with(before), with(after))
			if got, want := d.Worse(), slices.Contains(all, after); got != want {
				t.Errorf("from %q to %q: worse is %v", before, after, got)
			}
			passing := len(d.NewlyPassing) > 0
			if want := after == "pass" && before != "pass" && before != ""; passing != want {
				t.Errorf("from %q to %q: newly passing is %v", before, after, passing)
			}
		}
	}
}

func becomes(v report.Verdict) func(*report.Rule) {
	return func(x *report.Rule) { x.Verdict = v }
}

func TestLostCoverageIsWorse(t *testing.T) {
	a, b := green(), green()
	b.Coverage = slices.Clone(b.Coverage)
	b.Coverage[0].Seen = 0
	if d := report.Diff(a, b); len(d.LostCoverage) != 1 || !d.Worse() {
		t.Errorf("%+v", d)
	}
	b.Coverage = b.Coverage[1:]
	if d := report.Diff(a, b); len(d.LostCoverage) != 1 || !d.Worse() {
		t.Errorf("%+v", d)
	}
	if d := report.Diff(b, a); len(d.LostCoverage) != 0 || d.Worse() {
		t.Errorf("%+v", d)
	}
	a.Coverage[0].Documented = false
	if d := report.Diff(a, b); d.Worse() {
		t.Errorf("an answer that is not documented counts: %+v", d)
	}
}

func TestADifferenceReadsWell(t *testing.T) {
	before, after := green(), sample()
	before.Suite.Version = "1.1.0"
	before.Coverage = append(before.Coverage, report.Pair{API: "rapid7", Operation: "deleteRole", Status: 404, Documented: true, Seen: 2})
	before.Rules = append(before.Rules, skippedRule(), passed("R7-OLD-01", "rapid7", report.Should, 9))
	var b bytes.Buffer
	for _, d := range []report.Difference{report.Diff(before, after), report.Diff(after, before), report.Diff(after, after)} {
		if err := d.Text(&b); err != nil {
			t.Fatal(err)
		}
		b.WriteString("\n")
	}
	golden(t, "diff.txt", b.Bytes())
}
