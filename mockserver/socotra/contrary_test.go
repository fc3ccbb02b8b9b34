package socotra_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// A point is one on which the document is silent, and what each edition makes
// of it: documented, contrary, contrary-2.
type point struct {
	name string
	ask  func(*account) string
	want [3]string
}

// An account is a mock in one edition, and what its administrator does there.
type account struct {
	t *testing.T
	s handler
}

func (a *account) call(who, method, path, body string) answer {
	a.t.Helper()
	return call(a.t, a.s, who, method, path, body)
}

// inSandbox is the mock with a sandbox of its own for every call.
func inSandbox(s handler, name string) handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Rolecall-Sandbox", name)
		s.ServeHTTP(w, r)
	})
}

// written writes a permission as the edition does.
func (a *account) written(resource, action string) string {
	all := a.call("administrator", "GET", "/roles/permissions", "").body
	for _, form := range []string{resource + "." + action, resource + ":" + action, resource + "_" + action} {
		if strings.Contains(all, `"`+form+`"`) {
			return form
		}
	}
	a.t.Fatalf("no permission for %s of %s in %.200s", action, resource, all)
	return ""
}

// role makes a role, and gives back what users refer to it by.
func (a *account) role(name string, permissions ...string) (locator, reference string) {
	a.t.Helper()
	quoted := `"` + strings.Join(permissions, `","`) + `"`
	made := a.call("administrator", "POST", "/roles", fmt.Sprintf(`{"name":%q,"description":"d","permissions":[%s]}`, name, quoted))
	locator, reference = made.get("locator").String(), name
	if gjson.Get(a.me("administrator").body, "roles.0").String() != "admin" {
		reference = locator
	}
	return locator, reference
}

func (a *account) me(who string) answer { return a.call(who, "GET", "/users/whoami", "") }

func (a *account) user(name string, more map[string]any) answer {
	a.t.Helper()
	return a.call("administrator", "POST", "/users", newUser(name, more))
}

// someone is a user and its token.
func (a *account) someone(more map[string]any) (path, token string) {
	a.t.Helper()
	made := a.user("ada@example.com", more)
	return "/users/" + made.get("locator").String(), signIn(a.t, a.s, "ada@example.com", "Cf!9-first-Password").get("access_token").String()
}

func texts(list gjson.Result) string {
	var all []string
	for _, x := range list.Array() {
		all = append(all, x.String())
	}
	return strings.Join(all, " ")
}

// Whatever an edition decides, it is an answer and no failure of the mock.
func TestNoEditionBreaksTheContract(t *testing.T) {
	t.Parallel()
	for _, edition := range []string{"contrary", "contrary-2"} {
		s := serve(t, edition)
		for n, r := range requests(t, edition) {
			bodies := []json.RawMessage{nil}
			if r.schema != nil {
				bodies = append(r.schema.Examples, json.RawMessage(`[]`))
			}
			for m, body := range bodies {
				if a := r.send(t, s, 100*n+m, body); a.status >= http.StatusInternalServerError {
					t.Errorf("%s: %s with %s: status %d: %s", edition, r.operation.ID, body, a.status, a.body)
				}
			}
		}
	}
}

func TestEveryEditionDecidesWhatTheDocumentLeavesOpen(t *testing.T) {
	t.Parallel()
	for i, edition := range []string{"documented", "contrary", "contrary-2"} {
		s := serve(t, edition)
		for n, p := range points {
			t.Run(edition+", "+p.name, func(t *testing.T) {
				if got := p.ask(&account{t, inSandbox(s, fmt.Sprint("p", n))}); got != p.want[i] {
					t.Errorf("%q, want %q", got, p.want[i])
				}
			})
		}
	}
}
