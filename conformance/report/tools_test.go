package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/conformance/report"
)

type counts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"` // of a suite only: the schema has no place for the sum
}

type suites struct {
	counts
	Suites []struct {
		Name string `xml:"name,attr"`
		counts
		Cases []struct {
			Class   string    `xml:"classname,attr"`
			Name    string    `xml:"name,attr"`
			Failure *struct{} `xml:"failure"`
			Error   *struct{} `xml:"error"`
			Skipped *struct {
				Message string `xml:"message,attr"`
			} `xml:"skipped"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func junit(t *testing.T, r *report.Report) suites {
	t.Helper()
	var all suites
	if err := xml.Unmarshal(written(t, "junit", r), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestJUnitCountsWhatItHolds(t *testing.T) {
	all := junit(t, sample())
	var sum counts
	for _, s := range all.Suites {
		var n counts
		for _, c := range s.Cases {
			n.Tests++
			switch {
			case c.Failure != nil:
				n.Failures++
			case c.Error != nil:
				n.Errors++
			case c.Skipped != nil:
				n.Skipped++
			}
		}
		if n != s.counts {
			t.Errorf("%s has %+v and says %+v", s.Name, n, s.counts)
		}
		sum = counts{sum.Tests + n.Tests, sum.Failures + n.Failures, sum.Errors + n.Errors, 0}
	}
	if sum != all.counts {
		t.Errorf("there are %+v and it says %+v", sum, all.counts)
	}
}

func TestJUnitNeverLosesARule(t *testing.T) {
	got := map[string]string{}
	for _, s := range junit(t, sample()).Suites {
		for _, c := range s.Cases {
			word := "pass"
			switch {
			case c.Failure != nil:
				word = "failure"
			case c.Error != nil:
				word = "error"
			case c.Skipped != nil:
				word = c.Skipped.Message
			}
			if id, ok := strings.CutPrefix(c.Class, s.Name+"."); ok && s.Name != "run" && (got[id] == "" || got[id] == "pass") {
				got[id] = word
			}
		}
	}
	want := map[string]string{
		"R7-ROLE-01": "pass", "R7-ROLE-02": "failure", "R7-USER-05": "error", "R7-SITE-01": "the target names no site",
		"R7-PAGE-01": "waived: known since 6.5, ticket OPS-1 | agreed by Zoë", "R7-CONTRACT": "failure",
		"DH-USER-01": "pass", "DH-USER-02": "error", "DH-USER-03": "failure",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestJUnitOfATargetThatWasNotReachedIsNotGreen(t *testing.T) {
	r := &report.Report{}
	preflight(report.Fail)(r)
	if junit(t, r).Errors == 0 {
		t.Error("no error")
	}
	if junit(t, &report.Report{}).Errors == 0 {
		t.Error("nothing was judged, and there is no error")
	}
}

func TestARuleThatIsWorseThanItsScenariosIsShown(t *testing.T) {
	x := passed("R7-ROLE-01", "rapid7", report.Must, 8)
	x.Verdict, x.Reason = report.Error, "a scenario did not run"
	r := green()
	r.Rules[0] = x
	if got := junit(t, r).Errors; got != 1 {
		t.Errorf("JUnit has %d errors", got)
	}
	if got := bytes.Count(written(t, "sarif", r), []byte(`"ruleId"`)); got != 1 {
		t.Errorf("SARIF has %d results", got)
	}
	if !bytes.Contains(written(t, "text", r), []byte(x.Reason)) {
		t.Error("the text does not say why")
	}
}

func TestSARIFPointsAtTheLineOfTheFeature(t *testing.T) {
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID       string
				RuleIndex    int
				Level        string
				Suppressions []struct{ Kind, Justification string }
				Locations    []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	r := sample()
	r.Rules[1].File = "features/our rules/100%.feature"
	if err := json.Unmarshal(written(t, "sarif", r), &log); err != nil {
		t.Fatal(err)
	}
	var got []string
	run := log.Runs[0]
	for _, x := range run.Results {
		if run.Tool.Driver.Rules[x.RuleIndex].ID != x.RuleID {
			t.Errorf("the index of %s leads to another rule", x.RuleID)
		}
		place := x.Locations[0].PhysicalLocation
		got = append(got, fmt.Sprint(x.RuleID, " ", x.Level, " ", place.ArtifactLocation.URI, ":", place.Region.StartLine, " ", len(x.Suppressions)))
	}
	want := []string{
		"R7-ROLE-02 error features/our%20rules/100%25.feature:27 0",
		"R7-USER-05 warning features/rapid7/roles.feature:63 0",
		"R7-PAGE-01 error features/rapid7/roles.feature:83 1",
		"R7-CONTRACT error :0 0",
		"R7-CONTRACT error :0 0",
		"DH-USER-03 note features/devicehive/roles.feature:46 0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAClaimSaysHowItEnded(t *testing.T) {
	for want, r := range map[string]*report.Report{"success": green(), "failure": sample(), "partial": skippedGreen()} {
		var claim struct {
			Result     string
			ExitStatus int `yaml:"exitStatus"`
		}
		if err := yaml.Unmarshal(written(t, "claim", r), &claim); err != nil {
			t.Fatal(err)
		}
		if claim.Result != want || claim.ExitStatus != r.ExitStatus() {
			t.Errorf("%+v, not %s", claim, want)
		}
	}
}

func skippedGreen() *report.Report {
	r := green()
	r.Rules = append(r.Rules, skippedRule())
	return r
}

func TestAGreenRunIsShort(t *testing.T) {
	if n := bytes.Count(written(t, "text", green()), []byte("\n")); n > 15 {
		t.Errorf("%d lines", n)
	}
}

func TestMarkdownStaysBelowTheLimitOfAJobSummary(t *testing.T) {
	if n := len(written(t, "markdown", storm(2000))); n > 1<<20 {
		t.Errorf("%d bytes", n)
	}
}

func TestThePageStaysSmallWhenEverythingFails(t *testing.T) {
	if n := len(written(t, "html", storm(300))); n > 2_000_000 {
		t.Errorf("%d bytes", n)
	}
}

// storm is a run in which every rule fails with long exchanges.
func storm(n int) *report.Report {
	r := sample()
	for i := range n {
		x := failedRule()
		x.ID = fmt.Sprintf("R7-STORM-%04d", i)
		exchange := x.Scenarios[1].Exchanges[3]
		exchange.Response = strings.Repeat(`{"a":"<&>"},`, 2000)
		exchange.Curl = "curl " + strings.Repeat("'x' ", 1500)
		x.Scenarios[1].Exchanges = slices.Repeat([]report.Exchange{exchange}, 9)
		r.Rules = append(r.Rules, x)
	}
	return r
}

func TestThePageRunsNothingOfTheTarget(t *testing.T) {
	page := string(written(t, "html", sample()))
	if n := strings.Count(page, "<script"); n != 1 {
		t.Errorf("%d scripts", n)
	}
	for _, bad := range []string{"<b>&amp;</b>", "src=", "url(", "@import", "style="} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	for _, good := range []string{"default-src &#39;none&#39;", `id="R7-ROLE-02"`, `id="DH-USER-02"`} {
		if !strings.Contains(page, good) {
			t.Errorf("the page lacks %q", good)
		}
	}
}
