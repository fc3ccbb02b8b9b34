package conformance_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
)

var thingShape = invariants.Shape{ID: "id"}

// fakeAdapter looks at things by their ids and in the list.
type fakeAdapter struct{ *fakeWorld }

func (a fakeAdapter) ask(l *world.Look, operation string, path map[string]string) *world.Exchange {
	return l.Ask("", world.Request{Operation: operation, Path: path, Sign: func(r *http.Request) { r.SetBasicAuth("keeper", keeperPassword) }})
}

func (a fakeAdapter) Look(l *world.Look) {
	for _, id := range l.Records("thing") {
		thing := invariants.Record{Kind: "thing", ID: id}
		if x := a.ask(l, "getThing", map[string]string{"id": id}); x != nil {
			l.See(x, thing, x.JSON(), thingShape, nil)
		}
		if list := a.ask(l, "listThings", nil); list != nil {
			l.See(list, thing, list.JSON().Get(fmt.Sprintf("#(id==%s)", id)), thingShape, nil)
		}
	}
}

func (a fakeAdapter) Effect(x *world.Exchange) (e world.Effect) {
	if x.Operation != nil && x.Operation.ID == "deleteThing" {
		e.Done = []invariants.Touch{{Kind: "thing", ID: x.Path["id"], Existence: true}}
	}
	return e
}

// watchedAPI is the fake API with an adapter, two changes to try and a bystander.
func watchedAPI(t testing.TB, steps string) *world.API {
	api := fakeAPI(t, rule("@must", steps))
	api.Unwatched = false
	api.Steps = func(w *world.World) []world.Step {
		f := &fakeWorld{World: w}
		w.Adapter = fakeAdapter{f}
		return append(fakeSteps(f), when(`^"(\w+)" is deleted$`, ``, func(name string) error {
			return f.ask("deleteThing", map[string]string{"id": f.ids[f.Tag()+"-"+name]})
		}))
	}
	api.Bystander = func(w *world.World) error { return (&fakeWorld{World: w}).create("bystander") }
	return api
}

const annIsDeleted = "Given a thing \"ann\"\nAnd a thing \"bob\"\nWhen \"ann\" is deleted\nThen the answer is 204"

// change lets a request through and then does something to the things; reads
// are answered as the function says.
type trick struct {
	change func(s *fakeServer, r *http.Request)
	read   func(w http.ResponseWriter, r *http.Request, changed int, id string) bool
	status int // of the change instead of its own
}

// tricked starts a server with a trick, which begins with the first deletion.
func tricked(t testing.TB, k trick) (*fakeServer, *target.Target) {
	var changes atomic.Int32
	var s *fakeServer
	s, server := serve(t, func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodDelete {
			changes.Add(1)
			if k.change != nil {
				s.mu.Lock()
				k.change(s, r)
				s.mu.Unlock()
			}
			if k.status != 0 {
				answer(w, k.status, map[string]any{"message": "no"})
				return true
			}
			return false
		}
		id := strings.TrimPrefix(r.URL.Path, "/fake/things/")
		return r.Method == http.MethodGet && k.read != nil && changes.Load() > 0 && k.read(w, r, int(changes.Load()), id)
	})
	return s, realTarget(server.URL)
}

func rename(names ...string) func(*fakeServer, *http.Request) {
	return func(s *fakeServer, _ *http.Request) {
		for id, name := range s.things {
			for _, wanted := range names {
				if strings.HasSuffix(name, wanted) {
					s.things[id] = "renamed"
				}
			}
		}
	}
}

