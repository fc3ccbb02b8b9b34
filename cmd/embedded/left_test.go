package embedded_test

import (
	"flag"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/world"
)

// creating are rules whose scenarios create a lot, in every way.
var creating = map[string][]string{
	"rapid7":     {"R7-USER-01", "R7-USER-02", "R7-ROLE-01"},
	"devicehive": {"DH-USER-01", "DH-USER-02", "DH-NET-01"},
	"socotra":    {"SO-USER-01", "SO-USER-02", "SO-ROLE-01"},
}

// whole runs every rule where a part is enough for a daily test.
var whole = flag.Bool("whole", false, "hold broken networks to every rule: takes minutes")

var lostAnswers = map[string]func(http.ResponseWriter, *http.Request, func() *httptest.ResponseRecorder){
	"502":             says(502, "application/json", `{"message": "Bad Gateway"}`),
	"504":             says(504, "text/plain", "upstream request timeout"),
	"500":             says(500, "application/json", `{"message": "oops"}`),
	"dropped":         drops,
	"without an id":   says(201, "application/json", `{}`),
	"without a body":  says(201, "application/json", ``),
	"with a wrong id": says(201, "application/json", `{"id": 1, "locator": "1"}`),
}

// What was created although the answer does not say so is found and deleted, and
// the ledger knows of what is not.
func TestNothingStaysOfCreationsWhoseAnswersAreLost(t *testing.T) {
	t.Parallel()
	for name, fails := range lostAnswers {
		for api, ids := range creating {
			t.Run(api+", "+name, func(t *testing.T) {
				t.Parallel()
				var g *gateway
				d := deploy(t, api, func(mock http.Handler) http.Handler {
					g = &gateway{to: mock, share: 0.3, seed: 7, which: creates, fails: fails}
					return g
				})
				before := d.records(t)
				path := filepath.Join(t.TempDir(), "ledger.jsonl")
				ledger, err := world.OpenLedger(path)
				if err != nil {
					t.Fatal(err)
				}
				o := run.Options{Ledger: ledger, Selection: rules.Selection{Allow: rules.Allow{Writes: true}}}
				if !*whole {
					o.Selection.Rules = ids
				} else {
					o.Selection.APIs = []string{api}
				}
				r, err := d.catalogue.Run(t.Context(), d.target, o)
				if err != nil {
					t.Fatal(err)
				}
				ledger.Close()
				open, err := world.ReadLedger(path)
				if err != nil {
					t.Fatal(err)
				}
				after := slices.DeleteFunc(d.records(t), func(id string) bool { return slices.Contains(before, id) })
				t.Logf("%d creations broken, %d rules; %d left, %d in the report, %d in the ledger; exit status %d", g.broken, len(r.Rules), len(after), len(r.Left), len(open), r.ExitStatus())
				if g.broken == 0 || len(after) != len(open) || len(open) != len(r.Left) || (len(open) > 0) != (r.ExitStatus() == report.ExitLeftBehind) {
					t.Errorf("left are %q; the ledger has open %+v; the report says %+v, exit status %d", after, open, r.Left, r.ExitStatus())
				}
				if ledger, err = world.OpenLedgerAlone(path); err != nil {
					t.Fatal(err)
				}
				defer ledger.Close()
				g.share = 0
				if left := world.Sweep(t.Context(), d.catalogue.APIs, d.target, ledger, open); len(left) > 0 {
					t.Errorf("the sweep leaves %+v", left)
				}
				if diff := cmp.Diff(before, d.records(t)); diff != "" {
					t.Errorf("after the sweep (-before the run +after):\n%s", diff)
				}
			})
		}
	}
}
