// Package rapid7 mocks the User operations of a Rapid7 InsightVM console, API
// version 3, as the documents 000_ed3294674eb9bc89.txt and
// 001_ab419b6587a8f6d9.txt describe them; editions say where consoles differ.
//
// It knows what each operation does. It does not know HTTP routing, sandboxes
// or how an answer is checked: that is the engine's.
package rapid7

import (
	"io/fs"
	"net/http"
	"slices"
	"strconv"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// New makes the API in one edition, read from its folder of fixtures.
func New(dir fs.FS, edition string) (*engine.API, error) {
	contract, err := schemas.Load("rapid7")
	if err != nil {
		return nil, err
	}
	e, err := fixtures.LoadEdition[Settings](dir, edition)
	if err != nil {
		return nil, err
	}
	if err := e.Settings.validate(e.Observed); err != nil {
		return nil, e.At(err)
	}
	return &engine.API{
		Contract:     contract,
		Edition:      e.Name,
		Observed:     e.Observed,
		SignIn:       signIn(),
		Operations:   operations(),
		Defects:      defects(),
		ProtocolRule: "R7-PROTO-01",
		Load: func(f fs.FS) (engine.State, error) {
			fresh := newState(&e.Settings, e.Observed)
			return loader{fresh, e.Settings.RolePrefix, e.Settings.PrivilegePrefix}.load(fixtures.Folder{FS: f})
		},
		Word:     word,
		Forgives: forgives,
		Headers:  headers,
		LayOut:   layOut,
		Callers:  slices.Concat(callers, engine.NearMisses("R7-AUTH-02", passwords)),
	}, nil
}

// headers are those that recorded answers of consoles have.
func headers(c *engine.Call, h http.Header) {
	if !stateOf(c).settings.ConsoleHeaders {
		return
	}
	h["Cache-Control"] = noStore
	h["Server"] = serverName
	h["X-Content-Type-Options"] = noSniff
	h["X-Frame-Options"] = sameOrigin
	h["X-Ua-Compatible"] = edge
	h["X-Xss-Protection"] = block
}

var (
	noStore    = []string{"no-store, must-revalidate"}
	serverName = []string{"Security Console"}
	noSniff    = []string{"nosniff"}
	sameOrigin = []string{"SAMEORIGIN"}
	edge       = []string{"IE=edge,chrome=1"}
	block      = []string{"1; mode=block"}
)

// callers are the kinds of users that are no Global Administrators.
var callers = []engine.CallerKind{
	{Name: "security managers", Is: ofRole("security-manager")},
	{Name: "site owners", Is: ofRole("site-admin")},
	{Name: "asset owners", Is: ofRole("system-admin")},
	{Name: "users of the role user", Is: ofRole("user")},
	{Name: "users of a custom role", Is: func(c *engine.Call) bool {
		role, _ := stateOf(c).roles.Get(callerOf(c).Role)
		return role != nil && !role.BuiltIn
	}},
	{Name: "users with access to all sites", Is: func(c *engine.Call) bool { return callerOf(c).AllSites }},
	{Name: "users with access to all asset groups", Is: func(c *engine.Call) bool { return callerOf(c).AllGroups }},
	{Name: "the user in question", Is: func(c *engine.Call) bool { return c.Path.Get("id") == strconv.FormatInt(callerOf(c).ID, 10) }},
}

func ofRole(id string) func(*engine.Call) bool {
	return func(c *engine.Call) bool { return callerOf(c).Role == stateOf(c).settings.RolePrefix+id }
}

// passwords are the right one, the one that a user signs in with, and everybody's.
func passwords(c *engine.Call) (right, given string, of []string) {
	if u, known := c.Caller.(*User); known {
		right = u.Password
	}
	for _, u := range stateOf(c).users.All {
		of = append(of, u.Password)
	}
	return right, accountOf(c).password, of
}
