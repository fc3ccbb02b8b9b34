package schemas_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rolecall/rolecall/schemas"
)

const minimal = `openapi: 3.1.0
jsonSchemaDialect: http://json-schema.org/draft-07/schema#
info: {title: Small, version: "1"}
servers: [{url: "https://localhost:3780/small/"}]
x-protocol-errors: {statuses: [400], schema: {$ref: thing.json}}
paths:
  /things/{id}:
    get:
      operationId: getThing
      x-documents: [one]
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
      responses:
        "200": {description: d, content: {application/json: {schema: {$ref: thing.json}}}}
        "404": {$ref: '#/components/responses/NotFound'}
    put:
      operationId: putThing
      x-support: true
      parameters: [{$ref: '#/components/parameters/id'}]
      requestBody: {content: {application/json: {schema: {$ref: ./thing.json}}}}
      responses:
        "204": {description: d}
components:
  parameters: {id: {name: id, in: path, required: true, schema: {type: integer}}}
  responses:
    NotFound: {description: d, x-observed: true, content: {application/json: {schema: {$ref: thing.json}}}}
`

const thing = `{"type": "object", "properties": {"n": {"type": "integer"}}}`

func small(openapi, thing string) fstest.MapFS {
	return fstest.MapFS{"openapi.yaml": {Data: []byte(openapi)}, "thing.json": {Data: []byte(thing)}}
}

func TestAContractIsReadAsItStands(t *testing.T) {
	t.Parallel()
	c, err := schemas.LoadFS("small", small(minimal, thing))
	if err != nil {
		t.Fatal(err)
	}
	get, put := c.Operation("getThing"), c.Operation("putThing")
	if c.BasePaths[0] != "/small" || get.Method != "GET" || get.Path != "/things/{id}" || len(c.Documented()) != 1 || !put.Support {
		t.Errorf("the contract is %+v with %+v and %+v", c, get, put)
	}
	if !get.Response(404).Observed || len(get.Statuses()) != 1 || get.Response(500) != nil {
		t.Errorf("the statuses of getThing are %v", get.Statuses())
	}
	if put.Body.Schema != c.Schema("thing") || put.Body.Required || put.Parameter("path", "id") == nil || put.Parameter("query", "id") != nil {
		t.Errorf("putThing is %+v", put)
	}
}

func TestTheHashIsOfAllFiles(t *testing.T) {
	t.Parallel()
	hash := func(openapi, thing string) string {
		c, err := schemas.LoadFS("small", small(openapi, thing))
		if err != nil {
			t.Fatal(err)
		}
		return c.Hash
	}
	first := hash(minimal, thing)
	if first != hash(minimal, thing) {
		t.Error("the same files have two hashes")
	}
	if first == hash(minimal+"# more\n", thing) || first == hash(minimal, thing+" ") {
		t.Error("other files have the same hash")
	}
}

