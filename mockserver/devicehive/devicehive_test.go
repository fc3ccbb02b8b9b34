package devicehive_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rolecall/rolecall/mockserver"
)

// start is where the clock of every test stands.
var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// A mock is one server of one edition.
type mock struct {
	t       testing.TB
	handler http.Handler
}

func newMock(t testing.TB, edition string) *mock {
	t.Helper()
	s, err := mockserver.New(mockserver.Options{
		APIs: []string{"devicehive"}, Editions: map[string]string{"devicehive": edition}, Now: start,
	})
	if err != nil {
		t.Fatal(err)
	}
	return &mock{t, s}
}

// advance moves the clock.
func (m *mock) advance(by time.Duration) {
	m.t.Helper()
	r := httptest.NewRequest("PUT", "/_rolecall/clock", strings.NewReader(fmt.Sprintf(`{"advance":%q}`, by)))
	r.RemoteAddr, r.Host = "127.0.0.1:1", "localhost" // the control plane is for this machine only
	w := httptest.NewRecorder()
	if m.handler.ServeHTTP(w, r); w.Code != http.StatusOK {
		m.t.Fatalf("the clock cannot be moved: %d %s", w.Code, w.Body)
	}
}

// An answer is what a call got.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) String() string { return strings.TrimSpace(fmt.Sprint(a.status, " ", a.body)) }

// ask makes a call; a target is "METHOD /path", the body JSON text.
func (m *mock) ask(token, target, body string, header ...string) answer {
	m.t.Helper()
	method, path, _ := strings.Cut(target, " ")
	r := httptest.NewRequest(method, "/dh/rest"+path, bytes.NewBufferString(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	m.handler.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.String()}
}

// askQuery makes a GET with a query that need not be well-formed.
func (m *mock) askQuery(token, path, query string) answer {
	r := httptest.NewRequest("GET", "/dh/rest"+path, nil)
	r.URL.RawQuery = query
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	m.handler.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.String()}
}

// expect makes a call and holds its answer to status and body.
func (m *mock) expect(token, target, body, want string) {
	m.t.Helper()
	if got := m.ask(token, target, body).String(); got != want {
		m.t.Errorf("%s %s\n got %s\nwant %s", target, body, got, want)
	}
}

// signIn gives the access token of a user.
func (m *mock) signIn(login, password string) string {
	m.t.Helper()
	return m.tokens(m.ask("", "POST /token", fmt.Sprintf(`{"login":%q,"password":%q}`, login, password)))[0]
}

func (m *mock) admin() string { return m.signIn("dhadmin", "dhadmin_#911") }

// token gives an access token of a user for some actions.
func (m *mock) token(user int, actions ...string) string {
	m.t.Helper()
	list, _ := json.Marshal(actions)
	return m.tokens(m.ask(m.admin(), "POST /token/create", fmt.Sprintf(`{"userId":%d,"actions":%s,"networkIds":["*"],"deviceTypeIds":["*"]}`, user, list)))[0]
}

// tokens reads the access and the refresh token of an answer.
func (m *mock) tokens(a answer) [2]string {
	m.t.Helper()
	var pair struct{ AccessToken, RefreshToken string }
	if err := json.Unmarshal([]byte(a.body), &pair); err != nil || pair.AccessToken == "" {
		m.t.Fatalf("no token: %s", a)
	}
	return [2]string{pair.AccessToken, pair.RefreshToken}
}
