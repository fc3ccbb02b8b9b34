package rapid7_test

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// raw sends bytes as they are and reads one answer. The request needs no end:
// what follows the header is sent by body, which may be nil.
func (c *console) raw(header string, body func(net.Conn) error) answer {
	c.t.Helper()
	conn, err := net.Dial("tcp", c.server.Listener.Addr().String())
	if err != nil {
		c.t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(conn, header); err != nil {
		c.t.Fatal(err)
	}
	if body != nil {
		if err := body(conn); err != nil {
			c.t.Fatal("the body could not be sent:", err)
		}
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		c.t.Fatal("no answer:", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

var basic = "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte("nxadmin:nxpassword"))

// head writes the header of a request to this sandbox, as the administrator.
func (c *console) head(line string, headers ...string) string {
	return line + " HTTP/1.1\r\nHost: console.example.com\r\nRolecall-Sandbox: " + c.sandbox + "\r\n" +
		strings.Join(append(headers, basic), "\r\n") + "\r\n\r\n"
}

// envelope insists on a refusal in the console's own form, and nothing else.
func (c *console) envelope(status int, a answer) {
	c.t.Helper()
	c.want(status, a)
	if got := a.header.Get("Content-Type"); got != "application/json;charset=UTF-8" {
		c.t.Errorf("Content-Type is %q", got)
	}
	if a.get("status").String() != fmt.Sprint(status) || a.get("message").String() == "" || a.get("links.0.rel").String() != "self" {
		c.t.Errorf("this is no error of the console: %s", a)
	}
	if a.header.Get("Rolecall-Rule") == "" {
		c.t.Errorf("the refusal names no rule: %s", a)
	}
}

const ok = `{"login":"jdoe","name":"Jane","password":"Fake-jdoe-1","role":{"id":"user"}}`

func TestABodyThatCannotBeReadIsRefusedWithoutEffect(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ name, method, path, body string }{
		{"malformed JSON", "POST", "/users", `{"login":`},
		{"a comma too many", "POST", "/users", ok[:len(ok)-1] + ",}"},
		{"single quotes", "POST", "/users", strings.ReplaceAll(ok, `"`, `'`)},
		{"a comment", "POST", "/users", ok + "//"},
		{"bytes after the end", "POST", "/users", ok + "x"},
		{"a second document", "POST", "/users", ok + "\n" + ok},
		{"a byte order mark", "POST", "/users", "\xef\xbb\xbf" + ok},
		{"UTF-16", "POST", "/users", "\xff\xfe{\x00}\x00"},
		{"invalid UTF-8", "POST", "/users", strings.Replace(ok, "Jane", "J\xffne", 1)},
		{"a name given twice", "POST", "/users", strings.Replace(ok, `"name"`, `"login":"other","name"`, 1)},
		{"a name given twice further down", "POST", "/users", strings.Replace(ok, `"id":"user"`, `"id":"user","id":"global-admin"`, 1)},
		{"a name given twice, once escaped", "POST", "/users", strings.Replace(ok, `"name"`, `"log\u0069n":"other","name"`, 1)},
		{"a control character in a string", "POST", "/users", strings.Replace(ok, "Jane", "J\x01ne", 1)},
		{"a hundred thousand arrays in one another", "PUT", "/users/3/sites", strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)},
		{"objects without an end", "POST", "/users", strings.Repeat(`{"a":`, 100_000)},
		{"null", "POST", "/users", "null"},
		{"a list for an object", "POST", "/users", "[" + ok + "]"},
		{"an object for a list", "PUT", "/users/3/sites", `{"ids":[1]}`},
		{"a number for text", "POST", "/users", strings.Replace(ok, `"Jane"`, "7", 1)},
		{"null for text", "POST", "/users", strings.Replace(ok, `"Jane"`, "null", 1)},
		{"text for a boolean", "POST", "/users", strings.Replace(ok, `"name"`, `"enabled":"false","name"`, 1)},
		{"text for an object", "POST", "/users", strings.Replace(ok, `{"id":"user"}`, `"user"`, 1)},
		{"a name in the wrong case", "POST", "/users", strings.Replace(ok, "login", "Login", 1)},
		{"a source's id beyond 64 bits", "POST", "/users", strings.Replace(ok, `"name"`, `"authentication":{"id":99999999999999999999,"type":"ldap"},"name"`, 1)},
		{"a source's id with a fraction", "POST", "/users", strings.Replace(ok, `"name"`, `"authentication":{"id":3.5,"type":"ldap"},"name"`, 1)},
		{"a site's id beyond 64 bits", "PUT", "/users/3/sites", "[9223372036854775808]"},
		{"a site's id beyond 32 bits", "PUT", "/users/3/sites", "[2147483648]"},
		{"a number beyond what floating point holds", "PUT", "/users/3/sites", "[1e400]"},
		{"a number with a million zeros", "PUT", "/users/3/sites", "[1e1000000]"},
		{"a number with more zeros than memory", "PUT", "/users/3/sites", "[1e99999999999]"},
		{"a number next to nothing", "PUT", "/users/3/sites", "[1e-99999999999]"},
		{"ten thousand numbers that are costly to read", "PUT", "/users/3/sites", "[" + strings.Repeat("1e999999,", 10_000) + "1]"},
		{"no body where one is needed", "PUT", "/users/1/password", ""},
		{"a seed that is no text", "PUT", "/users/3/2FA", `{"key":"JBSWY3DPEHPK3PXP"}`},
		{"a role that is no object", "PUT", "/roles/ticket-desk", `"ticket-desk"`},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := newConsole(t, "documented")
			began := time.Now()
			c.unchanged(func() { c.envelope(400, c.admin(x.method, x.path, x.body)) })
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("the refusal took %s", took)
			}
		})
	}
}

