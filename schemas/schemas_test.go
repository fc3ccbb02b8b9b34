package schemas_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/schemas"
)

func load(t *testing.T, api string) *schemas.Contract {
	t.Helper()
	c, err := schemas.Load(api)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEverySchemaTakesItsExamples(t *testing.T) {
	for _, api := range schemas.APIs() {
		c := load(t, api)
		for _, name := range c.SchemaNames() {
			s := c.Schema(name)
			if len(s.Examples) == 0 {
				t.Errorf("%s/%s.json has no examples", api, name)
			}
			for i, example := range s.Examples {
				if v := s.Validate(example); len(v) > 0 {
					t.Errorf("%s/%s.json: example %d is refused: %v", api, name, i, v)
				}
			}
		}
	}
}

type broken struct {
	Why   string `yaml:"why"`
	Value any    `yaml:"value"`
}

// brokenOnes is what each schema must refuse, by the schema's name. It is
// written by hand, from the documents: derived from the schemas it would only
// agree with them.
func brokenOnes(t *testing.T, api string) map[string][]broken {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", api, "broken.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string][]broken
	if err := yaml.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEverySchemaRefusesWhatIsBroken(t *testing.T) {
	for _, api := range schemas.APIs() {
		c, all := load(t, api), brokenOnes(t, api)
		for name, instances := range all {
			s := c.Schema(name)
			if s == nil {
				t.Errorf("%s: broken.yaml names %s, which is no schema", api, name)
				continue
			}
			for _, b := range instances {
				document, err := json.Marshal(b.Value)
				if err != nil {
					t.Fatalf("%s/%s: %v", api, name, err)
				}
				if len(s.Validate(document)) == 0 {
					t.Errorf("%s/%s.json takes %s although %s", api, name, document, b.Why)
				}
			}
		}
		for _, name := range c.SchemaNames() {
			if len(all[name]) == 0 {
				t.Errorf("%s: broken.yaml has nothing that %s must refuse", api, name)
			}
		}
	}
}

func TestADocumentIsExactlyOneValue(t *testing.T) {
	s := load(t, "rapid7").Schema("links")
	for document, valid := range map[string]bool{`{"links":[]}`: true, `{"links":[]} {}`: false, `{"links":[]`: false, ``: false, `[]`: false} {
		if got := len(s.Validate([]byte(document))) == 0; got != valid {
			t.Errorf("%q is valid: %v; it should be %v", document, got, valid)
		}
	}
}

func TestTheDocumentsCountsAreKept(t *testing.T) {
	for api, want := range map[string]struct{ operations, pairs int }{"rapid7": {32, 169}, "devicehive": {16, 63}, "socotra": {18, 81}} {
		c := load(t, api)
		pairs := 0
		for _, op := range c.Documented() {
			pairs += len(op.Statuses())
		}
		if len(c.Documented()) != want.operations || pairs != want.pairs {
			t.Errorf("%s has %d documented operations with %d statuses; it should have %d with %d", api, len(c.Documented()), pairs, want.operations, want.pairs)
		}
	}
}
