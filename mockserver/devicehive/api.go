// Package devicehive mocks the User resource of a DeviceHive server, as the
// document lists its methods, and what clients call on the way there: tokens,
// info, networks and device types. Editions say where deployed servers differ.
//
// It knows what each operation does and refuses. It does not know HTTP routing,
// sandboxes or how an answer is checked: that is the engine's.
package devicehive

import (
	"io/fs"
	"slices"
	"strconv"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// New makes the API in one edition, read from its folder of fixtures.
func New(dir fs.FS, edition string) (*engine.API, error) {
	contract, err := schemas.Load("devicehive")
	if err != nil {
		return nil, err
	}
	e, err := fixtures.LoadEdition[Settings](dir, edition)
	if err != nil {
		return nil, err
	}
	if err := e.Settings.prepare(contract); err != nil {
		return nil, e.At(err)
	}
	return &engine.API{
		Contract:     contract,
		Edition:      e.Name,
		Observed:     e.Observed,
		SignIn:       engine.SignIn{Who: who, Name: loginOf, Guards: slices.Concat(container, badTokens, []engine.Guard{anonymous(false)})},
		Operations:   operations(),
		Defects:      slices.Concat(callerDefects, tokenDefects, userDefects, selfDefects, listDefects, networkDefects, deviceTypeDefects, groupDefects, silentDefects, seenDefects),
		ProtocolRule: "DH-PROTO-01",
		Load:         func(f fs.FS) (engine.State, error) { return newState(&e.Settings).Load(fixtures.Folder{FS: f}) },
		Before:       before,
		Read:         read,
		Forgives:     func(c *engine.Call, p *engine.Problem) bool { return stateOf(c).settings.permits(p.Rule) },
		Word:         word,
		Headers:      headers,
		Callers:      slices.Concat(callers, engine.NearMisses("DH-TOKEN-01", passwords)),
	}, nil
}

func stateOf(c *engine.Call) *State { return c.State().(*State) }

// callers are the kinds of users, by what they are and by what their tokens allow.
var callers = []engine.CallerKind{
	{Name: "clients", Is: func(c *engine.Call) bool {
		who := callerOf(c)
		return who.User.Role == client && who.Token.Actions != nil && len(who.Token.Actions) == 0
	}},
	{Name: "clients with a token of some actions", Is: func(c *engine.Call) bool {
		who := callerOf(c)
		return who.User.Role == client && len(who.Token.Actions) > 0
	}},
	{Name: "administrators with a token of some actions", Is: func(c *engine.Call) bool {
		who := callerOf(c)
		return who.User.Role == administrator && len(who.Token.Actions) > 0
	}},
	{Name: "tokens of no action", Is: func(c *engine.Call) bool { return callerOf(c).Token.Actions == nil }},
	{Name: "the user in question", Is: func(c *engine.Call) bool { return c.Path.Get("id") == strconv.FormatInt(callerOf(c).User.ID, 10) }},
}

// passwords are the right one, the one that a client signs in with, and everybody's.
func passwords(c *engine.Call) (right, given string, of []string) {
	if u, found := c.Record.(*User); found && u.Password != nil {
		right = *u.Password
	}
	for _, u := range stateOf(c).users.All {
		if u.Password != nil {
			of = append(of, *u.Password)
		}
	}
	return right, asText(c.JSON().Get("password")), of
}
