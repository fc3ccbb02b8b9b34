package mockserver_test

import (
	"math"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver"
)

func TestEveryPartOfTheControlPlaneAnswers(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		method, what, body string
		status             int
		shows              string // a path into the answer, and what is there
		want               string
	}{
		{"GET", "health", "", 200, "rolecall", "ok"},
		{"GET", "health", "", 200, "apis.0.api", "rapid7"},
		{"GET", "health", "", 200, "apis.0.credentials.0.login", "nxadmin"},
		{"GET", "sandboxes", "", 200, "#.name", `["","mine"]`},
		{"DELETE", "sandboxes", "", 204, "", ""},
		{"POST", "reset", "", 204, "", ""},
		{"GET", "state", "", 200, "rapid7.users.0.login", "nxadmin"},
		{"GET", "settings", "", 200, "rapid7.edition", "documented"},
		{"GET", "settings", "", 200, "rapid7.settings.errorStatus", "string"},
		{"PATCH", "settings", `{"rapid7":{"lockThreshold":3}}`, 204, "", ""},
		{"PATCH", "settings", `{}`, 204, "", ""},
		{"PATCH", "settings", "{\n\t\"rapid7\": {\n\t\t\"lockThreshold\": 3\n\t}\n}", 204, "", ""},
		{"POST", "faults", "{\n\t\"operation\": \"getRoles\",\n\t\"drop\": true\n}", 204, "", ""},
		{"GET", "faults", "", 200, "@this", "[]"},
		{"POST", "faults", `{"operation":"getRoles","status":503}`, 204, "", ""},
		{"POST", "faults", `{"api":"rapid7","operation":"getRoles","delay":"250ms","times":-1}`, 204, "", ""},
		{"POST", "faults", `{"operation":"getRoles","drop":true,"times":3}`, 204, "", ""},
		{"DELETE", "faults", "", 204, "", ""},
		{"GET", "defects", "", 200, "on", "[]"},
		{"GET", "defects", "", 200, `known.#(id=="r7-any-password").breaks`, "R7-AUTH-02"},
		{"PUT", "defects", `["r7-any-password","rapid7-canary"]`, 204, "", ""},
		{"PUT", "defects", `[]`, 204, "", ""},
		{"GET", "journal", "", 200, "calls", "0"},
		{"DELETE", "journal", "", 204, "", ""},
		{"GET", "clock", "", 200, "now", "2026-01-31T12:00:00Z"},
		{"PUT", "clock", `{"now":"2027-01-01T00:00:00Z","frozen":true}`, 200, "now", "2027-01-01T00:00:00Z"},
		{"PUT", "clock", `{"advance":"-90m"}`, 200, "now", "2026-01-31T10:30:00Z"},
		{"PUT", "clock", `{"advance":"90m"}`, 200, "frozen", "true"},
		{"PUT", "clock", `{"frozen":false}`, 200, "frozen", "false"},
		{"PUT", "clock", `{"frozen":true}`, 200, "now", "2026-01-31T12:00:00Z"},
		{"PUT", "clock", `{"now":"2027-01-01T00:00:00Z"}`, 200, "frozen", "false"},
		{"PUT", "clock", `{"now":"2027-01-01T00:00:00Z","frozen":true,"advance":"1h"}`, 200, "now", "2027-01-01T01:00:00Z"},
		{"PUT", "clock", `{"now":"9000-12-31T23:59:59Z","frozen":true}`, 200, "now", "9000-12-31T23:59:59Z"},
		{"GET", "journal?since=3", "", 200, "calls", "0"},
	} {
		c := rapid7(t)
		a := c.want(x.status, x.method, "/_rolecall/"+x.what, x.body, "Rolecall-Sandbox", "mine")
		if got := a.get(x.shows).String(); x.shows != "" && strings.Join(strings.Fields(got), "") != x.want {
			t.Errorf("%s %s shows %s of %s, want %s", x.method, x.what, got, x.shows, x.want)
		}
		if (a.status == 204) != (a.body == "") {
			t.Errorf("%s %s: %d with body %q", x.method, x.what, a.status, a.body)
		}
	}
}

