package conformance_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/world"
)

// Scenarios that look alike, in two files, with a background, outlines, and one
// whose step nobody has defined.
var alike = map[string]string{
	"a.feature": `Feature: A
  Background:
    Given nothing special

  @FK-ONE-01 @must @first
  Rule: One
    Source: nowhere

    Scenario: Twin
      When it is said: one, first
      Then all is well

    @second
    Scenario: Twin
      When it is said: one, second
      Then all is well

    Scenario Outline: Twin
      When it is said: one, <word>
      Then all is well

      @rows
      Examples:
        | word  |
        | third |
        | fourth |

      @second
      Examples:
        | word  |
        | fifth |

  @FK-TWO-01 @must
  Rule: Two
    Source: nowhere

    Scenario: Twin
      When it is said: two, first
      Then all is well
`,
	"b.feature": `@second
Feature: B

  @FK-THREE-01 @must
  Rule: Three
    Source: nowhere

    Scenario: Twin
      When it is said: three, first
      Then all is well

  @FK-FOUR-01 @must @unwritten
  Rule: Four
    Source: nowhere

    Scenario: Twin
      When it is said: four, first
      And the moon is full
      Then all is well
`,
}

// heard runs what is chosen and returns what its steps were told, sorted.
func heard(t *testing.T, o run.Options) ([]string, *report.Report) {
	t.Helper()
	var mu sync.Mutex
	var words []string
	api := fakeAPI(t, alike, func(*world.World) []world.Step {
		return []world.Step{when(`^it is said: (.*)$`, ``, func(text string) error {
			mu.Lock()
			defer mu.Unlock()
			words = append(words, text)
			return nil
		})}
	})
	_, server := serve(t, nil)
	o.Selection.Allow, o.Concurrency = allowAll.Allow, 4
	r := hold(t, api, realTarget(server.URL), o)
	slices.Sort(words)
	return words, r
}

// godog is given whole files; what was not chosen is left out of them, also
// where it could not run, and what was chosen is the very scenario.
func TestWhatRunsIsWhatWasChosen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		selection rules.Selection
		want      []string
		lines     map[string][]int // of the scenarios, by rule
	}{
		{"a rule", rules.Selection{Rules: []string{"FK-TWO-01"}}, []string{"two, first"}, map[string][]int{"FK-TWO-01": {37}}},
		{"rules of two files", rules.Selection{Rules: []string{"FK-THREE-01", "FK-TWO-01"}}, []string{"three, first", "two, first"},
			map[string][]int{"FK-TWO-01": {37}, "FK-THREE-01": {8}}},
		{"one of scenarios of the same name", rules.Selection{Tags: "@second and @first"}, []string{"one, fifth", "one, second"},
			map[string][]int{"FK-ONE-01": {14, 31}}},
		{"rows of an outline", rules.Selection{Tags: "@rows"}, []string{"one, fourth", "one, third"}, map[string][]int{"FK-ONE-01": {25, 26}}},
		{"all but one", rules.Selection{Tags: "not @unwritten"},
			[]string{"one, fifth", "one, first", "one, fourth", "one, second", "one, third", "three, first", "two, first"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			words, r := heard(t, run.Options{Selection: c.selection})
			if diff := cmp.Diff(c.want, words); diff != "" {
				t.Errorf("other scenarios ran (-want +got):\n%s", diff)
			}
			if len(r.Notes) > 0 || r.ExitStatus() != report.ExitConformant {
				t.Errorf("exit status %d, notes %q", r.ExitStatus(), r.Notes)
			}
			for id, want := range c.lines {
				var lines []int
				for _, s := range ruleOf(t, r, id).Scenarios {
					lines = append(lines, s.Line)
				}
				if diff := cmp.Diff(want, lines); diff != "" {
					t.Errorf("%s: the lines are other ones (-want +got):\n%s", id, diff)
				}
			}
		})
	}
}

// Shards are the whole, each scenario once.
func TestShardsRunEachScenarioOnce(t *testing.T) {
	t.Parallel()
	whole, _ := heard(t, run.Options{})
	var parts []string
	for i := range 3 {
		words, _ := heard(t, run.Options{Selection: rules.Selection{Shard: rules.Shard{Index: i + 1, Of: 3}}})
		parts = append(parts, words...)
	}
	slices.Sort(parts)
	if diff := cmp.Diff(whole, parts); diff != "" || len(whole) != 7 {
		t.Errorf("of %d words the shards ran others (-whole +shards):\n%s", len(whole), diff)
	}
}

func TestAThenThatIsLeftOutDoesNothing(t *testing.T) {
	t.Parallel()
	_, server := serve(t, nil)
	for _, then := range []string{"all is lost", "the answer is 200", `the name is "other"`, "the judge panics", "it is not written yet"} {
		r := hold(t, fakeAPI(t, rule("@must", "When thing 99 is read\nThen "+then)), realTarget(server.URL), run.Options{Selection: allowAll, WithoutThen: true})
		if x := ruleOf(t, r, "FK-THING-01"); x.Verdict != report.Pass || len(r.Notes) > 0 {
			t.Errorf("without %q the rule is %s: %s %q", then, x.Verdict, x.Reason, r.Notes)
		}
	}
}