func TestWhatTheInvariantsFind(t *testing.T) {
	t.Parallel()
	old := func(w http.ResponseWriter, id string) bool {
		number, _ := strconv.Atoi(id)
		answer(w, 200, map[string]any{"id": number, "name": "from before"})
		return true
	}
	var reads atomic.Int32
	for _, c := range []struct {
		name  string
		trick trick
		rule  string // that fails; "" for none
		says  []string
	}{
		{"a server without fault", trick{}, "", nil},
		{"a change that hits another record", trick{change: rename("-bob")}, "FK-FRAME", []string{"after deleteThing", "getThing shows name of thing", `"renamed"`, "before, it was"}},
		{"a change that hits the bystander", trick{change: rename("-bystander")}, "FK-FRAME", []string{"after deleteThing", `"renamed"`}},
		{"a refusal that does something", trick{change: rename("-bob"), status: 400}, "FK-FRAME", []string{"after deleteThing", `"renamed"`}},
		{"a list that forgets a record", trick{read: func(w http.ResponseWriter, r *http.Request, _ int, id string) bool {
			if strings.HasSuffix(r.URL.Path, "/things") {
				answer(w, 200, []any{})
				return true
			}
			return false
		}}, "FK-VIEWS", []string{"by getThing, thing", "is there; by listThings, it is not there"}},
		{"a deleted record that lives on", trick{read: func(w http.ResponseWriter, r *http.Request, _ int, id string) bool {
			if strings.HasSuffix(r.URL.Path, "/things") {
				answer(w, 200, []any{map[string]any{"id": 2, "name": "x"}, map[string]any{"id": 3, "name": "x"}, map[string]any{"id": 4, "name": "x"}})
				return true
			}
			return false
		}}, "FK-VIEWS", []string{"is not there; by listThings, it is there"}},
		{"another record in place of the one asked for", trick{read: func(w http.ResponseWriter, r *http.Request, _ int, id string) bool {
			if id == "4" {
				answer(w, 200, map[string]any{"id": 3, "name": "other"})
			}
			return id == "4"
		}}, "FK-VIEWS", []string{"getThing shows id 3 where thing 4 was asked for"}},
		{"an old value when it is read again", trick{read: func(w http.ResponseWriter, r *http.Request, _ int, id string) bool {
			return id == "4" && reads.Add(1) > 1 && old(w, id)
		}}, "FK-VIEWS", []string{"getThing shows", "from before", "nothing was changed in between"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, target := tricked(t, c.trick)
			r := hold(t, watchedAPI(t, annIsDeleted), target, run.Options{Selection: allowAll, Thorough: true})
			for _, id := range []string{"FK-FRAME", "FK-VIEWS"} {
				if x := ruleOf(t, r, id); (x.Verdict == report.Fail) != (id == c.rule) && !(c.rule == "FK-VIEWS" && id == "FK-FRAME") {
					t.Errorf("%s is %s: %s", id, x.Verdict, x.Reason)
				}
			}
			if c.rule != "" {
				x := ruleOf(t, r, c.rule)
				for _, part := range c.says {
					if !strings.Contains(fmt.Sprint(x.Scenarios), part) {
						t.Errorf("%s does not say %q: %s", c.rule, part, x.Reason)
					}
				}
			}
			if names := s.names(); c.rule == "" && len(names) != 1 {
				t.Errorf("left on the server: %v", names)
			}
		})
	}
}

func TestAServerMayBeGivenTimeToSettle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		settle time.Duration
		old    func(lists int32) bool // whether a list still shows what was before
		want   report.Verdict
	}{
		{"views that agree in time", time.Minute, func(n int32) bool { return n < 3 }, report.Pass},
		{"views that never agree", 200 * time.Millisecond, func(int32) bool { return true }, report.Fail},
		{"views that agree, and then no more", time.Minute, func(n int32) bool { return n == 1 || n == 3 }, report.Fail},
		{"no time is given", 0, func(n int32) bool { return n < 3 }, report.Fail},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var lists atomic.Int32
			before := []any{}
			_, target := tricked(t, trick{
				change: func(s *fakeServer, _ *http.Request) {
					if len(before) == 0 {
						for id, name := range s.things {
							before = append(before, map[string]any{"id": id, "name": name})
						}
					}
				},
				read: func(w http.ResponseWriter, r *http.Request, _ int, _ string) bool {
					if !strings.HasSuffix(r.URL.Path, "/things") || !c.old(lists.Add(1)) {
						return false
					}
					answer(w, 200, before)
					return true
				}})
			target.Endpoints["fake"].Settle = c.settle
			r := hold(t, watchedAPI(t, annIsDeleted), target, run.Options{Selection: allowAll, Thorough: true})
			if x := ruleOf(t, r, "FK-VIEWS"); x.Verdict != c.want {
				t.Errorf("views are %s: %s; they should be %s", x.Verdict, x.Reason, c.want)
			}
			if told := strings.Join(r.Notes, "\n"); strings.Contains(told, "took up to") != (c.settle > 0) {
				t.Errorf("the notes are %s", told)
			}
		})
	}
}

func TestLooksAreBoundedOnARealTarget(t *testing.T) {
	t.Parallel()
	s, target := tricked(t, trick{})
	r := hold(t, watchedAPI(t, annIsDeleted), target, run.Options{Selection: allowAll})
	var additional, own int
	for _, note := range r.Notes {
		fmt.Sscanf(note, "fake: the invariants sent %d requests beside the scenarios' %d", &additional, &own)
	}
	if own == 0 || additional == 0 || additional > 2*own {
		t.Errorf("%d requests beside %d: %v", additional, own, r.Notes)
	}
	if x := ruleOf(t, r, "FK-FRAME"); x.Verdict != report.Pass {
		t.Errorf("frame is %s: %s", x.Verdict, x.Reason)
	}
	if names := s.names(); len(names) != 1 {
		t.Errorf("left on the server: %v", names)
	}
}

