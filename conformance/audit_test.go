package conformance_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/conformance/audit"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
)

// The audit tests the tester; here the audit is tested, with mutants that are
// obstacles in the way to the server.

const audited = `Feature: Things

  @FK-NAME-01 @must
  Rule: The first thing is called so
    Source: nowhere

    Scenario: By its id
      When thing 1 is read
      Then the name is "first"

    Scenario: The list
      When the things are listed
      Then all is well

  @FK-GONE-01 @should
  Rule: What does not exist is not found
    Source: nowhere

    Scenario: One
      Given nothing special
      When thing 99 is read
      Then the answer is 404
`

// broken answers a request for a path as a mutant does.
func broken(path string, status int, body any) inTheWay {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != path {
			return false
		}
		answer(w, status, body)
		return true
	}
}

var renamed = broken("/fake/things/1", 200, map[string]any{"id": 1, "name": "other"})

var mutantWays = map[string]inTheWay{
	"renamed":     renamed,
	"found":       broken("/fake/things/99", 200, map[string]any{"id": 99, "name": "ghost"}),
	"harmless":    func(http.ResponseWriter, *http.Request) bool { return false },
	"nameless":    broken("/fake/things/1", 200, map[string]any{"id": 1}),
	"wordless":    broken("/fake/things/1", 405, map[string]any{}),
	"telling":     broken("/fake/things/1", 200, map[string]any{"id": 1, "name": "first", "passwordHash": "abc"}),
	"dropped":     func(_ http.ResponseWriter, r *http.Request) bool { panic(http.ErrAbortHandler) },
	"drops-one":   func(_ http.ResponseWriter, r *http.Request) bool { return dropIf(r.URL.Path == "/fake/things/99") },
	"half":        func(w http.ResponseWriter, r *http.Request) bool { return halfBroken(w, r) },
	"fake-canary": func(w http.ResponseWriter, _ *http.Request) bool { answer(w, 200, map[string]any{}); return true },
}

func dropIf(drop bool) bool {
	if drop {
		panic(http.ErrAbortHandler)
	}
	return false
}

// halfBroken fails one scenario of a rule and makes the other impossible.
func halfBroken(w http.ResponseWriter, r *http.Request) bool {
	dropIf(r.URL.Path == "/fake/things" && r.Header.Get("X-Signing-In") == "")
	return renamed(w, r)
}

func mutant(id, breaks string) audit.Defect {
	return audit.Defect{ID: id, API: "fake", Breaks: breaks}
}

var canaryMutant = mutant("fake-canary", "FK-NAME-01")

// startMutants starts the made-up server with mutants on. As a mock, so that
// nothing is asked again.
func startMutants(_ string, on ...string) (*target.Target, func(), error) {
	s := &fakeServer{things: map[int]string{1: "first"}, next: 1}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, id := range on {
			if mutantWays[id] == nil {
				panic("no mutant " + id)
			}
			if !strings.HasPrefix(r.URL.Path, "/_rolecall") && r.Header.Get("X-Signing-In") == "" && mutantWays[id](w, r) {
				return
			}
		}
		s.ServeHTTP(w, r)
	}))
	target := realTarget(server.URL)
	target.Endpoints["fake"].Mock = true
	return target, server.Close, nil
}

// auditAPI signs in past every mutant.
func auditAPI(t testing.TB, text string) *world.API {
	api := fakeAPI(t, map[string]string{"things.feature": text})
	api.SignIn = func(w *world.World) error {
		_, err := w.Do(world.Request{Operation: "listThings", Header: http.Header{"X-Signing-In": {"yes"}}})
		return err
	}
	return api
}

