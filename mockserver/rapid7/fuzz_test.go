package rapid7_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver"
)

// FuzzRequest sends anything that net/http lets through: it is never answered
// with 5xx, and a refusal is in the console's envelope and without effect.
func FuzzRequest(f *testing.F) {
	for _, seed := range [][5]string{
		{"GET", "/users/3", "", "", ""},
		{"POST", "/users", "", "Content-Type: application/json", newUser("jdoe")},
		{"PUT", "/users/3", "", "", newUser("mgarcia")},
		{"GET", "/users", "page=1&size=5&sort=login,DESC&sort=id", "Accept: */*", ""},
		{"GET", "/users", "page=-1&size=%zz;", "Accept: text/html;q=0", ""},
		{"PUT", "/roles/a%2Fb%00%ff", "", "", `{"name":"","description":""}`},
		{"PUT", "/roles/ticket-desk", "", "", `{"name":"Desk","description":"d","privileges":["manage-tags"]}`},
		{"PUT", "/users/3/sites", "", "", "[1,2,8]"},
		{"PUT", "/users/3/2FA", "", "", `"JBSWY3DPEHPK3PXP"`},
		{"PUT", "/users/1/password", "", "", `"p"`},
		{"DELETE", "/users/5/lock", "", "Authorization: Basic bWdhcmNpYTpGYWtlLW1nYXJjaWEtMQ==", ""},
		{"PATCH", "//users/../3", "?", "Host: [::1]", ""},
		{"GET", "/users/9223372036854775808", "", "Content-Length: 5", "12345"},
		{"POST", "/users", "", "Transfer-Encoding: chunked", "5\r\n{\"a\":\r\n0\r\n\r\n"},
		{"POST", "/users", "", "Content-Type: text/plain\r\nContent-Type: application/json", "{}"},
		{"OPTIONS", "/users", "", "Rolecall-Sandbox: a b", ""},
	} {
		for i := range 2 {
			f.Add(seed[0], seed[1], seed[2], seed[3], seed[4], i == 1)
		}
	}
	f.Fuzz(func(t *testing.T, method, path, query, header, body string, console66 bool) {
		r, ok := requestOf(method, path, query, header, body)
		if !ok {
			t.Skip()
		}
		edition := map[bool]string{false: "documented", true: "console-6.6"}[console66]
		mock := handlers[edition]()
		sandbox := r.Header.Get("Rolecall-Sandbox")
		control(t, mock, sandbox, "POST", "reset")
		before := control(t, mock, sandbox, "GET", "state")
		inside := strings.HasPrefix(r.URL.EscapedPath(), "/api/3/")
		w := httptest.NewRecorder()
		mock.ServeHTTP(w, r)
		answer := w.Body.String()
		if w.Code >= 500 {
			t.Fatalf("%s %s %q: %d %s", method, r.URL, body, w.Code, answer)
		}
		if w.Body.Len() > 0 && !json.Valid(w.Body.Bytes()) {
			t.Fatalf("this is no JSON: %s", answer)
		}
		if w.Code < 400 || !inside {
			return
		}
		if got := gjson.Get(answer, "status").String(); got != fmt.Sprint(w.Code) || gjson.Get(answer, "message").String() == "" {
			t.Errorf("%d is not said in the console's envelope: %s", w.Code, answer)
		}
		if after := control(t, mock, sandbox, "GET", "state"); after != before && w.Code != 401 { // attempts count
			t.Errorf("%s %s %q was refused with %d and has an effect", method, r.URL, body, w.Code)
		}
	})
}

// requestOf reads a request as the HTTP server does, and adds credentials.
func requestOf(method, path, query, header, body string) (*http.Request, bool) {
	target := "/api/3" + path
	if query != "" {
		target += "?" + query
	}
	text := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: localhost\r\n%s", method, target, header)
	text = strings.TrimSuffix(text, "\r\n")
	if lower := strings.ToLower(header); !strings.Contains(lower, "content-length") && !strings.Contains(lower, "transfer-encoding") {
		text += fmt.Sprintf("\r\nContent-Length: %d", len(body))
	}
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(text + "\r\n\r\n" + body)))
	if err != nil {
		return nil, false
	}
	r.RemoteAddr = "127.0.0.1:1"
	r.Header.Del("Prefer") // asks for 5xx
	if r.Header.Get("Authorization") == "" {
		r.SetBasicAuth("nxadmin", "nxpassword")
	}
	return r, true
}

