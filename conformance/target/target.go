// Package target is the implementation under test: where it is, who signs in to
// it and what is there, and the file that says so.
//
// It sends nothing, and does not know what is judged.
package target

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/schemas"
)

// An API is what can be said of an API's target.
type API struct {
	Name     string
	Contract *schemas.Contract
	Roles    []string // the credentials that a target file may give; the first is needed
	Facts    []Fact
	Mock     Endpoint // how our mock answers with its embedded fixtures
}

// A Target is the implementation under test.
type Target struct {
	Endpoints map[string]*Endpoint // by API name

	Client  *http.Client  // how requests are sent; nil for a plain one
	Timeout time.Duration // of one request; 0 for 10 seconds
	Rate    float64       // requests a second at most; 0 for no limit
	// Secrets appear in no report, beside those of the credentials.
	Secrets []string
	// CurlOptions are what curl needs to reach the target, as in "--insecure".
	CurlOptions []string
}

// An Endpoint is where one API of a target is, and what is there.
type Endpoint struct {
	URL         string // with the base path, as in https://localhost:3780/api/3
	Edition     string
	Mock        bool                  // it is our mock: sandboxes and control plane may be used
	Credentials map[string]Credential // by role, as in "administrator"
	Facts       map[string]any        // by the name of the Fact
	// Settle is how long a view may show what was before a change, where the
	// target is known to need a moment; 0 for not at all.
	Settle time.Duration
	// Bystander is a record that no scenario is about, with every kind of state:
	// of our mock a fixture, of another target what the run makes.
	Bystander []invariants.Record
}

// A Credential is what one role signs in with.
type Credential struct{ Login, Password, Token string }

// Secrets lists what must appear in no report.
func (c Credential) Secrets() []string { return []string{c.Password, c.Token} }

// Control is the address of a mock's control plane.
func (e *Endpoint) Control(basePaths []string) string {
	for _, base := range basePaths {
		if root, ok := strings.CutSuffix(e.URL, base); ok {
			return root + "/_rolecall/"
		}
	}
	return e.URL + "/_rolecall/"
}

// At is the endpoint of our mock at a URL.
func (e Endpoint) At(url string) *Endpoint {
	e.URL, e.Mock = strings.TrimSuffix(url, "/"), true
	return &e
}

// Check refuses an endpoint that no rule could be run against.
func (t *Target) Check(api *API) error {
	e := t.Endpoints[api.Name]
	if err := e.checkURL(); err != nil {
		return fmt.Errorf("%s: %w", api.Name, err)
	}
	if len(api.Roles) > 0 && e.Credentials[api.Roles[0]] == (Credential{}) {
		from := "ROLECALL_" + strings.ToUpper(api.Name+"_"+api.Roles[0])
		return fmt.Errorf("%s: no credentials of the role %q; give them in the target file, or with --url in %s_LOGIN and %s_PASSWORD or %s_TOKEN (of our mock they are known: --mock)", api.Name, api.Roles[0], from, from, from)
	}
	return nil
}
