package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rolecall/rolecall/conformance/rules"
)

// Rules of every kind of safety.
const mixed = `@fake
Feature: Things

  @FK-READ-01 @must @safe
  Rule: It is read
    Source: nowhere

    Scenario: One
      When thing 1 is read
      Then the answer is 200

  @FK-WRITE-01 @must
  Rule: It is written
    Source: nowhere

    Scenario: One
      When a thing "ann" is created
      Then the answer is 201

  @FK-HARM-01 @should @disruptive
  Rule: It is harmed
    Source: nowhere

    Scenario: One
      When a thing "ann" is created
      Then the answer is 201

  @FK-LOOK-01 @observed @safe @disruptive
  Rule: It is read, and the server suffers
    Source: nowhere

    Scenario: One
      When thing 1 is read
      Then the answer is 200

  @FK-MOCK-01 @must @safe @mock
  Rule: It is read after the mock was told
    Source: nowhere

    Scenario: One
      When thing 1 is read
      Then the answer is 200
`

// other is a second API with one rule, in the words of the first.
func other() *rules.API {
	api := things(map[string]string{"o.feature": "@other @only-other\nFeature: Others\n\n  @OT-READ-01 @must @safe\n  Rule: So\n    Source: nowhere\n\n    Scenario: One\n      When thing 1 is read\n      Then the answer is 200\n"})
	api.Name, api.Prefix, api.Path = "other", "OT", "features/other"
	return api
}

func twoAPIs(t testing.TB) (*rules.Catalogue, map[string]bool) {
	return catalogue(t, things(map[string]string{"things.feature": mixed}), other()), map[string]bool{"fake": false, "other": false}
}

var allowAll = rules.Selection{Allow: rules.Allow{Writes: true, Disruptive: true}}

// described tells of each chosen rule whether it runs or why it does not.
func described(chosen []rules.Chosen) []string {
	var lines []string
	for _, x := range chosen {
		switch {
		case x.Rule.Invariant() && !strings.HasSuffix(x.Rule.ID, "-CONTRACT"):
			// the others go along with it
		case x.Skip != "":
			lines = append(lines, x.Rule.ID+": "+x.Skip)
		default:
			lines = append(lines, fmt.Sprintf("%s %d", x.Rule.ID, len(x.Scenarios)))
		}
	}
	return lines
}

