package mockserver_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/mockserver"
)

func TestAStrictSandboxRefusesWhatNobodyReads(t *testing.T) {
	t.Parallel()
	c := serve(t, mockserver.Options{})
	c.want(204, "PATCH", "/_rolecall/settings", `{"strictRequests":true}`, "Rolecall-Sandbox", "strict")
	for _, x := range []struct{ method, path, body, says string }{
		{"GET", "/api/3/users?siz=3", "", `no query parameter "siz"; did you mean "size"?`},
		{"GET", "/api/3/users/3?view=x", "", `no query parameter "view"`},
		{"POST", "/api/3/users", strings.Replace(jdoe, "}", `},"pasword":"x"`, 1), `no property "pasword"; did you mean "password"?`},
		{"PUT", "/api/3/users/3", strings.Replace(jdoe, `"id"`, `"alSites":true,"id"`, 1), `no property "role.alSites"; did you mean "allSites"?`},
		{"PUT", "/api/3/users/3?x=1", strings.Replace(jdoe, "}", `},"b":{"c":1}`, 1), `no query parameter "x"; updateUser has no property "b"`},
	} {
		before := c.total("Rolecall-Sandbox", "strict")
		a := c.want(400, x.method, x.path, x.body, "Rolecall-Sandbox", "strict")
		if got := a.get("message").String(); !strings.Contains(got, x.says) || a.header.Get("Rolecall-Rule") != "R7-PROTO-01" {
			t.Errorf("%s %s says %s", x.method, x.path, got)
		}
		if c.total("Rolecall-Sandbox", "strict") != before {
			t.Errorf("%s %s had an effect", x.method, x.path)
		}
		if a := c.do(x.method, x.path, strings.Replace(x.body, "jdoe", "jane"+x.method, 1), "Rolecall-Sandbox", "lax"); a.status != 200 {
			t.Errorf("elsewhere %s %s is answered with %d %s", x.method, x.path, a.status, a.body)
		}
	}
	c.want(401, "GET", "/api/3/users?siz=3", "", "Rolecall-Sandbox", "strict", "Authorization", "Basic eA==")
	c.want(204, "POST", "/_rolecall/reset", "", "Rolecall-Sandbox", "strict")
	c.want(200, "GET", "/api/3/users?siz=3", "", "Rolecall-Sandbox", "strict")
}

func TestWhatGETReturnsMayBeSentBack(t *testing.T) {
	t.Parallel()
	c := serve(t, mockserver.Options{Strict: true})
	user := c.want(200, "GET", "/api/3/users/3", "").body
	c.want(200, "PUT", "/api/3/users/3", user)
	c.want(200, "PUT", "/api/3/roles/ticket-desk", c.want(200, "GET", "/api/3/roles/ticket-desk", "").body)
	created := strings.Replace(user, `"login":"mgarcia"`, `"login":"another","password":"Fake-another-1"`, 1)
	c.want(200, "POST", "/api/3/users", created)
	c.want(200, "PUT", "/api/3/users/3/sites", `[1]`)
	token := "Bearer " + c.want(201, "POST", "/dh/rest/token", `{"login":"dhadmin","password":"dhadmin_#911"}`).get("accessToken").String()
	c.want(204, "PUT", "/dh/rest/user/2", c.want(200, "GET", "/dh/rest/user/2", "", "Authorization", token).body, "Authorization", token)
	c.want(400, "PUT", "/dh/rest/user/2", `{"statu":1}`, "Authorization", token)
	const socotra = "Bearer SOCP_000000000000000000000ADM1N"
	path := "/auth/users/" + c.want(200, "GET", "/auth/users/whoami", "", "Authorization", socotra).get("locator").String()
	c.want(200, "PATCH", path, c.want(200, "GET", path, "", "Authorization", socotra).body, "Authorization", socotra)
	c.want(400, "PATCH", path, `{"firstNam":"x"}`, "Authorization", socotra)
}

func TestASettingOfStrictnessIsTrueOrFalse(t *testing.T) {
	t.Parallel()
	c := serve(t, mockserver.Options{Strict: true})
	for _, body := range []string{`{"strictRequests":1}`, `{"strictRequests":null}`, `{"strictRequests":false,"rapid7":{"nothing":1}}`} {
		c.want(400, "PATCH", "/_rolecall/settings", body)
		if !c.want(200, "GET", "/_rolecall/settings", "").get("strictRequests").Bool() {
			t.Errorf("%s was refused and had an effect", body)
		}
	}
	c.want(204, "PATCH", "/_rolecall/settings", `{"strictRequests":false}`)
	c.want(200, "GET", "/api/3/users?siz=3", "")
}