func TestAParameterThatCannotBeReadIsRefused(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ name, path string }{
		{"an id that is no number", "/users/abc"},
		{"an id with a fraction", "/users/3.0"},
		{"an id beyond 32 bits", "/users/2147483648"},
		{"an id beyond 64 bits", "/users/9223372036854775808"},
		{"an id far beyond 64 bits", "/users/" + strings.Repeat("9", 400)},
		{"an id with an encoded slash", "/users/3%2Fsites"},
		{"an id with an encoded space", "/users/%203"},
		{"an id with a zero byte", "/users/3%00"},
		{"a site's id beyond 64 bits", "/users/3/sites/9223372036854775808"},
		{"a negative page", "/users?page=-1"},
		{"a page beyond 32 bits", "/users?page=2147483648"},
		{"a page beyond 64 bits", "/users?page=9223372036854775808"},
		{"a page that is no number", "/users?page=one"},
		{"an empty page", "/users?page="},
		{"a negative size", "/users?size=-1"},
		{"a size of nothing", "/users?size=0"},
		{"a page given twice", "/users?page=0&page=1"},
		{"a size given twice alike", "/users?size=5&size=5"},
		{"a sort by password", "/users?sort=password"},
		{"a sort by nothing", "/users?sort="},
		{"a sort by a direction only", "/users?sort=,ASC"},
		{"a sort in no direction", "/users?sort=login,UP"},
		{"a second sort that is wrong", "/users?sort=login&sort=password,DESC"},
		{"a query with a broken escape", "/users?page=%zz"},
		{"a query with a semicolon", "/users?page=0;size=1"},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := newConsole(t, "documented")
			method := "GET"
			if strings.Contains(x.path, "/sites/") {
				method = "PUT"
			}
			status := 400
			if strings.HasPrefix(x.name, "an id") {
				status = 404 // the document lists no 400 for these
			}
			c.unchanged(func() { c.envelope(status, c.raw(c.head(method+" /api/3"+x.path), nil)) })
		})
	}
}

