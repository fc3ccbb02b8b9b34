package socotra_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver"
)

// The static tokens of the fixtures, by whose they are.
var tokens = map[string]string{
	"administrator": "SOCP_000000000000000000000ADM1N",
	"user-admin":    "SOCP_0000000000000000000000VSER",
	"role-admin":    "SOCP_000000000000000000000R0JES",
	"auditor":       "SOCP_0000000000000000000AVD1T0R",
	"nobody":        "SOCP_00000000000000000000N0B0DY",
	"narrow":        "SOCP_00000000000000000000NARR0W",
	"expired":       "SOCP_0000000000000000000EXP1RED",
	"deleted":       "SOCP_0000000000000000000DE1ETED",
	"nonsense":      "SOCP_0000000000000000000000000X",
}

var noon = time.Date(2025, 6, 1, 12, 0, 0, 0, time.UTC)

func serve(t testing.TB, edition string) *mockserver.Server {
	t.Helper()
	s, err := mockserver.New(mockserver.Options{APIs: []string{"socotra"}, Editions: map[string]string{"socotra": edition}, Now: noon, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// An answer is what came back from the mock.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) get(path string) gjson.Result { return gjson.Get(a.body, path) }

// call asks the mock as someone. The body is JSON, or "" for none.
func call(t testing.TB, s http.Handler, who, method, path, body string, headers ...string) answer {
	t.Helper()
	r := httptest.NewRequest(method, "/auth"+path, strings.NewReader(body))
	if who != "" {
		token := tokens[who]
		if token == "" {
			token = who
		}
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	text, _ := io.ReadAll(w.Result().Body)
	return answer{w.Code, w.Result().Header, string(text)}
}

// want calls and insists on a status.
func want(t testing.TB, status int, s http.Handler, who, method, path, body string, headers ...string) answer {
	t.Helper()
	a := call(t, s, who, method, path, body, headers...)
	if a.status != status {
		t.Fatalf("%s %s as %q: status %d, want %d: %s", method, path, who, a.status, status, a.body)
	}
	return a
}

// configure changes settings of the mock's default sandbox.
func configure(t testing.TB, s http.Handler, settings string) {
	t.Helper()
	control(t, s, http.MethodPatch, "settings", `{"socotra":`+settings+`}`)
}

// control asks the control plane.
func control(t testing.TB, s http.Handler, method, what, body string) string {
	t.Helper()
	r := httptest.NewRequest(method, "http://localhost/_rolecall/"+what, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:1"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code >= 300 {
		t.Fatalf("%s %s: status %d: %s", method, what, w.Code, w.Body)
	}
	return w.Body.String()
}

func newUser(name string, more map[string]any) string {
	body := map[string]any{"firstName": "Ada", "lastName": "Quay", "userName": name, "password": "Cf!9-first-Password", "temporaryPassword": false}
	for k, v := range more {
		body[k] = v
	}
	text, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// signIn gets a token for a user that newUser described.
func signIn(t testing.TB, s http.Handler, name, password string) answer {
	t.Helper()
	form := "grant_type=password&client_id=console&username=" + strings.ReplaceAll(name, "+", "%2B") + "&password=" + password
	return call(t, s, "", http.MethodPost, "/realms/harbor-mutual/protocol/openid-connect/token", form, "Content-Type", "application/x-www-form-urlencoded")
}
