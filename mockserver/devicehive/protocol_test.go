package devicehive_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
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
