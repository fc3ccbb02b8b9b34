package socotra_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/socotra"
	"github.com/rolecall/rolecall/schemas"
)

// A parameter as openapi.yaml has it, with its example.
type parameter struct {
	Ref     string `yaml:"$ref"`
	Name    string `yaml:"name"`
	In      string `yaml:"in"`
	Example any    `yaml:"example"`
}

// A request is what the contract shows for an operation.
type request struct {
	operation *schemas.Operation
	path      string
	schema    *schemas.Schema // of the body; nil for none
}

// requests lists every operation with the examples of its parameters, and with
// the schema that an edition holds its body to.
func requests(t *testing.T, edition string) []request {
	t.Helper()
	contract, err := schemas.Load("socotra")
	if err != nil {
		t.Fatal(err)
	}
	dir, err := fixtures.FS("socotra")
	if err != nil {
		t.Fatal(err)
	}
	e, err := fixtures.LoadEdition[socotra.Settings](dir, edition)
	if err != nil {
		t.Fatal(err)
	}
	examples := examplesOfParameters(t)
	var all []request
	for _, op := range contract.Operations {
		r, wildcards, query := request{operation: op}, map[string]string{}, url.Values{}
		for _, p := range examples[op.ID] {
			if p.Example == nil {
				t.Fatalf("parameter %s of %s has no example", p.Name, op.ID)
			}
			wildcards[p.Name] = fmt.Sprint(p.Example)
			if p.In == "query" {
				query.Set(p.Name, wildcards[p.Name])
			}
		}
		if r.path, err = op.Expand(wildcards); err != nil {
			t.Fatal(err)
		}
		if len(query) > 0 {
			r.path += "?" + query.Encode()
		}
		if op.Body != nil {
			r.schema = op.Body.Schema
			if other := contract.Schema(e.Settings.Requests[op.ID]); other != nil {
				r.schema = other
			}
		}
		all = append(all, r)
	}
	return all
}

func examplesOfParameters(t *testing.T) map[string][]parameter {
	t.Helper()
	text, err := os.ReadFile("../../schemas/socotra/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]struct {
			ID         string      `yaml:"operationId"`
			Parameters []parameter `yaml:"parameters"`
		} `yaml:"paths"`
		Components struct {
			Parameters map[string]parameter `yaml:"parameters"`
		} `yaml:"components"`
	}
	if err := yaml.Unmarshal(text, &doc); err != nil {
		t.Fatal(err)
	}
	found := map[string][]parameter{}
	for _, methods := range doc.Paths {
		for _, op := range methods {
			for _, p := range op.Parameters {
				if shared, ok := doc.Components.Parameters[strings.TrimPrefix(p.Ref, "#/components/parameters/")]; ok {
					p = shared
				}
				found[op.ID] = append(found[op.ID], p)
			}
		}
	}
	return found
}

// send asks as the administrator, in a sandbox of its own: on the fixtures as
// they are.
func (r request) send(t *testing.T, s handler, sandbox int, body []byte) answer {
	t.Helper()
	return call(t, s, "administrator", r.operation.Method, r.path, string(body), "Content-Type", "application/json", "Rolecall-Sandbox", fmt.Sprint("n", sandbox))
}

// Null is what the contract takes, or what it does not: the mock says the same.
func TestNullIsTakenWhereTheContractTakesIt(t *testing.T) {
	t.Parallel()
	tried, taken := 0, 0
	for _, edition := range []string{"documented", "openapi-2026"} {
		s := serve(t, edition)
		for _, r := range requests(t, edition) {
			if r.schema == nil || r.operation.Support {
				continue // a form has no null
			}
			for _, property := range propertiesOf(t, r.schema) {
				var body map[string]any
				if err := json.Unmarshal(r.schema.Examples[0], &body); err != nil {
					t.Fatal(err)
				}
				body[property] = nil
				text, err := json.Marshal(body)
				if err != nil {
					t.Fatal(err)
				}
				tried++
				status := http.StatusOK
				if len(r.schema.Validate(text)) > 0 {
					status = http.StatusBadRequest
				} else {
					taken++
				}
				if a := r.send(t, s, tried, text); a.status != status {
					t.Errorf("%s: %s with %s: status %d, want %d: %s", edition, r.operation.ID, text, a.status, status, a.body)
				}
			}
		}
	}
	if taken != 13 {
		t.Errorf("null was taken %d times, 13 times when this was written", taken)
	}
}

func propertiesOf(t *testing.T, s *schemas.Schema) (names []string) {
	t.Helper()
	text, err := os.ReadFile("../../schemas/socotra/" + s.Name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	gjson.GetBytes(text, "properties").ForEach(func(name, _ gjson.Result) bool {
		names = append(names, name.String())
		return true
	})
	return names
}

// What the pattern of the contract refuses, the mock refuses; what there is,
// the pattern takes.
func TestPermissionsHaveASyntax(t *testing.T) {
	t.Parallel()
	s := serve(t, "documented")
	schema := requestSchema(t, "createRole")
	for _, p := range append(want(t, 200, s, "administrator", "GET", "/roles/permissions", "").get("@this").Array(), gjson.Parse(`"users.*"`), gjson.Parse(`"*.*"`)) {
		if wrong := schema.Validate([]byte(`{"name":"x","description":"","permissions":[` + p.Raw + `]}`)); len(wrong) > 0 {
			t.Errorf("the contract refuses %s: %v", p, wrong)
		}
	}
	for _, p := range []string{"", "users", "users.", ".read", "*.read", "*", "users.read.all", "users read", "users:read", "users.re*", " users.read", "users.read\n"} {
		quoted, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		body := `{"name":"x","description":"","permissions":[` + string(quoted) + `]}`
		if len(schema.Validate([]byte(body))) == 0 {
			t.Errorf("the contract takes %q", p)
		}
		if a := want(t, 400, s, "administrator", "POST", "/roles", body); a.header.Get("Rolecall-Rule") != "SO-ROLE-09" {
			t.Errorf("%q is refused under %s", p, a.header.Get("Rolecall-Rule"))
		}
	}
}

func requestSchema(t *testing.T, operation string) *schemas.Schema {
	t.Helper()
	contract, err := schemas.Load("socotra")
	if err != nil {
		t.Fatal(err)
	}
	return contract.Operation(operation).Body.Schema
}
