package conformance_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
)

func openLedger(t testing.TB) (*world.Ledger, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.jsonl")
	l, err := world.OpenLedger(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l, path
}

func readLedger(t testing.TB, path string) []world.Entry {
	t.Helper()
	entries, err := world.ReadLedger(path)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func TestWhatIsToBeCreatedIsOnDiskBeforeTheRequestLeaves(t *testing.T) {
	t.Parallel()
	ledger, path := openLedger(t)
	var onDisk []string
	_, server := serve(t, func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == "POST" {
			text, _ := os.ReadFile(path)
			onDisk = append(onDisk, string(text))
		}
		return false
	})
	r := hold(t, fakeAPI(t, rule("@must", "Given a thing \"ann\"\nWhen a thing \"bob\" is created\nThen the answer is 201")), realTarget(server.URL),
		run.Options{Selection: allowAll, Ledger: ledger, Tag: "rc0a1b2c3d"})
	if r.ExitStatus() != report.ExitConformant {
		t.Fatalf("exit status %d: %+v", r.ExitStatus(), r.Rules)
	}
	want := `{"event":"intent","url":"` + server.URL + `/fake","api":"fake","kind":"thing","name":"rc0a1b2c3d-1-ann"}` + "\n"
	if len(onDisk) != 2 || onDisk[0] != want || !strings.Contains(onDisk[1], `"rc0a1b2c3d-1-bob"`) {
		t.Errorf("when the requests came, the ledger was\n%q", onDisk)
	}
	if open := readLedger(t, path); len(open) > 0 {
		t.Errorf("after the run the ledger has open %+v", open)
	}
}

func TestWhatTheRunCreatedIsDeletedLastInFirstOut(t *testing.T) {
	t.Parallel()
	for _, ending := range []string{"Then all is well", "Then all is lost", "Then the judge panics", "Then it does not apply", "Then it is not written yet"} {
		t.Run(ending, func(t *testing.T) {
			t.Parallel()
			s, server := serve(t, nil)
			hold(t, fakeAPI(t, rule("@must", "Given a thing \"ann\"\nAnd a thing \"bob\"\nAnd a thing \"cyd\"\nWhen the things are listed\n"+ending)), realTarget(server.URL), run.Options{Selection: allowAll})
			var deleted []string
			for _, x := range s.requests() {
				if strings.HasPrefix(x, "DELETE") {
					deleted = append(deleted, x)
				}
			}
			if diff := cmp.Diff([]string{"DELETE /fake/things/4", "DELETE /fake/things/3", "DELETE /fake/things/2"}, deleted); diff != "" {
				t.Errorf("other requests (-want +got):\n%s", diff)
			}
			if names := s.names(); !slices.Equal(names, []string{"first"}) {
				t.Errorf("left on the target: %q", names)
			}
		})
	}
}

func TestARecordThatCannotBeDeletedIsReportedAndStaysInTheLedger(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"Then all is well", "Then all is lost"} {
		t.Run(level, func(t *testing.T) {
			t.Parallel()
			ledger, path := openLedger(t)
			_, server := serve(t, func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method == "DELETE" && strings.HasSuffix(r.URL.Path, "/2") {
					answer(w, 409, map[string]any{"message": "it stays"})
					return true
				}
				return false
			})
			target := realTarget(server.URL)
			r := hold(t, fakeAPI(t, rule("@must", "Given a thing \"ann\"\nAnd a thing \"bob\"\nWhen nothing is done\n"+level)), target,
				run.Options{Selection: allowAll, Ledger: ledger, Tag: "rc0a1b2c3d"})
			want := []report.Record{{API: "fake", Kind: "thing", Name: "rc0a1b2c3d-1-ann", ID: "2", Why: "deleteThing is answered with 409"}}
			if diff := cmp.Diff(want, r.Left); diff != "" {
				t.Errorf("left behind (-want +got):\n%s", diff)
			}
			if r.ExitStatus() != report.ExitLeftBehind || r.Headline() != "RECORDS LEFT BEHIND" {
				t.Errorf("exit status %d, %s", r.ExitStatus(), r.Headline())
			}
			open := readLedger(t, path)
			if len(open) != 1 || open[0].Name != "rc0a1b2c3d-1-ann" || open[0].ID != "2" || open[0].URL != server.URL+"/fake" {
				t.Errorf("the ledger has open %+v", open)
			}
		})
	}
}

