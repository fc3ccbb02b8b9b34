package conformance_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/run"
)

const readsOne = "When thing 1 is read\nThen the answer is 200"

// Whatever a network or a broken target does, the scenario ends in an error or
// a plain failure, and never in a pass, a panic or a hang.
func TestBadNetworksAreNeverAPass(t *testing.T) {
	t.Parallel()
	hijack := func(do func(net.Conn)) inTheWay {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				do(conn)
				conn.Close()
			}
			return true
		}
	}
	say := func(text string) inTheWay {
		return hijack(func(c net.Conn) { fmt.Fprint(c, text) })
	}
	status := func(code int, header ...string) inTheWay {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			answer(w, code, map[string]any{"message": "so it is"})
			return true
		}
	}
	for _, c := range []struct {
		name     string
		way      inTheWay
		steps    string // readsOne unless given
		verdict  report.Verdict
		reason   string
		breached bool // the contract's rule fails, too
	}{
		{name: "the connection is dropped", way: hijack(func(net.Conn) {}), verdict: report.Error, reason: "EOF"},
		{name: "the connection is reset", way: hijack(func(c net.Conn) { _ = c.(*net.TCPConn).SetLinger(0) }), verdict: report.Error, reason: "getThing"},
		{name: "the body is shorter than announced", way: say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"name\":"), verdict: report.Error, reason: "broke off"},
		{name: "a chunk is cut", way: say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{\"name\":"), verdict: report.Error, reason: "broke off"},
		{name: "the answer is no HTTP", way: say("220 mail.example.com ESMTP\r\n"), verdict: report.Error, reason: "malformed HTTP"},
		{name: "the headers never end", way: hijack(func(c net.Conn) {
			fmt.Fprint(c, "HTTP/1.1 200 OK\r\n")
			for _, err := fmt.Fprint(c, "X-More: ", strings.Repeat("x", 1<<16), "\r\n"); err == nil; {
				_, err = fmt.Fprint(c, "X-More: ", strings.Repeat("x", 1<<16), "\r\n")
			}
		}), verdict: report.Error},
		{name: "the body never ends", way: func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Content-Type", "application/json")
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<20)); err != nil {
					break
				}
			}
			return true
		}, verdict: report.Error, reason: "larger than"},
		{name: "the body drips", way: func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Content-Type", "application/json")
			for r.Context().Err() == nil {
				fmt.Fprint(w, " ")
				_ = http.NewResponseController(w).Flush()
				time.Sleep(20 * time.Millisecond)
			}
			return true
		}, verdict: report.Error, reason: "deadline"},
		{name: "there is no answer at all", way: func(_ http.ResponseWriter, r *http.Request) bool { <-r.Context().Done(); return true }, verdict: report.Error, reason: "deadline"},
		{name: "a proxy answers with a page", way: func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "<html>Please sign in</html>")
			return true
		}, verdict: report.Error, reason: "HTML page"},
		{name: "a proxy refuses with a page what should be refused", steps: "When thing 1 is read\nThen the answer is 403", way: func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(403)
			return true
		}, verdict: report.Error, reason: "HTML page"},
		{name: "too many requests", way: status(429, "Retry-After", "0"), verdict: report.Error, reason: "429"},
		{name: "too many requests where a refusal is due", steps: "When thing 1 is read\nThen the answer is 429", way: status(429), verdict: report.Error, reason: "429"},
		{name: "a proxy wants credentials", way: status(407), verdict: report.Error, reason: "407"},
		{name: "a failure of the server", way: status(500), verdict: report.Fail, reason: "500", breached: true},
		{name: "a storm of 503 that the contract does not list", way: status(503, "Retry-After", "0"), verdict: report.Error, reason: "a gateway answers 503"},
		{name: "a gateway that says 502 in JSON", way: status(502, "Content-Type", "application/json"), verdict: report.Error, reason: "a gateway answers 502"},
		{name: "a gateway that says 504 in JSON where a refusal is due", way: status(504, "Content-Type", "application/json"), steps: "When thing 1 is read\nThen the answer is 504", verdict: report.Error, reason: "a gateway answers 504"},
		{name: "a redirect", way: status(302, "Location", "/fake/things/1"), verdict: report.Error, reason: "redirects (302) to /fake/things/1"},
		{name: "a redirect to itself", way: status(307, "Location", "."), verdict: report.Error, reason: "redirects (307) to ."},
		{name: "JSON that is none, in a rule that does not look", steps: "When thing 1 is read\nThen all is well", way: func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"name":`)
			return true
		}, verdict: report.Pass, breached: true},
		{name: "an empty body", steps: "When thing 1 is read\nThen the name is \"first\"", way: func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", "application/json")
			return true
		}, verdict: report.Fail, reason: "the name is", breached: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, server := serve(t, c.way)
			steps := c.steps
			if steps == "" {
				steps = readsOne
			}
			target := realTarget(server.URL)
			target.Timeout = 400 * time.Millisecond
			if c.name == "the body never ends" {
				target.Timeout = 5 * time.Second
			}
			began := time.Now()
			r := hold(t, fakeAPI(t, rule("@must", steps)), target, run.Options{Selection: allowAll})
			x := ruleOf(t, r, "FK-THING-01")
			if x.Verdict != c.verdict || !strings.Contains(x.Reason, c.reason) {
				t.Errorf("the rule is %s: %q; it should be %s and say %q", x.Verdict, x.Reason, c.verdict, c.reason)
			}
			if got := ruleOf(t, r, "FK-CONTRACT").Verdict; (got == report.Fail) != c.breached {
				t.Errorf("the contract's rule is %s; breached: %v", got, c.breached)
			}
			if r.Conformant() || r.ExitStatus() != report.ExitNotConformant {
				t.Errorf("the run is conformant, exit status %d", r.ExitStatus())
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

func TestTargetsThatCannotBeReachedEndTheRunBeforeTheFirstRule(t *testing.T) {
	t.Parallel()
	closed := httptest.NewServer(nil)
	closed.Close()
	secure := httptest.NewTLSServer(nil)
	secure.Config.ErrorLog = nil
	t.Cleanup(secure.Close)
	s := &fakeServer{things: map[int]string{}}
	plain := httptest.NewServer(s)
	t.Cleanup(plain.Close)
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, 401, map[string]any{"message": "who are you?"})
	}))
	t.Cleanup(refusing.Close)
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(silent.Close)
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
	}))
	t.Cleanup(page.Close)
	for _, c := range []struct{ name, url, check, detail string }{
		{"the connection is refused", closed.URL, "reachable", "is it running"},
		{"the certificate is of an unknown authority", secure.URL, "reachable", "tls.ca"},
		{"the port speaks no TLS", strings.Replace(plain.URL, "http:", "https:", 1), "reachable", "speaks http"},
		{"the host does not exist", "http://no-such-host.invalid", "reachable", "the host in the url"},
		{"nobody answers", silent.URL, "reachable", "timeout"},
		{"the credentials are refused", refusing.URL, "credentials", "401"},
		{"a login page is in the way", page.URL, "credentials", "HTML page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			target := realTarget(c.url)
			target.Timeout = 300 * time.Millisecond
			r := hold(t, fakeAPI(t, rule("@must", readsOne)), target, run.Options{Selection: allowAll})
			if r.ExitStatus() != report.ExitUnreachable || r.Conformant() {
				t.Errorf("the exit status is %d; it should be %d", r.ExitStatus(), report.ExitUnreachable)
			}
			if got := ruleOf(t, r, "FK-THING-01").Verdict; got != report.NotRun {
				t.Errorf("the rule is %s; it should not have run", got)
			}
			if !slices.ContainsFunc(r.Checks, func(x report.Check) bool {
				return x.Result == report.Fail && x.What == c.check && strings.Contains(x.Detail, c.detail)
			}) {
				t.Errorf("the preflight says %+v; it should fail %q and say %q", r.Checks, c.check, c.detail)
			}
		})
	}
}

func TestOnlyReadsOfRealTargetsAreAskedAgain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		steps   string
		mock    bool
		fails   int32 // so many answers fail
		status  int   // 0: the connection is dropped
		asked   int32 // so often in all
		retries int
		verdict report.Verdict
	}{
		{"a read that fails once", readsOne, false, 1, 0, 2, 1, report.Pass},
		{"a read that fails twice", readsOne, false, 2, 0, 3, 2, report.Pass},
		{"a read that fails thrice", readsOne, false, 3, 0, 3, 2, report.Error},
		{"a read while the server is unavailable", readsOne, false, 1, 503, 2, 1, report.Pass},
		{"a read that fails in the server itself, which is an answer", readsOne, false, 1, 500, 1, 0, report.Fail},
		{"a read of a mock", readsOne, true, 1, 0, 1, 0, report.Error},
		{"a write", "When a thing \"ann\" is created\nThen the answer is 201", false, 1, 0, 1, 0, report.Error},
		{"a write while the server is unavailable", "When a thing \"ann\" is created\nThen the answer is 201", false, 1, 503, 1, 0, report.Error},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			_, server := serve(t, func(w http.ResponseWriter, r *http.Request) bool {
				if r.Method == "DELETE" || r.URL.Path == "/fake/things" && r.Method == "GET" || strings.HasPrefix(r.URL.Path, "/_rolecall") {
					return false // clean-up
				}
				if asked.Add(1) > c.fails {
					return false
				}
				if c.status != 0 {
					answer(w, c.status, map[string]any{"message": "later"})
					return true
				}
				panic(http.ErrAbortHandler)
			})
			// A client that keeps connections would itself ask again on a new one.
			target := realTarget(server.URL)
			target.Client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
			target.Endpoints["fake"].Mock = c.mock
			r := hold(t, fakeAPI(t, rule("@must", c.steps)), target, run.Options{Selection: allowAll})
			x := ruleOf(t, r, "FK-THING-01")
			if x.Verdict != c.verdict || asked.Load() != c.asked || x.Scenarios[0].Retries != c.retries || r.Retries() != c.retries {
				t.Errorf("%s after %d requests with %d retries in the report: %q; it should be %s after %d with %d", x.Verdict, asked.Load(), x.Scenarios[0].Retries, x.Reason, c.verdict, c.asked, c.retries)
			}
		})
	}
}

// outline is a rule with so many scenarios that read.
func outline(n int) map[string]string {
	var rows strings.Builder
	for i := range n {
		fmt.Fprintf(&rows, "        | %d |\n", i)
	}
	return map[string]string{"things.feature": "Feature: Things\n\n  @FK-THING-01 @must\n  Rule: It is so\n    Source: nowhere\n\n    Scenario Outline: Number <n>\n      Given a thing \"t<n>\"\n      When thing 1 is read\n      Then the answer is 200\n\n      Examples:\n        | n |\n" + rows.String()}
}

func TestATargetThatDiesHalfWayLeavesErrorsAndEndsSoon(t *testing.T) {
	t.Parallel()
	var requests atomic.Int32
	_, server := serve(t, func(http.ResponseWriter, *http.Request) bool {
		if requests.Add(1) > 10 {
			panic(http.ErrAbortHandler)
		}
		return false
	})
	began := time.Now()
	r := hold(t, fakeAPI(t, outline(60)), realTarget(server.URL), run.Options{Selection: allowAll})
	x := ruleOf(t, r, "FK-THING-01")
	counts := map[report.Verdict]int{}
	for _, s := range x.Scenarios {
		counts[s.Verdict]++
	}
	if len(x.Scenarios) != 60 || counts[report.Pass] == 0 || counts[report.Error] != 60-counts[report.Pass] {
		t.Errorf("the scenarios are %v; they should be passes, then errors, 60 in all", counts)
	}
	if x.Verdict != report.Error || r.Conformant() {
		t.Errorf("the rule is %s, conformant %v", x.Verdict, r.Conformant())
	}
	if r.ExitStatus() != report.ExitLeftBehind {
		t.Errorf("the exit status is %d; what was created just before cannot be deleted, so %d", r.ExitStatus(), report.ExitLeftBehind)
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestAnInterruptedRunCleansUpAndIsNoPass(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var created atomic.Int32
	s, server := serve(t, func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == "POST" && created.Add(1) == 3 {
			defer cancel()
		}
		return false
	})
	c := catalogue(t, fakeAPI(t, outline(10)))
	r, err := c.Run(ctx, realTarget(server.URL), run.Options{Selection: allowAll})
	if err != nil {
		t.Fatal(err)
	}
	x := ruleOf(t, r, "FK-THING-01")
	if x.Verdict != report.Error || r.ExitStatus() != report.ExitInterrupted {
		t.Errorf("the rule is %s, exit status %d", x.Verdict, r.ExitStatus())
	}
	if len(x.Scenarios) != 10 {
		t.Errorf("%d scenarios are accounted for, of 10", len(x.Scenarios))
	}
	if names := s.names(); !slices.Equal(names, []string{"first"}) || len(r.Left) > 0 {
		t.Errorf("left on the target: %q, in the report %v", names, r.Left)
	}
	if n := created.Load(); n > 4 {
		t.Errorf("%d things were created, most of them after the interruption", n)
	}
	if len(r.Notes) == 0 {
		t.Error("no note says that the run was interrupted")
	}
}

func TestAScenarioThatHangsIsAnErrorAndIsCleanedUpAfter(t *testing.T) {
	t.Parallel()
	s, server := serve(t, nil)
	api := fakeAPI(t, rule("@must", "Given a thing \"ann\"\nWhen it waits for ever\nThen all is well"))
	r := hold(t, api, realTarget(server.URL), run.Options{Selection: allowAll, ScenarioTimeout: 50 * time.Millisecond})
	if x := ruleOf(t, r, "FK-THING-01"); x.Verdict != report.Error || r.ExitStatus() != report.ExitNotConformant {
		t.Errorf("the rule is %s (%s), exit status %d", x.Verdict, x.Reason, r.ExitStatus())
	}
	if names := s.names(); !slices.Equal(names, []string{"first"}) {
		t.Errorf("left on the target: %q", names)
	}
}

func TestRequestsKeepToTheTargetsRate(t *testing.T) {
	t.Parallel()
	_, server := serve(t, nil)
	target := realTarget(server.URL)
	target.Rate = 50
	began := time.Now()
	r := hold(t, fakeAPI(t, outline(5)), target, run.Options{Selection: allowAll, Concurrency: 5})
	// Signing in and, of each scenario, three requests: 16 in all, 15 pauses of 20 ms.
	if took := time.Since(began); took < 290*time.Millisecond || ruleOf(t, r, "FK-THING-01").Verdict != report.Pass {
		t.Errorf("16 requests took %s at 50 a second", took)
	}
}
