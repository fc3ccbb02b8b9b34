package rapid7_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/schemas"
)

// What the documents say to the letter, where consoles may well do otherwise.

func TestAnUpdateWithoutABodyChangesNothing(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/users/3", "/roles/ticket-desk"} {
		c := newConsole(t, "documented")
		c.unchanged(func() { c.want(200, c.admin("PUT", path, "")) })
		c.set(`{"absentBody":"refuse"}`)
		c.unchanged(func() { c.refused(400, "R7-PROTO-01", c.admin("PUT", path, "")) })
	}
}

func TestTheDocumentsExampleOfAKeyIsOneUnlessASettingSaysOtherwise(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.want(200, c.admin("PUT", "/users/3/2FA", `"string"`))
	if key := c.admin("GET", "/users/3/2FA", "").get("key").String(); key != "string" {
		t.Errorf("the key is %q", key)
	}
	c.unchanged(func() { c.refused(400, "R7-2FA-04", c.admin("PUT", "/users/3/2FA", `"strings"`)) })
	c.set(`{"twoFactorKeys":"base32"}`)
	c.unchanged(func() { c.refused(400, "R7-2FA-04", c.admin("PUT", "/users/3/2FA", `"string"`)) })
}

func TestNobodyDeletesItselfOrTheLastAdministrator(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.unchanged(func() { c.refused(400, "R7-SELF-01", c.admin("DELETE", "/users/1", "")) })
	// A superuser with another role may delete administrators, but for the last one who can sign in.
	c.want(200, c.admin("PUT", "/users/3", `{"login":"mgarcia","name":"M","role":{"id":"user","superuser":true}}`))
	c.want(200, c.admin("PUT", "/users/2", `{"login":"okuznets","name":"O","enabled":false,"role":{"id":"global-admin"}}`))
	c.unchanged(func() { c.refused(400, "R7-SELF-01", c.do("mgarcia", "DELETE", "/users/1", "")) })
	c.want(200, c.admin("PUT", "/users/2", `{"login":"okuznets","name":"O","role":{"id":"global-admin"}}`))
	c.want(200, c.do("mgarcia", "DELETE", "/users/1", ""))
	c.want(200, c.do("okuznets", "GET", "/users", ""))
}

func TestAnIDThatIsNoNumberIsNotFoundWhereOnlyThatIsDocumented(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	notFound := 0
	for _, op := range contract(t).Documented() {
		id := op.Parameter("path", "id")
		if id == nil || id.Type.Type != "integer" {
			continue
		}
		want := 400
		if slices.Contains(op.Statuses(), 404) && !slices.Contains(op.Statuses(), 400) {
			want = 404
			notFound++
		}
		path := strings.NewReplacer("{id}", "abc", "{siteId}", "1", "{assetGroupId}", "11").Replace(op.Path)
		c.refused(want, "R7-PROTO-01", c.admin(op.Method, path, ""))
	}
	if notFound != 13 {
		t.Errorf("404 is the answer of %d operations, want 13", notFound)
	}
}

func TestAnEmptyPasswordIsRefusedInAnUpdateAsInACreation(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	body := strings.Replace(newUser("mgarcia"), "Fake-new-1", "", 1)
	c.unchanged(func() {
		c.refused(400, "R7-USER-03", c.admin("PUT", "/users/3", body))
		c.refused(400, "R7-USER-03", c.admin("POST", "/users", strings.Replace(body, "mgarcia", "jdoe", 1)))
	})
}

func TestEveryExampleOfARequestInTheContractIsAccepted(t *testing.T) {
	t.Parallel()
	paths := map[string]string{"updateRole": "/roles/exception-approver", "createUser": "/users", "resetPassword": "/users/1/password"}
	tried := 0
	for _, op := range contract(t).Documented() {
		if op.Body == nil {
			continue
		}
		path := paths[op.ID]
		if path == "" {
			path = strings.Replace(op.Path, "{id}", "3", 1)
		}
		for _, example := range op.Body.Schema.Examples {
			tried++
			c := newConsole(t, "documented")
			if a := c.admin(op.Method, path, string(example)); a.status != 200 {
				t.Errorf("%s refuses %s: %s", op.ID, schemas.Compact(example), a)
			}
		}
	}
	if tried < 10 {
		t.Errorf("only %d examples were tried", tried)
	}
}