func TestAnInvariantIsJudgedByItself(t *testing.T) {
	t.Parallel()
	_, target := tricked(t, trick{change: rename("-bob")})
	selection := allowAll
	selection.Rules = []string{"FK-FRAME"}
	r := hold(t, watchedAPI(t, annIsDeleted), target, run.Options{Selection: selection, Thorough: true})
	if len(r.Rules) != 1 || r.Rules[0].ID != "FK-FRAME" || r.Rules[0].Verdict != report.Fail || r.ExitStatus() != report.ExitNotConformant {
		t.Errorf("the report has %v, exit status %d", r.Rules, r.ExitStatus())
	}
	selection.Allow = rules.Allow{}
	if r = hold(t, watchedAPI(t, annIsDeleted), target, run.Options{Selection: selection}); r.ExitStatus() != report.ExitNothing {
		t.Errorf("without writing, the exit status is %d: %v", r.ExitStatus(), r.Rules)
	}
}

func TestAWaiverMayNameOperationAndView(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, more string
		waived     bool
		stale      string
	}{
		{"all of the invariant", "", true, ""},
		{"its operation", "operation: deleteThing", true, ""},
		{"its operation and view", "operation: deleteThing, view: getThing", true, ""},
		{"another operation", "operation: createThing", false, "not in that operation and view"},
		{"another view", "view: listThings", false, "not in that operation and view"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "waivers.yaml")
			line := strings.TrimSuffix("- {rule: FK-FRAME, reason: known, "+c.more, ", ") + "}\n"
			if err := os.WriteFile(file, []byte(line), 0o600); err != nil {
				t.Fatal(err)
			}
			waivers, err := run.LoadWaivers(file)
			if err != nil {
				t.Fatal(err)
			}
			_, target := tricked(t, trick{change: rename("-bob")})
			r := hold(t, watchedAPI(t, annIsDeleted), target, run.Options{Selection: allowAll, Waivers: waivers, Thorough: true})
			if x := ruleOf(t, r, "FK-FRAME"); (x.Waived != "") != c.waived {
				t.Errorf("the rule is waived: %q; it should be: %v", x.Waived, c.waived)
			}
			if len(r.Stale) > 0 != (c.stale != "") || len(r.Stale) > 0 && !strings.Contains(r.Stale[0].Stale, c.stale) {
				t.Errorf("stale are %v", r.Stale)
			}
		})
	}
}

func TestAFactThatIsNotSoEndsTheRunAsWrongConfiguration(t *testing.T) {
	t.Parallel()
	s, target := tricked(t, trick{})
	api := watchedAPI(t, annIsDeleted)
	api.Verify = func(*world.World) []report.Check {
		return []report.Check{{What: "thing", Result: report.Fail, Detail: "thing 7 of your target file does not exist"}}
	}
	r := hold(t, api, target, run.Options{Selection: allowAll})
	if r.ExitStatus() != report.ExitUsage || !strings.Contains(fmt.Sprint(r.Checks), "thing 7 of your target file does not exist") {
		t.Errorf("exit status %d, checks %v", r.ExitStatus(), r.Checks)
	}
	for _, request := range s.requests() {
		if !strings.HasPrefix(request, http.MethodGet) {
			t.Errorf("sent although the target file is wrong: %s", request)
		}
	}
}

func TestWhatAScenarioChangesIsRestored(t *testing.T) {
	t.Parallel()
	for _, fails := range []bool{false, true} {
		var restored atomic.Bool
		_, target := tricked(t, trick{})
		api := fakeAPI(t, rule("@must", "When it borrows something\nThen all is well"), func(w *world.World) []world.Step {
			return []world.Step{when(`^it borrows something$`, ``, func() error {
				w.Restore("thing 1", func() error {
					restored.Store(true)
					if fails {
						return fmt.Errorf("it is gone")
					}
					return nil
				})
				return fmt.Errorf("and fails")
			})}
		})
		r, err := catalogue(t, api).Run(context.Background(), target, run.Options{Selection: allowAll})
		if err != nil || !restored.Load() {
			t.Fatalf("restored: %v, %v", restored.Load(), err)
		}
		if (len(r.Left) == 1) != fails || fails && r.ExitStatus() != report.ExitLeftBehind {
			t.Errorf("left behind are %v, exit status %d", r.Left, r.ExitStatus())
		}
	}
}