func TestTheControlPlaneRefusesWhatItCannotDo(t *testing.T) {
	t.Parallel()
	c := serve(t, mockserver.Options{})
	for _, x := range []struct {
		method, what, body string
		status             int
		says               string
	}{
		{"GET", "jornal", "", 404, `did you mean \"journal\"`},
		{"GET", "", "", 404, "GET journal"},
		{"PUT", "journal", "", 405, "GET"},
		{"GET", "journal?sinse=3", "", 400, `/_rolecall/journal takes no query parameter \"sinse\"; did you mean \"since\"?`},
		{"GET", "journal?since=3&since=4", "", 400, "given 2 times"},
		{"GET", "journal?since=x", "", 400, "write the number of a call"},
		{"GET", "journal?since=%zz", "", 400, "cannot be read"},
		{"GET", "state?sandbox=mine", "", 400, "named by the header Rolecall-Sandbox"},
		{"POST", "reset?now", "", 400, "query parameter"},
		{"GET", "reset", "", 405, "use POST"},
		{"DELETE", "sandboxes", "", 400, "can only be reset"},
		{"PATCH", "settings", `{"rapid":{}}`, 400, `did you mean \"rapid7\"`},
		{"PATCH", "settings", `{"rapid7":{"lockTreshold":3}}`, 400, `did you mean \"lockThreshold\"?`},
		{"PATCH", "settings", `{"rapid7":{"lockThreshold":"three"}}`, 400, "lockThreshold: `three` cannot be read as an integer"},
		{"PATCH", "settings", `{"rapid7":{"lockThreshold":1.5}}`, 400, "lockThreshold: `1.5` cannot be read as an integer"},
		{"PATCH", "settings", `{"rapid7":{"lockThreshold":null}}`, 400, "lockThreshold: there is no value; write an integer"},
		{"PATCH", "settings", `{"rapid7":{"prettyPrint":"yes"}}`, 400, "prettyPrint: `yes` cannot be read as true or false"},
		{"PATCH", "settings", `{"rapid7":{"privileges":null}}`, 400, "privileges: there is no value"},
		{"PATCH", "settings", `{"rapid7":{"errorStatus":"hex"}}`, 400, "string or integer or name"},
		{"PATCH", "settings", `{"rapid7":{"lockTreshold":3},"nothing":{}}`, 400, `API \"nothing\" is not served; known are devicehive, rapid7, socotra\nsettings:1: unknown key \"lockTreshold\"`},
		{"PATCH", "settings", `{"rapid7":[]}`, 400, "a list cannot be read as a record"},
		{"PATCH", "settings", `[]`, 400, ""},
		{"PATCH", "settings", ``, 400, ""},
		{"POST", "faults", `{"operation":"getRole","status":503}x`, 400, ""},
		{"POST", "faults", `{"operation":"getRole","status":503}{}`, 400, "after the end"},
		{"POST", "faults", `{"operation":"getRole","staus":503}`, 400, `unknown key \"staus\"; the keys are api, delay, drop, operation, status, times; did you mean \"status\"?`},
		{"POST", "faults", `{"operation":"getRole","Status":503}`, 400, `unknown key \"Status\"`},
		{"POST", "faults", `{"operation":"getRole","status":"503"}`, 400, "status: `503` cannot be read as an integer"},
		{"POST", "faults", `{"operation":"getRole","status":503,"times":1.5}`, 400, "times: `1.5` cannot be read as an integer"},
		{"POST", "faults", `{"operation":"getRole","drop":1}`, 400, "drop: `1` cannot be read as true or false"},
		{"POST", "faults", `{"operation":"getRole","status":503,"status":404}`, 400, "twice"},
		{"POST", "faults", `{"operation":"getRole"}`, 400, "needs a status, a delay or drop"},
		{"POST", "faults", `{"operation":"getRol","status":503}`, 400, `did you mean \"getRole\"`},
		{"POST", "faults", `{"operation":"getRole","status":418}`, 400, "401"},
		{"POST", "faults", `{"operation":"getRole","status":403}`, 400, "does not document status 403"},
		{"POST", "faults", `{"operation":"getRole","status":200}`, 400, "refusal"},
		{"POST", "faults", `{"api":"rapid7","operation":"getInfo","status":503}`, 400, "no operation"},
		{"POST", "faults", `{"operation":"getRole","delay":"long"}`, 400, "250ms"},
		{"POST", "faults", `{"operation":"getRole","delay":"-1s"}`, 400, "250ms"},
		{"POST", "faults", `{"operation":"getRole","delay":"2h"}`, 400, "1m0s"},
		{"PUT", "defects", `["r7-any-pasword"]`, 400, `did you mean \"r7-any-password\"`},
		{"PUT", "defects", `{"id":"r7-any-password"}`, 400, ""},
		{"PUT", "clock", `{}`, 400, "nothing to set"},
		{"PUT", "clock", `{"now":"noon"}`, 400, "now: `noon` cannot be read as a time, as in 2026-01-31T12:00:00Z"},
		{"PUT", "clock", `{"now":"2026-01-31"}`, 400, "cannot be read as a time"},
		{"PUT", "clock", `{"now":"9999-12-31T23:59:59Z","frozen":true}`, 400, "between the years 1970 and 9000"},
		{"PUT", "clock", `{"now":"9000-12-31T00:00:00Z","advance":"24h"}`, 400, "would show 9001-01-01"},
		{"PUT", "clock", `{"now":"1969-12-31T23:59:59Z"}`, 400, "between the years"},
		{"PUT", "clock", `{"frozen":"no"}`, 400, ""},
		{"PUT", "clock", `{"advance":"tomorrow"}`, 400, "90m"},
		{"PUT", "clock", `{"now":"2027-01-01T00:00:00Z","advance":"x"}`, 400, "90m"},
		{"PUT", "clock", strings.Repeat(" ", 2<<20), 413, ""},
	} {
		before := c.state()
		a := c.do(x.method, "/_rolecall/"+x.what, x.body)
		if a.status != x.status || !strings.Contains(a.body, x.says) {
			t.Errorf("%s %s %.80s: %d %s, want %d and %q", x.method, x.what, x.body, a.status, a.body, x.status, x.says)
		}
		if x.method != "HEAD" && (a.get("error").String() == "" || a.header.Get("Content-Type") != "application/json") {
			t.Errorf("%s %s: this is no error of the control plane: %s", x.method, x.what, a.body)
		}
		if diff := cmp.Diff(before, c.state()); diff != "" {
			t.Errorf("%s %s %s was refused and has an effect:\n%s", x.method, x.what, x.body, diff)
		}
	}
}

