package rapid7_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pquerna/otp/totp"
	"github.com/tidwall/gjson"
)

func TestConsole66SaysTheStatusOfAnErrorAsANumber(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "console-6.6")
	status := c.want(404, c.admin("GET", "/users/99", "")).get("status")
	if status.Type != gjson.Number || status.Int() != 404 {
		t.Errorf("status is %s, want the number 404", status.Raw)
	}
}

func TestConsole66AnswersACreationWith201AndLocation(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "console-6.6")
	a := c.want(201, c.admin("POST", "/users", newUser("jdoe")))
	location, err := url.Parse(a.header.Get("Location"))
	if err != nil || !location.IsAbs() {
		t.Fatalf("Location is %q, want an absolute URL", a.header.Get("Location"))
	}
	read := c.want(200, c.admin("GET", strings.TrimPrefix(location.Path, "/api/3"), ""))
	if read.get("login").String() != "jdoe" || read.get("id").Int() != a.get("id").Int() {
		t.Errorf("Location leads to %s", read)
	}
}

// TestConsole66LaysBodiesOutAsRecorded: two spaces a level, "key" : value,
// arrays within their line, an empty array as [ ].
func TestConsole66LaysBodiesOutAsRecorded(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "console-6.6")
	c.want(200, c.admin("DELETE", "/users/35/sites", ""))
	base := c.server.URL + "/api/3"
	for _, x := range []struct{ path, want string }{
		{"/users/35/sites", `{
  "links" : [ {
    "href" : "` + base + `/users/35/sites",
    "rel" : "self"
  } ],
  "resources" : [ ]
}`},
		{"/users/3/sites", `{
  "links" : [ {
    "href" : "` + base + `/users/3/sites",
    "rel" : "self"
  } ],
  "resources" : [ 1, 2 ]
}`},
		{"/roles/custom", `{
  "description" : "Starts without privileges, for permissions chosen one by one.",
  "id" : "custom",
  "links" : [ {
    "href" : "` + base + `/roles/custom",
    "rel" : "self"
  }, {
    "href" : "` + base + `/roles/custom/users",
    "rel" : "Users"
  } ],
  "name" : "Custom"
}`},
		{"/users/99", `{
  "status" : 404,
  "message" : "there is no user 99",
  "links" : [ {
    "href" : "` + base + `/users/99",
    "rel" : "self"
  } ]
}`},
	} {
		if diff := cmp.Diff(x.want, c.admin("GET", x.path, "").body); diff != "" {
			t.Errorf("GET %s is laid out otherwise (-recorded +mock):\n%s", x.path, diff)
		}
	}
}

func TestConsole66LaysOutTextThatLooksLikeJSON(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "console-6.6")
	name := `a "quoted\" {brace}, [bracket]: \\`
	c.want(200, c.admin("PUT", "/roles/ticket-desk", `{"name":`+quoted(name)+`,"description":"{}[]"}`))
	a := c.admin("GET", "/roles/ticket-desk", "")
	if !gjson.Valid(a.body) || a.get("name").String() != name || a.get("description").String() != "{}[]" {
		t.Errorf("the role came back as %s", a)
	}
}

func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func TestEditionsKnowTheirPrivileges(t *testing.T) {
	t.Parallel()
	for edition, want := range map[string]int{"documented": 35, "console-6.6": 36} {
		c := newConsole(t, edition)
		for path, list := range map[string]string{"/privileges": "resources", "/users/1/privileges": "resources", "/roles/global-admin": "privileges"} {
			found := c.want(200, c.admin("GET", path, "")).get(list).Array()
			if len(found) != want {
				t.Errorf("%s: GET %s lists %d privileges, want %d", edition, path, len(found), want)
			}
		}
		if has := c.admin("GET", "/privileges/manage-advpolicies", "").status == 200; has != (edition == "console-6.6") {
			t.Errorf("%s: manage-advpolicies exists: %t", edition, has)
		}
	}
}

func TestConsole66MakesARoleByUpdatingIt(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "console-6.6")
	body := `{"name":"Night Shift","description":"at night","privileges":["create-reports"]}`
	c.want(200, c.admin("PUT", "/roles/Night%20Shift", body))
	role := c.want(200, c.admin("GET", "/roles/Night%20Shift", ""))
	if role.get("name").String() != "Night Shift" || role.get("privileges.0").String() != "create-reports" {
		t.Errorf("the new role is %s", role)
	}
	c.want(200, c.admin("DELETE", "/roles/Night%20Shift", ""))
}

func TestConsole66AnswersWithoutKeyWhereNoneIsConfigured(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "console-6.6")
	a := c.want(200, c.admin("GET", "/users/3/2FA", ""))
	if a.get("key").Exists() || len(a.get("links").Array()) == 0 {
		t.Errorf("the answer is %s, want links only", a)
	}
}

func TestConsole66HidesWhatTheCallerMayNotSee(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "console-6.6")
	c.refused(404, "R7-ADMIN-02", c.do("mgarcia", "GET", "/users/1", ""))
	c.refused(404, "R7-ADMIN-01", c.do("mgarcia", "GET", "/users", ""))
	c.refused(401, "R7-AUTH-01", c.do("", "GET", "/users", ""))
	// The operation documents no 404.
	c.refused(401, "R7-ADMIN-01", c.do("mgarcia", "POST", "/users", newUser("jdoe")))
}

