package engine_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

func TestAMockThatBreaksItsContractSaysSo(t *testing.T) {
	t.Parallel()
	respond := func(r engine.Response, err error) engine.Handler {
		return func(*engine.Call) (engine.Response, error) { return r, err }
	}
	for _, x := range []struct {
		name, method string
		handle       engine.Handler
		says         string
	}{
		{"an undocumented status", "GET", respond(engine.Response{Status: 418, Body: thing{1}}, nil), "getThing: status 418 is not documented"},
		{"an undocumented refusal", "GET", respond(engine.Response{}, &engine.Problem{Status: 409, Message: "m"}), "getThing: is answered with status 409, which the contract does not list"},
		{"a protocol status that is no refusal", "PUT", respond(engine.Response{Status: 415}, nil), "status 415 is not documented"},
		{"an observed status", "GET", respond(engine.Response{Status: 202, Body: thing{1}}, nil), "status 202 is not documented, only observed, and edition documented"},
		{"a property of another type", "GET", respond(engine.OK(thing{"one"})), "getThing: n: Invalid type"},
		{"a property that is missing", "GET", respond(engine.OK(struct{}{})), "n is required"},
		{"no body where one is documented", "GET", respond(engine.Response{Status: 200}, nil), "is empty; the contract promises application/json"},
		{"a body where none is documented", "DELETE", respond(engine.Response{Status: 204, Body: thing{1}}, nil), "documented without a body"},
		{"a failure", "GET", respond(engine.Response{}, errors.New("disk full")), "disk full"},
		{"a panic", "GET", func(*engine.Call) (engine.Response, error) { panic("oops") }, "panic: oops"},
		{"a status that is none", "GET", respond(engine.Response{Status: 0, Body: thing{1}}, nil), "status 0 is not documented"},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			toy := newToy(t, map[string]engine.Handler{"getThing": x.handle, "putThing": x.handle, "deleteThing": x.handle})
			a := toy.want(500, toy.do(x.method, "/things/one", `{"n":1}`))
			if !strings.HasPrefix(a.message(), "rolecall broke its own contract: ") || !strings.Contains(a.message(), x.says) {
				t.Errorf("the answer says %q, want %q", a.message(), x.says)
			}
		})
	}
}

func TestAnObservedEditionMayAnswerAsObserved(t *testing.T) {
	t.Parallel()
	toy := newToy(t, map[string]engine.Handler{"getThing": func(*engine.Call) (engine.Response, error) {
		return engine.Response{Status: 202, Body: thing{1}}, nil
	}}, func(api *engine.API) { api.Observed = true })
	toy.want(202, toy.do("GET", "/things/one", ""))
}

// What no document lists, an edition may decide that is not held to the contract;
// what a success contains is documented all the same.
func TestWhereNoStatusIsDocumentedAnObservedEditionHasItsOwn(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name   string
		answer engine.Response
		want   int // 500 from any other edition
	}{
		{"a refusal without a body", engine.Response{Status: 422}, 422},
		{"another success", engine.Response{Status: 201, Body: thing{1}}, 201},
		{"another success with another body", engine.Response{Status: 201, Body: thing{"one"}}, 500},
		{"another success without a body", engine.Response{Status: 201}, 500},
		{"a failure", engine.Response{Status: 502}, 500},
	} {
		for _, observed := range []bool{true, false} {
			toy := newToy(t, map[string]engine.Handler{"getThing": func(*engine.Call) (engine.Response, error) { return x.answer, nil }},
				func(api *engine.API) { api.Observed, api.Contract.SilentStatuses = observed, true })
			want := map[bool]int{true: x.want, false: 500}[observed]
			if a := toy.do("GET", "/things/one", ""); a.status != want {
				t.Errorf("%s, observed %t: status %d, want %d", x.name, observed, a.status, want)
			}
		}
	}
}

// TestAnAnswerThatIsValidHereIsNotTakenToBeValidThere: bodies that were found
// valid are remembered, under the schema that they were held to.
func TestAnAnswerThatIsValidHereIsNotTakenToBeValidThere(t *testing.T) {
	t.Parallel()
	same := func(*engine.Call) (engine.Response, error) { return engine.OK(thing{1}) }
	toy := newToy(t, map[string]engine.Handler{"getThing": same, "listThings": same})
	for range 3 {
		toy.want(200, toy.do("GET", "/things/one", ""))
		toy.want(500, toy.do("GET", "/things", ""))
	}
}

// TestABrokenAnswerIsFoundAmongManyGoodOnes: more than are remembered.
func TestABrokenAnswerIsFoundAmongManyGoodOnes(t *testing.T) {
	t.Parallel()
	var next any
	toy := newToy(t, map[string]engine.Handler{"getThing": func(*engine.Call) (engine.Response, error) { return engine.OK(thing{next}) }})
	for i := range 17_000 {
		next = i
		toy.want(200, toy.do("GET", "/things/one", ""))
	}
	for n, status := range map[any]int{"broken": 500, 0: 200, 16_999: 200} {
		next = n
		toy.want(status, toy.do("GET", "/things/one", ""))
	}
}

func TestRefusalsNameTheirRule(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	for _, x := range []struct {
		method, path, body, rule string
		status                   int
	}{
		{"GET", "/things/none", "", "TOY-01", 404},
		{"PUT", "/things/one", `{"n":-1}`, "TOY-02", 400},
		{"PUT", "/things/one", `{"n":"x"}`, "TOY-04", 400},
		{"PUT", "/things/one", `{`, "TOY-PROTO-01", 400},
		{"PUT", "/things/one", ``, "TOY-PROTO-01", 400},
		{"GET", "/things?size=0", ``, "TOY-PROTO-01", 400},
		{"POST", "/things", `{}`, "TOY-PROTO-01", 405},
		{"GET", "/nothing", ``, "TOY-PROTO-01", 404},
		{"GET", "/things", ``, "", 200},
	} {
		a := toy.want(x.status, toy.do(x.method, x.path, x.body))
		if got := a.header.Get("Rolecall-Rule"); got != x.rule {
			t.Errorf("%s %s %s is refused under %q, want %q", x.method, x.path, x.body, got, x.rule)
		}
	}
}

