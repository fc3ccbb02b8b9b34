package report_test

import (
	"testing"

	"github.com/rolecall/rolecall/conformance/report"
)

func TestAVerdictOnlyGetsWorse(t *testing.T) {
	all := []report.Verdict{report.NotRun, report.Pass, report.Skip, report.Fail, report.Error}
	for i, a := range all {
		for j, b := range all {
			if got, want := a.And(b), all[max(i, j)]; got != want {
				t.Errorf("%s and %s is %s, not %s", a, b, got, want)
			}
		}
	}
}

func TestAVerdictIsReadAsItIsWritten(t *testing.T) {
	for v := report.NotRun; v <= report.Error; v++ {
		text, err := v.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		back := report.Verdict(-1)
		if err := back.UnmarshalText(text); err != nil || back != v {
			t.Errorf("%q is read as %s, %v", text, back, err)
		}
	}
	var v report.Verdict
	if err := v.UnmarshalText([]byte("Pass")); err == nil {
		t.Error("Pass is read as a verdict")
	}
	if got := report.Verdict(9).String(); got != "verdict 9" {
		t.Error(got)
	}
}

// rule is a rule in few words.
func rule(id string, level report.Level, v report.Verdict, more ...func(*report.Rule)) report.Rule {
	x := report.Rule{ID: id, API: "rapid7", Level: level, Verdict: v}
	for _, change := range more {
		change(&x)
	}
	return x
}

func waived(x *report.Rule)    { x.Waived = "agreed" }
func undefined(x *report.Rule) { x.Reason = report.Incomplete + ": no such step" }
func undefinedWithin(x *report.Rule) {
	x.Reason = "the list is empty"
	x.Scenarios = []report.Scenario{{Verdict: report.Fail}, {Verdict: report.Error, Reason: report.Incomplete}}
}

func TestWhichRulesDecide(t *testing.T) {
	for _, c := range []struct {
		name          string
		rule          report.Rule
		plain, strict bool
	}{
		{"a must rule that passes does not", rule("a", report.Must, report.Pass), false, false},
		{"a must rule that was skipped does not", rule("a", report.Must, report.Skip), false, false},
		{"a must rule that did not run does not, the run is unfinished", rule("a", report.Must, report.NotRun), false, false},
		{"a must rule that fails does", rule("a", report.Must, report.Fail), true, true},
		{"a must rule that could not be judged does", rule("a", report.Must, report.Error), true, true},
		{"a should rule that fails does when strict", rule("a", report.Should, report.Fail), false, true},
		{"a should rule that could not be judged does when strict", rule("a", report.Should, report.Error), false, true},
		{"an observed rule that fails never does", rule("a", report.Observed, report.Fail), false, false},
		{"an observed rule that could not be judged never does", rule("a", report.Observed, report.Error), false, false},
		{"a waived must failure does not", rule("a", report.Must, report.Fail, waived), false, false},
		{"a waived must error does not", rule("a", report.Must, report.Error, waived), false, false},
		{"a waived should failure does not", rule("a", report.Should, report.Fail, waived), false, false},
		{"an incomplete suite does at any level", rule("a", report.Observed, report.Error, undefined), true, true},
		{"an incomplete suite does behind another reason", rule("a", report.Observed, report.Error, undefinedWithin), true, true},
		{"an incomplete should rule does", rule("a", report.Should, report.Error, undefined), true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.rule.Decides(false); got != c.plain {
				t.Errorf("decides: %v", got)
			}
			if got := c.rule.Decides(true); got != c.strict {
				t.Errorf("decides when strict: %v", got)
			}
		})
	}
}

