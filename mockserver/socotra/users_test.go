package socotra_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestACreatedUserReadsBackFromEverywhere(t *testing.T) {
	s := serve(t, "documented")
	made := want(t, 200, s, "administrator", "POST", "/users", newUser("ada@example.com", map[string]any{"roles": []string{"auditor"}, "tenants": []string{"any"}}))
	path := "/users/" + made.get("locator").String()
	if diff := cmp.Diff(made.body, want(t, 200, s, "auditor", "GET", path, "").body); diff != "" {
		t.Errorf("by locator (-created +read):\n%s", diff)
	}
	if diff := cmp.Diff("["+made.body+"]", want(t, 200, s, "auditor", "GET", "/users/username/ADA%40example.com", "").body); diff != "" {
		t.Errorf("by name (-created +read):\n%s", diff)
	}
	token := signIn(t, s, "ada@example.com", "Cf!9-first-Password").get("access_token").String()
	if diff := cmp.Diff(made.body, want(t, 200, s, token, "GET", "/users/whoami", "").body); diff != "" {
		t.Errorf("whoami (-created +read):\n%s", diff)
	}
	if got := made.get("permissions").String(); got != `["roles.list","roles.read","users.list","users.read"]` {
		t.Errorf("permissions are %s", got)
	}
	if made.get("email").Exists() {
		t.Error("an unset e-mail is not left out")
	}
}

func TestWhatCreateUserRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		body   string
		status int
		rule   string
	}{
		"a name that is taken, in another case": {newUser("ADMIN@harbor.example", nil), 409, "SO-USER-06"},
		"a name that is no address":             {newUser("ada", nil), 400, "SO-USER-04"},
		"no last name":                          {`{"firstName":"A","userName":"x@example.com","password":"Cf!9-x","temporaryPassword":false}`, 400, "SO-USER-05"},
		"null as password":                      {newUser("x@example.com", map[string]any{"password": nil}), 400, "SO-PWD-02"},
		"an e-mail that is none":                {newUser("x@example.com", map[string]any{"email": "ada"}), 400, "SO-USER-17"},
		"an empty e-mail":                       {newUser("x@example.com", map[string]any{"email": ""}), 400, "SO-USER-17"},
		"an empty password":                     {newUser("x@example.com", map[string]any{"password": ""}), 400, "SO-PWD-02"},
		"an unknown role":                       {newUser("x@example.com", map[string]any{"roles": []string{"auditor", "king"}}), 400, "SO-USER-16"},
		"an unknown tenant":                     {newUser("x@example.com", map[string]any{"tenants": []string{"somewhere"}}), 400, "SO-USER-16"},
		"a list that holds no text":             {newUser("x@example.com", map[string]any{"roles": []int{1}}), 400, "SO-USER-05"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, "documented")
			before := want(t, 200, s, "administrator", "GET", "/users/list?count=200", "").body
			a := want(t, c.status, s, "administrator", "POST", "/users", c.body)
			if got := a.header.Get("Rolecall-Rule"); got != c.rule {
				t.Errorf("refused under %s, want %s", got, c.rule)
			}
			if want(t, 200, s, "administrator", "GET", "/users/list?count=200", "").body != before {
				t.Error("something has changed")
			}
		})
	}
}

func TestAnUpdateReplacesWhatItNamesAndNothingElse(t *testing.T) {
	s := serve(t, "documented")
	made := want(t, 200, s, "administrator", "POST", "/users", newUser("ada@example.com", map[string]any{"email": "ada@mail.example", "roles": []string{"auditor", "nobody"}}))
	path := "/users/" + made.get("locator").String()
	a := want(t, 200, s, "administrator", "PATCH", path, `{"firstName":"Eva","lastName":"Q","permissions":["users.read"],"roles":["nobody"],"tenants":["type:test"],"userName":"x@example.com","locator":"x"}`)
	wanted := strings.NewReplacer(`"Ada"`, `"Eva"`, `"Quay"`, `"Q"`, `["auditor","nobody"]`, `["nobody"]`, `["roles.list","roles.read","users.list","users.read"]`, `[]`, `"tenants":[]`, `"tenants":["type:test"]`).Replace(made.body)
	if diff := cmp.Diff(wanted, a.body); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want(t, 400, s, "administrator", "PATCH", path, `{"firstName":"Eva"}`)
	if a := want(t, 400, s, "administrator", "PATCH", path, `{"firstName":"Eva","lastName":"Q","permissions":[],"roles":[],"tenants":[],"email":"Eva <eva@example.com>"}`); a.header.Get("Rolecall-Rule") != "SO-USER-17" {
		t.Errorf("an e-mail that is none is refused under %s", a.header.Get("Rolecall-Rule"))
	}
}