// Of a request without answer nobody knows whether it was done.
func TestACreationWithoutAnswerIsLookedForByItsName(t *testing.T) {
	t.Parallel()
	s := &fakeServer{things: map[int]string{1: "first"}, next: 1}
	_, server := serve(t, func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == "POST" {
			s.ServeHTTP(&discard{http.Header{}}, r) // done, and the answer is lost
			panic(http.ErrAbortHandler)
		}
		s.ServeHTTP(w, r)
		return true
	})
	ledger, path := openLedger(t)
	r := hold(t, fakeAPI(t, rule("@must", "When a thing \"ann\" is created\nThen the answer is 201")), realTarget(server.URL), run.Options{Selection: allowAll, Ledger: ledger})
	if x := ruleOf(t, r, "FK-THING-01"); x.Verdict != report.Error {
		t.Errorf("the rule is %s", x.Verdict)
	}
	if names := s.names(); !slices.Equal(names, []string{"first"}) || len(r.Left) > 0 || len(readLedger(t, path)) > 0 {
		t.Errorf("left on the target: %q, in the report %v, in the ledger %v", names, r.Left, readLedger(t, path))
	}
}

type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(int)             {}

func TestNothingIsCreatedWithoutALedger(t *testing.T) {
	t.Parallel()
	ledger, _ := openLedger(t)
	ledger.Close() // as if the disk were full
	s, server := serve(t, nil)
	r := hold(t, fakeAPI(t, rule("@must", "When a thing \"ann\" is created\nThen the answer is 201")), realTarget(server.URL), run.Options{Selection: allowAll, Ledger: ledger})
	if x := ruleOf(t, r, "FK-THING-01"); x.Verdict != report.Error || !strings.Contains(x.Reason, "ledger") {
		t.Errorf("the rule is %s: %s", x.Verdict, x.Reason)
	}
	if i := slices.IndexFunc(s.requests(), func(x string) bool { return strings.HasPrefix(x, "POST") }); i >= 0 {
		t.Error("it was created all the same")
	}
}

func TestReadingALedger(t *testing.T) {
	t.Parallel()
	line := func(event, name, id string) string {
		return fmt.Sprintf(`{"event":%q,"url":"http://x","api":"fake","kind":"thing","name":%q,"id":%q}`+"\n", event, name, id)
	}
	for _, c := range []struct{ name, text, want, err string }{
		{name: "an empty file", text: "", want: ""},
		{name: "an intent alone", text: line("intent", "a", ""), want: "a:"},
		{name: "what was created has its id", text: line("intent", "a", "") + line("created", "a", "7"), want: "a:7"},
		{name: "what is settled is closed", text: line("intent", "a", "") + line("created", "a", "7") + line("settled", "a", ""), want: ""},
		{name: "the newest first", text: line("intent", "a", "") + line("intent", "b", "") + line("created", "a", "1"), want: "b: a:1"},
		{name: "one of two is settled", text: line("intent", "a", "") + line("intent", "b", "") + line("settled", "b", ""), want: "a:"},
		{name: "a torn last line", text: line("intent", "a", "") + `{"event":"inte`, want: "a:"},
		{name: "a torn line alone", text: `{"ev`, want: ""},
		{name: "a torn line in the middle", text: `{"ev` + "\n" + line("intent", "a", ""), err: ":1:"},
		{name: "something else in the middle", text: line("intent", "a", "") + "hello\n" + line("intent", "b", ""), err: ":2:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "ledger.jsonl")
			if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			entries, err := world.ReadLedger(path)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), path+c.err) {
					t.Errorf("the error is %v; it should name the file and %q", err, c.err)
				}
				return
			}
			var got []string
			for _, e := range entries {
				got = append(got, e.Name+":"+e.ID)
			}
			if err != nil || strings.Join(got, " ") != c.want {
				t.Errorf("open are %q, error %v; they should be %q", got, err, c.want)
			}
		})
	}
}