func TestWhatIsSelectedOfARealTarget(t *testing.T) {
	t.Parallel()
	c, target := twoAPIs(t)
	const harm, writes, mock = "it may harm a deployment; --allow disruptive lets it run", "it writes; --allow writes lets it run", "it needs the mock's control plane"
	only := func(s rules.Selection) rules.Selection { s.APIs = []string{"fake"}; return s }
	for _, x := range []struct {
		name string
		s    rules.Selection
		want []string
	}{
		{"reading is all that is allowed unless more is", only(rules.Selection{}),
			[]string{"FK-CONTRACT 0", "FK-READ-01 1", "FK-WRITE-01: " + writes, "FK-HARM-01: " + harm, "FK-LOOK-01: " + harm, "FK-MOCK-01: " + mock}},
		{"writing does not allow harm", only(rules.Selection{Allow: rules.Allow{Writes: true}}),
			[]string{"FK-CONTRACT 0", "FK-READ-01 1", "FK-WRITE-01 1", "FK-HARM-01: " + harm, "FK-LOOK-01: " + harm, "FK-MOCK-01: " + mock}},
		{"harm does not allow writing", only(rules.Selection{Allow: rules.Allow{Disruptive: true}}),
			[]string{"FK-CONTRACT 0", "FK-READ-01 1", "FK-WRITE-01: " + writes, "FK-HARM-01: " + writes, "FK-LOOK-01 1", "FK-MOCK-01: " + mock}},
		{"nothing makes a real target a mock", only(allowAll),
			[]string{"FK-CONTRACT 0", "FK-READ-01 1", "FK-WRITE-01 1", "FK-HARM-01 1", "FK-LOOK-01 1", "FK-MOCK-01: " + mock}},
		{"naming a rule does not allow it", rules.Selection{Rules: []string{"FK-WRITE-01"}},
			[]string{"FK-CONTRACT 0", "FK-WRITE-01: " + writes}},
		{"the contract of an API goes along with any of its rules", rules.Selection{Rules: []string{"OT-READ-01", "FK-READ-01"}},
			[]string{"FK-CONTRACT 0", "OT-CONTRACT 0", "FK-READ-01 1", "OT-READ-01 1"}},
		{"tags and rules both have to agree", rules.Selection{Rules: []string{"FK-READ-01", "FK-WRITE-01"}, Tags: "@safe"},
			[]string{"FK-CONTRACT 0", "FK-READ-01 1"}},
		{"an API's tag", rules.Selection{Tags: "@other"}, []string{"OT-CONTRACT 0", "OT-READ-01 1"}},
		{"a rule's id as a tag", rules.Selection{Tags: "@FK-READ-01"}, []string{"FK-CONTRACT 0", "FK-READ-01 1"}},
		{"known tags that nothing has together", rules.Selection{Tags: "@only-other and @mock"}, nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			chosen, err := c.Select(x.s, target)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(x.want, described(chosen)); diff != "" {
				t.Errorf("another choice (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEverythingIsAllowedOnAMock(t *testing.T) {
	t.Parallel()
	c, target := twoAPIs(t)
	target["fake"] = true
	chosen, err := c.Select(rules.Selection{APIs: []string{"fake"}}, target)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"FK-CONTRACT 0", "FK-READ-01 1", "FK-WRITE-01 1", "FK-HARM-01 1", "FK-LOOK-01 1", "FK-MOCK-01 1"}, described(chosen)); diff != "" {
		t.Errorf("another choice (-want +got):\n%s", diff)
	}
}

// A name that means nothing would select nothing, in silence.
func TestNamesThatMeanNothingAreRefused(t *testing.T) {
	t.Parallel()
	c, both := twoAPIs(t)
	one := map[string]bool{"fake": false}
	for _, x := range []struct {
		name   string
		s      rules.Selection
		target map[string]bool
		says   []string
	}{
		{"a rule with a slip", rules.Selection{Rules: []string{"FK-REED-01"}}, both, []string{"FK-REED-01", `did you mean "FK-READ-01"`}},
		{"one of several rules with a slip", rules.Selection{Rules: []string{"FK-READ-01", "FK-READ-02"}}, both, []string{"FK-READ-02", `"FK-READ-01"`}},
		{"a rule in small letters", rules.Selection{Rules: []string{"fk-read-01"}}, both, []string{`"FK-READ-01"`}},
		{"an API with a slip", rules.Selection{APIs: []string{"fkae"}}, both, []string{"fkae", `did you mean "fake"`}},
		{"a tag with a slip", rules.Selection{Tags: "@saef"}, both, []string{"@saef", `did you mean "@safe"`}},
		{"a tag with a slip behind not", rules.Selection{Tags: "@must and not @disruptiv"}, both, []string{"@disruptiv", `"@disruptive"`}},
		{"an expression that is none", rules.Selection{Tags: "@must and"}, both, []string{"too early"}},
		{"an API that the target does not have", rules.Selection{APIs: []string{"other"}}, one, []string{"other", "target"}},
		{"an API that the target does not have beside one that it has", rules.Selection{APIs: []string{"fake", "other"}}, one, []string{"other", "target"}},
		{"a rule of an API that the target does not have", rules.Selection{Rules: []string{"FK-READ-01", "OT-READ-01"}}, one, []string{"OT-READ-01", "target"}},
		{"a rule of an API that is left out", rules.Selection{APIs: []string{"fake"}, Rules: []string{"FK-READ-01", "OT-READ-01"}}, both, []string{"OT-READ-01", "other"}},
		{"an empty rule", rules.Selection{Rules: []string{""}}, both, []string{`no rule ""`}},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			if _, err := c.Select(x.s, x.target); err == nil {
				t.Error("it was taken")
			} else {
				for _, part := range x.says {
					if !strings.Contains(err.Error(), part) {
						t.Errorf("the error is %q; it should say %q", err, part)
					}
				}
			}
		})
	}
}

// However many shards, each rule is in exactly one of them.
func TestShardsSplitTheRulesWithoutLoss(t *testing.T) {
	t.Parallel()
	c, target := twoAPIs(t)
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(1, 12).Draw(t, "of")
		seen := map[string]int{}
		for i := range of {
			shard, err := rules.ParseShard(fmt.Sprintf("%d/%d", i+1, of))
			if err != nil {
				t.Fatal(err)
			}
			chosen, err := c.Select(rules.Selection{Shard: shard}, target)
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range chosen {
				if !x.Rule.Invariant() {
					seen[x.Rule.ID]++
				}
			}
		}
		for _, rule := range c.Rules {
			if !rule.Invariant() && seen[rule.ID] != 1 {
				t.Fatalf("of %d shards, %d have %s", of, seen[rule.ID], rule.ID)
			}
		}
	})
}

func TestShardsThatAreNoneAreRefused(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"0/5", "6/5", "1/0", "-1/5", "2", "2/", "/5", "2/5/7", "2/5x", "x", "02/5", " 2/5", "2 / 5"} {
		if s, err := rules.ParseShard(text); err == nil || !strings.Contains(err.Error(), "2/5") {
			t.Errorf("%q is taken as %v, error %v", text, s, err)
		}
	}
}