func TestAUserUpdatesItsNamesAndNoMore(t *testing.T) {
	s := serve(t, "documented")
	me := want(t, 200, s, "auditor", "GET", "/users/whoami", "")
	path := "/users/" + me.get("locator").String()
	with := func(roles, tenants, permissions string) string {
		return `{"firstName":"Eva","lastName":"Q","permissions":` + permissions + `,"roles":` + roles + `,"tenants":` + tenants + `}`
	}
	roles, tenants := me.get("roles").Raw, me.get("tenants").Raw
	for _, body := range []string{
		with(`["auditor","admin"]`, tenants, `[]`),
		with(`[]`, tenants, `[]`),
		with(`["king"]`, tenants, `[]`),
		with(roles, `["any"]`, `[]`),
		with(roles, tenants, `["users.delete"]`),
		with(roles, tenants, `["*.*"]`),
	} {
		a := want(t, 403, s, "auditor", "PATCH", path, body)
		if a.header.Get("Rolecall-Rule") != "SO-USER-11" {
			t.Errorf("%s: refused under %s", body, a.header.Get("Rolecall-Rule"))
		}
	}
	if want(t, 200, s, "auditor", "GET", "/users/whoami", "").body != me.body {
		t.Error("something has changed")
	}
	a := want(t, 200, s, "auditor", "PATCH", path, with(roles, tenants, me.get("permissions").Raw))
	if a.get("firstName").String() != "Eva" {
		t.Errorf("the name is not changed: %s", a.body)
	}
}

func TestADeletedUserIsGone(t *testing.T) {
	s := serve(t, "documented")
	made := want(t, 200, s, "administrator", "POST", "/users", newUser("ada@example.com", map[string]any{"roles": []string{"admin"}}))
	token := signIn(t, s, "ada@example.com", "Cf!9-first-Password").get("access_token").String()
	path := "/users/" + made.get("locator").String()
	gone := want(t, 200, s, "administrator", "DELETE", path, "")
	if gone.body != "" || gone.header.Get("Content-Type") != "" {
		t.Errorf("a void answer says %q as %q", gone.body, gone.header.Get("Content-Type"))
	}
	want(t, 404, s, "administrator", "GET", path, "")
	want(t, 404, s, "administrator", "DELETE", path, "")
	want(t, 401, s, token, "GET", "/users/whoami", "")
	if got := want(t, 200, s, "administrator", "GET", "/users/username/ada@example.com", "").body; got != "[]" {
		t.Errorf("by name: %s", got)
	}
	again := want(t, 200, s, "administrator", "POST", "/users", newUser("ada@example.com", nil))
	if again.get("locator").String() == made.get("locator").String() {
		t.Error("the locator is used again")
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	s := serve(t, "documented")
	me := want(t, 200, s, "administrator", "GET", "/users/whoami", "").get("locator").String()
	other := want(t, 200, s, "administrator", "GET", "/users/username/second.admin@harbor.example", "").get("0.locator").String()
	want(t, 409, s, "administrator", "DELETE", "/users/"+me, "")
	want(t, 200, s, "user-admin", "DELETE", "/users/"+other, "")
	want(t, 409, s, "user-admin", "DELETE", "/users/"+me, "")
	configure(t, s, `{"lastAdminDeleteRefused": false}`)
	want(t, 200, s, "user-admin", "DELETE", "/users/"+me, "")
}

func TestNamesAreNoPatterns(t *testing.T) {
	s := serve(t, "documented")
	for name, found := range map[string]int64{
		"under_score@harbor.example": 1, "under%score@harbor.example": 0, "under*": 0, "%": 0, "*": 0,
		"o'brien+claims@harbor.example": 1, "admin": 0, "' OR 1=1--": 0, "a/b": 0, "zoe.unicode@harbor.example": 1,
	} {
		a := want(t, 200, s, "administrator", "GET", "/users/username/"+strings.ReplaceAll(url.PathEscape(name), "+", "%2B"), "")
		if a.get("#").Int() != found {
			t.Errorf("%q finds %d users, want %d", name, a.get("#").Int(), found)
		}
	}
}

func TestAPasswordIsResetAndNeverShown(t *testing.T) {
	s := serve(t, "documented")
	made := want(t, 200, s, "administrator", "POST", "/users", newUser("ada@example.com", nil))
	path := "/users/" + made.get("locator").String() + "/passwordreset"
	if a := want(t, 200, s, "user-admin", "PATCH", path, `"Cf!9-second"`); a.body != "" {
		t.Errorf("a void answer says %s", a.body)
	}
	if a := signIn(t, s, "ada@example.com", "Cf!9-first-Password"); a.status != 401 || a.get("error").String() != "invalid_grant" {
		t.Errorf("the old password: %d %s", a.status, a.body)
	}
	token := signIn(t, s, "ada@example.com", "Cf!9-second").get("access_token").String()
	want(t, 403, s, token, "PATCH", path, `"Cf!9-third"`)
	want(t, 400, s, "user-admin", "PATCH", path, `""`)
	want(t, 400, s, "user-admin", "PATCH", path, `{"password":"Cf!9-third"}`)
	want(t, 200, s, "user-admin", "PATCH", path, `plain text`, "Content-Type", "text/plain; charset=utf-8")
	if a := signIn(t, s, "ada@example.com", "plain text"); a.status != http.StatusOK {
		t.Errorf("the plain password: %d %s", a.status, a.body)
	}
	want(t, 415, s, "user-admin", "PATCH", path, `<x/>`, "Content-Type", "text/xml")
}
