package socotra_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/schemas"
)

type handler = http.Handler

// everything is one request for each documented operation. Each makes sense
// once its caller is let in.
func everything(t *testing.T, s handler) map[string][3]string {
	t.Helper()
	user := "/users/" + want(t, 200, s, "administrator", "POST", "/users", newUser("target@example.com", nil)).get("locator").String()
	role := "/roles/" + newRole(t, s, "administrator", "target", `[]`).get("locator").String()
	update := `{"firstName":"A","lastName":"B","permissions":[],"roles":[],"tenants":[]}`
	return map[string][3]string{
		"createUser":                  {"POST", "/users", newUser("new@example.com", nil)},
		"fetchMyUserDetails":          {"GET", "/users/whoami", ""},
		"fetchUserByName":             {"GET", "/users/username/target@example.com", ""},
		"fetchUserByLocator":          {"GET", user, ""},
		"fetchMultipleUsers":          {"GET", "/users/list", ""},
		"fetchMultipleBasicUsers":     {"GET", "/users/basic/list", ""},
		"updateUser":                  {"PATCH", user, update},
		"resetUserPassword":           {"PATCH", user + "/passwordreset", `"Cf!9-other"`},
		"deleteUser":                  {"DELETE", user, ""},
		"createRole":                  {"POST", "/roles", `{"name":"new","description":"","permissions":[]}`},
		"getRole":                     {"GET", role, ""},
		"updateRole":                  {"PATCH", role, `{"name":"target","description":"x","version":1,"addPermissions":[],"removePermissions":[]}`},
		"fetchMultipleRoles":          {"GET", "/roles/list", ""},
		"deleteRole":                  {"DELETE", role, ""},
		"fetchAvailablePermissions":   {"GET", "/roles/permissions", ""},
		"fetchUserPermissions":        {"GET", user + "/permissions", ""},
		"updateUserRoles":             {"PATCH", user + "/roles", `{"addRoles":[],"removeRoles":[]}`},
		"updateUserTenantAssignments": {"PATCH", user + "/tenants", `{"addTenants":[],"removeTenants":[]}`},
	}
}

func TestWhoMayCallWhat(t *testing.T) {
	contract, err := schemas.Load("socotra")
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range contract.Documented() {
		t.Run(op.ID, func(t *testing.T) {
			s := serve(t, "documented")
			request, ok := everything(t, s)[op.ID]
			if !ok {
				t.Fatal("no request of this operation is known here")
			}
			ask := func(status int, who string, headers ...string) answer {
				return want(t, status, s, who, request[0], request[1], request[2], headers...)
			}
			for _, who := range []string{"", "nonsense", "expired", "deleted"} {
				if a := ask(401, who); a.header.Get("WWW-Authenticate") != "Bearer" {
					t.Errorf("%q: WWW-Authenticate is %q", who, a.header.Get("WWW-Authenticate"))
				}
			}
			ask(401, "", "Authorization", "Basic "+tokens["administrator"])
			ask(401, "", "Authorization", "Bearer")
			var listed []string
			for _, p := range op.Extensions["x-permissions"].([]any) {
				if p != "custom" {
					listed = append(listed, p.(string))
				}
			}
			if len(listed) == 0 {
				ask(200, "nobody")
				return
			}
			ask(403, "nobody")
			sibling := strings.SplitN(listed[0], ".", 2)[0] + "." + map[bool]string{true: "add", false: "delete"}[op.ID != "createUser" && op.ID != "createRole"]
			if sibling != listed[0] {
				ask(403, withPermissions(t, s, "sibling", sibling))
			}
			ask(403, withPermissions(t, s, "others", "tenants.*", "policies.read"))
			for _, p := range listed {
				// Each in a mock of its own: the request may only make sense once.
				s = serve(t, "documented")
				everything(t, s)
				request = everythingAgain(t, s, op.ID)
				ask(200, withPermissions(t, s, "only", p))
			}
		})
	}
}

// everythingAgain finds the request in a mock where everything has been made.
func everythingAgain(t *testing.T, s handler, id string) [3]string {
	t.Helper()
	user := "/users/" + want(t, 200, s, "administrator", "GET", "/users/username/target@example.com", "").get("0.locator").String()
	role := "/roles/" + want(t, 200, s, "administrator", "GET", "/roles/list", "").get(`items.#(name=="target").locator`).String()
	want(t, 200, s, "administrator", "DELETE", user, "")
	want(t, 200, s, "administrator", "DELETE", role, "")
	return everything(t, s)[id]
}

