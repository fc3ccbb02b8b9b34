package conformance_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/conformance/world"
)

// Nothing is deleted that no run has made, whoever wrote the ledger: only what
// carries the tag of the entry on the target is.
func TestNoLedgerDeletesWhatNoRunHasMade(t *testing.T) {
	t.Parallel()
	const run = "rc0a1b2c3d"
	entry := func(name, id string) string {
		return fmt.Sprintf(`{"event":"intent","url":"(url)","api":"fake","kind":"thing","name":%q}
{"event":"created","api":"fake","kind":"thing","name":%q,"id":%q}
`, name, name, id)
	}
	intent := func(name string) string {
		return fmt.Sprintf(`{"event":"intent","url":"(url)","api":"fake","kind":"thing","name":%q}`+"\n", name)
	}
	for _, c := range []struct{ name, ledger, refusal string }{
		{"somebody's name", entry("mgarcia", "2"), "no run has made it"},
		{"somebody's name without an id", intent("mgarcia"), "no run has made it"},
		{"no name", entry("", "2"), "no run has made it"},
		{"a blank", entry(" ", "2"), "no run has made it"},
		{"a way to another record", entry("../users/2", "2"), "no run has made it"},
		{"the tag of no run", entry("rc", "2"), "no run has made it"},
		{"the tag of a run, of no scenario", entry(run, "2"), "no run has made it"},
		{"a tag that does not stand first", entry("x-"+run+"-1-ann", "2"), "no run has made it"},
		{"a tag in capitals", entry("RC0A1B2C3D-1-ann", "2"), "no run has made it"},
		{"a tag that is too short", entry("rc0a1b2c3-1-ann", "2"), "no run has made it"},
		{"a tag that is not hexadecimal", entry("rcnothexno-1-ann", "2"), "no run has made it"},
		{"a tag of wildcards", entry("rc%-1-ann", "2"), "no run has made it"},
		{"a good name with somebody's id", entry(run+"-1-ann", "2"), "carries no tag of the run"},
		{"a good name with the id of who mentions a tag", entry(run+"-1-ann", "3"), "carries no tag of the run"},
		{"a good name with the id of another scenario's", entry(run+"-1-ann", "4"), "carries no tag of the run"},
		{"a good name with an id that nobody has", entry(run+"-1-ann", "99"), ""},
		{"a good name with no id", intent(run + "-1-ann"), ""},
		{"an id that leads elsewhere", entry(run+"-1-ann", "../things/2"), "is no id"},
		{"an id that is escaped", entry(run+"-1-ann", "%2e%2e"), "is no id"},
		{"an id with a query", entry(run+"-1-ann", "2?force=true"), "is no id"},
		{"an id of dots", entry(run+"-1-ann", ".."), "is no id"},
		{"an id that is two", entry(run+"-1-ann", "2,3"), "is no id"},
		{"what was there before the run", `{"event":"intent","url":"(url)","was":200,"api":"fake","kind":"thing","name":"` + run + `-1-x","id":"` + run + `-1-x"}` + "\n", "was not there before"},
		{"what is not said to be there before", `{"event":"intent","url":"(url)","api":"fake","kind":"thing","name":"` + run + `-1-x","id":"` + run + `-1-x"}` + "\n", "was not there before"},
		{"another target", strings.ReplaceAll(entry(run+"-1-ann", "2"), "(url)", "http://elsewhere/fake"), "the target is"},
		{"no target", strings.ReplaceAll(entry(run+"-1-ann", "2"), "(url)", ""), "the target is"},
		{"another API", strings.ReplaceAll(entry(run+"-1-ann", "2"), `"fake"`, `"real"`), "does not name this API"},
		{"a kind that there is not", strings.ReplaceAll(entry(run+"-1-ann", "2"), `"thing"`, `"wing"`), "no kind"},
		{"created without an intent", strings.SplitAfter(entry(run+"-1-ann", "2"), "\n")[1], ""},
		{"another event", strings.ReplaceAll(intent(run+"-1-ann"), "intent", "delete"), ""},
		{"an id for a name, of another entry", entry(run+"-1-ann", "9") + `{"event":"created","api":"fake","kind":"thing","name":"` + run + `-1-ann","id":"2"}` + "\n", "carries no tag of the run"},
		{"many at once", entry(run+"-1-a", "1") + entry(run+"-2-b", "2") + entry(run+"-3-c", "3"), "carries no tag of the run"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, server := serve(t, nil)
			s.things[2], s.things[3], s.things[4] = "mgarcia", "see rc0a1b2c3d-1-ann", "rc0a1b2c3d-11-ann"
			before := s.names()
			path := filepath.Join(t.TempDir(), "ledger.jsonl")
			if err := os.WriteFile(path, []byte(strings.ReplaceAll(c.ledger, "(url)", server.URL+"/fake")), 0o600); err != nil {
				t.Fatal(err)
			}
			longAgo := time.Now().Add(-time.Hour)
			if err := os.Chtimes(path, longAgo, longAgo); err != nil {
				t.Fatal(err)
			}
			left := sweep(t, realTarget(server.URL), path)
			if diff := cmp.Diff(before, s.names()); diff != "" {
				t.Errorf("on the target (-before +after):\n%s", diff)
			}
			if c.refusal == "" && len(left) > 0 || c.refusal != "" && (len(left) == 0 || !strings.Contains(left[0].Why, c.refusal)) {
				t.Errorf("left are %+v; they should say %q", left, c.refusal)
			}
			if open := readLedger(t, path); len(open) != len(left) {
				t.Errorf("%d are left, and %d are open in the ledger", len(left), len(open))
			}
		})
	}
}

// What is tagged in one of two places is the run's, whatever the other says.
func TestSweepingTakesOneOfTheTwoTags(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"rc0a1b2c3d-1-renamed", " RC0A1B2C3D-1-Ann ", "rc0a1b2c3d-1"} {
		s, target, path := leftovers(t)
		s.things[2] = name
		if left := sweep(t, target, path); len(left) > 0 || len(s.names()) != 3 {
			t.Errorf("%q: left behind: %+v; on the target: %q", name, left, s.names())
		}
	}
}

func TestNobodySweepsWhileARunIsAtWork(t *testing.T) {
	t.Parallel()
	one, path := openLedger(t)
	two, err := world.OpenLedger(path) // another run
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range []*world.Ledger{one, two} {
		if alone, err := world.OpenLedgerAlone(path); err == nil || !strings.Contains(err.Error(), "at work") {
			t.Errorf("it is opened for sweeping: %v, %v", alone, err)
		}
		run.Close()
	}
	alone, err := world.OpenLedgerAlone(path)
	if err != nil {
		t.Fatalf("after the runs: %v", err)
	}
	alone.Close()
}
