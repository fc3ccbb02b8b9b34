// Package world is one scenario's view of the target: what it asks and is
// answered, the records that it made, the ledger that they stand in, and what the
// invariants make of all that.
//
// It knows nothing of the mock. What an API's steps do, how its users sign in
// and how a record that a run created is deleted come with the API's features.
package world

import (
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/target"
)

// An API is one API's part of the suite.
type API struct {
	rules.API

	// Steps defines the steps for one scenario, bound to its world.
	Steps func(*World) []Step
	// SignIn makes one harmless call that shows whether the target answers and
	// takes the main credentials.
	SignIn func(*World) error
	// Delete removes a record that the run created. A record that is gone
	// already is no error.
	Delete func(*World, report.Record) error

	// Reserved are names beside those with a run's tag that a run may have made: of
	// what should not exist, and does after a request that should have been refused.
	Reserved []string
	// Roles are the credentials that a target file may give; the first is needed.
	Roles []string
	// Tells are the operations whose successes may tell secrets, as those that
	// give tokens do.
	Tells []string
	// Denied are the operations that may answer 401 to the administrator, whose
	// credentials were taken before: they ask for somebody else.
	Denied []string
	// Odd says what is unusual about a success that keeps the contract, where the
	// documents are silent; "" for nothing. nil: nothing is usual enough.
	Odd func(*Exchange) string
	// Verify reads what a target file says of the target, one check a fact: that it
	// is there, and what the run needs. Away from a mock, preflight does it.
	Verify func(*World) []report.Check
	// Bystander makes, on a target that is no mock, the record that no scenario is
	// about; nil for none.
	Bystander func(*World) error
	// Facts are what a target file may say of the target.
	Facts []target.Fact
	// Mock is how our mock answers with its embedded fixtures.
	Mock target.Endpoint
	// Ineligible says of pairs "operation status" why no suite can provoke them
	// on a real server.
	Ineligible map[string]string
}

// Administrator is who signs with the main credentials of a target, as
// Request.As has it.
const Administrator = "the administrator"

// A Step is one sentence that features may use.
type Step struct {
	Keyword string // Given, When or Then
	Pattern string // regular expression; its groups are Do's arguments
	Example string // how a feature uses it
	Do      any    // a function as godog takes it

	Expression string // the Cucumber Expression that the pattern is made of; "" for none
	Meaning    string // what it does, or wants
}

// Vocabulary lists the API's steps for a person; they must not be run.
func (a *API) Vocabulary() []Step { return a.Steps(&World{API: a}) }

// Targeted is what can be said of the API's target.
func (a *API) Targeted() *target.API {
	return &target.API{Name: a.Name, Contract: a.Contract, Roles: a.Roles, Facts: a.Facts, Mock: a.Mock}
}

// ForMock is the endpoint of our mock at a URL, with its fixtures' facts.
func (a *API) ForMock(url string) *target.Endpoint { return a.Mock.At(url) }

// Edition is an endpoint whose facts are other than the mock's own, as YAML.
func (a *API) Edition(e *target.Endpoint, facts []byte) (*target.Endpoint, error) {
	return e.WithFacts(a.Targeted(), facts)
}
