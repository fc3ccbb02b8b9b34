// Package rapid7 is the rules of the InsightVM console's User operations and
// the steps that they are written in.
package rapid7

import (
	"embed"
	"net/url"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

//go:embed *.feature
var files embed.FS

// Suite is the API's part of the suite.
func Suite() (*world.API, error) {
	contract, err := schemas.Load("rapid7")
	if err != nil {
		return nil, err
	}
	return &world.API{
		API:    rules.API{Name: "rapid7", Prefix: "R7", Contract: contract, Features: files, Path: "features/rapid7"},
		Steps:  func(w *world.World) []world.Step { return newConsole(w).steps() },
		Tells:  []string{"getTwoFactorAuthenticationKey", "regenerateTwoFactorAuthentication", "setTwoFactorAuthentication"},
		Denied: []string{"resetPassword"},
		Odd:    oddLinks,
		SignIn: func(w *world.World) error {
			return newConsole(w).Enters("console", "login and password", "a Global Administrator", world.Request{Operation: "getUsers", Query: url.Values{"size": {"1"}}})
		},
		Delete:    func(w *world.World, r report.Record) error { return newConsole(w).Remove(r) },
		Verify:    verify,
		Bystander: func(w *world.World) error { return newConsole(w).BeforeScenarios("bystander", "equipped") },
		Reserved:  []string{unknownName},
		Roles:     []string{"administrator"},
		Facts:     facts,
		Mock: target.Endpoint{
			Credentials: map[string]target.Credential{"administrator": {Login: "nxadmin", Password: "nxpassword"}},
			Bystander:   []invariants.Record{{Kind: "user", ID: "10"}, {Kind: "role", ID: "ticket-desk"}},
			Facts: map[string]any{
				factSites: []int64{1, 2, 3}, factAssetGroups: []int64{11, 12, 13},
				factBuiltInRoles:   []string{"global-admin", "security-manager", "site-admin", "system-admin", "user", "custom"},
				factDisposableRole: "exception-approver", factDeletableRole: "Report Reviewer", factLockThreshold: int64(5),
			},
		},
		Ineligible: ineligible(contract),
	}, nil
}

// ineligible says which documented statuses no client can provoke.
func ineligible(c *schemas.Contract) map[string]string {
	why := map[string]string{}
	for _, op := range c.Documented() {
		why[op.ID+" 500"] = "a failure of the console itself"
		why[op.ID+" 503"] = "only while the console starts or is in maintenance mode"
	}
	for _, id := range []string{"getAuthenticationSources", "getPrivileges", "getRoles"} {
		why[id+" 404"] = "the list itself always exists"
	}
	why["regenerateTwoFactorAuthentication 400"] = "the document does not say what is wrong with a request without a body"
	return why
}
