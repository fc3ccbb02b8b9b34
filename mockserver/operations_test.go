package mockserver_test

import (
	"context"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rolecall/rolecall/mockserver"
)

func TestMetricsCountCallsByOperationAndNeverNameASandbox(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	for _, path := range []string{"/api/3/users/1", "/api/3/users/1", "/api/3/users/99", "/api/3/nothing"} {
		c.do("GET", path, "", "Rolecall-Sandbox", "mine")
	}
	said := c.want(200, "GET", "/_rolecall/metrics", "")
	if !strings.HasPrefix(said.header.Get("Content-Type"), "text/plain") || strings.Contains(said.body, "mine") {
		t.Errorf("the metrics are %v %s", said.header, said.body)
	}
	for _, want := range []string{
		`rolecall_calls_total{api="rapid7",operation="getUser",status="200"} 2`,
		`rolecall_calls_total{api="rapid7",operation="getUser",status="404"} 1`,
		`rolecall_calls_total{api="rapid7",operation="",status="404"} 1`,
		`rolecall_call_seconds_count{api="rapid7"} 4`,
		"rolecall_sandboxes 2", "rolecall_ready 1", "rolecall_fixtures_stale 0",
	} {
		if !strings.Contains(said.body, want+"\n") {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if held := regexp.MustCompile(`(?m)^rolecall_journal_bytes [1-9]`); !held.MatchString(said.body) {
		t.Error("no journal holds anything")
	}
}

func TestARequestHasAnIDInAnswerAndJournal(t *testing.T) {
	t.Parallel()
	c := rapid7(t)
	long := strings.Repeat("x", 129)
	for _, x := range []struct{ sent, want string }{
		{"build-7/step.3", `^build-7/step\.3$`}, {"", "^[A-Z2-7]{8}-[0-9a-z]+$"}, {"a b", "^[A-Z2-7]{8}-"}, {long, "^[A-Z2-7]{8}-"}, {long[1:], "^x{128}$"},
	} {
		for i, path := range []string{"/api/3/users/1", "/api/3/nothing", "/nothing", "/_rolecall/health"} {
			var headers []string
			if x.sent != "" {
				headers = []string{"X-Request-Id", x.sent}
			}
			id := c.do("GET", path, "", headers...).header.Get("X-Request-Id")
			if !regexp.MustCompile(x.want).MatchString(id) {
				t.Errorf("%s of %q has the id %q", path, x.sent, id)
			}
			if i < 2 && c.want(200, "GET", "/_rolecall/journal", "").get("entries.@reverse.0.requestId").String() != id {
				t.Errorf("the journal does not know %s of %q by %q", path, x.sent, id)
			}
		}
	}
	one, two := c.do("GET", "/nothing", "").header.Get("X-Request-Id"), c.do("GET", "/nothing", "").header.Get("X-Request-Id")
	if one == two {
		t.Errorf("two requests are both %s", one)
	}
}

func TestPagesOfChosenOriginsMayCallEveryAPIAndNeverTheControlPlane(t *testing.T) {
	t.Parallel()
	const mine, other = "http://localhost:3000", "http://localhost:3001"
	token := "Fake-token-1"
	for _, x := range []struct {
		origins             []string
		origin              string
		allowed, credential string
	}{
		{nil, mine, "", ""},
		{[]string{mine}, mine, mine, "true"},
		{[]string{mine}, other, "", ""},
		{[]string{"*"}, other, "*", ""},
	} {
		c := serve(t, mockserver.Options{Origins: x.origins, Token: token})
		if x.origins == nil {
			c = serve(t, mockserver.Options{APIs: []string{"rapid7", "socotra"}, Token: token}) // DeviceHive's servers allow any
		}
		for _, path := range []string{"/api/3/users/1", "/dh/rest/info", "/auth/users/list", "/sandbox/a/api/3/users/1", "/api/3/nothing", "/_rolecall/state", "/sandbox/a/_rolecall/state"} {
			allowed, credential := x.allowed, x.credential
			if strings.Contains(path, "/_rolecall/") {
				allowed, credential = "", ""
			}
			for _, a := range []answer{
				c.do("GET", path, "", "Origin", x.origin, "Authorization", "Bearer "+token),
				c.do("OPTIONS", path, "", "Origin", x.origin, "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "authorization,rolecall-sandbox"),
			} {
				if got := a.header.Get("Access-Control-Allow-Origin"); got != allowed || a.header.Get("Access-Control-Allow-Credentials") != credential {
					t.Errorf("%v: %s may call %s as %q: %v", x.origins, x.origin, path, got, a.header)
				}
			}
		}
	}
}

func TestWhatIsNoOriginIsRefused(t *testing.T) {
	t.Parallel()
	for _, origin := range []string{"localhost:3000", "http://localhost:3000/", "http://localhost/app", "", "null"} {
		if _, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}, Origins: []string{origin}}); err == nil || !strings.Contains(err.Error(), "is no origin of web pages") {
			t.Errorf("%q: the error is %v", origin, err)
		}
	}
}

// stopping is a mock that is told to stop by the function.
func stopping(t *testing.T, o mockserver.Options) (c *client, stop func(), ended chan error) {
	t.Helper()
	o.APIs = []string{"rapid7"}
	mock, err := mockserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended = make(chan error, 1)
	go func() { ended <- mock.Serve(ctx, l, nil) }()
	return &client{t, "http://" + l.Addr().String()}, cancel, ended
}

func TestAMockThatIsToldToStopIsNotReadyAndGoesOnForAWhile(t *testing.T) {
	t.Parallel()
	c, stop, ended := stopping(t, mockserver.Options{Drain: time.Second})
	c.want(200, "GET", "/_rolecall/ready", "")
	stop()
	for c.do("GET", "/_rolecall/ready", "").status != 503 {
		time.Sleep(time.Millisecond)
	}
	c.want(200, "GET", "/_rolecall/health", "")
	c.total()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestCallsThatAreUnderWayEndUnlessTheyTakeTooLong(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		grace time.Duration
		cut   bool
	}{{10 * time.Second, false}, {50 * time.Millisecond, true}} {
		c, stop, ended := stopping(t, mockserver.Options{Grace: x.grace})
		c.do("POST", "/_rolecall/faults", `{"operation": "getUser", "delay": "700ms"}`)
		conn, err := net.Dial("tcp", strings.TrimPrefix(c.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.Write([]byte("GET /api/3/users/1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic bnhhZG1pbjpueHBhc3N3b3Jk\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		for c.want(200, "GET", "/_rolecall/faults", "").get("#").Int() > 0 {
			time.Sleep(time.Millisecond) // until the call has met the fault
		}
		stop()
		head := make([]byte, 15)
		n, _ := conn.Read(head)
		if cut := string(head[:n]) != "HTTP/1.1 200 OK"; cut != x.cut {
			t.Errorf("with %s to end, the answer is %q", x.grace, head[:n])
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
