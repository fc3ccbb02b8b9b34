package engine_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// What deployed servers do differently from the ground up, and editions of them
// therefore as well.

func TestAGuardOfEverywhereIsTriedForEveryRequest(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil, func(a *engine.API) {
		bad := func(c *engine.Call) bool { return c.Header.Get("Token") == "bad" }
		a.SignIn.Guards = []engine.Guard{
			engine.Refuse("TOY-20", 400, engine.Stranger, bad, "a bad token").Everywhere(),
			engine.Refuse("TOY-21", 400, engine.Stranger, func(c *engine.Call) bool { return c.Header.Get("Token") == "" }, "no token"),
		}
		a.Defects = []engine.Defect{{ID: "d", Breaks: "TOY-20"}}
	})
	for _, x := range []struct {
		target, token string
		lifted        bool
		status        int
		rule          string
	}{
		{"GET /things/one", "bad", false, 400, "TOY-20"},
		{"GET /things/one", "", false, 400, "TOY-21"},
		{"DELETE /things/one", "bad", false, 400, "TOY-20"}, // a public operation
		{"DELETE /things/two", "", false, 204, ""},
		{"GET /nothing", "bad", false, 400, "TOY-20"},
		{"GET /nothing", "", false, 404, "TOY-PROTO-01"},
		{"POST /things", "bad", false, 400, "TOY-20"},
		{"POST /things", "good", false, 405, "TOY-PROTO-01"},
		{"GET /nothing", "bad", true, 404, "TOY-PROTO-01"},
		{"GET /things/one", "bad", true, 200, ""},
	} {
		toy.sandbox.SetDefects(nil)
		if x.lifted {
			toy.sandbox.SetDefects(toy.api.Defects[:1])
		}
		method, path, _ := strings.Cut(x.target, " ")
		a := toy.do(method, path, "", "Token", x.token)
		if rule := a.header.Get("Rolecall-Rule"); a.status != x.status || rule != x.rule {
			t.Errorf("%s with token %q: answered with %d under %q, want %d under %q", x.target, x.token, a.status, rule, x.status, x.rule)
		}
	}
}

func TestAStrangerWhomADefectLetsInLaterIsTheAdministratorToo(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil, func(a *engine.API) {
		a.Operations[0] = engine.Op("listThings", func(c *engine.Call) (engine.Response, error) {
			return engine.OK(map[string]any{"names": []string{fmt.Sprint(c.Caller)}})
		}, engine.Refuse("TOY-22", 400, engine.Stranger, func(c *engine.Call) bool { return c.Caller == nil }, "who are you?"))
		a.Defects = []engine.Defect{{ID: "d", Breaks: "TOY-22"}}
	})
	toy.want(400, toy.do("GET", "/things", ""))
	toy.sandbox.SetDefects(toy.api.Defects[:1])
	if a := toy.want(200, toy.do("GET", "/things", "")); a.body != `{"names":["the administrator"]}` {
		t.Errorf("the caller is %s", a.body)
	}
}

func TestAnAPIMayReadBodiesInItsOwnWay(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil, func(a *engine.API) {
		a.Read = func(c *engine.Call) (schemas.Value, error) {
			if n, ok := strings.CutPrefix(string(c.Body), "n is "); ok {
				return schemas.Decode([]byte(`{"n":` + n + `}`))
			}
			return schemas.Value{}, fmt.Errorf("say what n is")
		}
	})
	if a := toy.want(200, toy.do("PUT", "/things/two", "n is 5")); a.body != `{"n":5}` {
		t.Errorf("the answer is %s", a.body)
	}
	if a := toy.want(400, toy.do("PUT", "/things/two", `{"n":5}`)); a.message() != "say what n is" {
		t.Errorf("the refusal is %s", a.body)
	}
}

func TestARequestIsAdaptedByWhatTheStateSays(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil, func(a *engine.API) {
		a.Before = func(r *http.Request, s engine.State) {
			if n, ok := s.(*things).table.Get("one"); ok && n == 1 {
				r.URL.Path = strings.TrimSuffix(r.URL.Path, "/")
			}
		}
	})
	toy.want(200, toy.do("GET", "/things/", ""))
	toy.sandbox.Store("toy").Update(func(s engine.State) { s.(*things).table.Put("one", 2) })
	toy.want(404, toy.do("GET", "/things/", ""))
}

func TestOnlyAnObservedEditionAnswersWhatServersWereSeenToAnswer(t *testing.T) {
	t.Parallel()
	for observed, status := range map[bool]int{true: 418, false: 500} {
		toy := newToy(t, map[string]engine.Handler{"getThing": func(*engine.Call) (engine.Response, error) {
			return engine.Response{Status: 418, Seen: true}, nil
		}}, func(a *engine.API) { a.Observed = observed })
		toy.want(status, toy.do("GET", "/things/one", ""))
	}
}
