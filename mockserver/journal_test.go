package mockserver_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/mockserver"
)

// TestTheControlPlaneShowsNoSecret plants canaries wherever clients send
// secrets, and looks for them in everything that the control plane shows.
func TestTheControlPlaneShowsNoSecret(t *testing.T) {
	t.Parallel()
	c := serve(t, mockserver.Options{})
	user := `{"login":"jdoe","name":"Jane","password":"CANARY-%d","role":{"id":"user"},"authentication":{"type":"normal","secret":"CANARY-5"}}`
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("nxadmin:CANARY-basic"))
	for i, x := range []struct{ method, path, body string }{
		{"POST", "/api/3/users", fmt.Sprintf(user, 1)},
		{"POST", "/api/3/users", fmt.Sprintf(user, 2)}, // refused: the login is taken
		{"POST", "/api/3/users", strings.Replace(fmt.Sprintf(user, 3), `"user"`, `"CANARY"`, 1)[:60]},
		{"POST", "/api/3/users", "[" + fmt.Sprintf(user, 4) + "]"},
		{"PUT", "/api/3/users/3", fmt.Sprintf(user, 6)},
		{"PUT", "/api/3/users/3/password", `{"password":"CANARY-8"}`},
		{"PUT", "/api/3/users/3/password", `{"password":{"new":"CANARY-9"}}`},
		{"PUT", "/api/3/users/3/password", `{"Password":"CANARY-10","newPassword":["CANARY-11"]}`},
		{"PUT", "/api/3/users/3/2FA", `"MNAW4YLSPEQGC3TEEBRWC3TBOJ4Q"`},
		{"GET", "/api/3/users/3/2FA", ""},
		{"POST", "/api/3/users/3/2FA", ""},
		{"GET", "/api/3/users?password=CANARY-12&page=0", ""},
		{"GET", "/api/3/users?token=CANARY-13&page=-1", ""},
		{"GET", "/api/3/users?token=CANARY-14;x&page=%zz", ""},
		{"GET", "/api/3/users?page=0&api%5Fkey=CANARY-15", ""},
		{"GET", "/api/3/nothing?access_token=CANARY-16", ""},
		{"PATCH", "/api/3/users?Key=CANARY-17", ""},
		{"PUT", "/api/3/users/3/2FA", `"CANARY-18`},
		{"POST", "/dh/rest/token", `{"login":"dhadmin","password":"CANARY-20"}`},
		{"POST", "/dh/rest/token/refresh", `{"refreshToken":"CANARY-21"}`},
		{"POST", "/dh/rest/token?password=CANARY-22", `{"login":"dhadmin","password":"dhadmin_#911"}`},
		{"POST", "/auth/realms/harbor-mutual/protocol/openid-connect/token", "grant_type=password&client_id=console&username=x&password=CANARY-23"},
		{"POST", "/auth/users", `{"password":"CANARY-24"}`},
	} {
		a := c.do(x.method, x.path, x.body)
		if a.status >= 500 || a.status == 401 && strings.HasPrefix(x.path, "/api") && x.path != "/api/3/users/3/password" {
			t.Errorf("request %d: %d %s", i, a.status, a.body)
		}
	}
	c.want(200, "PUT", "/api/3/users/1/password", `"CANARY-7"`)
	c.want(401, "GET", "/api/3/users", "", "Authorization", basic)
	key := c.want(200, "POST", "/api/3/users/4/2FA", "", "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte("okuznets:Fake-okuznets-1"))).get("key").String()
	token := c.want(201, "POST", "/dh/rest/token", `{"login":"dhadmin","password":"dhadmin_#911"}`).get("accessToken").String()
	secrets := []string{"CANARY", "MNAW4YLSPEQGC3TEEBRWC3TBOJ4Q", "dhadmin_#911", "Fake-", "nxpassword", "JBSWY3DPEHPK3PXP", basic[6:], key, token}
	for _, what := range []string{"journal", "state", "settings", "sandboxes", "faults", "clock"} {
		shown := c.want(200, "GET", "/_rolecall/"+what, "").body
		for _, secret := range secrets {
			if at := strings.Index(shown, secret); at >= 0 {
				t.Errorf("%s shows %s: …%s…", what, secret, shown[max(0, at-400):min(len(shown), at+60)])
			}
		}
	}
}

func TestTheJournalSaysWhatWasAskedAndWhy(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	c.want(200, "GET", "/api/3/users/3?view=summary", "")
	c.want(400, "PUT", "/api/3/users/3", strings.Replace(jdoe, "jdoe", "nxadmin", 1))
	c.want(400, "POST", "/api/3/users", "{")
	c.want(405, "PATCH", "/api/3/users", "")
	entries := c.want(200, "GET", "/_rolecall/journal", "").get("entries").Array()
	var got []string
	for _, e := range entries {
		got = append(got, fmt.Sprintf("%s %s %s %s %s %s %s %s %s", e.Get("number"), e.Get("time"), e.Get("api"), e.Get("operation"),
			e.Get("method"), e.Get("url"), e.Get("status"), e.Get("rule"), e.Get("unread.@ugly")))
		if !e.Get("took").Exists() || !e.Get("answer").Exists() {
			t.Errorf("an entry lacks its answer: %s", e.Raw)
		}
	}
	want := []string{
		`0 2026-01-31T12:00:00Z rapid7 getUser GET /api/3/users/3?view=summary 200  ["?view"]`,
		`1 2026-01-31T12:00:00Z rapid7 updateUser PUT /api/3/users/3 400 R7-USER-13 `,
		`2 2026-01-31T12:00:00Z rapid7 createUser POST /api/3/users 400 R7-PROTO-01 `,
		`3 2026-01-31T12:00:00Z rapid7  PATCH /api/3/users 405 R7-PROTO-01 `,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if e := entries[1]; e.Get("request.login").String() != "nxadmin" || e.Get("request.password").String() != "(hidden)" {
		t.Errorf("the request is shown as %s", e.Get("request"))
	}
	if e := entries[2]; e.Get("request").String() != "(not JSON)" {
		t.Errorf("what is no JSON is shown as %s", e.Get("request"))
	}
}

func TestClearingTheJournalForgetsItsCalls(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	c.total()
	c.want(204, "DELETE", "/_rolecall/journal", "")
	if got := c.want(200, "GET", "/_rolecall/journal", "").get("calls").Int(); got != 0 {
		t.Errorf("the journal has %d calls", got)
	}
}
