package devicehive_test

import (
	"context"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/features/devicehive"
	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver"
)

// play runs the rules against a mock of one edition, with some defects on.
func play(t *testing.T, edition string, o run.Options, defects ...string) *report.Report {
	t.Helper()
	server, err := mockserver.New(mockserver.Options{
		APIs: []string{"devicehive"}, Editions: map[string]string{"devicehive": edition}, Defects: defects,
	})
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(server)
	defer h.Close()
	api, err := devicehive.Suite()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := run.NewCatalogue(api)
	if err != nil {
		t.Fatal(err)
	}
	target := &target.Target{Endpoints: map[string]*target.Endpoint{"devicehive": api.ForMock(h.URL + "/dh/rest")}}
	r, err := catalogue.Run(context.Background(), target, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestEveryRuleHoldsOnTheDocumentedEdition(t *testing.T) {
	r := play(t, "documented", run.Options{})
	for _, rule := range r.Rules {
		if rule.Verdict != report.Pass {
			t.Errorf("%s %s: %s", rule.ID, rule.Verdict, rule.Reason)
		}
	}
	t.Logf("%d rules in %v", len(r.Rules), r.Took)
}

func TestDeployedServersBreakExactlyTheWaivedRules(t *testing.T) {
	dir, err := fixtures.FS("devicehive")
	if err != nil {
		t.Fatal(err)
	}
	for _, edition := range []string{"server-3.5", "server-4.1"} {
		waivers, err := run.WaiversIn(dir, "editions/"+edition+".waivers.yaml")
		if err != nil || len(waivers) == 0 {
			t.Fatalf("%d waivers: %v", len(waivers), err)
		}
		var waived, broken []string
		for _, w := range waivers {
			waived = append(waived, w.Rule)
		}
		for _, rule := range play(t, edition, run.Options{}).Rules {
			switch rule.Verdict {
			case report.Pass:
			case report.Fail, report.Error: // which is what a failure of the server is
				broken = append(broken, rule.ID)
			default:
				t.Errorf("%s: %s %s: %s", edition, rule.ID, rule.Verdict, rule.Reason)
			}
		}
		slices.Sort(waived)
		slices.Sort(broken)
		if diff := cmp.Diff(waived, broken); diff != "" {
			t.Errorf("%s: waived are -, broken +\n%s", edition, diff)
		}
	}
}