func TestAContractThatDoesNotHoldTogetherIsRefused(t *testing.T) {
	t.Parallel()
	edit := func(old, new string) string {
		if !strings.Contains(minimal, old) {
			t.Fatalf("the contract does not contain %q", old)
		}
		return strings.Replace(minimal, old, new, 1)
	}
	for _, x := range []struct{ name, openapi, says string }{
		{"OpenAPI 3.0", edit("3.1.0", "3.0.3"), `openapi is "3.0.3"; contracts are OpenAPI 3.1`},
		{"another dialect", edit("draft-07/schema#", "draft/2020-12/schema"), "the validator speaks draft-07"},
		{"no YAML", "\t", "openapi.yaml: found character that cannot start any token"},
		{"an unknown key at the top", edit("info:", "webhooks: {}\ninfo:"), `openapi.yaml:3: unknown key "webhooks"; the keys are components, externalDocs,`},
		{"an unknown key in an operation", edit("x-support: true", "x-support: true\n      callbacks: {}"), `putThing: key "callbacks" is not supported`},
		{"an unknown key in a parameter", edit("in: path, required", "in: path, deprecated: true, required"), `unknown key "deprecated"`},
		{"an unknown key in a parameter's type", edit("schema: {type: integer}", "schema: {type: integer, multipleOf: 2}"), `unknown key "multipleOf"`},
		{"an unknown key in a response", edit("{description: d, content", "{description: d, links: {}, content"), `unknown key "links"`},
		{"a key of a path that is no method", edit("    put:", "    trace:"), `"trace" is no method that contracts use`},
		{"no server", edit(`[{url: "https://localhost:3780/small/"}]`, "[]"), "servers: name at least one URL"},
		{"no operationId", edit("operationId: getThing", "summary: s"), `operationId "" is empty or used twice`},
		{"an operationId twice", edit("operationId: putThing", "operationId: getThing"), `openapi.yaml:17: PUT /things/{id}: operationId "getThing" is empty or used twice`},
		{"an operation without documents", edit("      x-documents: [one]\n", ""), "getThing has no x-documents"},
		{"a wildcard without a parameter", edit("/things/{id}:", "/things/{id}/{other}:"), "the path's {other} is no parameter"},
		{"a path parameter without a wildcard", edit("/things/{id}:", "/things:"), `path parameter "id" must be required and stand in the path`},
		{"a path parameter that is not required", edit("in: path, required: true", "in: path, required: false"), "must be required"},
		{"a parameter in a cookie", edit("in: path, required", "in: cookie, required"), `parameter "id" is in "cookie"`},
		{"a parameter of an unknown type", edit("{type: integer}", "{type: number}"), `type "number": write integer, string, boolean or array`},
		{"a parameter of no type", edit("{type: integer}", "{}"), `type ""`},
		{"an array parameter without items", edit("{type: integer}", "{type: array}"), "needs items"},
		{"a parameter with a broken pattern", edit("{type: integer}", "{type: string, pattern: '('}"), `parameter "id": error parsing regexp`},
		{"a parameter of an unknown format", edit("{type: integer}", "{type: string, format: ipv9}"), `format "ipv9" is not checked here`},
		{"a $ref to no parameter", edit("parameters/id", "parameters/nothing"), `$ref names no parameter "nothing"`},
		{"a $ref to no response", edit("responses/NotFound'", "responses/Nothing'"), `getThing: 404: $ref names no response "Nothing"`},
		{"a $ref to no schema", edit("$ref: thing.json}}}}\n        \"404\"", "$ref: nothing.json}}}}\n        \"404\""), `getThing: 200: schema $ref "nothing.json" names no schema file`},
		{"a $ref out of the folder", edit("./thing.json", "../thing.json"), `schema $ref "../thing.json" names no schema file`},
		{"a schema that is written inline", edit("schema: {$ref: ./thing.json}", "schema: {type: object}"), `unknown key "type"`},
		{"a status that is none", edit(`"204"`, "default"), `putThing: default: that is no status`},
		{"a status beyond all", edit(`"204"`, `"604"`), `604: that is no status`},
		{"two media types of a body", edit("content: {application/json: {schema: {$ref: ./thing.json}}}", "content: {a/b: {schema: {$ref: thing.json}}, c/d: {schema: {$ref: thing.json}}}"), "putThing: requestBody: write exactly one media type"},
		{"two media types of a response", edit(`{application/json: {schema: {$ref: thing.json}}}}`+"\n        \"404\"", `{a/b: {schema: {$ref: thing.json}}, c/d: {schema: {$ref: thing.json}}}}`+"\n        \"404\""), "write at most one media type"},
		{"a second document", minimal + "---\nopenapi: 3.1.0\n", "second document"},
	} {
		_, err := schemas.LoadFS("small", small(x.openapi, thing))
		if err == nil || !strings.HasPrefix(err.Error(), "schemas/small/openapi.yaml:") || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: the error is\n  %v\nwant one of schemas/small/openapi.yaml that says\n  %s", x.name, err, x.says)
		}
	}
}

func TestASchemaThatTheValidatorWouldNotFollowIsRefused(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ name, schema, says string }{
		{"no JSON", `{`, "unexpected end"},
		{"no object", `[]`, "cannot unmarshal"},
		{"an unknown keyword", `{"unevaluatedProperties": false}`, `(root): keyword "unevaluatedProperties" is not supported`},
		{"an unknown keyword further down", `{"properties": {"a": {"items": {"prefixItems": []}}}}`, `/properties/a/items: keyword "prefixItems" is not supported`},
		{"an unknown keyword in a list", `{"anyOf": [{}, {"$defs": {}}]}`, `/anyOf/1: keyword "$defs" is not supported`},
		{"an unknown format", `{"properties": {"a": {"format": "ipv4"}}}`, `/properties/a: format "ipv4" is not checked here; known are date-time, email, int32`},
		{"a $ref to nowhere", `{"properties": {"a": {"$ref": "nothing.json"}}}`, `/properties/a: $ref "nothing.json" names no schema file of this folder`},
		{"a $ref into a file", `{"items": {"$ref": "thing.json#/properties/a"}}`, `$ref "thing.json#/properties/a" names no schema file`},
		{"a $ref with something beside it", `{"items": {"$ref": "thing.json", "description": "d"}}`, "/items: $ref must stand alone"},
		{"a $ref that is no text", `{"items": {"$ref": 7}}`, "/items/$ref: write text"},
		{"a schema that is no schema", `{"items": 7}`, "/items: a schema must be an object or a boolean"},
		{"a format that is no text", `{"format": 7}`, "/format: write text"},
		{"properties that are a list", `{"properties": []}`, "/properties: write schemas by name"},
		{"a type that does not exist", `{"properties": {"a": {"type": "objekt"}}}`, "/properties/a/type: write a type"},
		{"a pattern that is none", `{"pattern": "("}`, "/pattern: write a regular expression"},
		{"a required that is no list", `{"required": ["a", 1]}`, "/required: write a list of names"},
		{"a minimum that is no number", `{"minimum": "1"}`, "/minimum: write a number"},
	} {
		c, err := schemas.LoadFS("small", small(minimal, x.schema))
		if err == nil || !strings.HasPrefix(err.Error(), "schemas/small/thing.json: ") || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: the error is\n  %v (%v)\nwant one of schemas/small/thing.json that says\n  %s", x.name, err, c != nil, x.says)
		}
	}
}

func TestAMissingFileIsNamed(t *testing.T) {
	t.Parallel()
	_, err := schemas.LoadFS("small", fstest.MapFS{"thing.json": {Data: []byte(thing)}})
	if err == nil || !strings.Contains(err.Error(), "openapi.yaml") {
		t.Errorf("the error is %v", err)
	}
}
