package conformance_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/world"
)

// Scenarios that create and delete, and some that are about everything there is.
func crowd(global string) map[string]string {
	rules := []string{"Feature: Things"}
	for i := range 12 {
		rules = append(rules, fmt.Sprintf("\n  @FK-OWN-%02d @must\n  Rule: Own %d\n    Source: nowhere\n    Scenario: Own\n      Given a thing \"ann\"\n      When a thing \"bob\" is created\n      Then the answer is 201", i+1, i+1))
		if i%4 == 1 {
			rules = append(rules, fmt.Sprintf("\n  @FK-ALL-%02d @must\n  Rule: All %d\n    Source: nowhere\n    %s", i+1, i+1, global))
		}
	}
	return map[string]string{"things.feature": strings.Join(rules, "\n")}
}

const (
	readStably = "Scenario: All\n      When each listed thing is read, stably\n      Then all of them are there"
	readAlone  = "@alone\n    Scenario: All\n      When each listed thing is read\n      Then all of them are there"
)

// globally are steps that read the list of all and then each by its id.
func globally(w *world.World) []world.Step {
	f := &fakeWorld{World: w}
	var missing int
	read := func() (int, error) {
		gone := 0
		if err := f.ask("listThings", nil); err != nil {
			return 0, err
		}
		for _, thing := range f.asked.JSON().Array() {
			if err := f.ask("getThing", map[string]string{"id": thing.Get("id").Raw}); err != nil {
				return 0, err
			}
			if !f.asked.Succeeded() {
				gone++
			}
		}
		return gone, nil
	}
	type everything struct {
		names string
		gone  int
	}
	return []world.Step{
		when(`^each listed thing is read$`, ``, func() (err error) { missing, err = read(); return err }),
		when(`^each listed thing is read, stably$`, ``, func() error {
			all, err := world.Stable(w, "the list of things", func() (everything, error) {
				gone, err := read()
				if err == nil {
					err = f.ask("listThings", nil)
				}
				var names []string
				for _, thing := range f.asked.JSON().Array() {
					names = append(names, thing.Raw)
				}
				slices.Sort(names)
				return everything{strings.Join(names, " "), gone}, err
			})
			missing = all.gone
			return err
		}),
		then(`^all of them are there$`, ``, func() error {
			if missing > 0 {
				return fmt.Errorf("%d listed things are not there", missing)
			}
			return nil
		}),
	}
}

// Eight at a time, on a target that is no mock, say what one at a time says.
func TestScenariosThatRunTogetherDoNotMisleadEachOther(t *testing.T) {
	t.Parallel()
	for name, global := range map[string]string{"read until it is stable": readStably, "run alone": readAlone} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, server := serve(t, nil)
			r := hold(t, fakeAPI(t, crowd(global), globally), realTarget(server.URL), run.Options{Selection: allowAll, Concurrency: 8})
			for _, x := range r.Rules {
				if x.Verdict != report.Pass {
					t.Errorf("%s is %s: %s", x.ID, x.Verdict, x.Reason)
				}
			}
			if names := s.names(); !slices.Equal(names, []string{"first"}) {
				t.Errorf("left on the target: %q", names)
			}
		})
	}
}

// A scenario that goes on and on is held back while another reads.
func TestChangesWaitForWhoReadsEverything(t *testing.T) {
	t.Parallel()
	var read atomic.Bool
	both := map[string]string{"things.feature": `Feature: Things
  @FK-ALL-01 @must
  Rule: All
    Source: nowhere
    ` + readStably + `
      And it is told

    Scenario: Goes on
      When things are made until it is told
      Then all is well
`}
	steps := func(w *world.World) []world.Step {
		f := &fakeWorld{World: w}
		return append(globally(w),
			then(`^it is told$`, ``, func() error { read.Store(true); return nil }),
			when(`^things are made until it is told$`, ``, func() error {
				for i := 0; !read.Load() && w.Context().Err() == nil && i < 2000; i++ {
					time.Sleep(2 * time.Millisecond)
					if err := f.create(fmt.Sprint("n", i)); err != nil {
						return err
					}
				}
				return nil
			}))
	}
	_, server := serve(t, nil)
	r := hold(t, fakeAPI(t, both, steps), realTarget(server.URL), run.Options{Selection: allowAll, Concurrency: 2})
	if x := ruleOf(t, r, "FK-ALL-01"); x.Verdict != report.Pass {
		t.Errorf("it is %s: %s", x.Verdict, x.Reason)
	}
}

// Another client that changes the list with each request to it leaves nothing
// to judge; one that ends at some time does.
func TestAnotherClientNeverMakesAVerdict(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		ends    int64 // after so many lists
		verdict report.Verdict
		reason  string
	}{
		{"it works for ever", 1 << 60, report.Error, "the list of things changed with each of 12 readings: somebody else is at work on the target"},
		{"it ends", 9, report.Pass, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var lists atomic.Int64
			var s *fakeServer
			s, server := serve(t, func(_ http.ResponseWriter, r *http.Request) bool {
				if r.Method == "GET" && strings.HasSuffix(r.URL.Path, "/things") && lists.Add(1) < c.ends {
					s.mu.Lock()
					s.next++
					s.things[s.next] = "another's"
					delete(s.things, s.next-1)
					s.things[1] = "first"
					s.mu.Unlock()
				}
				return false
			})
			features := map[string]string{"things.feature": "Feature: Things\n  @FK-ALL-01 @must\n  Rule: All\n    Source: nowhere\n    " + readStably}
			r := hold(t, fakeAPI(t, features, globally), realTarget(server.URL), run.Options{Selection: allowAll})
			if x := ruleOf(t, r, "FK-ALL-01"); x.Verdict != c.verdict || x.Reason != c.reason {
				t.Errorf("it is %s: %s", x.Verdict, x.Reason)
			}
		})
	}
}