// state is all that the control plane can change. (The clock is set to a
// second: it runs.)
func (c *client) state() map[string]string {
	c.t.Helper()
	all := map[string]string{}
	for _, what := range []string{"state", "settings", "faults", "defects"} {
		all[what] = c.want(200, "GET", "/_rolecall/"+what, "").body
	}
	all["clock"] = c.want(200, "GET", "/_rolecall/clock", "").get("now").Time().Format("2006-01-02 15")
	return all
}

func TestSettingsOfWhatIsNotServedAreRefused(t *testing.T) {
	t.Parallel()
	a := rapid7(t).want(400, "PATCH", "/_rolecall/settings", `{"socotra":{}}`)
	if got := a.get("error").String(); got != `API "socotra" is not served; known are rapid7` {
		t.Errorf("the error is %s", got)
	}
}

func TestSettingsChangeTogetherOrNotAtAll(t *testing.T) {
	t.Parallel()
	c := serve(t, mockserver.Options{})
	before := c.state()
	for range 20 { // whatever the order in which a map is walked
		c.want(400, "PATCH", "/_rolecall/settings", `{"rapid7":{"errorStatus":"integer"},"socotra":{"defaultCount":0},"devicehive":{"lockThreshold":3}}`)
		c.want(400, "PATCH", "/_rolecall/settings", `{"rapid7":{"errorStatus":"integer","createStatus":"x"}}`)
		c.want(400, "PATCH", "/_rolecall/settings", `{"rapid7":{"errorStatus":"integer"},"nothing":{}}`)
	}
	if diff := cmp.Diff(before, c.state()); diff != "" {
		t.Errorf("settings were refused and some have changed:\n%s", diff)
	}
	c.want(204, "PATCH", "/_rolecall/settings", `{"rapid7":{"errorStatus":"integer"},"devicehive":{"lockThreshold":3}}`)
	if got := c.want(404, "GET", "/api/3/users/99", "").get("status").Raw; got != "404" {
		t.Errorf("after the change status is %s", got)
	}
}

