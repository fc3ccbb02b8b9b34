package socotra_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/mockserver"
)

func TestErrorsComeInOneEnvelope(t *testing.T) {
	s := serve(t, "documented")
	for _, c := range []struct {
		status            int
		who, method, path string
		body              string
	}{
		{400, "administrator", "POST", "/users", `{"firstName":1}`},
		{400, "administrator", "POST", "/users", `{`},
		{400, "administrator", "GET", "/users/42", ""},
		{401, "", "GET", "/users/whoami", ""},
		{403, "nobody", "GET", "/users/list", ""},
		{404, "administrator", "GET", "/users/00000000-0000-4000-8000-000000000000", ""},
		{404, "administrator", "GET", "/nowhere", ""},
		{405, "administrator", "PUT", "/users", "{}"},
		{409, "administrator", "POST", "/users", newUser("admin@harbor.example", nil)},
	} {
		a := want(t, c.status, s, c.who, c.method, c.path, c.body)
		if a.header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s: Content-Type is %q", c.method, c.path, a.header.Get("Content-Type"))
		}
		id := a.header.Get("Socotra-Request-Id")
		if id == "" || a.get("requestId").String() != id || a.get("httpStatus").Int() != int64(c.status) || a.get("message").String() == "" || !a.get("errors").IsArray() {
			t.Errorf("%s %s: request %s is answered with %s", c.method, c.path, id, a.body)
		}
	}
	configure(t, s, `{"errors": "message"}`)
	if a := want(t, 401, s, "", "GET", "/users/whoami", ""); !strings.HasPrefix(a.body, `{"message":"`) {
		t.Errorf("the short form is %s", a.body)
	}
}

func TestEveryAnswerHasARequestIDOfItsOwn(t *testing.T) {
	s, seen := serve(t, "documented"), map[string]bool{}
	for range 20 {
		id := want(t, 200, s, "administrator", "GET", "/users/whoami", "").header.Get("Socotra-Request-Id")
		if id == "" || seen[id] {
			t.Fatalf("request id %q is empty or used twice", id)
		}
		seen[id] = true
	}
}

func TestHowPermissionsAreWrittenStaysWhileTheMockRuns(t *testing.T) {
	s := serve(t, "documented")
	for _, settings := range []string{`{"permissionForm": "{resource}:{action}"}`, `{"wildcards": false}`} {
		r := httptest.NewRequest(http.MethodPatch, "http://localhost/_rolecall/settings", strings.NewReader(`{"socotra":`+settings+`}`))
		r.RemoteAddr = "127.0.0.1:1"
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != 400 || !strings.Contains(w.Body.String(), "permissionForm and wildcards stay as they are") {
			t.Errorf("%s: status %d: %s", settings, w.Code, w.Body)
		}
	}
}

// Each setting changes what it says; the request is answered differently with
// it and without.
func TestSettings(t *testing.T) {
	for name, c := range map[string]struct {
		settings string
		request  func(t *testing.T, s handler) answer
		before   int
		after    int
	}{
		"names that differ in case are two": {`{"userNameIgnoresCase": false}`, func(t *testing.T, s handler) answer {
			return call(t, s, "administrator", "POST", "/users", newUser("ADMIN@harbor.example", nil))
		}, 409, 200},
		"a weak password is refused": {`{"passwordPolicy": {"enforced": true, "minLength": 16, "maxLength": 64, "digits": 1, "uppers": 1, "lowers": 1, "specials": 1}}`, func(t *testing.T, s handler) answer {
			return call(t, s, "administrator", "POST", "/users", newUser("ada@example.com", map[string]any{"password": "short"}))
		}, 200, 400},
		"foreign permissions are refused": {`{"foreignPermissions": "refused"}`, func(t *testing.T, s handler) answer {
			path := "/users/" + call(t, s, "auditor", "GET", "/users/whoami", "").get("locator").String()
			return call(t, s, "administrator", "PATCH", path, `{"firstName":"A","lastName":"B","permissions":["users.delete"],"roles":["auditor"],"tenants":[]}`)
		}, 200, 400},
		"anyone grants anything": {`{"grantCeiling": false}`, func(t *testing.T, s handler) answer {
			return call(t, s, "role-admin", "POST", "/roles", `{"name":"x","description":"","permissions":["*.*"]}`)
		}, 403, 200},
		"one deletes oneself": {`{"selfDeleteRefused": false}`, func(t *testing.T, s handler) answer {
			path := "/users/" + call(t, s, "user-admin", "GET", "/users/whoami", "").get("locator").String()
			return call(t, s, "user-admin", "DELETE", path, "")
		}, 409, 200},
		"built-in roles are deleted": {`{"builtInRolesProtected": false}`, func(t *testing.T, s handler) answer {
			return call(t, s, "administrator", "DELETE", "/roles/01JN8A9YRVSW8Q628ZDGVKTRPT", "")
		}, 403, 200},
		"a role that says nothing new keeps its version": {`{"emptyUpdateBumpsVersion": false}`, func(t *testing.T, s handler) answer {
			path := "/roles/" + newRole(t, s, "administrator", "x", `[]`).get("locator").String()
			same := `{"name":"x","description":"","version":1,"addPermissions":[],"removePermissions":[]}`
			call(t, s, "administrator", "PATCH", path, same)
			return call(t, s, "administrator", "PATCH", path, same)
		}, 409, 200},
		"versions start at nought": {`{"firstVersion": 0}`, func(t *testing.T, s handler) answer {
			path := "/roles/" + newRole(t, s, "administrator", "x", `[]`).get("locator").String()
			return call(t, s, "administrator", "PATCH", path, `{"name":"x","description":"","version":0,"addPermissions":[],"removePermissions":[]}`)
		}, 409, 200},
		"another business account": {`{"account": "elsewhere"}`, func(t *testing.T, s handler) answer {
			return signIn(t, s, "admin@harbor.example", "Cf!9-harbor-Admin-0001")
		}, 200, 404},
	} {
		t.Run(name, func(t *testing.T) {
			if a := c.request(t, serve(t, "documented")); a.status != c.before {
				t.Errorf("as documented: status %d, want %d: %s", a.status, c.before, a.body)
			}
			s := serve(t, "documented")
			configure(t, s, c.settings)
			if a := c.request(t, s); a.status != c.after {
				t.Errorf("with %s: status %d, want %d: %s", c.settings, a.status, c.after, a.body)
			}
		})
	}
}

