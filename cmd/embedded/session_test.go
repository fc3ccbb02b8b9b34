package embedded_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/cmd/embedded"
	"github.com/rolecall/rolecall/mockserver"
)

// What the godog command says at the root of a checkout, where it calls the
// initializer and is not strict.
func TestWhatTheGodogCommandSays(t *testing.T) {
	t.Parallel()
	const head = "Feature: Ours\n  @ACME-ONE-01 @must\n  Rule: So\n    Source: us\n    Scenario: One\n      When the administrator lists the roles\n"
	for _, c := range []struct {
		name, path, own string // a file of the project, or where a file with the text is
		concurrency     int
		defects         []string
		status          int
		says            []string
	}{
		{name: "a feature", path: "rapid7/roles.feature", says: []string{"16 scenarios (16 passed)"}},
		{name: "a feature, several at a time", path: "socotra/passwords.feature", concurrency: 4, says: []string{"passed)"}},
		{name: "a folder", path: "devicehive", says: []string{"passed)"}},
		{name: "one scenario", path: "rapid7/roles.feature:16", says: []string{"1 scenarios (1 passed)"}},
		{name: "a rule that is broken", path: "rapid7/roles.feature", defects: []string{"r7-built-in-deleted"}, status: 1,
			says: []string{"(15 passed, 1 failed)", "FAIL  R7-ROLE-02", "source: InsightVM API v3, User: Delete Role", "curl "}},
		{name: "a should rule that is broken", path: "rapid7/links.feature", defects: []string{"r7-self-link-wrong"}, status: 1, says: []string{"FAIL  R7-LINK-01  (should)"}},
		{name: "an invariant that is broken, and no rule", path: "rapid7/users.feature", defects: []string{"r7-user-without-name"}, status: 1, says: []string{"FAIL  R7-CONTRACT", " passed, "}},
		{name: "a file of one's own", path: "ours/rapid7/one.feature", own: head + "      Then each role of the list reads back by its id\n", says: []string{"1 scenarios (1 passed)"}},
		{name: "a step that nobody has defined, after one that holds", path: "ours/rapid7/one.feature", own: head + "      Then the moon is full\n", status: 1,
			says: []string{`there is no step "Then the moon is full"`, "1 scenarios (1 failed)"}},
		{name: "a file in a folder of no API", path: "ours/one.feature", own: head + "      Then each role of the list reads back by its id\n", status: 1, says: []string{"whose steps are these?"}},
		{name: "a scenario of no rule", path: "ours/rapid7/one.feature", own: "Feature: Ours\n  Scenario: One\n    When the administrator lists the roles\n", status: 1, says: []string{"outside a Rule"}},
		{name: "a defect that is none", path: "rapid7/roles.feature", defects: []string{"r7-none"}, status: 1, says: []string{"r7-none"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join("..", "..", "features", c.path)
			if c.own != "" {
				path = filepath.Join(t.TempDir(), c.path)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(c.own), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var out bytes.Buffer
			status := godog.TestSuite{
				ScenarioInitializer: embedded.Initializer(mockserver.Options{Defects: c.defects}),
				Options:             &godog.Options{Format: "pretty", NoColors: true, Output: &out, Paths: []string{path}, Concurrency: max(c.concurrency, 1)},
			}.Run()
			if status != c.status {
				t.Errorf("status %d; it should be %d", status, c.status)
			}
			for _, part := range c.says {
				if !strings.Contains(out.String(), part) {
					t.Errorf("it does not say %s", part)
				}
			}
			if t.Failed() {
				t.Logf("%s", out.String())
			}
		})
	}
}
