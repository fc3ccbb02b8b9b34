package conformance_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/run"
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

func TestAReadOnlyRunOnlyReads(t *testing.T) {
	t.Parallel()
	s, server := serve(t, nil)
	r := hold(t, fakeAPI(t, map[string]string{"things.feature": mixed}), realTarget(server.URL), run.Options{})
	if i := slices.IndexFunc(s.requests(), func(x string) bool { return !strings.HasPrefix(x, "GET ") }); i >= 0 {
		t.Errorf("the run sent %s", s.requests()[i])
	}
	if got := ruleOf(t, r, "FK-WRITE-01"); got.Verdict != report.Skip || got.Reason == "" {
		t.Errorf("a rule that was not allowed is %s: %q", got.Verdict, got.Reason)
	}
	if r.ExitStatus() != report.ExitConformant || ruleOf(t, r, "FK-CONTRACT").Verdict != report.Pass {
		t.Errorf("exit status %d, contract %s", r.ExitStatus(), ruleOf(t, r, "FK-CONTRACT").Verdict)
	}
}

func TestARunInWhichNothingIsAllowedJudgesNothing(t *testing.T) {
	t.Parallel()
	s, server := serve(t, nil)
	r := hold(t, fakeAPI(t, map[string]string{"things.feature": mixed}), realTarget(server.URL), run.Options{Selection: rules.Selection{Rules: []string{"FK-WRITE-01", "FK-MOCK-01"}}})
	if r.ExitStatus() != report.ExitNothing || r.Conformant() {
		t.Errorf("the exit status is %d; it should be %d", r.ExitStatus(), report.ExitNothing)
	}
	if got := ruleOf(t, r, "FK-CONTRACT").Verdict; got != report.Skip {
		t.Errorf("a contract that no answer was held to is %s", got)
	}
	if len(s.requests()) > 0 {
		t.Errorf("the run sent %q", s.requests())
	}
}
