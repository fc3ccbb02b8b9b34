package engine_test

import (
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// TestMain keeps the log quiet of the failures that tests bring about.
func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

// The toy is an API small enough to see everything that the engine does to it:
// things with a number each.
const toyContract = `
openapi: 3.1.0
jsonSchemaDialect: http://json-schema.org/draft-07/schema#
info: {title: Toy, version: "1"}
servers: [{url: "http://localhost/toy"}]
x-protocol-errors: {statuses: [400, 404, 405, 406, 413, 415], schema: {$ref: error.json}}
paths:
  /things:
    get:
      operationId: listThings
      x-documents: [toy]
      parameters: [{name: size, in: query, schema: {type: integer, format: int32, minimum: 1, default: 10}}]
      responses:
        "200": {description: d, content: {application/json: {schema: {$ref: list.json}}}}
        "503": {description: d, content: {application/json: {schema: {$ref: error.json}}}}
  /things/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getThing
      x-documents: [toy]
      responses:
        "200": {description: d, content: {application/json: {schema: {$ref: thing.json}}}}
        "202": {description: d, x-observed: true, content: {application/json: {schema: {$ref: thing.json}}}}
        "404": {description: d, content: {application/json: {schema: {$ref: error.json}}}}
        "503": {description: d, content: {application/json: {schema: {$ref: error.json}}}}
    put:
      operationId: putThing
      x-documents: [toy]
      requestBody: {required: true, content: {application/json: {schema: {$ref: thing.json}}}}
      responses:
        "200": {description: d, content: {application/json: {schema: {$ref: thing.json}}}}
        "400": {description: d, content: {application/json: {schema: {$ref: error.json}}}}
        "503": {description: d, content: {application/json: {schema: {$ref: error.json}}}}
    delete:
      operationId: deleteThing
      security: []
      x-documents: [toy]
      responses: {"204": {description: d}}
`

func toyFiles() fstest.MapFS {
	return fstest.MapFS{
		"openapi.yaml": {Data: []byte(toyContract)},
		"thing.json":   {Data: []byte(`{"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}, "examples": [{"n": 7}]}`)},
		"list.json":    {Data: []byte(`{"type": "object", "required": ["names"], "properties": {"names": {"type": "array", "items": {"type": "string"}}}}`)},
		"error.json":   {Data: []byte(`{"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}`)},
	}
}

type things struct{ table engine.Table[string, int64] }

func (s *things) Copy() engine.State                        { return &things{s.table.Copy()} }
func (s *things) Tables() []engine.Rows                     { return nil }
func (s *things) Load(schemas.Tables) (engine.State, error) { return s, nil }
func (s *things) Settings() any                             { return nil }
func (s *things) Configure([]byte) (engine.State, error)    { return s, nil }
func (s *things) Credentials() []engine.Credential          { return nil }
func (s *things) Administrator() any                        { return "the administrator" }

type thing struct {
	N any `json:"n"`
}

func thingsOf(c *engine.Call) engine.Table[string, int64] { return c.State().(*things).table }

func theThing(c *engine.Call) (any, bool) { return thingsOf(c).Get(c.Text("id")) }

func isBelowZero(c *engine.Call) bool { return c.JSON().Get("n").Int() < 0 }

func operations() []engine.Operation {
	return []engine.Operation{
		engine.Op("listThings", func(c *engine.Call) (engine.Response, error) {
			names := []string{}
			for name := range thingsOf(c).All {
				names = append(names, name)
			}
			return engine.OK(map[string]any{"names": names})
		}),
		engine.Op("getThing", func(c *engine.Call) (engine.Response, error) { return engine.OK(thing{c.Record}) },
			engine.Find("TOY-01", 404, theThing, "there is no thing {id}")),
		engine.Op("putThing", func(c *engine.Call) (engine.Response, error) {
			n := c.JSON().Get("n").Int()
			thingsOf(c).Put(c.Text("id"), n)
			return engine.OK(thing{n})
		}, engine.Body("TOY-04"), engine.Refuse("TOY-02", 400, engine.Malformed, isBelowZero, "n is below 0")),
		engine.Op("deleteThing", func(c *engine.Call) (engine.Response, error) {
			thingsOf(c).Delete(c.Text("id"))
			return engine.NoContent()
		}),
	}
}

func nobody(*engine.Call) any { return nil }

// A toy is the API in one sandbox.
type toy struct {
	t       testing.TB
	api     *engine.API
	sandbox *engine.Sandbox
	http    http.Handler
}

// newToy makes a toy that does the usual things, but for some, which refuse nothing.
func newToy(t testing.TB, other map[string]engine.Handler, change ...func(*engine.API)) *toy {
	t.Helper()
	contract, err := schemas.LoadFS("toy", toyFiles())
	if err != nil {
		t.Fatal(err)
	}
	api := &engine.API{
		Contract: contract, Edition: "documented", ProtocolRule: "TOY-PROTO-01", Operations: operations(),
		SignIn: engine.SignIn{Who: nobody},
		Load:   func(fs.FS) (engine.State, error) { return nil, errors.New("not used") },
		Word: func(_ *engine.Call, p *engine.Problem) engine.Response {
			return engine.Response{Status: p.Status, Body: map[string]string{"error": p.Message}}
		},
	}
	for i, o := range api.Operations {
		effect := other[o.ID]
		if effect == nil {
			continue
		}
		api.Operations[i] = engine.Op(o.ID, effect)
		if contract.Operation(o.ID).Body != nil {
			api.Operations[i].Guards = []engine.Guard{engine.Body("TOY-04")}
		}
	}
	for _, do := range change {
		do(api)
	}
	if err := api.Prepare(); err != nil {
		t.Fatal(err)
	}
	first := &things{engine.NewTable[string, int64]()}
	first.table.Put("one", 1)
	sandbox := engine.NewSandbox(map[string]engine.State{"toy": first}, &engine.Clock{}, 1, nil)
	x := &toy{t: t, api: api, sandbox: sandbox}
	x.http = engine.Router([]*engine.API{api}, func(name string) (*engine.Sandbox, error) {
		if strings.Contains(name, "!") {
			return nil, errors.New("no such name")
		}
		return sandbox, nil
	})
	return x
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) message() string { return gjson.Get(a.body, "error").String() }

// do sends a request straight to the handler.
func (x *toy) do(method, path, body string, headers ...string) answer {
	r := httptest.NewRequest(method, "/toy"+path, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	x.http.ServeHTTP(w, r)
	text, _ := io.ReadAll(w.Result().Body)
	return answer{w.Code, w.Result().Header, string(text)}
}

func (x *toy) want(status int, a answer) answer {
	x.t.Helper()
	if a.status != status {
		x.t.Fatalf("answered with %d %s, want status %d", a.status, a.body, status)
	}
	return a
}

// names lists the things that there are.
func (x *toy) names() string {
	x.t.Helper()
	s := x.sandbox.Store("toy").Current().(*things)
	var names []string
	for name := range s.table.All {
		names = append(names, name)
	}
	return strings.Join(names, " ")
}
