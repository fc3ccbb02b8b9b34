package mockserver_test

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver"
)

// A sink is what a log goes to, and how often it was written.
type sink struct {
	mu     sync.Mutex
	text   bytes.Buffer
	writes int
}

func (s *sink) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writes++
	return s.text.Write(b)
}

func (s *sink) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func logged(t *testing.T, format string, terminal bool) (*client, *sink, *mockserver.Log) {
	t.Helper()
	to := &sink{}
	log, err := mockserver.NewLog(to, format, terminal, terminal)
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, mockserver.Options{Log: log}), to, log
}

var moment = regexp.MustCompile(`\d\d:\d\d:\d\d\.\d{3}|[\d.]+(ns|µs|ms|s)\b`)

func TestEachRequestIsALine(t *testing.T) {
	t.Parallel()
	c, to, log := logged(t, "text", false)
	c.want(200, "GET", "/api/3/users/3?view=x", "")
	c.want(404, "GET", "/sandbox/mine/api/3/users/99", "")
	c.want(400, "POST", "/api/3/users", `{"role":{"idd":"x"},"a b\n":1}`)
	c.want(405, "PATCH", "/api/3/users", "")
	c.want(404, "GET", "/nowhere?token=CANARY", "")
	c.want(204, "POST", "/_rolecall/reset", "", "Rolecall-Sandbox", "mine")
	c.want(400, "GET", "/_rolecall/journal?api_key=CANARY", "")
	c.want(401, "GET", "/dh/rest/user/eyJhbGciOiJIUzI1NiJ9.CANARY.x?access_token=CANARY", "")
	c.want(503, "GET", "/api/3/users?\u009b=1", "", "Prefer", "code=503", "Authorization", "Basic CANARY")
	log.Flush()
	want := `T  200  GET     /api/3/users/3?view=x  getUser  T  unread=?view
T  404  GET     /sandbox/mine/api/3/users/99  getUser  T  rule=R7-USER-11  sandbox=mine
T  400  POST    /api/3/users  createUser  T  rule=R7-USER-03  unread="a b\n,role.idd"
T  405  PATCH   /api/3/users  T  rule=R7-PROTO-01
T  404  GET     /nowhere?token=(hidden)  T
T  204  POST    /_rolecall/reset  T
T  400  GET     /_rolecall/journal?api_key=(hidden)  T
T  401  GET     /dh/rest/user/(hidden)?access_token=(hidden)  get  T  rule=DH-AUTH-01  unread=?access_token
T  503  GET     "/api/3/users?\u009b=1"  getUsers  T  unread="?\u009b"
`
	if diff := cmp.Diff(want, moment.ReplaceAllString(to.String(), "T")); diff != "" {
		t.Error(diff)
	}
}

func TestALineOfJSONSaysTheSame(t *testing.T) {
	t.Parallel()
	c, to, log := logged(t, "json", false)
	c.want(400, "POST", "/api/3/users?x=\u2028", `{"role":{"idd":"x"}}`, "Rolecall-Sandbox", "mine")
	c.want(200, "GET", "/_rolecall/health", "")
	log.Flush()
	lines := strings.Split(strings.TrimSpace(to.String()), "\n")
	if len(lines) != 2 || !gjson.Valid(lines[0]) || !gjson.Valid(lines[1]) {
		t.Fatalf("the log is\n%s", to)
	}
	got := gjson.Get(lines[0], "[method,path,status,api,operation,caller,rule,unread,sandbox]").Raw
	if want := `["POST","/api/3/users?x=\u2028",400,"rapid7","createUser","nxadmin","R7-USER-03",["?x","role.idd"],"mine"]`; got != want {
		t.Errorf("the line says\n%s, want\n%s", got, want)
	}
	if at, err := time.Parse(time.RFC3339, gjson.Get(lines[0], "time").String()); err != nil || time.Since(at) > time.Minute {
		t.Errorf("the time is %v, %v", at, err)
	}
	if _, err := time.ParseDuration(gjson.Get(lines[0], "took").String()); err != nil {
		t.Error(err)
	}
}

func TestLinesComeAtOnceOnATerminalAndSoonElsewhere(t *testing.T) {
	t.Parallel()
	c, to, _ := logged(t, "text", true)
	c.total()
	if got := to.String(); !strings.Contains(got, "\x1b[32m200\x1b[0m") || !strings.HasSuffix(got, "\n") {
		t.Errorf("the line of a terminal is %q", got)
	}
	c, to, _ = logged(t, "text", false)
	for range 20 {
		c.total()
	}
	for end := time.Now().Add(5 * time.Second); strings.Count(to.String(), "\n") < 20; {
		if time.Now().After(end) {
			t.Fatalf("after five seconds the log is %q", to)
		}
		time.Sleep(time.Millisecond)
	}
	if strings.Contains(to.String(), "\x1b") || to.writes == 20 {
		t.Errorf("in %d writes came %q", to.writes, to)
	}
}

func TestAFormatThatThereIsNotIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := mockserver.NewLog(&sink{}, "jsn", false, false); err == nil || !strings.Contains(err.Error(), `did you mean "json"`) {
		t.Errorf("the error is %v", err)
	}
}
