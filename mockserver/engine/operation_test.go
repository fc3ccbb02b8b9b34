package engine_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// guarded is a toy with a guard of each kind around what is read of a request.
func guarded(t *testing.T) *toy {
	given := func(header string) func(*engine.Call) bool {
		return func(c *engine.Call) bool { return c.Header.Get(header) != "" }
	}
	return newToy(t, nil, func(a *engine.API) {
		a.SignIn = engine.SignIn{
			Who: func(c *engine.Call) any {
				if name := c.Header.Get("Name"); name != "" {
					return name
				}
				return nil
			},
			Guards: []engine.Guard{
				engine.Refuse("TOY-10", 400, engine.Stranger, func(c *engine.Call) bool { return c.Caller == nil }, "who are you?"),
				engine.Refuse("TOY-11", 400, engine.Stranger, func(c *engine.Call) bool { return c.Caller == "mallory" }, "not you"),
			},
		}
		a.Operations[2] = engine.Op("putThing", func(c *engine.Call) (engine.Response, error) {
			thingsOf(c).Put(fmt.Sprint(c.Caller), c.JSON().Get("n").Int())
			return engine.OK(thing{c.Record})
		},
			engine.Refuse("TOY-12", 404, engine.Permission, given("Plain"), "{id} is not for you"),
			engine.Find("TOY-01", 404, theThing, "there is no thing {id}"),
			engine.Refuse("TOY-13", 404, engine.Permission, given("Stranger"), "{id} is not yours"),
			engine.Body("TOY-04"),
			engine.Explain("TOY-02", 400, engine.Malformed, func(c *engine.Call) string {
				if isBelowZero(c) {
					return "n is below 0"
				}
				return ""
			}))
		for _, rule := range []string{"TOY-PROTO-01", "TOY-01", "TOY-02", "TOY-04", "TOY-10", "TOY-11", "TOY-12", "TOY-13"} {
			a.Defects = append(a.Defects, engine.Defect{ID: rule, Breaks: rule})
		}
	})
}

func TestGuardsAreTriedInTheirOrderAroundWhatIsReadOfTheRequest(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name, path, body string
		headers          []string
		status           int
		rule, message    string
	}{
		{"who calls comes first", "none?x=%zz", `{`, []string{"Plain", "yes"}, 400, "TOY-10", "who are you?"},
		{"then whether that one is let in", "none?x=%zz", `{`, []string{"Name", "mallory", "Plain", "yes"}, 400, "TOY-11", "not you"},
		{"then what it may do", "none?x=%zz", `{`, []string{"Name", "ann", "Plain", "yes"}, 404, "TOY-12", "none is not for you"},
		{"then the query", "none?x=%zz", `{`, []string{"Name", "ann", "Stranger", "yes"}, 400, "TOY-PROTO-01", `the query cannot be read: invalid URL escape "%zz"`},
		{"then the record", "none", `{`, []string{"Name", "ann", "Stranger", "yes"}, 404, "TOY-01", "there is no thing none"},
		{"then what depends on it", "one", `{`, []string{"Name", "ann", "Stranger", "yes"}, 404, "TOY-13", "one is not yours"},
		{"then the body as such", "one", `{`, []string{"Name", "ann"}, 400, "TOY-PROTO-01", "the body is not one JSON value; look for a missing quote or comma, or for text after the end"},
		{"then its schema", "one", `{"n":"-1"}`, []string{"Name", "ann"}, 400, "TOY-04", "the body is not what putThing takes: n: Invalid type. Expected: integer, given: string"},
		{"then what it says", "one", `{"n":-1}`, []string{"Name", "ann"}, 400, "TOY-02", "n is below 0"},
		{"and nothing that is good", "one", `{"n":5}`, []string{"Name", "ann"}, 200, "", ""},
	} {
		a := guarded(t).do("PUT", "/things/"+x.path, x.body, x.headers...)
		if rule := a.header.Get("Rolecall-Rule"); a.status != x.status || rule != x.rule || a.message() != x.message {
			t.Errorf("%s: answered with %d under %q: %s, want %d under %q: %s", x.name, a.status, rule, a.body, x.status, x.rule, x.message)
		}
	}
}

// TestWhatAnEffectLacksIsSupplied: no effect takes care of defects.
func TestWhatAnEffectLacksIsSupplied(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		lifted, path, body string
		headers            []string
		status             int
		answer, things     string
	}{
		{"TOY-10", "one", `{"n":5}`, nil, 200, `{"n":1}`, "one the administrator"},
		{"TOY-11", "one", `{"n":5}`, []string{"Name", "mallory"}, 200, `{"n":1}`, "mallory one"},
		{"TOY-12", "one", `{"n":5}`, []string{"Name", "ann", "Plain", "yes"}, 200, `{"n":1}`, "ann one"},
		{"TOY-01", "none", `{`, []string{"Name", "ann"}, 200, `{"n": 7}`, "one"}, // the contract's example, and nothing done
		{"TOY-04", "one", `{"n":"5"}`, []string{"Name", "ann"}, 200, `{"n":1}`, "ann one"},
		{"TOY-02", "one", `{"n":-1}`, []string{"Name", "ann"}, 200, `{"n":1}`, "ann one"},
		{"TOY-PROTO-01", "one?x=%zz", `{`, []string{"Name", "ann"}, 200, `{"n":1}`, "ann one"},
	} {
		toy := guarded(t)
		defect, _ := toy.api.Defect(x.lifted)
		toy.sandbox.SetDefects([]engine.Defect{defect})
		if a := toy.do("PUT", "/things/"+x.path, x.body, x.headers...); a.status != x.status || a.body != x.answer || toy.names() != x.things {
			t.Errorf("without %s: answered with %d %s; there are %q, want %d %s and %q", x.lifted, a.status, a.body, toy.names(), x.status, x.answer, x.things)
		}
	}
}

func TestAParameterThatCannotBeReadCountsAsNotGivenWhereADefectGoesOn(t *testing.T) {
	t.Parallel()
	toy := newToy(t, map[string]engine.Handler{"listThings": func(c *engine.Call) (engine.Response, error) {
		return engine.OK(map[string]any{"names": []string{fmt.Sprint(c.Int("size"))}})
	}}, func(a *engine.API) { a.Defects = []engine.Defect{{ID: "d", Breaks: "TOY-PROTO-01"}} })
	toy.want(400, toy.do("GET", "/things?size=0", ""))
	toy.sandbox.SetDefects(toy.api.Defects[:1])
	if a := toy.want(200, toy.do("GET", "/things?size=0", "")); a.body != `{"names":["10"]}` {
		t.Errorf("the size is %s, want the default", a.body)
	}
}

func TestGuardsCanBeListed(t *testing.T) {
	t.Parallel()
	var listed []string
	for _, g := range guarded(t).api.Guards() {
		listed = append(listed, fmt.Sprintf("%s %s %d %s", g.Operation, g.Rule, g.Status, g.Kind))
	}
	want := []string{
		" TOY-10 400 caller", " TOY-11 400 caller", "getThing TOY-01 404 unknown",
		"putThing TOY-12 404 permission", "putThing TOY-01 404 unknown", "putThing TOY-13 404 permission", "putThing TOY-04 400 schema", "putThing TOY-02 400 malformed",
	}
	if diff := cmp.Diff(want, listed); diff != "" {
		t.Error(diff)
	}
}
