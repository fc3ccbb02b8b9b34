package features_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/mockserver"
)

// A feature that says what makes no sense, or is about nothing, is told so. It
// never passes.
func TestWhatAFeatureCannotSay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, api, steps, says string // api "": all three
	}{
		{"a name before it is said who that is", "", `When the administrator deletes "ann" | Then it is refused`, `uses the user "ann" before it says`},
		{"a noun that no API has", "rapid7", `Given a network "home" | When the administrator lists the users | Then it succeeds`, "rapid7 has no network"},
		{"what people do not have", "rapid7", `Given a user "ann" | When the administrator grants the network "home" to "ann" | Then it succeeds`, "people of rapid7 have no network"},
		{"a misspelt property of a new user", "rapid7", `Given a user "ann" with :: rolle : user | When the administrator reads "ann" | Then it succeeds`, `no property "rolle"`},
		{"a misspelt property inside of another", "rapid7", `Given a user "ann" with :: role.idd : user | When the administrator reads "ann" | Then it succeeds`, `no property "idd"`},
		{"a misspelt property of a change", "devicehive", `Given a user "ann" | When the administrator changes "ann" :: statuss : 1 | Then it succeeds`, `no property "statuss"`},
		{"a misspelt property that is judged", "socotra", `Given a user "ann" | When the administrator reads "ann" | Then "ann" shows firstNam as Ann`, `no property "firstNam"`},
		{"a misspelt operation", "rapid7", `When the administrator tries getRolez | Then it succeeds`, `no operation "getRolez"; did you mean "getRole"?`},
		{"words in parentheses that mean nothing", "rapid7", `Given a user "ann" with :: role.id : (some rolle) | When the administrator reads "ann" | Then it succeeds`, "nothing is known as (some rolle)"},
		{"a parameter that the list has not", "rapid7", `When the administrator lists the users with :: sise : 3 | Then it succeeds`, `no parameter "sise"`},
		{"a table that is not there", "rapid7", `Given a user "ann" | When the administrator changes "ann" | Then it succeeds`, "lacks its table"},
		{"a table that nobody takes", "rapid7", `Given a user "ann" :: name : Ann | When the administrator reads "ann" | Then it succeeds`, "takes no table"},
		{"a table of another width", "rapid7", `Given a user "ann" with :: name : Ann : Bob | When the administrator reads "ann" | Then it succeeds`, "3 columns"},
		{"a password that nobody knows", "", `Given a user "ann" | When "ann" signs in with its password in blue letters | Then it is refused`, "nothing is known as"},
		{"a refusal of a kind that the API has not", "rapid7", `When the administrator tries getUser of "2147483000" | Then it is refused as in conflict`, "refuses nothing as in conflict"},
		{"what has changed, where there is nothing", "", `When the administrator lists the users | Then nothing has changed`, "knows nothing that could have changed"},
		{"what is gone and never was", "rapid7", `Given a user "bob" | When the administrator creates the user "ann" with :: login : (left out) | Then "ann" is gone`, "never was"},
		{"an answer to nothing", "", `Given a user "ann" | Then it succeeds`, "no When has sent a request"},
		{"answers to nothing", "", `Given a user "ann" | Then each is refused`, "no When has sent a request"},
		{"trials of nothing", "", `Given a user "ann" | Then each text reads back to the letter, or is refused`, "has tried nothing"},
		{"pages of nothing", "rapid7", `Given a user "ann" | Then the pages hold every user once`, "no When has read pages"},
		{"an order of nothing", "rapid7", `Given a user "ann" | When the administrator reads "ann" | Then the list is sorted by "id"`, "no When has read pages"},
		{"a condition that is not so", "rapid7", `Given a user "ann" with :: enabled : "yes" | When the administrator reads "ann" | Then it succeeds`, "answered with 400"},
	} {
		apis := []string{c.api}
		if c.api == "" {
			apis = []string{"devicehive", "rapid7", "socotra"}
		}
		for _, api := range apis {
			t.Run(c.name+", "+api, func(t *testing.T) {
				t.Parallel()
				rule := own(t, api, c.steps)
				if rule.Verdict != report.Error || !strings.Contains(rule.Reason, c.says) {
					t.Errorf("it is %s: %s; it should be an error that says %q", rule.Verdict, rule.Reason, c.says)
				}
			})
		}
	}
}

// own runs a scenario of a team's own on the mock. Steps have " | " between them,
// rows of a table begin with " :: ", and cells have " : " between them.
func own(t *testing.T, api, steps string) report.Rule {
	t.Helper()
	feature := "@" + api + "\nFeature: Ours\n  @ACME-ONE-01 @must\n  Rule: So\n    Source: us\n    Scenario: One\n"
	for _, step := range strings.Split(steps, " | ") {
		parts := strings.Split(step, " :: ")
		feature += "      " + parts[0] + "\n"
		for _, row := range parts[1:] {
			feature += "        | " + strings.ReplaceAll(row, " : ", " | ") + " |\n"
		}
	}
	c, err := catalogue(t).WithOwn(fstest.MapFS{"one.feature": {Data: []byte(feature)}}, "ours")
	if err != nil {
		t.Fatal(err)
	}
	target, stop, err := embedded.Start(c, mockserver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	r, err := c.Run(t.Context(), target, run.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range r.Rules {
		if rule.ID == "ACME-ONE-01" {
			if r.ExitStatus() == report.ExitConformant {
				t.Errorf("the run is conformant")
			}
			if len(rule.Scenarios) > 0 {
				rule.Reason = rule.Scenarios[0].Reason
			}
			return rule
		}
	}
	t.Fatal("the rule is not in the report")
	return report.Rule{}
}
