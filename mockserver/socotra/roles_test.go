package socotra_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func newRole(t *testing.T, s handler, who, name, permissions string) answer {
	t.Helper()
	return want(t, 200, s, who, "POST", "/roles", fmt.Sprintf(`{"name":%q,"description":"","permissions":%s}`, name, permissions))
}

func TestARoleIsMadeChangedAndDeleted(t *testing.T) {
	s := serve(t, "documented")
	me := want(t, 200, s, "role-admin", "GET", "/users/whoami", "").get("locator").String()
	made := newRole(t, s, "role-admin", "helper", `["users.read","roles.*"]`)
	locator := made.get("locator").String()
	wanted := fmt.Sprintf(`{"locator":%q,"name":"helper","description":"","version":1,"createdAt":"2025-06-01T12:00:00.000Z","createdBy":%q,"permissions":["users.read","roles.*"]}`, locator, me)
	if diff := cmp.Diff(wanted, made.body); diff != "" || len(locator) != 26 {
		t.Errorf("(-want +got):\n%s", diff)
	}
	path := "/roles/" + locator
	updated := want(t, 200, s, "role-admin", "PATCH", path, `{"name":"helpers","description":"x","version":1,"addPermissions":["users.list","users.read"],"removePermissions":["roles.*","roles.add"],"createdBy":"x","locator":"y"}`)
	wanted = fmt.Sprintf(`{"locator":%q,"name":"helpers","description":"x","version":2,"createdAt":"2025-06-01T12:00:00.000Z","createdBy":%q,"permissions":["users.read","users.list"]}`, locator, me)
	if diff := cmp.Diff(wanted, updated.body); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(updated.body, want(t, 200, s, "auditor", "GET", path, "").body); diff != "" {
		t.Errorf("read back:\n%s", diff)
	}
	want(t, 200, s, "role-admin", "DELETE", path, "")
	want(t, 404, s, "role-admin", "DELETE", path, "")
	want(t, 404, s, "role-admin", "GET", path, "")
}

func TestWhatRolesRefuse(t *testing.T) {
	update := func(version int, add, remove string) string {
		return fmt.Sprintf(`{"name":"helper","description":"","version":%d,"addPermissions":%s,"removePermissions":%s}`, version, add, remove)
	}
	for name, c := range map[string]struct {
		who, method, body string
		status            int
		rule              string
	}{
		"a stale version":                    {"administrator", "PATCH", update(0, `[]`, `[]`), 409, "SO-ROLE-06"},
		"a version to come":                  {"administrator", "PATCH", update(2, `[]`, `[]`), 409, "SO-ROLE-06"},
		"a version beyond 32 bits":           {"administrator", "PATCH", `{"name":"helper","description":"","version":2147483648,"addPermissions":[],"removePermissions":[]}`, 400, "SO-PROTO-01"},
		"an unknown permission to add":       {"administrator", "PATCH", update(1, `["users.fly"]`, `[]`), 400, "SO-ROLE-09"},
		"an unknown permission to remove":    {"administrator", "PATCH", update(1, `[]`, `["users.fly"]`), 400, "SO-ROLE-09"},
		"one action of everything":           {"administrator", "PATCH", update(1, `["*.read"]`, `[]`), 400, "SO-ROLE-09"},
		"to add and to remove the same":      {"administrator", "PATCH", update(1, `["users.add"]`, `["users.add"]`), 400, "SO-ROLE-05"},
		"more than the caller has":           {"role-admin", "PATCH", update(1, `["users.add"]`, `[]`), 403, "SO-ROLE-10"},
		"everything, by who has less":        {"role-admin", "PATCH", update(1, `["*.*"]`, `[]`), 403, "SO-ROLE-10"},
		"the name of another role":           {"administrator", "PATCH", `{"name":"auditor","description":"","version":1,"addPermissions":[],"removePermissions":[]}`, 409, "SO-ROLE-13"},
		"a new role with a name that exists": {"administrator", "POST", `{"name":"auditor","description":"","permissions":[]}`, 409, "SO-ROLE-13"},
		"a new role without a name":          {"administrator", "POST", `{"name":"","description":"","permissions":[]}`, 400, "SO-ROLE-13"},
		"a new role beyond the caller's own": {"role-admin", "POST", `{"name":"x","description":"","permissions":["users.*"]}`, 403, "SO-ROLE-10"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, "documented")
			path := "/roles/" + newRole(t, s, "administrator", "helper", `["users.read"]`).get("locator").String()
			before := want(t, 200, s, "administrator", "GET", "/roles/list", "").body
			if c.method == "POST" {
				path = "/roles"
			}
			a := want(t, c.status, s, c.who, c.method, path, c.body)
			if got := a.header.Get("Rolecall-Rule"); got != c.rule {
				t.Errorf("refused under %s, want %s", got, c.rule)
			}
			if want(t, 200, s, "administrator", "GET", "/roles/list", "").body != before {
				t.Error("something has changed")
			}
		})
	}
}

