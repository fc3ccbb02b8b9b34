package mockserver_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver"
)

// listening serves on a free port until the test ends.
func listening(t *testing.T, secure *tls.Config) *client {
	t.Helper()
	mock, err := mockserver.New(mockserver.Options{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- mock.Serve(ctx, l, secure) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serving ended with %v", err)
		}
	})
	return &client{t, "http://" + l.Addr().String()}
}

func (c *client) dial() net.Conn {
	c.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(c.url, "http://"))
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { conn.Close() })
	return conn
}

// raw sends a request as it is written and reads the answer.
func raw(t *testing.T, conn net.Conn, request string) answer {
	t.Helper()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	method, _, _ := strings.Cut(request, " ")
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.Close {
		response.Header.Set("Connection", "close")
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

func TestWhatIsNoHTTPIsRefusedInTheAPIsEnvelope(t *testing.T) {
	t.Parallel()
	c := listening(t, nil)
	const host = "Host: console.example.com\r\n"
	rapid7, devicehive, socotra := "links.0.href", "error", "httpStatus"
	for _, x := range []struct {
		name, request string
		status        int
		shows, want   string
	}{
		{"a path that is wrongly escaped", "GET /api/3/users/%zz HTTP/1.1\r\n" + host + "\r\n", 400, rapid7, "http://console.example.com/api/3/users/%25zz"},
		{"no version", "GET /api/3/users\r\n\r\n", 400, rapid7, c.url + "/api/3/users"},
		{"a version that nobody knows", "GET /dh/rest/user HTTP/3.0\r\n" + host + "\r\n", 505, devicehive, "505"},
		{"a version that is none", "GET /dh/rest/user HTTP/x\r\n" + host + "\r\n", 400, devicehive, "400"},
		{"a method that is none", "G=T /auth/users/list HTTP/1.1\r\n" + host + "\r\n", 400, socotra, "400"},
		{"no host", "GET /api/3/users HTTP/1.1\r\n\r\n", 400, rapid7, c.url + "/api/3/users"},
		{"a host that is none", "GET /api/3/users HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "message", "the request cannot be read: malformed Host header"},
		{"two hosts", "GET /api/3/users HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "status", "400"},
		{"a header that is none", "GET /api/3/users HTTP/1.1\r\n" + host + "a b: c\r\n\r\n", 400, rapid7, "http://console.example.com/api/3/users"},
		{"two lengths", "POST /api/3/users HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400, "status", "400"},
		{"a length that is none", "POST /auth/users HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400, socotra, "400"},
		{"a transfer encoding that nobody knows", "POST /auth/users HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\n", 501, socotra, "501"},
		{"large headers", "GET /auth/users/list HTTP/1.1\r\n" + host + "X: " + strings.Repeat("x", 80<<10) + "\r\n\r\n", 431, socotra, "431"},
		{"a long path", "GET /api/3/users/" + strings.Repeat("x", 80<<10) + " HTTP/1.1\r\n" + host + "\r\n", 431, "status", "431"},
		{"an expectation that nobody knows", "GET /api/3/users?x=y HTTP/1.1\r\n" + host + "Expect: magic\r\n\r\n", 417, rapid7, "http://console.example.com/api/3/users"},
		{"the control plane", "GET /_rolecall/state HTTP/1.1\r\n\r\n", 400, "error", "the request cannot be read: missing required Host header"},
		{"nobody's path", "GET /nothing HTTP/1.1\r\n\r\n", 400, "hint", "base paths: /dh/rest, /api/rest, /auth/rest, /api/3, /auth; control plane: /_rolecall/"},
		{"an address for a path", "GET http://other.example.com/api/3/users HTTP/1.1\r\na b: c\r\n\r\n", 400, rapid7, c.url + "/api/3/users"},
		{"a sandbox", "GET /sandbox/%61/api/3/users HTTP/1.1\r\n" + host + "a b: c\r\n\r\n", 400, rapid7, "http://console.example.com/sandbox/a/api/3/users"},
		{"a sandbox that is none", "GET /sandbox/a%2Fb/api/3/users HTTP/1.1\r\n" + host + "a b: c\r\n\r\n", 400, rapid7, "http://console.example.com/api/3/users"},
		{"a method without an answer's body", "HEAD /api/3/users HTTP/1.1\r\n\r\n", 400, "", ""},
	} {
		a := raw(t, c.dial(), x.request)
		if a.status != x.status || a.header.Get("Connection") != "close" || a.header.Get("Date") == "" {
			t.Errorf("%s: %d %v, want %d", x.name, a.status, a.header, x.status)
		}
		if got := a.get(x.shows).String(); got != x.want || x.want != "" && !strings.HasPrefix(a.header.Get("Content-Type"), "application/json") {
			t.Errorf("%s: %s is %q, want %q: %v %s", x.name, x.shows, got, x.want, a.header, a.body)
		}
	}
}

func TestWhatIsNoHTTPIsJournaled(t *testing.T) {
	t.Parallel()
	c := listening(t, nil)
	raw(t, c.dial(), "GET /sandbox/by-path/api/3/users HTTP/1.1\r\n\r\n")
	raw(t, c.dial(), "GET /api/3/users HTTP/1.1\r\na b: c\r\nRolecall-Sandbox: by-header\r\n\r\n")
	for sandbox, url := range map[string]string{"by-path": "/sandbox/by-path/api/3/users", "by-header": "/api/3/users"} {
		entry := c.want(200, "GET", "/_rolecall/journal", "", "Rolecall-Sandbox", sandbox).get("entries.0")
		if entry.Get("url").String() != url || entry.Get("status").Int() != 400 || entry.Get("rule").String() != "R7-PROTO-01" {
			t.Errorf("the journal of %s has %s", sandbox, entry)
		}
	}
}

func TestARequestThatIsNoHTTPIsKnownByItsOwnPath(t *testing.T) {
	t.Parallel()
	conn := listening(t, nil).dial()
	for range 3 {
		get := raw(t, conn, "GET /api/3/users/3 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic bnhhZG1pbjpueHBhc3N3b3Jk\r\n\r\n")
		post := raw(t, conn, "POST /api/3/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n/auth")
		if get.status != 200 || post.status != 404 {
			t.Fatalf("the statuses are %d and %d", get.status, post.status)
		}
	}
	if a := raw(t, conn, "GET /auth/users/list HTTP/1.1\r\n\r\n"); a.status != 400 || a.get("httpStatus").Int() != 400 {
		t.Errorf("after other requests it is %d %s", a.status, a.body)
	}
}

func TestHTTPSIsServedLikeHTTP(t *testing.T) {
	t.Parallel()
	certified := httptest.NewUnstartedServer(nil)
	certified.StartTLS()
	defer certified.Close()
	c := listening(t, &tls.Config{Certificates: certified.TLS.Certificates})
	roots := x509.NewCertPool()
	roots.AddCert(certified.Certificate())
	over := tls.Client(c.dial(), &tls.Config{RootCAs: roots, ServerName: "example.com"})
	for _, host := range []string{"a.example.com", "b.example.com"} {
		a := raw(t, over, "GET /api/3/users/3 HTTP/1.1\r\nHost: "+host+"\r\nAuthorization: Basic bnhhZG1pbjpueHBhc3N3b3Jk\r\n\r\n")
		if got := a.get("links.0.href").String(); a.status != 200 || got != "https://"+host+"/api/3/users/3" {
			t.Errorf("%d, and the user links to %s", a.status, got)
		}
	}
	if a := raw(t, over, "GET /api/3/users HTTP/1.1\r\n\r\n"); a.status != 400 || a.get("status").String() != "400" {
		t.Errorf("without a host: %d %s", a.status, a.body)
	}
	if a := raw(t, c.dial(), "GET /api/3/users HTTP/1.1\r\nHost: localhost\r\n\r\n"); a.status != 400 || !strings.Contains(a.get("error").String(), "https://") {
		t.Errorf("without TLS: %d %s", a.status, a.body)
	}
}

func TestServingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- mock.Serve(ctx, l, nil) }()
	c := &client{t, "http://" + l.Addr().String()}
	c.total()
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if conn, err := net.Dial("tcp", l.Addr().String()); err == nil {
		conn.Close()
		t.Error("the mock still listens")
	}
	l.Close()
	if err := mock.Serve(t.Context(), l, nil); err == nil {
		t.Error("a listener that is closed is no error")
	}
}

// Start a mock in a test with New and httptest.
func ExampleNew() {
	mock, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}})
	if err != nil {
		panic(err)
	}
	server := httptest.NewServer(mock)
	defer server.Close()

	request, _ := http.NewRequest("GET", server.URL+"/api/3/users/1", nil)
	request.SetBasicAuth("nxadmin", "nxpassword")
	request.Header.Set("Rolecall-Sandbox", "this-test") // state of its own
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	fmt.Println(response.Status, gjson.GetBytes(body, "role.name"))
	// Output: 200 OK Global Administrator
}
