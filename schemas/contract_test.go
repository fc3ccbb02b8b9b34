package schemas_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/schemas"
)

// TestEverySchemaIsUsed, by an operation or by another schema. Those that bear
// the name of an edition are chosen by its settings.
func TestEverySchemaIsUsed(t *testing.T) {
	t.Parallel()
	for _, api := range schemas.APIs() {
		files, err := os.ReadDir(api)
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, f := range files {
			text, err := os.ReadFile(api + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
		for _, name := range load(t, api).SchemaNames() {
			used := strings.Contains(all.String(), `$ref: `+name+`.json`) || strings.Contains(all.String(), `"$ref": "`+name+`.json"`)
			if !used && !strings.HasSuffix(name, "-openapi-2026") && !strings.HasSuffix(name, "-contrary") {
				t.Errorf("%s/%s.json is referred to by no file", api, name)
			}
		}
	}
}

func TestEveryRapid7OperationIsDescribedInFull(t *testing.T) {
	t.Parallel()
	c := load(t, "rapid7")
	for _, op := range c.Operations {
		for _, status := range []int{200, 401, 500, 503} {
			if !slices.Contains(op.Statuses(), status) {
				t.Errorf("%s documents %v, without %d", op.ID, op.Statuses(), status)
			}
		}
		if op.Support || op.Public || len(op.Documents) == 0 || op.Summary == "" {
			t.Errorf("%s lacks its documents or summary, or is marked as support or public", op.ID)
		}
		for _, r := range op.Responses {
			if r.Schema == nil || r.MediaType != "application/json;charset=UTF-8" {
				t.Errorf("%s %d has schema %v and media type %q", op.ID, r.Status, r.Schema, r.MediaType)
			}
		}
	}
}

func TestEveryContractSaysWhatItIsOf(t *testing.T) {
	t.Parallel()
	for _, api := range schemas.APIs() {
		c := load(t, api)
		if len(c.BasePaths) == 0 || len(c.Hash) != 64 || c.Title == "" || c.Version == "" || c.Protocol.Schema == nil {
			t.Errorf("%s lacks a base path, hash, title, version or protocol errors", api)
		}
		for _, op := range c.Operations {
			if c.Operation(op.ID) != op {
				t.Errorf("%s is not found by its id", op.ID)
			}
		}
	}
}

func TestAnUnknownAPIIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := schemas.Load("rapid"); err == nil || !strings.Contains(err.Error(), "rapid7") {
		t.Errorf("the error is %v; it should list the APIs", err)
	}
}

func TestWhatASchemaDoesNotNameIsListed(t *testing.T) {
	t.Parallel()
	c := load(t, "rapid7")
	for _, x := range []struct{ schema, document, other, want string }{
		{"link", `{"href":"x","rel":"y","REL":1,"extra":{"deep":1}}`, "link", "REL extra"},
		{"link", `{"href":"x"}`, "link", ""},
		{"link", `{"hr\u0065f":"x"}`, "link", ""},
		{"link", `[]`, "link", ""},
		{"site-ids", `{"a":1}`, "site-ids", ""}, // a list names no properties
		{"user-create", `{"login":"x","role":{"id":"user","al":true},"lo":1}`, "user-create", "role.al lo"},
		{"links", `{"links":[{"href":"x"},{"hre":"x"}]}`, "links", "links.1.hre"},
		{"user-update", `{"login":"x","lock":1,"links":[{"ref":1}],"role":{"privileges":[],"x":1}}`, "user", "lock links.0.ref role.x"},
	} {
		document, err := schemas.Decode([]byte(x.document))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, u := range c.Schema(x.schema).Unnamed(document, c.Schema(x.other)) {
			got = append(got, u.Path)
		}
		if diff := cmp.Diff(x.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s %s:\n%s", x.schema, x.document, diff)
		}
	}
}

func TestAPathIsWrittenWithItsValuesAsSingleSegments(t *testing.T) {
	t.Parallel()
	op := load(t, "rapid7").Operation("getRoleUsers")
	for value, want := range map[string]string{
		"user":              "/roles/user/users",
		"Site Admin Custom": "/roles/Site%20Admin%20Custom/users",
		"a/b":               "/roles/a%2Fb/users",
		"../users":          "/roles/..%2Fusers/users",
		"50%":               "/roles/50%25/users",
		"a?b#c":             "/roles/a%3Fb%23c/users",
		"ä":                 "/roles/%C3%A4/users",
		"{id}":              "/roles/%7Bid%7D/users",
	} {
		if got, err := op.Expand(map[string]string{"id": value, "other": "x"}); err != nil || got != want {
			t.Errorf("%q gives %q, %v; want %q", value, got, err, want)
		}
	}
	if _, err := op.Expand(map[string]string{"ID": "user"}); err == nil || !strings.Contains(err.Error(), "getRoleUsers /roles/{id}/users needs a value for {id}") {
		t.Errorf("without a value the error is %v", err)
	}
}

func TestAWildcardIsASegmentInBraces(t *testing.T) {
	t.Parallel()
	for segment, want := range map[string]string{"{id}": "id", "{a-b}": "a-b", "{}": "", "id": "", "{id": "", "id}": "", "x{id}": "", "": ""} {
		if name, ok := schemas.Wildcard(segment); name != want || ok != (want != "") {
			t.Errorf("%q is a wildcard: %t, %q", segment, ok, name)
		}
	}
}
