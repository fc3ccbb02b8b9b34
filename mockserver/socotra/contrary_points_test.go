package socotra_test

import (
	"fmt"
)

// auditor is a user of the fixtures.
const auditor = "/users/439e7fa9-987a-46bd-9805-f5d25e80dfff"

// The points on which the document is silent.
var points = []point{
	{"A0 a creation succeeds with", func(a *account) string { return fmt.Sprint(a.user("ada@example.com", nil).status) }, [3]string{"200", "201", "202"}},
	{"A0 a deletion succeeds with", func(a *account) string { return fmt.Sprint(a.call("administrator", "DELETE", auditor, "").status) }, [3]string{"200", "204", "202"}},
	{"A0 a change of roles answers", func(a *account) string {
		r := a.call("administrator", "PATCH", auditor+"/roles", `{"addRoles":[],"removeRoles":[]}`)
		return fmt.Sprint(r.status, r.get("userName"))
	}, [3]string{"200 auditor@harbor.example", "200 auditor@harbor.example", "204 "}},
	{"A0 a refusal says", func(a *account) string {
		r := a.call("nobody", "GET", "/roles/list", "")
		return fmt.Sprint(r.header.Get("Content-Type"), " ", len(r.body) > 0, " ", r.header.Get("Socotra-Request-Id") != "")
	}, [3]string{"application/json true true", " false false", "text/plain; charset=utf-8 true true"}},
	{"A0b without a token", func(a *account) string { return fmt.Sprint(a.call("", "GET", "/users/list", "").status) }, [3]string{"401", "403", "400"}},
	{"A0b without permission", func(a *account) string { return fmt.Sprint(a.call("nobody", "GET", "/users/list", "").status) }, [3]string{"403", "400", "404"}},
	{"A0c without permission, for a target that is not there", func(a *account) string {
		return a.call("nobody", "GET", "/roles/nothing", "").header.Get("Rolecall-Rule")
	}, [3]string{"SO-AUTH-02", "SO-ROLE-11", "SO-AUTH-02"}},
	{"A0 a path that is not there", func(a *account) string { return fmt.Sprint(a.call("administrator", "GET", "/nowhere", "").status) }, [3]string{"404", "403", "400"}},
	{"A1 a second user of one name", func(a *account) string {
		a.user("ada@example.com", nil)
		again := a.user("ada@example.com", nil)
		return fmt.Sprint(again.status, " ", a.call("administrator", "GET", "/users/username/ada@example.com", "").get("#"))
	}, [3]string{"409 1", "422 1", "202 2"}},
	{"A1 a user name in another case", func(a *account) string { return fmt.Sprint(a.user("AUDITOR@harbor.example", nil).status) }, [3]string{"409", "201", "202"}},
	{"A2 an unknown role", func(a *account) string {
		r := a.user("ada@example.com", map[string]any{"roles": []string{"king"}})
		return fmt.Sprint(r.status, texts(r.get("roles")))
	}, [3]string{"400", "201", "412"}},
	{"A2 an unknown tenant", func(a *account) string {
		r := a.user("ada@example.com", map[string]any{"tenants": []string{"moon"}})
		return fmt.Sprint(r.status, texts(r.get("tenants")))
	}, [3]string{"400", "201", "202moon"}},
	{"A3 a weak password", func(a *account) string {
		return fmt.Sprint(a.user("ada@example.com", map[string]any{"password": "weak"}).status)
	}, [3]string{"200", "422", "202"}},
	{"A4 a name that nobody has", func(a *account) string {
		r := a.call("administrator", "GET", "/users/username/x@example.com", "")
		return fmt.Sprint(r.status, r.body)
	}, [3]string{"200[]", "410", "200[]"}},
	{"A5 a locator that nobody has", func(a *account) string {
		return fmt.Sprint(a.call("administrator", "GET", "/users/00000000-0000-4000-8000-000000000000", "").status)
	}, [3]string{"404", "400", "403"}},
	{"A5 a locator that is none", func(a *account) string { return fmt.Sprint(a.call("administrator", "GET", "/users/42", "").status) }, [3]string{"400", "400", "422"}},
	{"A6 reading oneself, and asking who one is, without any permission", func(a *account) string {
		path, token := a.someone(nil)
		return fmt.Sprint(a.call(token, "GET", path, "").status, " ", a.me(token).status)
	}, [3]string{"200 200", "400 200", "404 404"}},
	{"A6 reading another with users.custom", func(a *account) string {
		_, role := a.role("customs", a.written("users", "custom"))
		_, token := a.someone(map[string]any{"roles": []string{role}})
		return fmt.Sprint(a.call(token, "GET", auditor, "").status)
	}, [3]string{"403", "400", "200"}},
	{"A6 giving oneself a tenant", func(a *account) string {
		_, role := a.role("customs", a.written("users", "custom"))
		path, token := a.someone(map[string]any{"roles": []string{role}})
		r := a.call(token, "PATCH", path, `{"firstName":"Eva","lastName":"Q","permissions":[],"roles":["`+role+`"],"tenants":["21636369-8b52-4b4a-97b7-50923ceb3ffd"]}`)
		return fmt.Sprint(r.status, " ", r.get("firstName"), " ", r.get("tenants.#"))
	}, [3]string{"403  ", "200 Eva 0", "200 Eva 1"}},
	{"A7 an update that names one property", func(a *account) string {
		r := a.call("administrator", "PATCH", auditor, `{"lastName":"New"}`)
		return fmt.Sprint(r.status, " ", r.get("firstName"), " ", r.get("lastName"))
	}, [3]string{"400  ", "200 Audrey New", "200 Audrey New"}},
	{"A7 permissions in an update", func(a *account) string {
		adds := a.written("users", "add")
		r := a.call("administrator", "PATCH", auditor, `{"firstName":"A","lastName":"B","permissions":["`+adds+`"],"roles":[],"tenants":[]}`)
		return fmt.Sprint(r.status, " ", texts(a.call("administrator", "GET", auditor+"/permissions", "").get("@this")))
	}, [3]string{"200 ", "200 users:add", "409 roles_list roles_read users_list users_read"}},
	{"A8 a list without a count", func(a *account) string {
		r := a.call("administrator", "GET", "/users/basic/list", "")
		return fmt.Sprint(r.get("items.#"), " ", r.get("items.0.userName"))
	}, [3]string{"100 admin@harbor.example", "10 farah.petrov@harbor.example", "1 paul.tanaka@harbor.example"}},
	{"A8 the last page, which is full", func(a *account) string {
		return a.call("administrator", "GET", "/users/list?offset=120&count=10", "").get("listCompleted").String()
	}, [3]string{"true", "false", "true"}},
	{"A9 more than fits a page", func(a *account) string {
		r := a.call("administrator", "GET", "/users/list?count=1000", "")
		return fmt.Sprint(r.status, " ", r.get("items.#"))
	}, [3]string{"200 130", "200 25", "422 "}},
	{"A9 more than fits a basic page", func(a *account) string {
		r := a.call("administrator", "GET", "/users/basic/list?count=1000", "")
		return fmt.Sprint(r.status, " ", r.get("items.#"), " ", r.get("items.0.firstName").Exists())
	}, [3]string{"200 130 true", "200 50 false", "422  false"}},
	{"A10 a count of nought", func(a *account) string {
		return a.call("administrator", "GET", "/users/list?count=0", "").get("items.#").String()
	}, [3]string{"0", "10", "0"}},
	{"A12 deleting again", func(a *account) string {
		a.call("administrator", "DELETE", auditor, "")
		return fmt.Sprint(a.call("administrator", "DELETE", auditor, "").status)
	}, [3]string{"404", "204", "403"}},
	{"A12 the name of a deleted user", func(a *account) string {
		a.call("administrator", "DELETE", auditor, "")
		return fmt.Sprint(a.user("auditor@harbor.example", nil).status)
	}, [3]string{"200", "422", "202"}},
	{"A12 the token of a deleted user", func(a *account) string {
		_, role := a.role("x", a.written("users", "custom"), a.written("users", "list"))
		path, token := a.someone(map[string]any{"roles": []string{role}})
		a.call("administrator", "DELETE", path, "")
		return fmt.Sprint(a.me(token).status, " ", a.call(token, "GET", "/users/list", "").status)
	}, [3]string{"401 401", "403 403", "403 200"}},
	{"A12 deleting oneself", func(a *account) string {
		return fmt.Sprint(a.call("administrator", "DELETE", "/users/"+a.me("administrator").get("locator").String(), "").status)
	}, [3]string{"409", "204", "412"}},
	{"A13 deleting a built-in role", func(a *account) string {
		a.call("administrator", "DELETE", "/users/1ad8df8e-608d-4499-898c-9e514ce74654", "")
		return fmt.Sprint(a.call("administrator", "DELETE", "/roles/01JN8A90YGECYYS9E9R04A2K1H", "").status, " ", a.call("administrator", "GET", "/roles/list?count=20", "").get("items.#"))
	}, [3]string{"403 6", "423 6", "412 4"}},
	{"A13 changing a built-in role", func(a *account) string {
		return fmt.Sprint(a.call("administrator", "PATCH", "/roles/01JN8A90YGECYYS9E9R04A2K1H", `{"name":"admin","description":"x","version":1,"addPermissions":[],"removePermissions":[]}`).status)
	}, [3]string{"403", "200", "412"}},
	{"A13 a role name that is taken", func(a *account) string {
		return fmt.Sprint(a.call("administrator", "POST", "/roles", `{"name":"auditor","description":"","permissions":[]}`).status)
	}, [3]string{"409", "201", "400"}},
	{"A14 a permission that is none", func(a *account) string {
		r := a.call("administrator", "POST", "/roles", `{"name":"x","description":"","permissions":["users.fly"]}`)
		return fmt.Sprint(r.status, " ", texts(r.get("permissions")))
	}, [3]string{"400 ", "201 ", "202 users.fly"}},
	{"A14 every action of a resource", func(a *account) string {
		r := a.call("administrator", "POST", "/roles", `{"name":"x","description":"","permissions":["roles.*","roles:*","roles_*"]}`)
		return fmt.Sprint(r.status, " ", texts(r.get("permissions")))
	}, [3]string{"400 ", "201 ", "202 roles.* roles:* roles_*"}},
	{"A16 the versions of a role", func(a *account) string {
		locator, _ := a.role("x", a.written("users", "add"))
		first := a.call("administrator", "GET", "/roles/"+locator, "").get("version").Int()
		update := func(description string, version int64) answer {
			return a.call("administrator", "PATCH", "/roles/"+locator, fmt.Sprintf(`{"name":"x","description":%q,"version":%d,"addPermissions":[],"removePermissions":[]}`, description, version))
		}
		same := update("d", first).get("version").Int()
		other := update("e", same).get("version").Int()
		return fmt.Sprint(first, " ", same, " ", other, " ", update("f", first).status)
	}, [3]string{"1 2 3 409", "0 0 1 422", "7 17 27 400"}},
	{"A16 the same to add and to remove", func(a *account) string {
		locator, _ := a.role("x", a.written("users", "add"))
		reads := a.written("users", "read")
		r := a.call("administrator", "PATCH", "/roles/"+locator, fmt.Sprintf(`{"name":"x","description":"","version":%s,"addPermissions":[%q],"removePermissions":[%q]}`, a.call("administrator", "GET", "/roles/"+locator, "").get("version"), reads, reads))
		return fmt.Sprint(r.status, " ", r.get("permissions.#"))
	}, [3]string{"400 ", "200 2", "200 1"}},
	{"A17 deleting a role that a user has", func(a *account) string {
		locator, role := a.role("x", a.written("users", "add"))
		path, _ := a.someone(map[string]any{"roles": []string{role}})
		r := a.call("administrator", "DELETE", "/roles/"+locator, "")
		return fmt.Sprint(r.status, " ", a.call("administrator", "GET", path, "").get("roles.#"))
	}, [3]string{"200 0", "423 1", "202 "}},
	{"A18 what the administrator may do", func(a *account) string {
		me := a.me("administrator")
		return fmt.Sprint(me.get("permissions.#"), " ", a.call("administrator", "GET", "/users/"+me.get("locator").String()+"/permissions", "").get("#"))
	}, [3]string{"258 258", "258 258", " 1"}},
	{"A19 the roles of a user, and giving one by its locator and by its name", func(a *account) string {
		before := texts(a.call("administrator", "GET", auditor, "").get("roles"))
		by := func(reference string) int {
			return a.call("administrator", "PATCH", auditor+"/roles", `{"addRoles":["`+reference+`"],"removeRoles":[]}`).status
		}
		return fmt.Sprint(before, " ", by("01JN8A9KN0TM1R83NXPPHZ131Q"), " ", by("user-admin"), " ", a.call("administrator", "GET", auditor, "").get("roles.#"))
	}, [3]string{"auditor 200 200 3", "01JN8A9JG92NMQ8RRXR6HVFKVG 200 200 2", "auditor 412 204 2"}},
	{"A20 granting more than one has", func(a *account) string {
		return fmt.Sprint(a.call("role-admin", "POST", "/roles", `{"name":"x","description":"","permissions":["`+a.written("users", "delete")+`"]}`).status)
	}, [3]string{"403", "201", "404"}},
	{"A21 a property that nobody knows", func(a *account) string {
		return fmt.Sprint(a.user("ada@example.com", map[string]any{"isAdmin": true}).status)
	}, [3]string{"200", "422", "404"}},
	{"A21 properties that the document does not know", func(a *account) string {
		r := a.call("administrator", "GET", "/users/list?count=1", "")
		return fmt.Sprint(r.get("totalCount"), r.get("items.0.serviceAccount"), a.call("administrator", "GET", "/roles/01JN8A9JG92NMQ8RRXR6HVFKVG", "").get("builtIn"))
	}, [3]string{"  ", "130 false false", "  "}},
	{"A22 what is not set", func(a *account) string {
		r := a.user("ada@example.com", nil)
		return r.get("email").Raw + r.get("roles").Raw + r.get("permissions").Raw + r.get("tenants").Raw
	}, [3]string{"[][][]", "nullnullnull[]", "[]"}},
	{"A22 an email that is none", func(a *account) string {
		return fmt.Sprint(a.user("ada@example.com", map[string]any{"email": "ada"}).status)
	}, [3]string{"400", "201", "202"}},
	{"A24 a token from before the loss of a role", func(a *account) string {
		_, role := a.role("x", a.written("users", "list"))
		path, token := a.someone(map[string]any{"roles": []string{role}})
		a.call("administrator", "PATCH", path+"/roles", `{"addRoles":[],"removeRoles":["`+role+`"]}`)
		return fmt.Sprint(a.call(token, "GET", "/users/list", "").status)
	}, [3]string{"403", "400", "200"}},
	{"signing in with a temporary password", func(a *account) string {
		return fmt.Sprint(signIn(a.t, a.s, "temporary@harbor.example", "Cf!9-harbor-Temp-0010").status)
	}, [3]string{"200", "200", "401"}},
	{"a name for a kind of tenants", func(a *account) string {
		return texts(a.user("ada@example.com", map[string]any{"tenants": []string{"any"}}).get("tenants"))
	}, [3]string{"any", "", "any"}},
	{"the form of times, of locators of roles and of permissions, and their order", func(a *account) string {
		locator, _ := a.role("x", a.written("users", "read"), a.written("users", "add"))
		r := a.call("administrator", "GET", "/roles/"+locator, "")
		return fmt.Sprint(r.get("createdAt"), " ", len(locator), " ", texts(r.get("permissions")))
	}, [3]string{"2025-06-01T12:00:00.000Z 26 users.read users.add", "2025-06-01T14:00:00+02:00 36 users:add users:read", "2025-06-01T12:00:00Z 4 users_read users_add"}},
}
