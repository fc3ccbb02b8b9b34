package rapid7_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver"
)

// servers are one for each edition; every test has a sandbox of its own.
var servers = map[string]func() *httptest.Server{
	"documented":  sync.OnceValue(func() *httptest.Server { return start("documented") }),
	"console-6.6": sync.OnceValue(func() *httptest.Server { return start("console-6.6") }),
	"contrary":    sync.OnceValue(func() *httptest.Server { return start("contrary") }),
	"contrary-2":  sync.OnceValue(func() *httptest.Server { return start("contrary-2") }),
}

func start(edition string) *httptest.Server {
	mock, err := mockserver.New(mockserver.Options{
		APIs: []string{"rapid7"}, Editions: map[string]string{"rapid7": edition}, Seed: 1, Sandboxes: 100_000,
	})
	if err != nil {
		panic(err)
	}
	server := httptest.NewServer(mock)
	server.Client().Transport.(*http.Transport).ExpectContinueTimeout = time.Second // as http.DefaultTransport has it
	return server
}

func TestMain(m *testing.M) {
	code := m.Run()
	for _, server := range servers {
		server().Close()
	}
	os.Exit(code)
}

// A console is one sandbox of a mock, and who talks to it.
type console struct {
	t       testing.TB
	server  *httptest.Server
	sandbox string
}

var consoles atomic.Int64

func newConsole(t testing.TB, edition string) *console {
	return &console{t, servers[edition](), fmt.Sprintf("test-%d", consoles.Add(1))}
}

// An answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) get(path string) gjson.Result { return gjson.Get(a.body, path) }

func (a answer) String() string { return fmt.Sprintf("%d %s", a.status, a.body) }

// password is what the fixtures give a user.
func password(login string) string {
	if login == "nxadmin" {
		return "nxpassword"
	}
	return "Fake-" + login + "-1"
}

// do sends a request as a user of the fixtures, or as nobody when login is "".
// A login may bring another password: "login:password".
func (c *console) do(login, method, path, body string, headers ...string) answer {
	c.t.Helper()
	r, err := http.NewRequest(method, c.server.URL+"/api/3"+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if name, pass, given := strings.Cut(login, ":"); given {
		r.SetBasicAuth(name, pass)
	} else if login != "" {
		r.SetBasicAuth(login, password(login))
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return c.send(r)
}

// admin sends a request as the administrator.
func (c *console) admin(method, path, body string, headers ...string) answer {
	c.t.Helper()
	return c.do("nxadmin", method, path, body, headers...)
}

// want insists on a status.
func (c *console) want(status int, a answer) answer {
	c.t.Helper()
	if a.status != status {
		c.t.Fatalf("answered with %s, want status %d", a, status)
	}
	return a
}

// refused insists on a refusal under a rule.
func (c *console) refused(status int, rule string, a answer) answer {
	c.t.Helper()
	c.want(status, a)
	if given := a.header.Get("Rolecall-Rule"); given != rule {
		c.t.Errorf("refused under rule %s, want %s: %s", given, rule, a)
	}
	return a
}

func (c *console) send(r *http.Request) answer {
	c.t.Helper()
	r.Header.Set("Rolecall-Sandbox", c.sandbox)
	response, err := c.server.Client().Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(body)}
}

// control asks the control plane about this console.
func (c *console) control(method, what, body string) string {
	c.t.Helper()
	r, err := http.NewRequest(method, c.server.URL+"/_rolecall/"+what, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	a := c.send(r)
	if a.status >= 300 {
		c.t.Fatalf("%s %s: %s", method, what, a)
	}
	return a.body
}

func (c *console) state() string { return c.control("GET", "state", "") }

// set changes settings of the edition.
func (c *console) set(settings string) {
	c.t.Helper()
	c.control("PATCH", "settings", `{"rapid7":`+settings+`}`)
}

// unchanged insists that what is done leaves the state as it is.
func (c *console) unchanged(do func()) {
	c.t.Helper()
	before := c.state()
	do()
	if diff := cmp.Diff(before, c.state()); diff != "" {
		c.t.Errorf("the state has changed:\n%s", diff)
	}
}

func ids(r gjson.Result) []int64 {
	found := []int64{}
	for _, id := range r.Array() {
		found = append(found, id.Int())
	}
	return found
}

func newUser(login string) string {
	return fmt.Sprintf(`{"login":%q,"name":"New User","password":"Fake-new-1","role":{"id":"user"}}`, login)
}
