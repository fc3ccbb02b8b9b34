package devicehive_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

func TestEveryBasePathServesTheSame(t *testing.T) {
	m := newMock(t, "documented")
	for _, base := range []string{"/dh/rest", "/api/rest", "/auth/rest", "/sandbox/mine/dh/rest", "/sandbox/mine/auth/rest"} {
		w := httptest.NewRecorder()
		m.handler.ServeHTTP(w, httptest.NewRequest("GET", base+"/info", nil))
		want := `{"apiVersion":"3.5.0","serverTimestamp":"2026-03-01T12:00:00.000","webSocketServerUrl":"ws://example.com/dh/websocket"}`
		if w.Body.String() != want {
			t.Errorf("%s: %s", base, w.Body)
		}
	}
}

func TestProtocolRefusals(t *testing.T) {
	m := newMock(t, "documented")
	admin := m.admin()
	for _, c := range []struct{ target, header, value, want string }{
		{"GET /user/one", "", "", refusal(404, "HTTP 404 Not Found")},
		{"GET /user/9223372036854775808", "", "", refusal(404, "HTTP 404 Not Found")},
		{"GET /user/1/network", "", "", refusal(404, "HTTP 404 Not Found")},
		{"GET /nowhere", "", "", refusal(404, "HTTP 404 Not Found")},
		{"PUT /user", "", "", refusal(405, "HTTP 405 Method Not Allowed")},
		{"POST /user/1", "", "", refusal(405, "HTTP 405 Method Not Allowed")},
		{"POST /user", "Content-Type", "text/xml", refusal(415, "HTTP 415 Unsupported Media Type")},
		{"GET /user/1", "Accept", "text/xml", refusal(406, "HTTP 406 Not Acceptable")},
	} {
		if got := m.ask(admin, c.target, "{}", c.header, c.value).String(); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.target, got, c.want)
		}
	}
	if got := m.ask(admin, "POST /user", `{"login":"`+strings.Repeat("x", 2<<20)+`"}`).String(); got != refusal(413, "HTTP 413 Request Entity Too Large") {
		t.Errorf("two megabytes: %s", got)
	}
}

func TestEveryAnswerLetsPagesOfAnyOriginCall(t *testing.T) {
	m := newMock(t, "documented")
	for _, target := range []string{"GET /info", "GET /user", "GET /nowhere", "PUT /user", "OPTIONS /user/1"} {
		if got := m.ask("", target, "").header.Get("Access-Control-Allow-Origin"); got != "*" {
			t.Errorf("%s: Access-Control-Allow-Origin is %q", target, got)
		}
	}
	if got := m.ask("", "OPTIONS /user/1", "").status; got != http.StatusOK {
		t.Errorf("OPTIONS is %d", got)
	}
}

func TestAMethodCanStandInAHeader(t *testing.T) {
	m := newMock(t, "documented")
	admin := m.admin()
	if got := m.ask(admin, "POST /user/8", "", "X-HTTP-Method-Override", "DELETE").status; got != 204 {
		t.Errorf("DELETE by header is %d", got)
	}
	m.expect(admin, "GET /user/8", "", refusal(404, "User with id = 8 not found"))
}

func TestHeadersThatAreNoBearerToken(t *testing.T) {
	for header, want := range map[string]int{"Basic eDp5": 401, "Bearer": 401, "bearer x": 401, "": 401} {
		m := newMock(t, "server-3.5")
		if got := m.ask("", "GET /user", "", "Authorization", header).status; got != want {
			t.Errorf("Authorization %q: %d", header, got)
		}
	}
}

func TestTolerantURLs(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{
		"GET /user/1/":                    "200",
		"GET /user/+1":                    "200",
		"GET /user/01/network/001":        "200",
		"GET /user/1.5":                   "404",
		"GET /user/0x1":                   "404",
		"GET /user/count/?role=&status=":  `200 {"count":8}`,
		"GET /user/count?role=0&role=1":   `200 {"count":2}`,
		"GET /user/count?login=&role=0":   `200 {"count":0}`,
		"GET /user/count?role=0&take=abc": `200 {"count":2}`,
	} {
		m := newMock(t, "server-4.1")
		if got := m.ask(m.admin(), target, "").String(); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", target, got, want)
		}
		m = newMock(t, "server-3.5")
		if got := m.ask(m.admin(), target, ""); !strings.Contains(target, "take") && !strings.Contains(target, "login") && got.status != 404 {
			t.Errorf("%s in server-3.5: %s", target, got)
		}
	}
}

// TestANumberThatNamesASandboxStaysAsItIs: only the API's own part of a path is
// read tolerantly.
func TestANumberThatNamesASandboxStaysAsItIs(t *testing.T) {
	t.Parallel()
	m := newMock(t, "server-4.1")
	at := func(sandbox, method, path, body, token string) answer {
		r := httptest.NewRequest(method, "/sandbox/"+sandbox+"/dh/rest"+path, strings.NewReader(body))
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		w := httptest.NewRecorder()
		m.handler.ServeHTTP(w, r)
		return answer{w.Code, w.Header(), w.Body.String()}
	}
	token := gjson.Get(at("007", "POST", "/token/", `{login: dhadmin, password: "dhadmin_#911"}`, "").body, "accessToken").String()
	at("007", "DELETE", "/user/02/", "", token)
	for sandbox, want := range map[string]string{"007": `200 {"count":7}`, "7": `200 {"count":8}`} {
		if got := at(sandbox, "GET", "/user/count", "", token).String(); got != want {
			t.Errorf("sandbox %s: %s, want %s", sandbox, got, want)
		}
	}
}