var handlers = map[string]func() *mockserver.Server{
	"documented":  sync.OnceValue(func() *mockserver.Server { return mock("documented") }),
	"console-6.6": sync.OnceValue(func() *mockserver.Server { return mock("console-6.6") }),
}

func mock(edition string) *mockserver.Server {
	m, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}, Editions: map[string]string{"rapid7": edition}})
	if err != nil {
		panic(err)
	}
	return m
}

func control(t *testing.T, h http.Handler, sandbox, method, what string) string {
	r := httptest.NewRequest(method, "http://localhost/_rolecall/"+what, nil)
	r.RemoteAddr = "127.0.0.1:1"
	if sandbox != "" {
		r.Header.Set("Rolecall-Sandbox", sandbox)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Body.String()
}

// What the files begin with before anything follows: whom the test signs in as,
// and what that user needs.
var tables = []struct{ file, begin string }{
	{"users.yaml", "- {id: 1, login: nxadmin, name: N, password: nxpassword, role: global-admin, source: 1}\n"},
	{"roles.yaml", "- {id: global-admin, name: A, description: B, allPrivileges: true}\n"},
	{"authentication_sources.yaml", "- {id: 1, name: A, type: admin}\n"},
	{"sites.yaml", ""},
	{"asset_groups.yaml", ""},
	{"editions/documented.yaml", ""},
}

// FuzzFixtures loads anything as one of the files: an error names the file, and
// what loads without one can be served.
func FuzzFixtures(f *testing.F) {
	for _, text := range []string{
		"- {id: 9, login: b, name: C, role: global-admin, source: 1}", "- {id: 9, name: C, type: ldap}", "- {id: 9, name: C, description: D, privileges: [create-reports]}",
		"- {id: 9, login: b, role: global-admin, source: 1, locale: {default: x_y}}", "- {id: 9, login: b, role: global-admin, source: 1, email: \"\\0\", name: ~}",
		"", "[]", "~", "- ~", "{}", "- id: 1", "- {id: 1, name: A}\n- ~\n- {id: 1, name: B}", "- {id: 1}\n---\n- {id: 2}", "- &a {id: 1}\n- *a", "\t", "- id: 2147483648\n  name: x",
		"- {id: a b, name: '', description: '', privileges: [create-reports]}",
		"- {id: 3, login: a, role: user, source: 2, sites: [1, 99]}", "- {id: 2, name: B, type: normal}\n- {id: 1, name: A, type: admin}", "settings: {errorStatus: string}", "summary: 1\nsettings: []", "- {id: 9, name: '', type: ldap}", "x: &x [*x]",
	} {
		for i := range tables {
			f.Add(i, text)
		}
	}
	f.Fuzz(func(t *testing.T, which int, text string) {
		file := tables[uint(which)%uint(len(tables))].file
		own := fstest.MapFS{}
		for _, table := range tables {
			if table.file == file {
				table.begin += text
			}
			if table.begin != "" || table.file == file {
				own["rapid7/"+table.file] = &fstest.MapFile{Data: []byte(table.begin)}
			}
		}
		m, err := mockserver.New(mockserver.Options{APIs: []string{"rapid7"}, Fixtures: own})
		if err != nil {
			// The table that is broken, or one that refers to it.
			if !strings.Contains(err.Error(), file) && !strings.Contains(err.Error(), ".yaml:") {
				t.Errorf("%s with %q: the error names no file: %v", file, text, err)
			}
			return
		}
		for _, path := range []string{"/users?size=500", "/roles", "/authentication_sources", "/privileges", "/users/1/sites", "/users/1/asset_groups", "/users/1/privileges", "/roles/global-admin/users"} {
			r := httptest.NewRequest("GET", "/api/3"+path, nil)
			r.SetBasicAuth("nxadmin", "nxpassword")
			w := httptest.NewRecorder()
			m.ServeHTTP(w, r)
			if w.Code >= 500 {
				t.Errorf("%s with %q loads, and then GET %s is %d %s", file, text, path, w.Code, w.Body)
			}
		}
	})
}
