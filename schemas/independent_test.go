package schemas_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/pb33f/libopenapi"
	"github.com/pb33f/libopenapi/datamodel"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/schemas"
)

// Other people's readers of OpenAPI and JSON Schema read our files, and read
// them as we do.

func TestEveryContractIsValidOpenAPI(t *testing.T) {
	t.Parallel()
	openAPI := compiled(t, "openapi-3.1.json", []byte(datamodel.OpenAPI31SchemaData))
	valid := func(text []byte) error {
		var document any
		if err := yaml.Unmarshal(text, &document); err != nil {
			t.Fatal(err)
		}
		return openAPI.Validate(value(t, document))
	}
	for _, api := range schemas.APIs() {
		text, err := schemas.Document(api)
		if err != nil {
			t.Fatal(err)
		}
		if err := valid(text); err != nil {
			t.Errorf("%s/openapi.yaml: %v", api, err)
		}
		// It can tell: a response needs a description.
		if valid(bytes.ReplaceAll(text, []byte("description:"), []byte("x-note:"))) == nil {
			t.Errorf("%s/openapi.yaml is valid even without descriptions", api)
		}
	}
}

func TestEveryContractLoadsElsewhere(t *testing.T) {
	t.Parallel()
	for _, api := range schemas.APIs() {
		text, err := schemas.Document(api)
		if err != nil {
			t.Fatal(err)
		}
		config := datamodel.NewDocumentConfiguration()
		config.BasePath, config.AllowFileReferences = api, true
		document, err := libopenapi.NewDocumentWithConfiguration(text, config)
		if err != nil {
			t.Fatal(err)
		}
		model, err := document.BuildV3Model()
		if err != nil {
			t.Errorf("%s/openapi.yaml: %v", api, err)
			continue
		}
		found := 0
		for _, item := range model.Model.Paths.PathItems.FromOldest() {
			for method, op := range item.GetOperations().FromOldest() {
				found++
				ours := load(t, api).Operation(op.OperationId)
				if ours == nil || ours.Method != strings.ToUpper(method) || op.Responses.Codes.Len() != len(ours.Responses) {
					t.Errorf("%s: %s %s is read otherwise there", api, method, op.OperationId)
					continue
				}
				for status, response := range op.Responses.Codes.FromOldest() {
					for _, media := range response.Content.FromOldest() {
						if schema, err := media.Schema.BuildSchema(); err != nil || schema == nil {
							t.Errorf("%s: %s %s has no schema there: %v", api, op.OperationId, status, err)
						}
					}
				}
			}
		}
		if want := len(load(t, api).Operations); found != want {
			t.Errorf("%s has %d operations there and %d here", api, found, want)
		}
	}
}

// TestEverySchemaMeansTheSameElsewhere holds examples and broken messages to
// the schemas with another validator. (Formats are ours to check.)
func TestEverySchemaMeansTheSameElsewhere(t *testing.T) {
	t.Parallel()
	for _, api := range schemas.APIs() {
		c, broken := load(t, api), brokenOnes(t, api)
		for _, name := range c.SchemaNames() {
			s := compiledFolder(t, api, name+".json")
			for i, example := range c.Schema(name).Examples {
				if err := s.Validate(decoded(t, example)); err != nil {
					t.Errorf("%s/%s.json refuses its example %d there: %v", api, name, i, err)
				}
			}
			for _, b := range broken[name] {
				text, err := json.Marshal(b.Value)
				if err != nil {
					t.Fatal(err)
				}
				if s.Validate(value(t, b.Value)) == nil && !aboutFormat(c.Schema(name).Validate(text)) {
					t.Errorf("%s/%s.json accepts %s there, although %s", api, name, text, b.Why)
				}
			}
		}
	}
}

func aboutFormat(violations []schemas.Violation) bool {
	for _, v := range violations {
		if !strings.Contains(v.Message, "Does not match format") {
			return false
		}
	}
	return len(violations) > 0
}

func compiled(t *testing.T, name string, text []byte) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, decoded(t, text)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func compiledFolder(t *testing.T, api, name string) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft7)
	for _, n := range load(t, api).SchemaNames() {
		text, err := os.ReadFile(api + "/" + n + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource("http://rolecall.invalid/"+n+".json", decoded(t, text)); err != nil {
			t.Fatal(err)
		}
	}
	s, err := c.Compile("http://rolecall.invalid/" + name)
	if err != nil {
		t.Fatalf("%s/%s: %v", api, name, err)
	}
	return s
}

func decoded(t *testing.T, text []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func value(t *testing.T, v any) any {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return decoded(t, text)
}
