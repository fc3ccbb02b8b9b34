// Package devicehive is the rules of DeviceHive's User resource and the steps
// that they are written in.
package devicehive

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

// What a target file may say of a server.
const (
	factLockThreshold    = "lockThreshold"
	factPasswordlessUser = "passwordlessUser"
	factTokenService     = "tokenService"
)

// mockToken is the mock's administrator's, signed with the secret that servers
// have unless they are given another, until 2100. With it the suite can begin
// even when signing in is what is broken.
const mockToken = "eyJhbGciOiJIUzI1NiJ9." +
	"eyJwYXlsb2FkIjp7ImEiOlswXSwiZSI6NDEwMjQ0NDgwMDAwMCwidCI6MSwidSI6MSwibiI6WyIqIl0sImR0IjpbIioiXX19." +
	"pDg-HIFGrmnqMAhc8hOUkVoun_o9lTHOHT6M5YVetEg"

// Suite is the API's part of the suite.
func Suite() (*world.API, error) {
	contract, err := schemas.Load("devicehive")
	if err != nil {
		return nil, err
	}
	return &world.API{
		API: rules.API{Name: "devicehive", Prefix: "DH", Contract: contract, Features: files, Path: "features/devicehive"},
		Steps: func(w *world.World) []world.Step {
			s := newServer(w)
			return s.Steps(s.sentences()...)
		},
		Tells:     []string{"login", "createToken", "refreshToken"},
		Bystander: func(w *world.World) error { return newServer(w).BeforeScenarios("bystander", "equipped") },
		Verify:    verify,
		SignIn: func(w *world.World) error {
			return newServer(w).Enters("server", "token", "an administrator", world.Request{Operation: "count"})
		},
		Delete: func(w *world.World, r report.Record) error { return newServer(w).Remove(r) },
		Roles:  []string{administrator},
		Facts: []target.Fact{
			{Name: factLockThreshold, Kind: target.Integer, Meaning: "Number of wrong passwords in a row that lock an account.", Example: "10"},
			{Name: factTokenService, Optional: true, Kind: target.Text, Meaning: "Base URL of the service that gives tokens, where that is not the URL of the API; the vendor's images have it apart.", Example: "http://localhost/auth/rest"},
			{Name: factPasswordlessUser, Kind: target.Integer, Meaning: "Number of an active client that has no password. The run tries to give it one, as itself; on a server that lets it, the record is used up, and the report says so.", Example: "7"},
		},
		Mock: target.Endpoint{
			Credentials: map[string]target.Credential{administrator: {Login: "dhadmin", Password: "dhadmin_#911", Token: mockToken}},
			Bystander:   []invariants.Record{{Kind: "user", ID: "2"}, {Kind: "network", ID: "1"}, {Kind: "device type", ID: "2"}},
			Facts:       map[string]any{factLockThreshold: int64(10), factPasswordlessUser: int64(7)},
		},
	}, nil
}
