package conformance_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/world"
)

// Whatever a scenario asserts, a breach of the contract is the contract's, and
// what the scenario asserts is the rule's.
func TestABreachOfTheContractIsFiledUnderTheContract(t *testing.T) {
	t.Parallel()
	thing := func(w http.ResponseWriter, mediaType string, status int, body string) bool {
		w.Header().Set("Allow", "PUT")
		w.Header().Set("Content-Type", mediaType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
		return true
	}
	for _, c := range []struct {
		name, steps string
		way         inTheWay
		rule        report.Verdict
		contract    string // what the reason says; "" for a pass
	}{
		{"a property is missing", "When thing 1 is read\nThen the answer is 200", func(w http.ResponseWriter, _ *http.Request) bool {
			return thing(w, "application/json", 200, `{"id": 1}`)
		}, report.Pass, "getThing 200: name is required"},
		{"a property has another type, and the rule fails too", "When thing 1 is read\nThen the name is \"second\"", func(w http.ResponseWriter, _ *http.Request) bool {
			return thing(w, "application/json", 200, `{"id": "1", "name": "first"}`)
		}, report.Fail, "getThing 200: id"},
		{"a status is not documented", "When thing 1 is read\nThen the answer is 402", func(w http.ResponseWriter, _ *http.Request) bool {
			return thing(w, "application/json", 402, `{"message": "pay"}`)
		}, report.Pass, "getThing is answered with status 402, which the contract does not list"},
		{"a status of another operation", "When thing 1 is read\nThen the answer is 401", func(w http.ResponseWriter, _ *http.Request) bool {
			return thing(w, "application/json", 401, `{"message": "who"}`)
		}, report.Pass, "401, which the contract does not list"},
		{"another media type", "When thing 1 is read\nThen the answer is 200", func(w http.ResponseWriter, _ *http.Request) bool {
			return thing(w, "text/plain", 200, `{"name": "first"}`)
		}, report.Pass, `Content-Type "text/plain"`},
		{"bytes after the end", "When thing 1 is read\nThen the answer is 200", func(w http.ResponseWriter, _ *http.Request) bool {
			return thing(w, "application/json", 200, `{"name": "first"} x`)
		}, report.Pass, "is not one JSON value"},
		{"a status that any path may answer with", "When thing 1 is read\nThen the answer is 405", func(w http.ResponseWriter, _ *http.Request) bool {
			return thing(w, "application/json", 405, `{"message": "no"}`)
		}, report.Pass, ""},
		{"a status that any path may answer with, in another shape", "When thing 1 is read\nThen the answer is 405", func(w http.ResponseWriter, _ *http.Request) bool {
			return thing(w, "application/json", 405, `{"error": "no"}`)
		}, report.Pass, "silent: message is required"},
		{"a refused method, without those that are allowed", "When thing 1 is read\nThen the answer is 405", func(w http.ResponseWriter, _ *http.Request) bool {
			answer(w, 405, map[string]any{"message": "no"})
			return true
		}, report.Pass, "silent: the header Allow is"},
		{"a media type with parameters", "When thing 1 is read\nThen the answer is 200", func(w http.ResponseWriter, _ *http.Request) bool {
			return thing(w, "Application/JSON; charset=utf-8", 200, `{"name": "first"}`)
		}, report.Pass, ""},
		{"a breach in a scenario that is skipped afterwards", "When thing 1 is read\nThen it does not apply", func(w http.ResponseWriter, _ *http.Request) bool {
			return thing(w, "application/json", 200, `{}`)
		}, report.Skip, "name is required"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, server := serve(t, c.way)
			r := hold(t, fakeAPI(t, rule("@observed", c.steps)), realTarget(server.URL), run.Options{Selection: allowAll})
			if x := ruleOf(t, r, "FK-THING-01"); x.Verdict != c.rule || strings.Contains(x.Reason, "contract") {
				t.Errorf("the rule is %s: %s; it should be %s", x.Verdict, x.Reason, c.rule)
			}
			x, exit := ruleOf(t, r, "FK-CONTRACT"), report.ExitNotConformant
			if said, silent := strings.CutPrefix(c.contract, "silent: "); silent {
				c.contract, x, exit = said, ruleOf(t, r, "FK-CONTRACT-SILENT"), report.ExitConformant
			}
			switch {
			case c.contract == "" && (x.Verdict != report.Pass || x.Reason != "" || r.ExitStatus() != report.ExitConformant):
				t.Errorf("the contract is %s: %s", x.Verdict, x.Reason)
			case c.contract != "" && (x.Verdict != report.Fail || !strings.Contains(x.Reason, c.contract) || r.ExitStatus() != exit):
				t.Errorf("the contract is %s: %s, exit status %d; it should say %s", x.Verdict, x.Reason, r.ExitStatus(), c.contract)
			case c.contract != "" && (len(x.Scenarios) != 1 || !strings.HasPrefix(x.Scenarios[0].Name, "FK-THING-01: ") || len(x.Scenarios[0].Exchanges) != 1):
				t.Errorf("the breach is shown as %+v", x.Scenarios)
			}
		})
	}
}