func TestEachSettingChangesWhatItSays(t *testing.T) {
	t.Parallel()
	put := func(path, body string) func(*console) answer {
		return func(c *console) answer { return c.admin("PUT", path, body) }
	}
	for _, x := range []struct {
		name, setting string
		do            func(*console) answer
		status        int
		rule          string
	}{
		{"a password is required on update", `{"updateRequires":["login","name","password","role"]}`, put("/users/3", `{"login":"mgarcia","name":"M","role":{"id":"user"}}`), 400, "R7-USER-03"},
		{"a list for a user with all sites is refused", `{"grantToAllAccess":"refuse"}`, put("/users/7/sites", "[1]"), 400, "R7-SITE-06"},
		{"a list for a user with all groups is refused", `{"grantToAllAccess":"refuse"}`, put("/users/8/asset_groups", "[11]"), 400, "R7-GROUP-06"},
		{"a missing permission is 404", `{"missingPermission":404}`, func(c *console) answer { return c.do("mgarcia", "GET", "/users", "") }, 404, "R7-ADMIN-01"},
		{"a password must be long", `{"passwordPolicy":{"minLength":8}}`, put("/users/1/password", `"Sh0rt!"`), 400, "R7-PWD-03"},
		{"a password must not be too long", `{"passwordPolicy":{"maxLength":3}}`, put("/users/1/password", `"Sh0rt!"`), 400, "R7-PWD-03"},
		{"a password needs a capital", `{"passwordPolicy":{"capital":1}}`, put("/users/1/password", `"sh0rt!"`), 400, "R7-PWD-03"},
		{"a password needs a digit", `{"passwordPolicy":{"digit":1}}`, put("/users/1/password", `"Short!"`), 400, "R7-PWD-03"},
		{"a password needs a special character", `{"passwordPolicy":{"special":1}}`, put("/users/1/password", `"Sh0rt"`), 400, "R7-PWD-03"},
		{"a new user's password obeys the policy", `{"passwordPolicy":{"special":3}}`, func(c *console) answer { return c.admin("POST", "/users", newUser("jdoe")) }, 400, "R7-USER-03"},
		{"one failure locks", `{"lockThreshold":1}`, func(c *console) answer {
			c.do("mgarcia:wrong", "GET", "/users/3", "")
			return c.do("mgarcia", "GET", "/users/3", "")
		}, 401, "R7-AUTH-05"},
		{"no failure locks", `{"lockThreshold":0}`, func(c *console) answer {
			for range 20 {
				c.do("mgarcia:wrong", "GET", "/users/3", "")
			}
			return c.do("mgarcia", "GET", "/users/3", "")
		}, 200, ""},
		{"a second factor is enforced", `{"twoFactorEnforced":true}`, func(c *console) answer { return c.do("yharada", "GET", "/users/10", "") }, 401, "R7-2FA-05"},
		{"who has no key needs no code", `{"twoFactorEnforced":true}`, func(c *console) answer { return c.do("mgarcia", "GET", "/users/3", "") }, 200, ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := newConsole(t, "documented")
			c.set(x.setting)
			c.refused(x.status, x.rule, x.do(c))
		})
	}
}

func TestAnErrorsStatusTakesEachOfItsThreeForms(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]string{"string": `"404"`, "integer": `404`, "name": `"NOT_FOUND"`} {
		c := newConsole(t, "documented")
		c.set(`{"errorStatus":"` + form + `"}`)
		if got := c.want(404, c.admin("GET", "/users/99", "")).get("status").Raw; got != want {
			t.Errorf("%s: status is %s, want %s", form, got, want)
		}
	}
}

func TestWhereTwoFactorIsEnforcedTheCurrentCodeSignsIn(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.set(`{"twoFactorEnforced":true}`)
	c.control("PUT", "clock", `{"now":"2026-01-31T12:00:00Z","frozen":true}`)
	code := func() string {
		now := gjson.Get(c.control("GET", "clock", ""), "now").Time()
		code, err := totp.GenerateCode("JBSWY3DPEHPK3PXP", now)
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	first := code()
	c.want(200, c.do("yharada", "GET", "/users/10", "", "Token", first))
	c.control("PUT", "clock", `{"advance":"10m"}`)
	c.refused(401, "R7-2FA-05", c.do("yharada", "GET", "/users/10", "", "Token", first))
	c.want(200, c.do("yharada", "GET", "/users/10", "", "Token", code()))
}

// TestOnlyAnObservedEditionAnswersWithObservedStatuses: 201 and 403 are no
// document's, so that the documented edition cannot be set to them.
func TestOnlyAnObservedEditionAnswersWithObservedStatuses(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "console-6.6")
	c.set(`{"missingPermission":403}`)
	c.refused(403, "R7-ADMIN-01", c.do("mgarcia", "GET", "/users", ""))
	for _, setting := range []string{`{"missingPermission":403}`, `{"createStatus":201}`} {
		c := newConsole(t, "documented")
		r, err := http.NewRequest("PATCH", c.server.URL+"/_rolecall/settings", strings.NewReader(`{"rapid7":`+setting+`}`))
		if err != nil {
			t.Fatal(err)
		}
		c.want(400, c.send(r))
	}
}