func TestExitStatusAndConformance(t *testing.T) {
	pass := rule("R7-A-01", report.Must, report.Pass)
	contract := rule("R7-CONTRACT", report.Must, report.Pass)
	must, should, observed := report.Must, report.Should, report.Observed
	for _, c := range []struct {
		name       string
		rules      []report.Rule
		change     func(*report.Report)
		plain      int
		strict     int
		conformant bool // in the plain run
	}{
		{"everything passes", []report.Rule{pass, contract}, nil, 0, 0, true},
		{"nothing was selected", nil, nil, 4, 4, false},
		{"everything was skipped", []report.Rule{rule("a", must, report.Skip), rule("b", should, report.Skip)}, nil, 4, 4, false},
		{"everything was skipped and the contract was kept", []report.Rule{rule("a", must, report.Skip), contract}, nil, 4, 4, false},
		{"nothing ran", []report.Rule{rule("a", must, report.NotRun)}, nil, 4, 4, false},
		{"some were skipped", []report.Rule{pass, rule("a", must, report.Skip)}, nil, 0, 0, true},
		{"a must rule failed", []report.Rule{pass, rule("a", must, report.Fail)}, nil, 1, 1, false},
		{"only a must rule ran and failed", []report.Rule{rule("a", must, report.Fail)}, nil, 1, 1, false},
		{"a must rule could not be judged", []report.Rule{pass, rule("a", must, report.Error)}, nil, 1, 1, false},
		{"no must rule could be judged", []report.Rule{rule("a", must, report.Error)}, nil, 1, 1, false},
		{"a should rule failed", []report.Rule{pass, rule("a", should, report.Fail)}, nil, 0, 1, true},
		{"a should rule could not be judged", []report.Rule{pass, rule("a", should, report.Error)}, nil, 0, 1, true},
		{"no should rule could be judged", []report.Rule{rule("a", should, report.Error)}, nil, 4, 1, false},
		{"only a should rule ran and failed", []report.Rule{rule("a", should, report.Fail)}, nil, 0, 1, true},
		{"an observed rule failed", []report.Rule{pass, rule("a", observed, report.Fail)}, nil, 0, 0, true},
		{"no observed rule could be judged", []report.Rule{rule("a", observed, report.Error)}, nil, 4, 4, false},
		{"a waived must rule failed", []report.Rule{pass, rule("a", must, report.Fail, waived)}, nil, 0, 0, true},
		{"only a waived must rule failed", []report.Rule{rule("a", must, report.Fail, waived)}, nil, 0, 0, true},
		{"only a waived must rule could not be judged", []report.Rule{rule("a", must, report.Error, waived)}, nil, 4, 4, false},
		{"one failure is waived and one is not", []report.Rule{pass, rule("a", must, report.Fail, waived), rule("b", must, report.Fail)}, nil, 1, 1, false},
		{"the contract was broken", []report.Rule{pass, rule("R7-CONTRACT", must, report.Fail)}, nil, 1, 1, false},
		{"the suite is incomplete", []report.Rule{pass, rule("a", observed, report.Error, undefined)}, nil, 1, 1, false},
		{"a must rule did not run", []report.Rule{pass, rule("a", must, report.NotRun)}, nil, 1, 1, false},
		{"a should rule did not run", []report.Rule{pass, rule("a", should, report.NotRun)}, nil, 0, 1, true},
		{"an observed rule did not run", []report.Rule{pass, rule("a", observed, report.NotRun)}, nil, 0, 0, true},
		{"a waiver is stale", []report.Rule{pass}, stale, 0, 1, true},
		{"the preflight failed", nil, preflight(report.Fail), 3, 3, false},
		{"the preflight could not be done", nil, preflight(report.Error), 3, 3, false},
		{"the preflight failed for one API and the other passes", []report.Rule{pass}, preflight(report.Fail), 3, 3, false},
		{"the preflight skipped a check", []report.Rule{pass}, preflight(report.Skip), 0, 0, true},
		{"something was left behind", []report.Rule{pass}, left, 5, 5, true},
		{"something was left behind and a rule failed", []report.Rule{rule("a", must, report.Fail)}, left, 5, 5, false},
		{"something was left behind and nothing was judged", nil, left, 5, 5, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &report.Report{Rules: c.rules}
			if c.change != nil {
				c.change(r)
			}
			if got := r.ExitStatus(); got != c.plain {
				t.Errorf("exit status %d, not %d", got, c.plain)
			}
			if got := r.Conformant(); got != c.conformant {
				t.Errorf("conformant: %v", got)
			}
			r.Strict = true
			if got := r.ExitStatus(); got != c.strict {
				t.Errorf("exit status %d when strict, not %d", got, c.strict)
			}
			if r.ExitStatus() == report.ExitConformant && !r.Conformant() {
				t.Error("exit status 0 of what is not conformant")
			}
		})
	}
}

func stale(r *report.Report) { r.Stale = []report.Waiver{{Rule: "a", Stale: "the rule passes"}} }
func left(r *report.Report)  { r.Left = []report.Record{{API: "rapid7", Kind: "user", Name: "x"}} }
func preflight(v report.Verdict) func(*report.Report) {
	return func(r *report.Report) {
		r.Checks = []report.Check{{What: "clock", Result: report.Pass}, {What: "reachable", Result: v}}
	}
}

func TestHeadlineAndResult(t *testing.T) {
	must := report.Must
	pass := rule("R7-A-01", must, report.Pass)
	for _, c := range []struct {
		headline string
		result   report.Result
		rules    []report.Rule
		change   func(*report.Report)
	}{
		{"CONFORMANT", report.Success, []report.Rule{pass}, nil},
		{"CONFORMANT", report.Success, []report.Rule{pass, rule("a", report.Observed, report.Fail)}, nil},
		{"CONFORMANT AS FAR AS JUDGED", report.Partial, []report.Rule{pass, rule("a", must, report.Skip)}, nil},
		{"CONFORMANT AS FAR AS JUDGED", report.Partial, []report.Rule{pass, rule("a", report.Observed, report.Skip)}, nil},
		{"CONFORMANT AS FAR AS JUDGED", report.Partial, []report.Rule{pass, rule("a", must, report.Fail, waived)}, nil},
		{"CONFORMANT, BUT 1 SHOULD RULE FAILED", report.Partial, []report.Rule{pass, rule("a", report.Should, report.Fail), rule("b", must, report.Skip)}, nil},
		{"CONFORMANT AS FAR AS JUDGED", report.Partial, []report.Rule{pass, rule("a", report.Should, report.Fail, waived)}, nil},
		{"NOT CONFORMANT", report.Failure, []report.Rule{pass, rule("a", must, report.Fail)}, nil},
		{"RUN NOT FINISHED", report.Failure, []report.Rule{pass, rule("a", must, report.NotRun)}, nil},
		{"NOTHING JUDGED", report.Failure, nil, nil},
		{"TARGET NOT REACHED", report.Failure, nil, preflight(report.Fail)},
		{"RECORDS LEFT BEHIND", report.Failure, []report.Rule{pass}, left},
	} {
		r := &report.Report{Rules: c.rules}
		if c.change != nil {
			c.change(r)
		}
		if r.Headline() != c.headline || r.Result() != c.result {
			t.Errorf("%q, %s; not %q, %s", r.Headline(), r.Result(), c.headline, c.result)
		}
	}
}
