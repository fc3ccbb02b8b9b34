package mockserver_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver"
)

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

// A client talks to a mock that listens on this machine.
type client struct {
	t   testing.TB
	url string
}

func serve(t testing.TB, o mockserver.Options) *client {
	t.Helper()
	mock, err := mockserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(mock)
	t.Cleanup(server.Close)
	return &client{t, server.URL}
}

// rapid7 serves one API only, which loads fastest.
func rapid7(t testing.TB) *client {
	t.Helper()
	return serve(t, mockserver.Options{APIs: []string{"rapid7"}, Now: noon})
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) get(path string) gjson.Result { return gjson.Get(a.body, path) }

// do sends a request as the administrator of the rapid7 API; headers come in
// pairs, and "Host" is the request's host.
func (c *client) do(method, path, body string, headers ...string) answer {
	c.t.Helper()
	r, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if strings.Contains(path, "/api/3/") {
		r.SetBasicAuth("nxadmin", "nxpassword")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

// want does it and insists on a status.
func (c *client) want(status int, method, path, body string, headers ...string) answer {
	c.t.Helper()
	a := c.do(method, path, body, headers...)
	if a.status != status {
		c.t.Fatalf("%s %s %s is answered with %d %s, want status %d", method, path, body, a.status, a.body, status)
	}
	return a
}

const jdoe = `{"login":"jdoe","name":"Jane Doe","password":"Fake-jdoe-1","role":{"id":"user"}}`

// total is how many users there are.
func (c *client) total(headers ...string) int64 {
	c.t.Helper()
	return c.want(200, "GET", "/api/3/users", "", headers...).get("page.totalResources").Int()
}