func TestWhatAnAuditFinds(t *testing.T) {
	t.Parallel()
	judgingWhen := strings.Replace(strings.Replace(audited, "When thing 99 is read\n      Then the answer is 404", "When thing 99 is read\n      And something breaks\n      Then all is well", 1), "something breaks", "nothing is done", 1)
	full := []audit.Defect{mutant("renamed", "FK-NAME-01"), mutant("found", "FK-GONE-01"), mutant("nameless", "FK-CONTRACT"),
		mutant("wordless", "FK-CONTRACT-SILENT"), mutant("telling", "FK-SECRETS"), canaryMutant}
	without := func(id string, more ...audit.Defect) []audit.Defect {
		return append(slices.DeleteFunc(slices.Clone(full), func(m audit.Defect) bool { return m.ID == id }), more...)
	}
	for _, c := range []struct {
		name    string
		feature string // audited unless given
		mutants []audit.Defect
		faults  []string // each one says all of this, in order; none: clean
	}{
		{name: "a suite that catches everything is clean", mutants: full},
		{name: "a mutant survives", mutants: append(without("found"), mutant("harmless", "FK-GONE-01")),
			faults: []string{"harmless lives: FK-GONE-01 is pass"}},
		{name: "a mutant is caught by another rule than its own", mutants: append(slices.Clone(full), mutant("renamed", "FK-GONE-01")),
			faults: []string{"renamed lives: FK-GONE-01 is pass"}},
		{name: "a rule has no mutant", mutants: without("found"), faults: []string{"rule FK-GONE-01 has no defect"}},
		{name: "the contract's rule has no mutant", mutants: without("nameless"), faults: []string{"rule FK-CONTRACT has no defect"}},
		{name: "only the canary breaks a rule", mutants: without("renamed"), faults: []string{"rule FK-NAME-01 has no defect"}},
		{name: "a mutant of the contract survives", mutants: append(without("nameless"), mutant("renamed", "FK-CONTRACT")),
			faults: []string{"renamed lives: FK-CONTRACT is pass"}},
		{name: "a mutant only makes judging impossible", mutants: append(without("found"), mutant("drops-one", "FK-GONE-01")),
			faults: []string{"drops-one lives: FK-GONE-01 is error"}},
		{name: "a mutant makes everything impossible", mutants: append(without("found"), mutant("dropped", "FK-GONE-01")),
			faults: []string{"dropped lives: FK-GONE-01 is error"}},
		{name: "a mutant fails one scenario and hinders another, which is a kill", mutants: append(without("renamed"), mutant("half", "FK-NAME-01")),
			faults: []string{"half is noticed by FK-NAME-01 even without its Then steps (error)"}},
		{name: "the canary lives", mutants: append(without("fake-canary"), mutant("harmless-canary", "FK-NAME-01")), faults: []string{"the canary of fake lives"}},
		{name: "there is no canary", mutants: without("fake-canary"), faults: []string{"the canary of fake lives"}},
		{name: "a mutant breaks a rule that does not exist", mutants: append(slices.Clone(full), mutant("renamed", "FK-NAME-99")),
			faults: []string{"renamed lives: FK-NAME-99 is not run", "no rule of fake"}},
		{name: "a rule fails without any mutant", feature: strings.Replace(audited, `"first"`, `"zeroth"`, 1), mutants: full,
			faults: []string{"baseline: FK-NAME-01 is fail"}},
		{name: "a rule cannot be judged without any mutant", feature: strings.Replace(audited, "Given nothing special", "Given the moon is full", 1), mutants: full,
			faults: []string{"baseline: FK-GONE-01 is error", "found lives: FK-GONE-01 is error"}},
		{name: "a rule is skipped without any mutant", feature: strings.Replace(audited, "Given nothing special", "Given a condition that the target lacks", 1), mutants: full,
			faults: []string{"baseline: FK-GONE-01 is skip", "found lives: FK-GONE-01 is skip"}},
		{name: "a rule's When judges", feature: strings.Replace(judgingWhen, "And nothing is done", "And it must have been 404", 1), mutants: full,
			faults: []string{"found is noticed by FK-GONE-01 even without its Then steps (fail)"}},
		{name: "a rule has nothing but Then steps, without which it does nothing", feature: strings.Replace(audited, "      Given nothing special\n      When thing 99 is read\n      Then the answer is 404", "      Then thing 99 is not found", 1), mutants: full},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			feature := c.feature
			if feature == "" {
				feature = audited
			}
			api := auditAPI(t, feature)
			steps := api.Steps
			api.Steps = func(w *world.World) []world.Step {
				found := func() error {
					if x := w.Last(); x == nil || x.Status != 404 {
						return fmt.Errorf("it is found")
					}
					return nil
				}
				return append(steps(w), when(`^it must have been 404$`, ``, found), then(`^thing 99 is not found$`, ``, func() error {
					if _, err := w.Do(world.Request{Operation: "getThing", Path: map[string]string{"id": "99"}}); err != nil {
						return err
					}
					return found()
				}))
			}
			start := func(name string, on ...string) (*target.Target, func(), error) {
				for i := range on {
					on[i] = strings.Replace(on[i], "harmless-canary", "harmless", 1)
				}
				return startMutants(name, on...)
			}
			audit, err := audit.Defects(context.Background(), catalogue(t, api), c.mutants, start, audit.Options{})
			if err != nil {
				t.Fatal(err)
			}
			all := strings.Join(audit.Faults, "\n")
			for _, fault := range c.faults {
				if !strings.Contains(all, fault) {
					t.Errorf("no fault says %q:\n%s", fault, all)
				}
			}
			if len(c.faults) == 0 && len(audit.Faults) > 0 || len(c.faults) > 0 && len(audit.Faults) == 0 {
				t.Errorf("the faults are\n%s", all)
			}
			if len(c.faults) == 1 && len(audit.Faults) != 1 {
				t.Errorf("there are %d faults; it should be 1:\n%s", len(audit.Faults), all)
			}
			var text strings.Builder
			if err := audit.WriteText(&text); err != nil || strings.Contains(text.String(), "does not pass its audit") != (len(audit.Faults) > 0) || strings.Contains(text.String(), "passes its audit") == (len(audit.Faults) > 0) {
				t.Errorf("it is told as\n%s", text.String())
			}
		})
	}
}