func TestTheControlPlaneIsForThisMachineOnly(t *testing.T) {
	t.Parallel()
	plain, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}})
	if err != nil {
		t.Fatal(err)
	}
	guarded, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}, Token: "open-sesame"})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name, from, host, origin, authorization string
		plain, guarded                          int
	}{
		{"this machine", "127.0.0.1:5", "127.0.0.1:8780", "", "", 200, 401},
		{"this machine, by IPv6", "[::1]:5", "[::1]:8780", "", "", 200, 401},
		{"this machine, by name", "127.0.0.1:5", "localhost:8780", "", "", 200, 401},
		{"this machine, without a port", "127.0.0.1:5", "localhost", "", "", 200, 401},
		{"this machine, in capitals", "127.0.0.1:5", "LOCALHOST:8780", "", "", 200, 401},
		{"another machine", "192.0.2.7:5", "127.0.0.1:8780", "", "", 403, 401},
		{"another machine, by IPv6", "[2001:db8::1]:5", "localhost", "", "", 403, 401},
		{"a name that leads here", "127.0.0.1:5", "evil.example.com:8780", "", "", 403, 401},
		{"a name that looks local", "127.0.0.1:5", "localhost.evil.example.com", "", "", 403, 401},
		{"a web page", "127.0.0.1:5", "localhost:8780", "https://evil.example.com", "", 403, 401},
		{"a web page without an origin", "127.0.0.1:5", "localhost:8780", "null", "", 403, 401},
		{"whoever has the token", "192.0.2.7:5", "mock.example.com", "", "Bearer open-sesame", 403, 200},
		{"whoever has another token", "127.0.0.1:5", "localhost", "", "Bearer open", 200, 401},
		{"whoever has none", "127.0.0.1:5", "localhost", "", "Bearer ", 200, 401},
	} {
		for mock, status := range map[*mockserver.Server]int{plain: x.plain, guarded: x.guarded} {
			for _, path := range []string{"/_rolecall/state", "/sandbox/mine/_rolecall/state"} {
				r := httptest.NewRequest("GET", "http://"+x.host+path, nil)
				r.RemoteAddr = x.from
				if x.origin != "" {
					r.Header.Set("Origin", x.origin)
				}
				if x.authorization != "" {
					r.Header.Set("Authorization", x.authorization)
				}
				w := httptest.NewRecorder()
				mock.ServeHTTP(w, r)
				if w.Code != status || status != 200 && strings.Contains(w.Body.String(), "nxadmin") {
					t.Errorf("%s, with a token %t: GET %s is %d, want %d", x.name, mock == guarded, path, w.Code, status)
				}
			}
		}
	}
}

