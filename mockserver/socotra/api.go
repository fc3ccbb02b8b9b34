// Package socotra mocks the User Management API of Socotra, as the document
// 003_07598e8054470ed4.txt describes it; settings say what the mock does where
// the document is silent, and editions where the vendor has moved on.
//
// It knows what each operation refuses and does. It does not know HTTP routing,
// sandboxes or how an answer is checked: that is the engine's.
package socotra

import (
	"io/fs"
	"math/big"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// New makes the API in one edition, read from its folder of fixtures.
func New(dir fs.FS, edition string) (*engine.API, error) {
	contract, err := schemas.Load("socotra")
	if err != nil {
		return nil, err
	}
	e, err := fixtures.LoadEdition[Settings](dir, edition)
	if err != nil {
		return nil, err
	}
	if err := e.Settings.validate(); err != nil {
		return nil, e.At(err)
	}
	return &engine.API{
		Contract:     contract,
		Edition:      e.Name,
		Observed:     e.Observed,
		SignIn:       engine.SignIn{Who: who, Name: loginOf, Guards: signIn},
		Operations:   operations(),
		Defects:      defects(),
		ProtocolRule: "SO-PROTO-01",
		Load:         func(f fs.FS) (engine.State, error) { return newState(&e.Settings).Load(fixtures.Folder{FS: f}) },
		Before:       plainPassword,
		Word:         word,
		Headers:      headers,
		Callers:      slices.Concat(callers, engine.NearMisses("SO-PWD-01", passwords)),
	}, nil
}

// callers are the kinds of callers, by what they may do.
var callers = []engine.CallerKind{
	{Name: "callers without any permission", Is: func(c *engine.Call) bool { return callerOf(c).may.Sign() == 0 }},
	{Name: "callers who may do something else with the resource", Is: mayWithResource},
	{Name: "callers who may do something with other resources", Is: func(c *engine.Call) bool {
		return callerOf(c).may.Sign() != 0 && !mayWithResource(c)
	}},
	{Name: "callers whose token says less than their roles", Is: func(c *engine.Call) bool {
		token := presented(c)
		return token != nil && token.Permissions != nil
	}},
	{Name: "the user in question", Is: func(c *engine.Call) bool {
		return strings.EqualFold(c.Path.Get("locator"), callerOf(c).user.Locator)
	}},
}

// mayWithResource tells whether the caller has a permission of the resource that
// the operation's permissions are of.
func mayWithResource(c *engine.Call) bool {
	for _, needed := range permissionsFor(c) {
		resource, _, _ := strings.Cut(needed, ".")
		if all := stateOf(c).catalogue.plain[resource+".*"]; all != nil && new(big.Int).And(all, callerOf(c).may).Sign() != 0 {
			return true
		}
	}
	return false
}

// passwords are the right one, the one that a user signs in with, and everybody's.
func passwords(c *engine.Call) (right, given string, of []string) {
	if u, found := c.Record.(*User); found {
		right = u.Password
	}
	for _, u := range stateOf(c).users.All {
		of = append(of, u.Password)
	}
	return right, c.JSON().Get("password").String(), of
}