func TestAStrangerLearnsNothingOfTheBody(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil, func(api *engine.API) {
		isStranger := func(*engine.Call) bool { return true }
		api.SignIn.Guards = []engine.Guard{engine.Refuse("TOY-03", 404, engine.Stranger, isStranger, "who are you?")}
	})
	for _, body := range []string{`{"n":1}`, `{`, ``} {
		if a := toy.do("GET", "/things/one", body); a.message() != "who are you?" {
			t.Errorf("body %q is answered with %s", body, a.body)
		}
	}
}

func TestAPIsThatDoNotHoldTogetherAreNotServed(t *testing.T) {
	t.Parallel()
	contract, err := schemas.LoadFS("toy", toyFiles())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name, says string
		change     func(*engine.API)
	}{
		{"an operation that does nothing", "operation deleteThing does nothing", func(a *engine.API) { a.Operations = a.Operations[:3] }},
		{"an operation of no contract", "operation fly is not in openapi.yaml", func(a *engine.API) { a.Operations[0].ID = "fly" }},
		{"an operation that stands twice", "operation getThing stands twice", func(a *engine.API) { a.Operations[0].ID = "getThing" }},
		{"a body that is not checked", "operation putThing has 0 guards made by Body", func(a *engine.API) { a.Operations[2].Guards = nil }},
		{"a check of a body that is not read", "operation getThing has 1 guards made by Body", func(a *engine.API) { a.Operations[1].Guards = a.Operations[2].Guards[:1] }},
		{"a guard with a status that nobody documents", "guard TOY-09 of getThing answers 409", func(a *engine.API) {
			a.Operations[1].Guards = []engine.Guard{engine.Refuse("TOY-09", 409, engine.Conflict, isBelowZero, "")}
		}},
		{"a defect on no operation", "defect d is on fly, which is no operation", func(a *engine.API) { a.Defects = []engine.Defect{{ID: "d", Breaks: "TOY-01", On: []string{"fly"}}} }},
		{"a defect of guards that there are not", "defect d has no Wrap, and there is no guard of TOY-09", func(a *engine.API) { a.Defects = []engine.Defect{{ID: "d", Breaks: "TOY-09"}} }},
		{"a defect of guards that are elsewhere", "defect d has no Wrap, and there is no guard of TOY-01", func(a *engine.API) {
			a.Defects = []engine.Defect{{ID: "d", Breaks: "TOY-01", On: []string{"putThing"}}}
		}},
	} {
		api := &engine.API{Contract: contract, Operations: operations()}
		x.change(api)
		if err := api.Prepare(); err == nil || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: the error is %v, want %q", x.name, err, x.says)
		}
	}
}

func TestDefectsBreakWhatTheySay(t *testing.T) {
	t.Parallel()
	set := func(n any) func(*engine.Call, any) any {
		return func(_ *engine.Call, body any) any { body.(map[string]any)["n"] = n; return body }
	}
	for _, x := range []struct {
		name   string
		defect engine.Defect
		want   string
	}{
		{"none", engine.Defect{ID: "none", Breaks: "TOY-02"}, `404 200 {"n":5} 204 [one]`},
		{"a lifted rule", engine.Defect{Breaks: "TOY-01"}, `200 200 {"n":5} 204 [one]`},
		{"a lifted rule for other callers", engine.Defect{Breaks: "TOY-01", For: func(c *engine.Call) bool { return c.Caller != nil }}, `404 200 {"n":5} 204 [one]`},
		{"another answer, even one that breaks the contract", engine.Defect{On: []string{"putThing"}, Wrap: engine.EditAnswer(set("x"))}, `404 200 {"n":"x"} 204 [one]`},
		{"another request", engine.Defect{On: []string{"putThing"}, Wrap: engine.EditRequest(set(6))}, `404 200 {"n":6} 204 [one]`},
		{"a deletion that is forgotten", engine.Defect{On: []string{"deleteThing"}, Wrap: engine.Forget}, `404 200 {"n":5} 204 [one two]`},
		{"a creation that does more", engine.Defect{On: []string{"putThing"}, Wrap: engine.Also(func(_ *engine.Call, s engine.State) { s.(*things).table.Put("three", 3) })}, `404 200 {"n":5} 204 [one three]`},
		{"a refusal", engine.Defect{On: []string{"putThing"}, Wrap: engine.RefuseWrongly(418, nil)}, `404 418 {"error":"refused by a defect"} 204 [one]`},
	} {
		t.Run(x.name, func(t *testing.T) {
			x.defect.ID = "d"
			toy := newToy(t, nil, func(a *engine.API) { a.Defects = []engine.Defect{x.defect} })
			toy.sandbox.SetDefects([]engine.Defect{x.defect})
			got := toy.do("GET", "/things/none", "").status
			put := toy.do("PUT", "/things/two", `{"n":5}`)
			gone := toy.do("DELETE", "/things/two", "").status
			if s := fmt.Sprintf("%d %d %s %d [%s]", got, put.status, put.body, gone, toy.names()); s != x.want {
				t.Errorf("with the defect: %s, want %s", s, x.want)
			}
		})
	}
}
