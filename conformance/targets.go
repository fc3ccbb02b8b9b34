package conformance

import (
	"io"
	"slices"

	"github.com/rolecall/rolecall/conformance/target"
)

// What steps say of a target, by the names that package target gives it.
type (
	Target     = target.Target
	Endpoint   = target.Endpoint
	Credential = target.Credential
	Fact       = target.Fact
)

const (
	Text    = target.Text
	Texts   = target.Texts
	Integer = target.Integer
	IDs     = target.IDs
	Flag    = target.Flag
)

// targeted is what can be said of the API's target.
func (a *API) targeted() *target.API {
	return &target.API{Name: a.Name, Contract: a.Contract, Roles: a.Roles, Facts: a.Facts, Mock: a.Mock}
}

// targets are the APIs by these names, or all, as package target knows them.
func (c *Catalogue) targets(names ...string) (all []*target.API) {
	for _, api := range c.APIs {
		if len(names) == 0 || slices.Contains(names, api.Name) {
			all = append(all, api.targeted())
		}
	}
	return all
}

// ForMock is the endpoint of our mock at a URL, with its fixtures' facts.
func (a *API) ForMock(url string) *Endpoint { return a.Mock.At(url) }

// Edition is an endpoint whose facts are other than the mock's own, as YAML.
func (a *API) Edition(e *Endpoint, facts []byte) (*Endpoint, error) {
	return e.WithFacts(a.targeted(), facts)
}

// LoadTarget reads a target file.
func (c *Catalogue) LoadTarget(path string) (*Target, error) {
	return target.Load(path, c.targets())
}

// TargetOf makes a target of base URLs by API.
func (c *Catalogue) TargetOf(urls map[string]string, mock bool, ca string, insecure bool) (*Target, error) {
	return target.Of(urls, c.targets(), mock, ca, insecure)
}

// WriteTargetTemplate writes a commented target file for the named APIs, or for all.
func (c *Catalogue) WriteTargetTemplate(w io.Writer, apis []string) error {
	return target.WriteTemplate(w, c.targets(apis...))
}

// WriteTargetSchema writes the JSON Schema of target files.
func (c *Catalogue) WriteTargetSchema(w io.Writer) error { return target.WriteSchema(w, c.targets()) }
