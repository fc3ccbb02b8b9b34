package socotra_test

import (
	"net/url"
	"strings"
	"testing"
)

func TestDeltasChangeWhatTheyNameOrNothing(t *testing.T) {
	const prod, test = "21636369-8b52-4b4a-97b7-50923ceb3ffd", "795b929e-9a9a-40fd-aa7b-5bf55eb561a4"
	for name, c := range map[string]struct {
		who, what, body string
		status          int
		rule            string
		field, value    string
	}{
		"roles given and taken":            {"administrator", "roles", `{"addRoles":["nobody","nobody"],"removeRoles":["auditor"]}`, 200, "", "roles", `["read-only","nobody"]`},
		"a role that is there already":     {"administrator", "roles", `{"addRoles":["auditor"],"removeRoles":["nobody"]}`, 200, "", "roles", `["auditor","read-only"]`},
		"a role by its locator":            {"administrator", "roles", `{"addRoles":["01JN8A90YGECYYS9E9R04A2K1H"],"removeRoles":[]}`, 200, "", "roles", `["auditor","read-only","admin"]`},
		"nothing at all":                   {"administrator", "roles", `{"addRoles":[],"removeRoles":[]}`, 200, "", "roles", `["auditor","read-only"]`},
		"one role that does not exist":     {"administrator", "roles", `{"addRoles":["nobody","king"],"removeRoles":["auditor"]}`, 400, "SO-ASSIGN-04", "roles", `["auditor","read-only"]`},
		"an unknown role to take":          {"administrator", "roles", `{"addRoles":["nobody"],"removeRoles":["king"]}`, 400, "SO-ASSIGN-04", "roles", `["auditor","read-only"]`},
		"the same given and taken":         {"administrator", "roles", `{"addRoles":["nobody"],"removeRoles":["nobody"]}`, 400, "SO-ASSIGN-04", "roles", `["auditor","read-only"]`},
		"a role beyond the caller's own":   {"user-admin", "roles", `{"addRoles":["admin"],"removeRoles":[]}`, 403, "SO-ROLE-10", "roles", `["auditor","read-only"]`},
		"a role within the caller's own":   {"user-admin", "roles", `{"addRoles":["auditor","nobody"],"removeRoles":["read-only"]}`, 200, "", "roles", `["auditor","nobody"]`},
		"a list that is missing":           {"administrator", "roles", `{"addRoles":["nobody"]}`, 400, "SO-PROTO-01", "roles", `["auditor","read-only"]`},
		"tenants assigned and withdrawn":   {"administrator", "tenants", `{"addTenants":["any","type:test"],"removeTenants":["` + prod + `"]}`, 200, "", "tenants", `["any","type:test"]`},
		"a tenant in capitals":             {"administrator", "tenants", `{"addTenants":["` + strings.ToUpper(test) + `"],"removeTenants":[]}`, 200, "", "tenants", `["` + prod + `","` + test + `"]`},
		"a tenant that does not exist":     {"administrator", "tenants", `{"addTenants":["any","type:none"],"removeTenants":[]}`, 400, "SO-ASSIGN-04", "tenants", `["` + prod + `"]`},
		"a tenant both added and removed":  {"administrator", "tenants", `{"addTenants":["any"],"removeTenants":["any"]}`, 400, "SO-ASSIGN-04", "tenants", `["` + prod + `"]`},
		"tenants by who may only do roles": {"role-admin", "tenants", `{"addTenants":["any"],"removeTenants":[]}`, 403, "SO-AUTH-02", "tenants", `["` + prod + `"]`},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, "documented")
			user := "/users/" + want(t, 200, s, "administrator", "POST", "/users", newUser("ada@example.com", map[string]any{"roles": []string{"auditor", "read-only"}, "tenants": []string{prod}})).get("locator").String()
			a := want(t, c.status, s, c.who, "PATCH", user+"/"+c.what, c.body)
			if got := a.header.Get("Rolecall-Rule"); got != c.rule {
				t.Errorf("refused under %q, want %q", got, c.rule)
			}
			if got := want(t, 200, s, "administrator", "GET", user, "").get(c.field).Raw; got != c.value {
				t.Errorf("%s are %s, want %s", c.field, got, c.value)
			}
		})
	}
}

func TestPermissionsFollowTheRolesAtOnce(t *testing.T) {
	s := serve(t, "documented")
	newRole(t, s, "administrator", "one", `["users.list","users.read"]`)
	two := newRole(t, s, "administrator", "two", `["users.read","roles.*"]`).get("locator").String()
	user := "/users/" + want(t, 200, s, "administrator", "POST", "/users", newUser("ada@example.com", map[string]any{"roles": []string{"one", "two"}})).get("locator").String()
	check := func(wanted string) {
		t.Helper()
		if got := want(t, 200, s, "administrator", "GET", user+"/permissions", "").body; got != wanted {
			t.Errorf("permissions are %s, want %s", got, wanted)
		}
	}
	check(`["roles.add","roles.delete","roles.list","roles.read","roles.update","users.list","users.read"]`)
	want(t, 200, s, "administrator", "PATCH", "/roles/"+two, `{"name":"two","description":"","version":1,"addPermissions":["users.add"],"removePermissions":["roles.*"]}`)
	check(`["users.add","users.list","users.read"]`)
	want(t, 200, s, "administrator", "PATCH", user+"/roles", `{"addRoles":[],"removeRoles":["one"]}`)
	check(`["users.add","users.read"]`)
	configure(t, s, `{"permissionsExpanded": false}`)
	want(t, 200, s, "administrator", "PATCH", user+"/roles", `{"addRoles":["admin"],"removeRoles":[]}`)
	check(`["*.*","users.add","users.read"]`)
}

func TestEveryAvailablePermissionIsUsable(t *testing.T) {
	s := serve(t, "documented")
	all := want(t, 200, s, "administrator", "GET", "/roles/permissions", "").get("@this").Raw
	made := newRole(t, s, "administrator", "all of them", all)
	if made.get("permissions").Raw != all || made.get("permissions.#").Int() != 258 {
		t.Errorf("%d permissions came back", made.get("permissions.#").Int())
	}
}

func TestLiteralPathsWinOverLocators(t *testing.T) {
	s := serve(t, "documented")
	for path, field := range map[string]string{
		"/users/list": "items.0.roles", "/users/basic/list": "items.0.userName", "/users/whoami": "locator",
		"/roles/list": "items.0.version", "/roles/permissions": "0",
	} {
		if a := want(t, 200, s, "administrator", "GET", path, ""); !a.get(field).Exists() {
			t.Errorf("%s has no %s: %.80s", path, field, a.body)
		}
	}
	name := "permissions"
	if a := want(t, 200, s, "administrator", "GET", "/users/username/"+name, ""); a.body != "[]" {
		t.Errorf("by name: %s", a.body)
	}
	want(t, 200, s, "administrator", "GET", "/users/username/"+url.PathEscape("a/b"), "")
}
