package rules_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/schemas"
)

const wellMade = `Feature: Things

  @FK-THING-01 @must
  Rule: It is so
    Source: nowhere

    Scenario: One
      When nothing is done
      Then all is well
`

// What godog would pass over in silence, or run without anybody noticing, is
// refused before anything runs, by file and line.
func TestFeaturesThatProveNothingAreRefused(t *testing.T) {
	t.Parallel()
	edit := func(old, new string) string {
		if !strings.Contains(wellMade, old) {
			t.Fatalf("the feature has no %q", old)
		}
		return strings.Replace(wellMade, old, new, 1)
	}
	const scenario = "    Scenario: One\n      When nothing is done\n      Then all is well\n"
	for _, c := range []struct{ name, text, place, says string }{
		{"a scenario outside a rule", "Feature: Things\n\n  Scenario: One\n    Then all is well\n", ":3:", "outside a Rule"},
		{"a rule without id", edit("@FK-THING-01 ", ""), ":4:", "no id"},
		{"a rule with an id of another API", edit("@FK-", "@R7-"), ":4:", "no id"},
		{"a rule with an id of one digit", edit("THING-01", "THING-1"), ":4:", "no id"},
		{"a rule with two ids", edit("@FK-THING-01", "@FK-THING-01 @FK-THING-02"), ":4:", "two ids, FK-THING-01 and FK-THING-02"},
		{"a rule without level", edit(" @must", ""), ":4:", "no level"},
		{"a rule with two levels", edit("@must", "@must @should"), ":4:", "two levels"},
		{"a rule without source", edit("Source: nowhere", "From nowhere"), ":4:", "no source"},
		{"a rule with an empty source", edit("Source: nowhere", "Source:"), ":4:", "no source"},
		{"a rule without scenarios", edit(scenario, ""), ":4:", "no scenarios"},
		{"a scenario without steps", edit("      When nothing is done\n      Then all is well\n", ""), ":4:", ""},
		{"a scenario without Then", edit("      Then all is well\n", ""), ":4:", "line 7, has no Then"},
		{"a scenario whose And continues a When", edit("Then all", "And all"), ":4:", "has no Then"},
		{"an outline with an empty table of examples", edit(scenario, "    Scenario Outline: <n>\n      Then all is <n>\n\n      Examples:\n        | n |\n"), ":4:", "line 10 have no rows"},
		{"an outline with one table that is empty", edit(scenario, "    Scenario Outline: <n>\n      Then all is <n>\n\n      Examples:\n        | n |\n        | well |\n\n      Examples:\n        | n |\n"), ":4:", "line 14 have no rows"},
		{"an outline without examples", edit(scenario, "    Scenario Outline: <n>\n      Then all is <n>\n"), ":4:", "no examples"},
		{"a placeholder that the examples do not have", edit(scenario, "    Scenario Outline: <n>\n      Then all is <m>\n\n      Examples:\n        | n |\n        | well |\n"), ":4:", "<m>"},
		{"text that is no Gherkin", "Feature: Things\n\n  @FK-THING-01\n", "things.feature", "(4:"},
		{"an empty file", "", "things.feature", "no Feature"},
		{"a feature without rules", "Feature: Things\n", ":1:", "no rules"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := rules.Read(things(map[string]string{"things.feature": c.text}))
			if err == nil {
				t.Fatal("it was taken")
			}
			for _, part := range []string{"features/fake/things.feature", c.place, c.says} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error is %q; it should say %q", err, part)
				}
			}
		})
	}
}

func TestAnIDIsUsedOnceOverAllFiles(t *testing.T) {
	t.Parallel()
	_, err := rules.Read(things(map[string]string{"a.feature": wellMade, "b.feature": wellMade}))
	if err == nil || !strings.HasPrefix(err.Error(), "features/fake/b.feature:4:") || !strings.Contains(err.Error(), "features/fake/a.feature:4") {
		t.Errorf("the error is %v; it should name both places", err)
	}
}

func TestTheCatalogueTellsWhereEverythingStands(t *testing.T) {
	t.Parallel()
	c := catalogue(t, things(map[string]string{"things.feature": `@fake @things
Feature: Things

  Background:
    Given nothing special

  @FK-THING-01 @must @safe
  Rule: It is so
    Source: a book, page 7
    and more words

    Background:
      Given nothing special

    @mock
    Scenario Outline: Number <n>
      When thing <n> is read
      * nothing special
      Then the answer is 200
      But all is well

      Examples:
        | n |
        | 1 |
        | 2 |
`}))
	r := c.Rule("FK-THING-01")
	if r == nil || r.Line != 8 || r.Source != "a book, page 7" || r.Title != "It is so" || r.File != "features/fake/things.feature" || r.Level != "must" {
		t.Fatalf("the rule is %+v", r)
	}
	if got := strings.Join(r.Tags, " "); got != "@fake @things @safe" {
		t.Errorf("its tags are %q", got)
	}
	if len(r.Scenarios) != 2 || r.Scenarios[0].Line != 24 || r.Scenarios[1].Line != 25 || r.Scenarios[1].Name != "Number 2" {
		t.Fatalf("its scenarios are %+v", r.Scenarios)
	}
	s := r.Scenarios[1]
	if got := strings.Join(s.Tags, " "); got != "@fake @things @FK-THING-01 @must @safe @mock" {
		t.Errorf("the scenario's tags are %q", got)
	}
	var steps []string
	for _, x := range s.Steps {
		steps = append(steps, x.Keyword+" "+x.Text)
	}
	if got := strings.Join(steps, "; "); got != "Given nothing special; Given nothing special; When thing 2 is read; Given nothing special; Then the answer is 200; Then all is well" {
		t.Errorf("the steps are %q", got)
	}
	if s.Steps[0].Line != 5 || s.Steps[1].Line != 13 || s.Steps[2].Line != 17 {
		t.Errorf("the steps stand in lines %d, %d, %d", s.Steps[0].Line, s.Steps[1].Line, s.Steps[2].Line)
	}
}

func TestTheHashChangesWithEveryFile(t *testing.T) {
	t.Parallel()
	hash := func(files map[string]string) string { return catalogue(t, things(files)).Hash }
	first := hash(map[string]string{"a.feature": wellMade})
	if first != hash(map[string]string{"a.feature": wellMade}) {
		t.Error("the same files have two hashes")
	}
	if first == hash(map[string]string{"a.feature": wellMade + "\n"}) || first == hash(map[string]string{"b.feature": wellMade}) {
		t.Error("other files have the same hash")
	}
}

// things is an API with the features that a test gives, by file name.
func things(features map[string]string) *rules.API {
	files := fstest.MapFS{}
	for name, text := range features {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return &rules.API{Name: "fake", Prefix: "FK", Contract: &schemas.Contract{Title: "Things"}, Features: files, Path: "features/fake"}
}

func catalogue(t testing.TB, apis ...*rules.API) *rules.Catalogue {
	t.Helper()
	c, err := rules.Read(apis...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
