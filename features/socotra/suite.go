// Package socotra is the rules of the Socotra User Management API and the
// steps that they are written in.
package socotra

import (
	"embed"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

//go:embed *.feature
var files embed.FS

// Who a target file may give credentials of.
const (
	administrator = "administrator"
	expired       = "expired"
)

// What a target file may say of a Socotra account.
const (
	factTenants  = "tenants"
	factAccount  = "account"
	factProvider = "identityProvider"
	factClient   = "clientId"
)

// Suite is the API's part of the suite.
func Suite() (*world.API, error) {
	contract, err := schemas.Load("socotra")
	if err != nil {
		return nil, err
	}
	return &world.API{
		API:       rules.API{Name: "socotra", Prefix: "SO", Contract: contract, Features: files, Path: "features/socotra"},
		Steps:     func(w *world.World) []world.Step { return newAccount(w).steps() },
		Tells:     []string{"createToken"},
		Bystander: func(w *world.World) error { return newAccount(w).BeforeScenarios("bystander", "equipped") },
		Verify:    verify,
		SignIn: func(w *world.World) error {
			return newAccount(w).Enters("server", "token", "", world.Request{Operation: "fetchMyUserDetails"})
		},
		Delete: func(w *world.World, r report.Record) error { return newAccount(w).Remove(r) },
		Roles:  []string{administrator, expired},
		Facts: []target.Fact{
			{Name: factTenants, Optional: true, Kind: target.Texts, Meaning: "Locators of two or more tenants. Users that the run creates are assigned to them; the tenants themselves are not touched. Without it, those are taken that users are in.", Example: `["c2a3f5d8-9be4-4d0c-8a7e-51b2f60d3e77", "0d9a6a3c-77a1-4a43-8f1b-2f0b6f1f0c55"]`},
			{Name: factAccount, Kind: target.Text, Meaning: "Name of the business account, as the token endpoint has it. Without it, users that the run creates cannot sign in.", Example: "my-insurance"},
			{Name: factProvider, Optional: true, Kind: target.Text, Meaning: "URL of the identity provider up to /realms, where it is not the API's own.", Example: "https://idp-ec-sandbox.socotra.com/auth"},
			{Name: factClient, Optional: true, Kind: target.Text, Meaning: "Name of a client at the identity provider that may sign in with passwords.", Example: "rolecall"},
		},
		Mock: target.Endpoint{
			Bystander: []invariants.Record{{Kind: "user", ID: "77db6f3f-5844-4f7f-89a1-c7926eb167c0"}, {Kind: "user", ID: "a25e8289-e04a-45af-8e56-ead9faca65b1"}, {Kind: "role", ID: "01JN8A9JG92NMQ8RRXR6HVFKVG"}},
			Credentials: map[string]target.Credential{
				administrator: {Login: "admin@harbor.example", Password: "Cf!9-harbor-Admin-0001", Token: "SOCP_000000000000000000000ADM1N"},
				expired:       {Token: "SOCP_0000000000000000000EXP1RED"},
			},
			Facts: map[string]any{
				factTenants: []string{"21636369-8b52-4b4a-97b7-50923ceb3ffd", "795b929e-9a9a-40fd-aa7b-5bf55eb561a4"},
				factAccount: "harbor-mutual",
			},
		},
		Ineligible: map[string]string{
			"deleteRole 409": "only where a server keeps roles that are in use, which the document does not say",
			"deleteUser 409": "it takes the last administrator, or the caller itself, to be deleted",
		},
	}, nil
}