func TestTheNewerOpenAPI(t *testing.T) {
	s := serve(t, "openapi-2026")
	made := want(t, 200, s, "administrator", "POST", "/users", `{"firstName":"A","lastName":"B","userName":"ada@example.com","serviceAccount":true,"roles":["auditor"]}`)
	if !made.get("serviceAccount").Bool() {
		t.Errorf("no service account: %s", made.body)
	}
	if a := signIn(t, s, "ada@example.com", ""); a.status != 401 {
		t.Errorf("without a password it signs in: %s", a.body)
	}
	a := want(t, 200, s, "administrator", "PATCH", "/users/"+made.get("locator").String(), `{"firstName":"C","lastName":"B","tenants":[]}`)
	if diff := cmp.Diff(strings.Replace(made.body, `"A"`, `"C"`, 1), a.body); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestABrokenFixtureSaysWhereAndWhatToWrite(t *testing.T) {
	documented := func(old, new string) string {
		text, err := os.ReadFile("../../fixtures/socotra/editions/documented.yaml")
		if err != nil || !strings.Contains(string(text), old) {
			t.Fatalf("%s is not there to be replaced: %v", old, err)
		}
		return strings.ReplaceAll(string(text), old, new)
	}
	role := "- {locator: 01JN8A90YGECYYS9E9R04A2K1H, name: admin, createdBy: 9b08923d-10c6-4fd9-94b2-b8fda02f34a6, createdAt: \"2025-01-01T00:00:00Z\", permissions: [%s]}\n"
	for name, c := range map[string]struct{ file, text, wanted string }{
		"an unknown permission":       {"roles.yaml", strings.Replace(role, "%s", "users.fly", 1), `roles.yaml:1: permission "users.fly" is not in permissions.yaml`},
		"an action of everything":     {"roles.yaml", strings.Replace(role, "%s", `"*.read"`, 1), `write resource.action, resource.* or *.*`},
		"a role twice":                {"roles.yaml", strings.Repeat(strings.Replace(role, "%s", "", 1), 2), `roles.yaml:2: locator`},
		"a locator that is none":      {"users.yaml", "\n- {locator: x, userName: a@b.c}\n", `users.yaml:2: locator "x" is no UUID`},
		"a role that is not there":    {"users.yaml", "- {locator: 9b08923d-10c6-4fd9-94b2-b8fda02f34a6, userName: a@b.c, roles: [king]}\n", `role "king" is not in roles.yaml`},
		"a tenant that is not there":  {"users.yaml", "- {locator: 9b08923d-10c6-4fd9-94b2-b8fda02f34a6, userName: a@b.c, tenants: [moon]}\n", `tenant "moon" is not in tenants.yaml`},
		"an unknown key":              {"users.yaml", "- {locater: x}\n", `unknown key "locater"`},
		"a token of nobody":           {"tokens.yaml", "- {name: x, token: y, user: z}\n", `tokens.yaml:1: user "z" is not in users.yaml`},
		"a star in the catalogue":     {"permissions.yaml", "- {resource: users, actions: [\"*\"]}\n", `permissions.yaml:1`},
		"a tenant of an unknown type": {"tenants.yaml", "- {locator: x, type: moon}\n", `write one of production, test`},
		"an unknown setting":          {"editions/documented.yaml", "settings: {maxUser: 1}\n", `maxUser`},
		"a request without a schema":  {"editions/documented.yaml", documented("requests: {}", "requests: {createUser: moon}"), `requests holds createUser to "moon"`},
		"a setting out of range":      {"editions/documented.yaml", documented("tokenSeconds: 3600", "tokenSeconds: 0"), `tokenSeconds is 0; write 1 or more`},
		"a word that means nothing":   {"editions/documented.yaml", documented("custom: itself", "custom: itsself"), `custom is "itsself"; write one of itself, granted, both`},
		"a success that is none":      {"editions/documented.yaml", documented("successes: {}", "successes: {createUser: 302}"), `successes answers createUser with 302`},
		"a refusal of another kind":   {"editions/documented.yaml", documented("refusals: {}", "refusals: {strangers: 403}"), `refusals answers "strangers" with 403; write one of [caller permission`},
		"permissions without actions": {"editions/documented.yaml", documented("{resource}.{action}", "{resource}"), `permissionForm is "{resource}"; write it with {resource} and {action}`},
		"times that are none":         {"editions/documented.yaml", documented("2006-01-02T", "2006-01-02 "), `timeForm is "2006-01-02 15:04:05.000Z07:00"; write a form of RFC 3339`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := mockserver.New(mockserver.Options{APIs: []string{"socotra"}, Fixtures: fstest.MapFS{"socotra/" + c.file: {Data: []byte(c.text)}}})
			if err == nil || !strings.Contains(err.Error(), c.wanted) {
				t.Errorf("the error is %v; want %s", err, c.wanted)
			}
		})
	}
}
