package conformance_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// A made-up API whose server and steps do whatever a test needs: it keeps
// things, and a thing has a name.

const fakeContract = `
openapi: 3.1.0
jsonSchemaDialect: http://json-schema.org/draft-07/schema#
info: {title: Things, version: "1"}
servers: [{url: http://localhost/fake}]
x-protocol-errors: {statuses: [405], schema: {$ref: "error.json"}}
paths:
  /things:
    get:
      operationId: listThings
      x-documents: [none]
      parameters: [{name: note, in: query, schema: {type: string}}]
      responses:
        200: {description: All., content: {application/json: {schema: {$ref: "things.json"}}}}
        401: {description: Unknown., content: {application/json: {schema: {$ref: "error.json"}}}}
    post:
      operationId: createThing
      x-documents: [none]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "thing.json"}}}}
      responses:
        201: {description: Made., content: {application/json: {schema: {$ref: "thing.json"}}}}
        400: {description: No., content: {application/json: {schema: {$ref: "error.json"}}}}
  /things/{id}:
    get:
      operationId: getThing
      x-documents: [none]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        200: {description: It., content: {application/json: {schema: {$ref: "thing.json"}}}}
        404: {description: No., content: {application/json: {schema: {$ref: "error.json"}}}}
    delete:
      operationId: deleteThing
      x-documents: [none]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        204: {description: Gone.}
        404: {description: No., content: {application/json: {schema: {$ref: "error.json"}}}}
`

// fakeSchemas is compiled once; contracts are never changed.
var fakeSchemas = sync.OnceValues(func() (*schemas.Contract, error) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return schemas.LoadFS("fake", fstest.MapFS{
		"openapi.yaml": file(fakeContract),
		"thing.json":   file(`{"type":"object","required":["name"],"properties":{"id":{"type":"integer"},"name":{"type":"string"}}}`),
		"things.json":  file(`{"type":"array","items":{"$ref":"thing.json"}}`),
		"error.json":   file(`{"type":"object","required":["message"],"properties":{"message":{"type":"string"}}}`),
	})
})