// leftovers is a server on which a crashed run left two things, and a thing of
// somebody else whose name begins the same.
func leftovers(t *testing.T) (s *fakeServer, target *target.Target, ledger string) {
	s, server := serve(t, nil)
	s.things[2], s.things[3], s.things[4] = "rc0a1b2c3d-1-ann", "rc0a1b2c3d-1-bob", "rc0a1b2c3d-1-bobby"
	ledger = filepath.Join(t.TempDir(), "ledger.jsonl")
	text := fmt.Sprintf(`{"event":"intent","url":"%[1]s/fake","api":"fake","kind":"thing","name":"rc0a1b2c3d-1-ann"}
{"event":"created","api":"fake","kind":"thing","name":"rc0a1b2c3d-1-ann","id":"2"}
{"event":"intent","url":"%[1]s/fake","api":"fake","kind":"thing","name":"rc0a1b2c3d-1-bob"}
{"event":"inte`, server.URL)
	if err := os.WriteFile(ledger, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return s, realTarget(server.URL), ledger
}

func sweep(t *testing.T, target *target.Target, path string) []report.Record {
	t.Helper()
	open := readLedger(t, path)
	ledger, err := world.OpenLedger(path)
	if err != nil {
		t.Fatal(err)
	}
	defer ledger.Close()
	return world.Sweep(context.Background(), []*world.API{fakeAPI(t, rule("@must", readsOne))}, target, ledger, open)
}

func TestSweepingDeletesWhatTheLedgerNamesAndNothingElse(t *testing.T) {
	t.Parallel()
	s, target, path := leftovers(t)
	if left := sweep(t, target, path); len(left) > 0 {
		t.Errorf("left behind: %+v", left)
	}
	if diff := cmp.Diff([]string{"first", "rc0a1b2c3d-1-bobby"}, s.names()); diff != "" {
		t.Errorf("on the target (-want +got):\n%s", diff)
	}
	// The torn line that the crash left must not spoil what is written after it.
	if open := readLedger(t, path); len(open) > 0 {
		t.Errorf("the ledger has open %+v", open)
	}
	before := len(s.requests())
	if left := sweep(t, target, path); len(left) > 0 || len(s.requests()) != before {
		t.Errorf("sweeping again leaves %v and sends %q", left, s.requests()[before:])
	}
}

func TestSweepingKeepsOffOtherTargets(t *testing.T) {
	t.Parallel()
	s, target, path := leftovers(t)
	elsewhere, server := serve(t, nil)
	elsewhere.things[2] = "precious"
	target.Endpoints["fake"].URL = server.URL + "/fake"
	left := sweep(t, target, path)
	if len(left) != 2 || !strings.Contains(left[0].Why, "it was created on") {
		t.Errorf("left behind: %+v", left)
	}
	if len(elsewhere.requests()) > 0 || len(s.requests()) > 0 {
		t.Errorf("it sent %q and %q", elsewhere.requests(), s.requests())
	}
	if open := readLedger(t, path); len(open) != 2 {
		t.Errorf("the ledger has open %+v", open)
	}
}

func TestSweepingSaysWhatItCannotDelete(t *testing.T) {
	t.Parallel()
	s, target, path := leftovers(t)
	target.Endpoints["fake"].URL += "/" // as somebody may write it
	target.Timeout = time.Second
	s.mu.Lock()
	delete(s.things, 2) // somebody was here before
	s.mu.Unlock()
	if left := sweep(t, target, path); len(left) > 0 {
		t.Errorf("left behind: %+v", left)
	}
	_, target, path = leftovers(t)
	target.Endpoints["fake"].URL, target.Client = "http://127.0.0.1:1/fake", nil
	text, _ := os.ReadFile(path)
	moved := strings.ReplaceAll(string(text), readLedger(t, path)[0].URL, "http://127.0.0.1:1/fake")
	if err := os.WriteFile(path, []byte(moved), 0o600); err != nil {
		t.Fatal(err)
	}
	left := sweep(t, target, path)
	if len(left) != 2 || !strings.Contains(left[0].Why, "refused") || len(readLedger(t, path)) != 2 {
		t.Errorf("left behind: %+v; in the ledger: %+v", left, readLedger(t, path))
	}
}

func TestOnlyWhatTheRunCreatedIsOurs(t *testing.T) {
	for _, c := range []struct {
		name, created string
		ours          bool
	}{
		{"rc0a1b2c3d-7-ann", "rc0a1b2c3d-7-ann", true},
		{"rc0a1b2c3d-7-renamed", "rc0a1b2c3d-7-ann", true},
		{"rc0a1b2c3d-7.ann@example.com", "rc0a1b2c3d-7.bob@example.com", true},
		{"rc0a1b2c3d-71-ann", "rc0a1b2c3d-7-ann", false},
		{"rcffffffff-7-ann", "rc0a1b2c3d-7-ann", false},
		{"nxadmin", "rc0a1b2c3d-7-ann", false},
		{"", "rc0a1b2c3d-7-ann", false},
		{"anything", "no-tag", false},
	} {
		if got := world.Ours(c.name, c.created); got != c.ours {
			t.Errorf("%q, created as %q, is ours: %v; it should be %v", c.name, c.created, got, c.ours)
		}
	}
}

// A creation that took effect although it was answered as if it had not, or
// without an id, is looked for by its name.
func TestACreationIsSettledOnlyByARefusalForGood(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 201, 408, 409, 425, 429, 499, 500, 502, 503, 504} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			ledger, path := openLedger(t)
			var s *fakeServer
			s, server := serve(t, func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method != http.MethodPost {
					return false
				}
				s.mu.Lock()
				s.things[77] = "rc0a1b2c3d-1-bob"
				s.mu.Unlock()
				answer(w, status, map[string]any{"message": "done, or not"})
				return true
			})
			r := hold(t, fakeAPI(t, rule("@must", "When a thing \"bob\" is created\nThen the answer is 201")), realTarget(server.URL),
				run.Options{Selection: allowAll, Ledger: ledger, Tag: "rc0a1b2c3d"})
			if len(r.Left) > 0 || len(readLedger(t, path)) > 0 || slices.Contains(s.names(), "rc0a1b2c3d-1-bob") {
				t.Errorf("left behind: %+v; in the ledger: %+v; on the target: %q", r.Left, readLedger(t, path), s.names())
			}
		})
	}
}

// Nothing is deleted that no run has made, whoever wrote the line.
func TestSweepingRefusesWhatNoRunHasMade(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"mgarcia", "", " ", "../users/2", "rc", "rc0a1b2c3d", "x-rc0a1b2c3d-1-ann", "RC0A1B2C3D-1-ann", "rc0a1b2c3-1-ann", "rcnothexno-1-ann"} {
		s, target, path := leftovers(t)
		s.mu.Lock()
		s.things[2] = name
		s.mu.Unlock()
		line := fmt.Sprintf(`{"event":"intent","url":%q,"api":"fake","kind":"thing","name":%q,"id":"2"}`+"\n", target.Endpoints["fake"].URL, name)
		if err := os.WriteFile(path, []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
		left := sweep(t, target, path)
		if len(left) != 1 || !strings.Contains(left[0].Why, "no run has made it") || !slices.Contains(s.names(), name) {
			t.Errorf("%q: left behind: %+v; on the target: %q", name, left, s.names())
		}
	}
}