func TestCoverageCountsAnswersByOperationAndStatus(t *testing.T) {
	t.Parallel()
	_, server := serve(t, func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/7") {
			return false
		}
		answer(w, 200, map[string]any{})
		return true
	})
	api := fakeAPI(t, rule("@must", "When thing 1 is read\nAnd thing 7 is read\nAnd thing 99 is read\nThen all is well"))
	api.Ineligible = map[string]string{"createThing 400": "nobody knows how"}
	r := hold(t, api, realTarget(server.URL), run.Options{Selection: allowAll})
	got := map[string]report.Pair{}
	for _, p := range r.Coverage {
		got[p.Operation+" "+http.StatusText(p.Status)] = p
	}
	for what, want := range map[string]report.Pair{
		"getThing OK":             {API: "fake", Operation: "getThing", Status: 200, Documented: true, Seen: 2, Breached: 1},
		"getThing Not Found":      {API: "fake", Operation: "getThing", Status: 404, Documented: true, Seen: 1},
		"deleteThing No Content":  {API: "fake", Operation: "deleteThing", Status: 204, Documented: true},
		"createThing Bad Request": {API: "fake", Operation: "createThing", Status: 400, Documented: true, Ineligible: "nobody knows how"},
	} {
		if got[what] != want {
			t.Errorf("%s is %+v; it should be %+v", what, got[what], want)
		}
	}
}

// Who is let in before and after is not told in between that nobody has signed
// in; unless the operation asks for somebody else.
func TestAnAdministratorIsNotUnknownForOneRequest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		steps  string
		denied []string
		want   report.Verdict
	}{
		"before and after":           {"When the keeper reads thing 1\nAnd the keeper reads thing 7\nAnd the keeper reads thing 1\nThen all is well", nil, report.Fail},
		"and not let in again":       {"When the keeper reads thing 1\nAnd the keeper reads thing 7\nThen all is well", nil, report.Pass},
		"by what asks somebody else": {"When the keeper reads thing 7\nAnd the keeper reads thing 1\nThen all is well", []string{"getThing"}, report.Pass},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, server := serve(t, func(w http.ResponseWriter, r *http.Request) bool {
				if !strings.HasSuffix(r.URL.Path, "/7") {
					return false
				}
				answer(w, 401, map[string]any{"message": "who is there"})
				return true
			})
			api := fakeAPI(t, rule("@must", c.steps), func(w *world.World) []world.Step {
				return []world.Step{{Keyword: "When", Pattern: `^the keeper reads thing (\d+)$`, Do: func(id string) error {
					_, err := (&fakeWorld{World: w}).call(world.Request{Operation: "getThing", Path: map[string]string{"id": id}, As: world.Administrator})
					return err
				}}}
			})
			api.Denied = c.denied
			r := hold(t, api, realTarget(server.URL), run.Options{Selection: allowAll})
			x := ruleOf(t, r, "FK-CONTRACT-SILENT")
			if charged := strings.Contains(x.Reason, "let in before and after"); charged != (c.want == report.Fail) {
				t.Errorf("it is %s: %s", x.Verdict, x.Reason)
			}
		})
	}
}