// fakeAPI is the API with the features that a test gives, by file name.
func fakeAPI(t testing.TB, features map[string]string, more ...func(*world.World) []world.Step) *world.API {
	t.Helper()
	contract, err := fakeSchemas()
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for name, text := range features {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return &world.API{
		API: rules.API{Name: "fake", Prefix: "FK", Contract: contract, Features: files, Path: "features/fake", Unwatched: true},
		Steps: func(w *world.World) []world.Step {
			steps := fakeSteps(&fakeWorld{World: w})
			for _, f := range more {
				steps = append(steps, f(w)...)
			}
			return steps
		},
		SignIn: func(w *world.World) error {
			x, err := (&fakeWorld{World: w}).call(world.Request{Operation: "listThings"})
			if err == nil && !x.Succeeded() {
				err = fmt.Errorf("signing in is answered with %d", x.Status)
			}
			return err
		},
		Delete: deleteThing,
		Roles:  []string{"keeper", "visitor"},
		Facts: []target.Fact{
			{Name: "label", Kind: target.Text, Example: "blue"}, {Name: "labels", Kind: target.Texts, Example: "[blue, red]"},
			{Name: "limit", Kind: target.Integer, Example: "5"}, {Name: "sites", Kind: target.IDs, Example: "[1, 2]"},
			{Name: "strict", Kind: target.Flag, Example: "true"},
		},
		Mock: target.Endpoint{Credentials: map[string]target.Credential{"keeper": {Login: "keeper", Password: "known-of-the-mock"}}},
	}
}

// deleteThing looks for the thing by its name when its id was never learnt.
func deleteThing(w *world.World, r report.Record) error {
	f := &fakeWorld{World: w}
	if r.ID == "" {
		x, err := f.call(world.Request{Operation: "listThings"})
		if err != nil {
			return err
		}
		r.ID = x.JSON().Get(`#(name=="` + r.Name + `").id`).Raw
		if r.ID == "" {
			return nil
		}
	}
	x, err := f.call(world.Request{Operation: "deleteThing", Path: map[string]string{"id": r.ID}})
	if err == nil && !x.Succeeded() && x.Status != http.StatusNotFound {
		err = fmt.Errorf("deleteThing is answered with %d", x.Status)
	}
	return err
}

type fakeWorld struct {
	*world.World
	asked *world.Exchange
	ids   map[string]string
}

func (f *fakeWorld) call(r world.Request) (*world.Exchange, error) {
	c, err := f.Credential("keeper")
	if err != nil {
		return nil, err
	}
	r.Sign = func(r *http.Request) { r.SetBasicAuth(c.Login, c.Password) }
	return f.Do(r)
}

func (f *fakeWorld) create(name string) error {
	name = f.Tag() + "-" + name
	return f.Create("thing", name, func() (string, error) {
		x, err := f.call(world.Request{Operation: "createThing", Body: map[string]any{"name": name}})
		f.asked = x
		if err != nil || !x.Succeeded() {
			return "", err
		}
		if f.ids == nil {
			f.ids = map[string]string{}
		}
		f.ids[name] = x.JSON().Get("id").Raw
		return f.ids[name], nil
	})
}

func (f *fakeWorld) made(name string) error {
	if err := f.create(name); err != nil {
		return err
	}
	if !f.asked.Succeeded() {
		return fmt.Errorf("createThing is answered with %d", f.asked.Status)
	}
	return nil
}

func (f *fakeWorld) ask(operation string, path map[string]string) (err error) {
	f.asked, err = f.call(world.Request{Operation: operation, Path: path})
	return err
}

func given(pattern, example string, do any) world.Step {
	return world.Step{Keyword: "Given", Pattern: pattern, Example: example, Do: do}
}

func when(pattern, example string, do any) world.Step {
	return world.Step{Keyword: "When", Pattern: pattern, Example: example, Do: do}
}

func then(pattern, example string, do any) world.Step {
	return world.Step{Keyword: "Then", Pattern: pattern, Example: example, Do: do}
}

func fakeSteps(f *fakeWorld) []world.Step {
	plain := fmt.Errorf("a plain error")
	return []world.Step{
		given(`^nothing special$`, `nothing special`, func() error { return nil }),
		given(`^a thing "(\w+)"$`, `a thing "ann"`, f.made),
		given(`^a condition that cannot be made$`, ``, func() error { return plain }),
		given(`^a condition that the target lacks$`, ``, func() error { return world.SkipBecause("the target has no lift") }),
		given(`^a condition that is skipped without a word$`, ``, func() error { return godog.ErrSkip }),
		when(`^nothing is done$`, `nothing is done`, func() error { return nil }),
		when(`^thing (\S+) is read$`, `thing 1 is read`, func(id string) error { return f.ask("getThing", map[string]string{"id": id}) }),
		when(`^the things are listed$`, `the things are listed`, func() error { return f.ask("listThings", nil) }),
		when(`^a thing "(\w+)" is created$`, ``, f.create),
		when(`^something breaks$`, ``, func() error { return plain }),
		when(`^the way is blocked$`, ``, func() error { return world.CouldNotJudge("the way is blocked") }),
		when(`^it panics$`, ``, func() error { panic("a step's own mistake") }),
		when(`^it waits for ever$`, ``, func() error { <-f.Context().Done(); return f.ask("listThings", nil) }),
		then(`^the answer is (\d+)$`, `the answer is 200`, func(status int) error {
			if f.asked.Status != status {
				return fmt.Errorf("answered with %d; it should be %d", f.asked.Status, status)
			}
			return nil
		}),
		then(`^the name is "([^"]*)"$`, ``, func(name string) error {
			if got := f.asked.JSON().Get("name").String(); got != name {
				return fmt.Errorf("the name is %q; it should be %q", got, name)
			}
			return nil
		}),
		then(`^all is well$`, `all is well`, func() error { return nil }),
		then(`^all is lost$`, `all is lost`, func() error { return plain }),
		then(`^it is not written yet$`, ``, func() error { return godog.ErrPending }),
		then(`^it (?:may|might) be this$`, ``, func() error { return nil }),
		then(`^it (?:may|could) be this$`, ``, func() error { return nil }),
		then(`^the judge panics$`, ``, func() error { var none []int; _ = none[f.asked.Status]; return nil }),
		then(`^it does not apply$`, ``, func() error { return world.SkipBecause("it does not apply here") }),
	}
}

// A fakeServer keeps things as it should, unless a test stands in its way.
type fakeServer struct {
	mu     sync.Mutex
	things map[int]string
	next   int
	seen   []string // method and path of every request, in order
}

func (s *fakeServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, r.Method+" "+r.URL.Path)
	rest, ok := strings.CutPrefix(r.URL.Path, "/fake/things")
	id, _ := strconv.Atoi(strings.TrimPrefix(rest, "/"))
	name, known := s.things[id]
	switch {
	case !ok || rest != "" && !known:
		answer(w, 404, map[string]any{"message": "there is no such thing"})
	case r.Method == "GET" && rest == "":
		all := []any{}
		for id, name := range s.things {
			all = append(all, map[string]any{"id": id, "name": name})
		}
		answer(w, 200, all)
	case r.Method == "POST":
		var body struct{ Name string }
		_ = json.NewDecoder(r.Body).Decode(&body)
		s.next++
		s.things[s.next] = body.Name
		answer(w, 201, map[string]any{"id": s.next, "name": body.Name})
	case r.Method == "GET":
		answer(w, 200, map[string]any{"id": id, "name": name})
	default:
		delete(s.things, id)
		w.WriteHeader(204)
	}
}

