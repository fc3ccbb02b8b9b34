package engine_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func TestTheJournalRemembersTheNewestFiveHundred(t *testing.T) {
	t.Parallel()
	for _, calls := range []int{0, 1, 499, 500, 501, 1000, 1234} {
		j := &engine.Journal{}
		for i := range calls {
			j.Add(engine.Entry{URL: fmt.Sprint(i)})
		}
		entries, total := j.Entries()
		if total != calls || len(entries) != min(calls, 500) {
			t.Errorf("of %d calls %d are remembered and %d counted", calls, len(entries), total)
		}
		for i, e := range entries {
			if want := calls - len(entries) + i; e.Number != want || e.URL != fmt.Sprint(want) {
				t.Fatalf("of %d calls, entry %d is call %d (%s), want %d", calls, i, e.Number, e.URL, want)
			}
		}
		j.Clear()
		if entries, total := j.Entries(); len(entries) != 0 || total != 0 {
			t.Errorf("after clearing there are %d of %d", len(entries), total)
		}
	}
}

func TestTheJournalTakesEntriesFromAllSides(t *testing.T) {
	t.Parallel()
	j := &engine.Journal{}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 200 {
				j.Add(engine.Entry{})
				j.Entries()
			}
		})
	}
	all.Wait()
	if _, total := j.Entries(); total != 1600 {
		t.Errorf("%d calls are counted, want 1600", total)
	}
}

func TestEveryCallIsJournaled(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	if err := toy.sandbox.Clock.Set(noon, true); err != nil {
		t.Fatal(err)
	}
	large := `{"n":1,"x":"` + strings.Repeat("x", 17<<10) + `"}`
	toy.do("GET", "/things/one?a=b", "")
	toy.do("PUT", "/things/one", `{"n":-1}`)
	toy.do("PUT", "/things/one", large)
	toy.do("PATCH", "/things/one", "")
	toy.do("GET", "/nothing", "")
	toy.do("GET", "/things/one", "", "Prefer", "code=503")
	toy.do("GET", "/things", "", "Rolecall-Sandbox", "!")
	var got []string
	entries, _ := toy.sandbox.Journal.Entries()
	for _, e := range entries {
		if !e.Time.Equal(toy.sandbox.Clock.Now()) || e.API != "toy" {
			t.Errorf("an entry is of %s and %q", e.Time, e.API)
		}
		got = append(got, fmt.Sprintf("%s %s %s %q %d %s %q", e.Operation, e.Method, e.URL, e.Request, e.Status, e.Rule, e.Answer))
	}
	want := []string{
		`getThing GET /toy/things/one?a=b "" 200  "{\"n\":1}"`,
		`putThing PUT /toy/things/one "{\"n\":-1}" 400 TOY-02 "{\"error\":\"n is below 0\"}"`,
		`putThing PUT /toy/things/one "" 200  "{\"n\":1}"`,
		` PATCH /toy/things/one "" 405 TOY-PROTO-01 "{\"error\":\"PATCH is not allowed here; allowed are DELETE, GET, HEAD, PUT\"}"`,
		` GET /toy/nothing "" 404 TOY-PROTO-01 "{\"error\":\"no operation has the path /toy/nothing\"}"`,
		`getThing GET /toy/things/one "" 503  "{\"error\":\"Service Unavailable, as the request preferred\"}"`,
		` GET /toy/things "" 400 TOY-PROTO-01 "{\"error\":\"no such name\"}"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