func TestHeadersAndPathsThatDoNotFitAreRefused(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name, line, header, body string
		status                   int
	}{
		{"credentials given twice", "GET /api/3/users", basic, "", 400},
		{"another media type", "POST /api/3/users", "Content-Type: text/plain", ok, 415},
		{"a form", "POST /api/3/users", "Content-Type: application/x-www-form-urlencoded", ok, 415},
		{"a media type that is none", "POST /api/3/users", "Content-Type: ;;", ok, 415},
		{"the media type given twice", "POST /api/3/users", "Content-Type: application/json\r\nContent-Type: text/plain", ok, 400},
		{"nothing that can be accepted", "GET /api/3/users", "Accept: text/html, image/png", "", 406},
		{"JSON not wanted", "GET /api/3/users", "Accept: application/json;q=0", "", 406},
		{"an Accept that is none", "GET /api/3/users", "Accept: ;;", "", 406},
		{"the sandbox given twice", "GET /api/3/users", "Rolecall-Sandbox: other", "", 400},
		{"a method that no operation has", "PATCH /api/3/users/3", "X: y", "", 405},
		{"a method of another path", "POST /api/3/roles", "X: y", "", 405},
		{"a method that nobody knows", "FROB /api/3/users", "X: y", "", 405},
		{"a path that does not exist", "GET /api/3/nothing", "X: y", "", 404},
		{"a path below an operation", "GET /api/3/users/3/sites/1/more", "X: y", "", 404},
		{"a slash at the end", "GET /api/3/users/", "X: y", "", 404},
		{"two slashes", "GET /api/3//users", "X: y", "", 404},
		{"an encoded slash in the path", "GET /api/3/users%2F3", "X: y", "", 404},
		{"an encoded slash in a role's id", "GET /api/3/roles/a%2Fb", "X: y", "", 404},
		{"dots in the path", "GET /api/3/users/../roles", "X: y", "", 404},
		{"the base path alone", "GET /api/3", "X: y", "", 404},
		{"the path in capitals", "GET /api/3/USERS", "X: y", "", 404},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := newConsole(t, "documented")
			length := fmt.Sprintf("Content-Length: %d", len(x.body))
			c.unchanged(func() {
				c.envelope(x.status, c.raw(c.head(x.line, x.header, length), func(conn net.Conn) error {
					_, err := io.WriteString(conn, x.body)
					return err
				}))
			})
		})
	}
}

func TestWrongMethodsAreToldTheRightOnes(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	for path, allow := range map[string]string{
		"/users": "GET, HEAD, POST", "/users/3": "DELETE, GET, HEAD, PUT", "/users/3/lock": "DELETE", "/users/3/2FA": "GET, HEAD, POST, PUT", "/roles": "GET, HEAD",
	} {
		for _, a := range []answer{c.want(405, c.admin("PATCH", path, "")), c.want(200, c.do("", "OPTIONS", path, ""))} {
			if got := a.header.Get("Allow"); got != allow {
				t.Errorf("%s: Allow is %q, want %q", path, got, allow)
			}
		}
	}
}

func TestCredentialsThatAreNoneAreRefused(t *testing.T) {
	t.Parallel()
	encoded := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for _, x := range []struct{ name, authorization string }{
		{"another scheme", "Bearer " + encoded("nxadmin:nxpassword")},
		{"no scheme", encoded("nxadmin:nxpassword")},
		{"no base64", "Basic nxadmin:nxpassword"},
		{"no colon", "Basic " + encoded("nxadmin")},
		{"no login", "Basic " + encoded(":nxpassword")},
		{"an unknown login", "Basic " + encoded("nobody:nxpassword")},
		{"nothing", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := newConsole(t, "documented")
			c.unchanged(func() {
				a := c.do("", "DELETE", "/users/3", "", "Authorization", x.authorization)
				c.envelope(401, a)
				if a.header.Get("WWW-Authenticate") == "" {
					t.Error("the answer does not say how to sign in")
				}
			})
		})
	}
}

func TestABodyThatEndsEarlyIsRefusedWithoutEffect(t *testing.T) {
	t.Parallel()
	for _, length := range []string{"Content-Length: 1000", "Transfer-Encoding: chunked"} {
		c := newConsole(t, "documented")
		c.unchanged(func() {
			c.envelope(400, c.raw(c.head("POST /api/3/users", length), func(conn net.Conn) error {
				if _, err := io.WriteString(conn, ok); err != nil {
					return err
				}
				return conn.(*net.TCPConn).CloseWrite()
			}))
		})
	}
}