// names lists what is there, sorted.
func (s *fakeServer) names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []string
	for _, name := range s.things {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// requests lists method and path of every request so far.
func (s *fakeServer) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// inTheWay stands between the suite and the server; it tells whether it has
// answered itself. Signing in always gets through.
type inTheWay func(w http.ResponseWriter, r *http.Request) (answered bool)

// serve starts a server that has the thing 1, named "first".
func serve(t testing.TB, obstacle inTheWay) (*fakeServer, *httptest.Server) {
	t.Helper()
	s := &fakeServer{things: map[int]string{1: "first"}, next: 1}
	var signedIn bool
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		first := !signedIn
		signedIn = true
		mu.Unlock()
		if first || obstacle == nil || !obstacle(w, r) {
			s.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return s, server
}

const keeperPassword = "c0rrect-h0rse"

// realTarget is a target that is no mock.
func realTarget(address string) *target.Target {
	return &target.Target{Endpoints: map[string]*target.Endpoint{"fake": {
		URL:         address + "/fake",
		Credentials: map[string]target.Credential{"keeper": {Login: "keeper", Password: keeperPassword}},
		Facts:       map[string]any{},
	}}}
}

// rule wraps steps into one scenario of one rule, with tags of the rule.
func rule(tags, steps string) map[string]string {
	return map[string]string{"things.feature": "Feature: Things\n\n  @FK-THING-01 " + tags + "\n  Rule: It is so\n    Source: nowhere\n\n    Scenario: One\n      " +
		strings.ReplaceAll(strings.TrimSpace(steps), "\n", "\n      ") + "\n"}
}

var allowAll = rules.Selection{Allow: rules.Allow{Writes: true, Disruptive: true}}

func catalogue(t testing.TB, apis ...*world.API) *run.Catalogue {
	t.Helper()
	c, err := run.NewCatalogue(apis...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// hold holds a target to the features.
func hold(t testing.TB, api *world.API, target *target.Target, o run.Options) *report.Report {
	t.Helper()
	r, err := catalogue(t, api).Run(context.Background(), target, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ruleOf finds a rule of a report.
func ruleOf(t testing.TB, r *report.Report, id string) report.Rule {
	t.Helper()
	i := slices.IndexFunc(r.Rules, func(x report.Rule) bool { return x.ID == id })
	if i < 0 {
		t.Fatalf("the report has no rule %s", id)
	}
	return r.Rules[i]
}

func query(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}
