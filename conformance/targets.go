package conformance

import (
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

// Targets are the APIs by these names, or all, as package target knows them.
func (c *Catalogue) Targets(names ...string) (all []*target.API) {
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