// withPermissions makes a user who may do exactly that, and signs it in.
func withPermissions(t *testing.T, s handler, name string, permissions ...string) string {
	t.Helper()
	newRole(t, s, "administrator", name, `["`+strings.Join(permissions, `","`)+`"]`)
	want(t, 200, s, "administrator", "POST", "/users", newUser(name+"@example.com", map[string]any{"roles": []string{name}}))
	return signIn(t, s, name+"@example.com", "Cf!9-first-Password").get("access_token").String()
}

func TestARefusalDoesNotTellWhetherTheTargetExists(t *testing.T) {
	s := serve(t, "documented")
	for id, request := range everything(t, s) {
		missing := request[1]
		for _, prefix := range []string{"/users/", "/roles/"} {
			locator, rest, _ := strings.Cut(strings.TrimPrefix(missing, prefix), "/")
			if len(locator) == 36 || len(locator) == 26 {
				missing = prefix + "00000000-0000-4000-8000-000000000000/" + rest
			}
		}
		missing = strings.TrimSuffix(missing, "/")
		if missing == request[1] {
			continue
		}
		for _, body := range []string{request[2], "{"} {
			there := want(t, 403, s, "nobody", request[0], request[1], body)
			gone := want(t, 403, s, "nobody", request[0], missing, body)
			if there.get("message").String() != gone.get("message").String() {
				t.Errorf("%s: %s and %s", id, there.body, gone.body)
			}
		}
		want(t, 404, s, "administrator", request[0], missing, "{")
	}
}

func TestANarrowTokenGivesNoMoreThanItLists(t *testing.T) {
	s := serve(t, "documented")
	me := want(t, 200, s, "narrow", "GET", "/users/whoami", "").get("locator").String()
	want(t, 200, s, "narrow", "GET", "/users/list", "")
	want(t, 403, s, "narrow", "GET", "/roles/list", "")
	want(t, 403, s, "narrow", "DELETE", "/users/"+me, "")
}

func TestReadingOneselfCanAskForAGrant(t *testing.T) {
	s := serve(t, "documented")
	me := "/users/" + want(t, 200, s, "nobody", "GET", "/users/whoami", "").get("locator").String()
	want(t, 200, s, "nobody", "GET", "/users/"+strings.ToUpper(me[7:]), "")
	configure(t, s, `{"custom": "both"}`)
	want(t, 403, s, "nobody", "GET", me, "")
	want(t, 200, s, "nobody", "GET", "/users/whoami", "")
}

func TestATokenExpires(t *testing.T) {
	s := serve(t, "documented")
	a := signIn(t, s, "auditor@harbor.example", "Cf!9-harbor-Audit-0005")
	token := a.get("access_token").String()
	if a.get("expires_in").Int() != 3600 || strings.Count(token, ".") != 2 {
		t.Errorf("the answer is %s", a.body)
	}
	want(t, 200, s, token, "GET", "/users/whoami", "")
	control(t, s, "PUT", "clock", `{"advance":"1h"}`)
	want(t, 401, s, token, "GET", "/users/whoami", "")
}

func TestSigningInIsRefusedAsTheIdentityProviderDoes(t *testing.T) {
	s := serve(t, "documented")
	path, kind := "/realms/harbor-mutual/protocol/openid-connect/token", "application/x-www-form-urlencoded"
	for _, c := range []struct {
		path, form string
		status     int
		code       string
	}{
		{path, "grant_type=password&username=admin@harbor.example&password=wrong", 401, "invalid_grant"},
		{path, "grant_type=password&username=nobody@nowhere&password=wrong", 401, "invalid_grant"},
		{path, "grant_type=password&username=under_score@harbor.example&password=", 401, "invalid_grant"},
		{path, "grant_type=magic&username=a&password=b", 400, "unsupported_grant_type"},
		{path, "grant_type=password&username=a", 400, "invalid_request"},
		{"/realms/elsewhere/protocol/openid-connect/token", "grant_type=password&username=a&password=b", 404, "Realm does not exist"},
	} {
		if a := want(t, c.status, s, "", "POST", c.path, c.form, "Content-Type", kind); a.get("error").String() != c.code {
			t.Errorf("%s: %s", c.form, a.body)
		}
	}
}
