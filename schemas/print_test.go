package schemas_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pb33f/libopenapi"
	"github.com/pb33f/libopenapi/datamodel"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/gjson"
	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/schemas"
)

func printed(t *testing.T, api, format string, p schemas.Printing) []byte {
	t.Helper()
	var document bytes.Buffer
	if err := load(t, api).Print(&document, format, p); err != nil {
		t.Fatal(err)
	}
	return document.Bytes()
}

// everyObject visits each mapping of a document with its JSON pointer.
func everyObject(v gjson.Result, at string, visit func(at string, v gjson.Result)) {
	if v.IsObject() {
		visit(at, v)
	}
	if v.IsObject() || v.IsArray() {
		place := 0
		v.ForEach(func(key, member gjson.Result) bool {
			name := key.String()
			if v.IsArray() {
				name = fmt.Sprint(place)
				place++
			}
			everyObject(member, at+"/"+strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1"), visit)
			return true
		})
	}
}

func TestAPrintedContractStandsAlone(t *testing.T) {
	t.Parallel()
	openAPI := compiled(t, "openapi-3.1.json", []byte(datamodel.OpenAPI31SchemaData))
	for _, api := range schemas.APIs() {
		for _, p := range []schemas.Printing{{}, {Edition: "other", Observed: true, Server: "http://127.0.0.1:1/x"}} {
			text := printed(t, api, "json", p)
			if err := openAPI.Validate(decoded(t, text)); err != nil {
				t.Errorf("%s is no OpenAPI: %v", api, err)
			}
			used := map[string]bool{}
			everyObject(gjson.ParseBytes(text), "", func(at string, v gjson.Result) {
				ref := v.Get("$ref")
				used[ref.String()] = true
				target := strings.ReplaceAll(strings.TrimPrefix(ref.String(), "#/"), "/", ".")
				if ref.Exists() && (!strings.HasPrefix(ref.String(), "#/components/") || !gjson.GetBytes(text, target).Exists()) {
					t.Errorf("%s%s refers to %s", api, at, ref)
				}
			})
			for _, kind := range []string{"schemas", "responses", "parameters"} {
				gjson.GetBytes(text, "components."+kind).ForEach(func(name, _ gjson.Result) bool {
					if !used["#/components/"+kind+"/"+name.String()] {
						t.Errorf("%s: nothing refers to %s %s", api, kind, name)
					}
					return true
				})
			}
			if own := regexp.MustCompile(`x-(strict|documents|protocol-errors|silent-statuses)|\.json|\.txt|rolecall\.invalid`).Find(text); own != nil {
				t.Errorf("%s says %q, which is ours alone", api, own)
			}
			document, err := libopenapi.NewDocument(text)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := document.BuildV3Model(); err != nil {
				t.Errorf("%s: %v", api, err)
			}
		}
	}
}

func TestAPrintedContractIsTheSameInBothFormats(t *testing.T) {
	t.Parallel()
	for _, api := range schemas.APIs() {
		var fromYAML any
		if err := yaml.Unmarshal(printed(t, api, "yaml", schemas.Printing{}), &fromYAML); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(decoded(t, printed(t, api, "json", schemas.Printing{})), value(t, fromYAML)); diff != "" {
			t.Errorf("%s: %s", api, diff)
		}
	}
	if err := load(t, "rapid7").Print(&bytes.Buffer{}, "yml", schemas.Printing{}); err == nil || !strings.Contains(err.Error(), `there is no format "yml"; did you mean "yaml"`) {
		t.Errorf("the error is %v", err)
	}
}

// Whatever may be answered is where a reader looks: at the operation.
func TestAPrintedContractListsWhatAnyPathMayAnswer(t *testing.T) {
	t.Parallel()
	for _, api := range schemas.APIs() {
		c := load(t, api)
		text := printed(t, api, "json", schemas.Printing{})
		for _, op := range c.Operations {
			node := gjson.GetBytes(text, "paths."+op.Path+"."+strings.ToLower(op.Method))
			if node.Get("operationId").String() != op.ID || len(node.Get("tags").Array()) == 0 || node.Get("description").String() == "" || node.Get("summary").String() == "" {
				t.Errorf("%s: %s lacks tags, a description or a summary: %s", api, op.ID, node.Raw[:min(200, len(node.Raw))])
			}
			var documented, protocol []int
			node.Get("responses").ForEach(func(status, r gjson.Result) bool {
				if ref := r.Get("$ref").String(); ref != "" {
					r = gjson.GetBytes(text, strings.ReplaceAll(strings.TrimPrefix(ref, "#/"), "/", "."))
				}
				if r.Get("x-protocol").Bool() {
					protocol = append(protocol, int(status.Int()))
				} else {
					documented = append(documented, int(status.Int()))
				}
				if status.Int() == 405 && !r.Get("headers.Allow.schema").Exists() {
					t.Errorf("%s: %s 405 comes without Allow", api, op.ID)
				}
				return true
			})
			if diff := cmp.Diff(op.Statuses(), documented); diff != "" {
				t.Errorf("%s: %s: %s", api, op.ID, diff)
			}
			for _, status := range c.Protocol.Statuses {
				if slices.Contains(documented, status) == slices.Contains(protocol, status) {
					t.Errorf("%s: %s lists %v and, as protocol, %v", api, op.ID, documented, protocol)
				}
			}
		}
		for _, what := range []string{"info.license.identifier", "info.description", "tags.0.description", "components.securitySchemes"} {
			if !gjson.GetBytes(text, what).Exists() {
				t.Errorf("%s has no %s", api, what)
			}
		}
	}
}

func TestAPrintedContractIsOfAnEdition(t *testing.T) {
	t.Parallel()
	plain, other := printed(t, "rapid7", "json", schemas.Printing{}), printed(t, "rapid7", "json", schemas.Printing{Edition: "console-6.6", Observed: true, Server: "http://127.0.0.1:1/api/3"})
	for path, want := range map[string][2]string{
		"paths./users.post.responses.201.description|@this": {"", "The user was created"},
		"paths./users.get.responses.403.$ref":               {"", "#/components/responses/Forbidden"},
		"info.x-edition":                                    {"", "console-6.6"},
		"servers.0.url":                                     {"https://localhost:3780/api/3", "http://127.0.0.1:1/api/3"},
		"servers.1.url":                                     {"", "https://localhost:3780/api/3"},
	} {
		for i, text := range [][]byte{plain, other} {
			if got := gjson.GetBytes(text, strings.TrimSuffix(path, "|@this")).String(); !strings.HasPrefix(got, want[i]) || want[i] == "" && got != "" {
				t.Errorf("%s is %q, want %q", path, got, want[i])
			}
		}
	}
	chosen := printed(t, "socotra", "json", schemas.Printing{Bodies: map[string]string{"createUser": "user-create-request-openapi-2026"}})
	body := "paths./users.post.requestBody.content.application/json.schema.$ref"
	if got := gjson.GetBytes(chosen, body).String(); got != "#/components/schemas/UserCreateRequestOpenapi2026" {
		t.Errorf("the body is %s", got)
	}
}

func TestAPrintedContractTellsSecrets(t *testing.T) {
	t.Parallel()
	text := printed(t, "devicehive", "json", schemas.Printing{})
	for path, want := range map[string]string{
		"UserInsert.properties.password": `"password" true`, "TokenPair.properties.accessToken": `"password" `, "UserInsert.properties.login": ` `,
	} {
		property := gjson.GetBytes(text, "components.schemas."+path)
		if got := property.Get("format").Raw + " " + property.Get("writeOnly").Raw; got != want {
			t.Errorf("%s is %s", path, property.Raw)
		}
	}
}

// What the vendor's own checks refuse is printed; examples keep to it.
func TestExamplesOfAPrintedContractKeepToIt(t *testing.T) {
	t.Parallel()
	for _, api := range schemas.APIs() {
		// Characters are written as ECMA 262 has them, which Go cannot read.
		text := regexp.MustCompile(`\\\\u([0-9a-f]{4})`).ReplaceAll(printed(t, api, "json", schemas.Printing{}), []byte(`\\x{$1}`))
		// To a validator of JSON Schema, the components are one document.
		c := jsonschema.NewCompiler()
		c.DefaultDraft(jsonschema.Draft7)
		if err := c.AddResource("http://rolecall.invalid/openapi", decoded(t, text)); err != nil {
			t.Fatal(err)
		}
		tried := 0
		everyObject(gjson.ParseBytes(text), "", func(at string, v gjson.Result) {
			schema := at + "/schema"
			examples := []gjson.Result{v.Get("example")}
			v.Get("examples").ForEach(func(_, e gjson.Result) bool {
				if value := e.Get("value"); value.Exists() && v.IsObject() {
					e = value
				}
				examples = append(examples, e)
				return true
			})
			if strings.HasPrefix(at, "/components/schemas/") {
				schema = at
			} else if !v.Get("schema").Exists() {
				return
			}
			for _, e := range examples {
				if !e.Exists() {
					continue
				}
				tried++
				s, err := c.Compile("http://rolecall.invalid/openapi#" + schema)
				if err != nil {
					t.Fatalf("%s%s: %v", api, schema, err)
				}
				if err := s.Validate(decoded(t, []byte(e.Raw))); err != nil {
					t.Errorf("%s%s refuses the example %s: %v", api, schema, e.Raw, err)
				}
			}
		})
		if tried < 20 {
			t.Errorf("%s: only %d examples were found", api, tried)
		}
	}
	insert := gjson.GetBytes(printed(t, "devicehive", "json", schemas.Printing{}), "components.schemas.UserInsert")
	if insert.Get("type").String() != "object" || !json.Valid([]byte(insert.Raw)) || insert.Get("properties.role.maximum").Int() != 1 {
		t.Errorf("the schema of an insertion is %s", insert)
	}
}