func TestTheKillMatrixCountsScenariosAndNamesWhoNoticed(t *testing.T) {
	t.Parallel()
	mutants := []audit.Defect{mutant("renamed", "FK-NAME-01"), mutant("found", "FK-GONE-01"), mutant("nameless", "FK-CONTRACT"), canaryMutant}
	audit, err := audit.Defects(context.Background(), catalogue(t, auditAPI(t, audited)), mutants, startMutants, audit.Options{All: true, Parallel: 1})
	if err != nil {
		t.Fatal(err)
	}
	k := audit.Kills[0]
	if !k.Killed() || k.Tried != 2 || k.Failed != 1 || k.Bare != report.Pass || !slices.Equal(k.By, []string{"FK-NAME-01"}) {
		t.Errorf("the first kill is %+v", k)
	}
	if k = audit.Kills[2]; !k.Killed() || !slices.Equal(k.By, []string{"FK-CONTRACT", "FK-NAME-01"}) {
		t.Errorf("the contract's kill is %+v", k)
	}
}

func TestAnAuditThatCannotBeMadeIsAnError(t *testing.T) {
	t.Parallel()
	c := catalogue(t, auditAPI(t, audited))
	failing := func(_ string, on ...string) (*target.Target, func(), error) {
		if len(on) > 0 {
			return nil, nil, errors.New("it does not start")
		}
		return startMutants("fake")
	}
	if _, err := audit.Defects(context.Background(), c, []audit.Defect{canaryMutant}, failing, audit.Options{}); err == nil || !strings.Contains(err.Error(), "does not start") {
		t.Errorf("a mutant that does not start: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := audit.Defects(ctx, c, []audit.Defect{canaryMutant}, startMutants, audit.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("an audit that is interrupted: %v", err)
	}
}