func TestTheControlPlaneIsClosedBehindAProxyWithoutAToken(t *testing.T) {
	t.Parallel()
	for _, header := range []string{"X-Forwarded-For", "Forwarded", "x-forwarded-for", "X-Forwarded-Host", "X-Real-IP", "Via"} {
		plain, guarded := rapid7(t), serve(t, mockserver.Options{APIs: []string{"rapid7"}, Token: "open-sesame"})
		for _, path := range []string{"/_rolecall/state", "/sandbox/mine/_rolecall/state"} {
			if a := plain.want(403, "GET", path, "", header, "127.0.0.1"); !strings.Contains(a.body, "--control-token") || strings.Contains(a.body, "nxadmin") {
				t.Errorf("%s: %s", header, a.body)
			}
			guarded.want(200, "GET", path, "", header, "192.0.2.7", "Authorization", "Bearer open-sesame")
			guarded.want(401, "GET", path, "", header, "192.0.2.7")
		}
		plain.want(200, "GET", "/api/3/users", "", header, "192.0.2.7")
	}
}

// nginx adds no header unless it is told to, and asks by HTTP/1.0.
func TestTheControlPlaneIsClosedToOldHTTPWithoutAToken(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]int{"": 403, "open-sesame": 200} {
		mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}, Token: token})
		if err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]int{"/_rolecall/state": want, "/api/3/users": 401} {
			r := httptest.NewRequest("GET", "http://127.0.0.1:8780"+path, nil)
			r.Proto, r.ProtoMinor, r.RemoteAddr = "HTTP/1.0", 0, "127.0.0.1:5"
			r.Header.Set("Authorization", "Bearer "+token)
			w := httptest.NewRecorder()
			if mock.ServeHTTP(w, r); w.Code != want {
				t.Errorf("with token %q: %s is %d, want %d", token, path, w.Code, want)
			}
		}
	}
}

func TestAWrongMethodIsToldTheRightOnes(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	for what, allow := range map[string]string{"health": "GET, HEAD", "reset": "POST", "faults": "DELETE, GET, HEAD, POST", "settings": "GET, HEAD, PATCH"} {
		if got := c.want(405, "TRACE", "/_rolecall/"+what, "").header.Get("Allow"); got != allow {
			t.Errorf("%s allows %q, want %q", what, got, allow)
		}
	}
	c.want(405, "HEAD", "/_rolecall/reset", "")
	if a := c.want(200, "HEAD", "/_rolecall/health", ""); a.body != "" || a.header.Get("Content-Type") != "application/json" {
		t.Errorf("HEAD is answered with %q %v", a.body, a.header)
	}
}

func TestTheJournalIsShownFromANumberOn(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	for range 4 {
		c.total()
	}
	if got := c.want(200, "GET", "/_rolecall/journal?since=2", "").get("[calls,entries.#.number]").Raw; got != "[4,[2,3]]" {
		t.Errorf("calls and their numbers are %s", got)
	}
}

func TestAnAnswerThatCannotBeWrittenIsAnError(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	mockserver.WriteJSON(w, 200, math.Inf(1))
	if w.Code != 500 || !gjson.Get(w.Body.String(), "error").Exists() {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestAFaultIsShownAsItWasSet(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	c.want(204, "POST", "/_rolecall/faults", `{"operation":"getRoles","status":503,"delay":"1ms","times":2}`)
	want := `[{"api":"rapid7","operation":"getRoles","status":503,"delay":"1ms","times":2}]`
	for what, path := range map[string]string{"faults": "@this", "sandboxes": "0.faults"} {
		if got := strings.Join(strings.Fields(c.want(200, "GET", "/_rolecall/"+what, "").get(path).Raw), ""); got != want {
			t.Errorf("%s shows %s, want %s", what, got, want)
		}
	}
	for _, status := range []int{503, 503, 200} {
		c.want(status, "GET", "/api/3/roles", "")
	}
}
