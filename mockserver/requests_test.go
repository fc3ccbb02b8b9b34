package mockserver_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/mockserver"
	"github.com/rolecall/rolecall/schemas"
)

var wildcard = regexp.MustCompile(`\{[^}]*\}`)

// signedIn is the header with which an administrator calls each API, and its
// base path.
func (c *client) signedIn() map[string][2]string {
	c.t.Helper()
	token := c.want(201, "POST", "/dh/rest/token", `{"login":"dhadmin","password":"dhadmin_#911"}`).get("accessToken").String()
	return map[string][2]string{
		"rapid7": {"Basic bnhhZG1pbjpueHBhc3N3b3Jk", "/api/3"}, "devicehive": {"Bearer " + token, "/dh/rest"},
		"socotra": {"Bearer SOCP_000000000000000000000ADM1N", "/auth"},
	}
}

func TestHEADIsAnsweredAsGETWithoutABody(t *testing.T) {
	t.Parallel()
	c := serve(t, mockserver.Options{Now: noon})
	for api, signIn := range c.signedIn() {
		contract, err := schemas.Load(api)
		if err != nil {
			t.Fatal(err)
		}
		succeeded := 0
		for _, op := range contract.Operations {
			path := signIn[1] + wildcard.ReplaceAllString(op.Path, "1")
			get := c.do("GET", path, "", "Authorization", signIn[0])
			head := c.do("HEAD", path, "", "Authorization", signIn[0])
			for _, a := range []answer{get, head} {
				a.header.Del("Date")
				a.header.Del("X-Request-Id")
				a.header.Del("Socotra-Request-Id")
				if a.status == 405 { // which names the method
					a.header.Del("Content-Length")
				}
			}
			if diff := cmp.Diff(get.header, head.header); head.status != get.status || head.body != "" || diff != "" {
				t.Errorf("HEAD %s is answered with %d %q, GET with %d:\n%s", path, head.status, head.body, get.status, diff)
			}
			if op.Method == "GET" && head.status == 200 {
				succeeded++
			}
			if allow := head.header.Get("Allow"); head.status == 405 && strings.Contains(allow, "HEAD") {
				t.Errorf("HEAD %s is refused and allowed: %s", path, allow)
			}
		}
		if succeeded < 3 {
			t.Errorf("of %s only %d operations answer HEAD with 200", api, succeeded)
		}
	}
	c.want(404, "HEAD", "/nothing", "")
}

func TestAHEADIsJournaledAndChangesNothing(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	c.want(200, "HEAD", "/api/3/users/3", "")
	entry := c.want(200, "GET", "/_rolecall/journal", "").get("entries.0")
	if entry.Get("method").String() != "HEAD" || entry.Get("operation").String() != "getUser" {
		t.Errorf("the journal has %s", entry)
	}
	c.want(503, "HEAD", "/api/3/users/3", "", "Prefer", "code=503")
}

func TestWhatAClientDoesNotAcceptIsNotSent(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	for accept, status := range map[string]int{
		"application/json": 200, "*/*": 200, "text/html, */*;q=0.1": 200, "application/*;q=0.001": 200, "text/html, application/json;q=1.0": 200,
		"": 200, "application/json; charset=utf-8": 200,
		"application/json;q=0": 406, "application/json;q=0.0": 406, "*/*;q=0.000": 406, "text/html": 406, "application/json; Q=0.00": 406,
		"application/json;q=0, */*": 406, "application/json;q=0, application/*;q=0.5": 406, "application/*;q=0, */*": 406,
		"application/json, */*;q=0": 200, "application/json;q=high": 406,
	} {
		if a := c.do("GET", "/api/3/users/3", "", "Accept", accept); a.status != status {
			t.Errorf("Accept: %s is answered with %d, want %d", accept, a.status, status)
		}
	}
}

func TestABodyInACodingThatCannotBeReadIsRefused(t *testing.T) {
	t.Parallel()
	c := serve(t, mockserver.Options{})
	signIn := c.signedIn()
	for coding, want := range map[string]int{"gzip": 415, "br": 415, "identity, gzip": 415, "x": 415, "identity": 0, "Identity": 0, "": 0} {
		for api, x := range map[string]struct {
			path, body string
			status     int
		}{
			"rapid7":     {"/users", strings.Replace(jdoe, "jdoe", "jdoe"+coding, 1), 200},
			"devicehive": {"/token", `{"login":"dhadmin","password":"dhadmin_#911"}`, 201},
			"socotra":    {"/users", `{}`, 0},
		} {
			before := c.total()
			a := c.do("POST", signIn[api][1]+x.path, x.body, "Authorization", signIn[api][0], "Content-Encoding", coding, "Content-Type", "application/json")
			if want != 0 && (a.status != want || a.header.Get("Accept-Encoding") != "identity" || c.total() != before) {
				t.Errorf("%s, Content-Encoding %s: %d %s", api, coding, a.status, a.body)
			}
			if want == 0 && (a.status == 415 || x.status != 0 && a.status != x.status) {
				t.Errorf("%s, Content-Encoding %q: %d %s", api, coding, a.status, a.body)
			}
		}
	}
}