func TestBuiltInRolesStayAsTheyAre(t *testing.T) {
	s := serve(t, "documented")
	for i, name := range []string{"admin", "read-only"} {
		role := want(t, 200, s, "administrator", "GET", "/roles/list", "").get(fmt.Sprintf("items.%d", i))
		if role.Get("name").String() != name {
			t.Fatalf("role %d is %s", i, role.Raw)
		}
		path := "/roles/" + role.Get("locator").String()
		want(t, 403, s, "administrator", "DELETE", path, "")
		want(t, 403, s, "administrator", "PATCH", path, fmt.Sprintf(`{"name":%q,"description":"","version":1,"addPermissions":[],"removePermissions":[]}`, name))
	}
}

func TestADeletedRoleLeavesNoPermissionBehind(t *testing.T) {
	s := serve(t, "documented")
	role := "/roles/" + newRole(t, s, "administrator", "helper", `["users.list"]`).get("locator").String()
	user := "/users/" + want(t, 200, s, "administrator", "POST", "/users", newUser("ada@example.com", map[string]any{"roles": []string{"helper"}})).get("locator").String()
	token := signIn(t, s, "ada@example.com", "Cf!9-first-Password").get("access_token").String()
	want(t, 200, s, token, "GET", "/users/list", "")
	configure(t, s, `{"roleInUseKept": true}`)
	want(t, 409, s, "administrator", "DELETE", role, "")
	configure(t, s, `{"roleInUseKept": false}`)
	want(t, 200, s, "administrator", "DELETE", role, "")
	want(t, 403, s, token, "GET", "/users/list", "")
	a := want(t, 200, s, "administrator", "GET", user, "")
	if a.get("roles").Raw != "[]" || a.get("permissions").Raw != "[]" {
		t.Errorf("left behind: %s", a.body)
	}
}

func TestARenamedRoleStaysWithItsUsers(t *testing.T) {
	s := serve(t, "documented")
	role := "/roles/" + newRole(t, s, "administrator", "helper", `["users.list"]`).get("locator").String()
	user := "/users/" + want(t, 200, s, "administrator", "POST", "/users", newUser("ada@example.com", map[string]any{"roles": []string{"helper"}})).get("locator").String()
	want(t, 200, s, "administrator", "PATCH", role, `{"name":"aide","description":"","version":1,"addPermissions":[],"removePermissions":[]}`)
	if got := want(t, 200, s, "administrator", "GET", user, "").get("roles").Raw; got != `["aide"]` {
		t.Errorf("roles are %s", got)
	}
	newRole(t, s, "administrator", "helper", `[]`)
}

// Of any number of updates that are based on one version, exactly one wins.
func TestOfParallelUpdatesOfOneVersionExactlyOneWins(t *testing.T) {
	repetitions, parallel := 1000, 8
	if testing.Short() {
		repetitions = 50
	}
	s := serve(t, "documented")
	path := "/roles/" + newRole(t, s, "administrator", "helper", `[]`).get("locator").String()
	for version := 1; version <= repetitions; version++ {
		var won, lost atomic.Int32
		var all sync.WaitGroup
		start := make(chan struct{})
		for i := range parallel {
			all.Go(func() {
				<-start
				body := fmt.Sprintf(`{"name":"helper","description":"by %d","version":%d,"addPermissions":[],"removePermissions":[]}`, i, version)
				switch call(t, s, "administrator", "PATCH", path, body).status {
				case 200:
					won.Add(1)
				case 409:
					lost.Add(1)
				}
			})
		}
		close(start)
		all.Wait()
		if won.Load() != 1 || int(lost.Load()) != parallel-1 {
			t.Fatalf("version %d: %d won and %d lost", version, won.Load(), lost.Load())
		}
	}
	if got := want(t, 200, s, "administrator", "GET", path, "").get("version").Int(); got != int64(repetitions+1) {
		t.Errorf("the version is %d after %d updates", got, repetitions)
	}
}
