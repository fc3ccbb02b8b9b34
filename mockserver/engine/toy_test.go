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
	"time"

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
      x-documents: [toy]
      responses: {"204": {description: d}}
`

func toyFiles() fstest.MapFS {
	return fstest.MapFS{
		"openapi.yaml": {Data: []byte(toyContract)},
		"thing.json":   {Data: []byte(`{"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}`)},
		"list.json":    {Data: []byte(`{"type": "object", "required": ["names"], "properties": {"names": {"type": "array", "items": {"type": "string"}}}}`)},
		"error.json":   {Data: []byte(`{"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}`)},
	}
}

type things struct{ table engine.Table[string, int64] }

func (s *things) Copy() engine.State { return &things{s.table.Copy()} }

type thing struct {
	N any `json:"n"`
}

var handlers = map[string]engine.Handler{
	"listThings": func(c *engine.Call) (engine.Response, error) {
		names := []string{}
		for name := range c.State().(*things).table.All {
			names = append(names, name)
		}
		return engine.OK(map[string]any{"names": names})
	},
	"getThing": func(c *engine.Call) (engine.Response, error) {
		n, found := c.State().(*things).table.Get(c.Text("id"))
		return engine.Response{Status: 200, Body: thing{n}}, c.Check(found, "TOY-01", 404, "there is no thing %q", c.Text("id"))
	},
	"putThing": func(c *engine.Call) (engine.Response, error) {
		c.State().(*things).table.Put(c.Text("id"), c.JSON().Get("n").Int())
		return engine.Response{Status: 200, Body: thing{c.JSON().Get("n").Int()}},
			c.Check(c.JSON().Get("n").Int() >= 0, "TOY-02", 400, "n is below 0")
	},
	"deleteThing": func(c *engine.Call) (engine.Response, error) {
		c.State().(*things).table.Delete(c.Text("id"))
		return engine.NoContent()
	},
}

// A toy is the API in one sandbox.
type toy struct {
	t       testing.TB
	api     *engine.API
	sandbox *engine.Sandbox
	http    http.Handler
}

// newToy makes a toy whose handlers are the usual ones, but for some.
func newToy(t testing.TB, other map[string]engine.Handler, change ...func(*engine.API)) *toy {
	t.Helper()
	contract, err := schemas.LoadFS("toy", toyFiles())
	if err != nil {
		t.Fatal(err)
	}
	api := &engine.API{
		Contract: contract, Edition: "documented", ProtocolRule: "TOY-PROTO-01", Handlers: map[string]engine.Handler{},
		Load:         func(fs.FS) (engine.State, error) { return nil, errors.New("not used") },
		Authenticate: func(*engine.Call) error { return nil },
		Word: func(_ *engine.Call, p *engine.Problem) engine.Response {
			return engine.Response{Status: p.Status, Body: map[string]string{"error": p.Message}}
		},
	}
	for id, h := range handlers {
		api.Handlers[id] = h
	}
	for id, h := range other {
		api.Handlers[id] = h
	}
	for _, do := range change {
		do(api)
	}
	if err := api.Prepare(); err != nil {
		t.Fatal(err)
	}
	first := &things{engine.NewTable[string, int64]()}
	first.table.Put("one", 1)
	sandbox := engine.NewSandbox(map[string]engine.State{"toy": first}, time.Time{}, false, 1, nil)
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
