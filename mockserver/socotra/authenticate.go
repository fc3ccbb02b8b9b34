package socotra

import (
	"cmp"
	"fmt"
	"math/big"
	"net/http"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A Caller is who calls and what it may do: as much as its roles permit, and
// no more than its token says.
type Caller struct {
	user *User
	may  set
}

// signIn is what a bearer token must be.
var signIn = []engine.Guard{
	refuse("SO-AUTH-01", 401, engine.Stranger, func(c *engine.Call) bool { return bearer(c.Header) == "" }, "send a token: the request has no header Authorization: Bearer …"),
	refuse("SO-AUTH-01", 401, engine.Stranger, func(c *engine.Call) bool { return presented(c) == nil }, "nobody has this token"),
	refuse("SO-AUTH-01", 401, engine.Stranger, presentsExpired, "the token has expired"),
	refuse("SO-AUTH-04", 401, engine.Stranger, func(c *engine.Call) bool { return c.Caller == nil }, "the user of this token is gone"),
}

func loginOf(caller any) string { return caller.(*Caller).user.UserName }

// who is the owner of the token that is presented; nil for nobody.
func who(c *engine.Call) any {
	s, token := stateOf(c), presented(c)
	if token == nil {
		return nil
	}
	user := s.userAt(token.User)
	switch {
	case s.settings.StatelessTokens && token.Holder != nil:
		return &Caller{cmp.Or(user, token.Holder), token.Permissions}
	case user == nil:
		return nil
	case token.Permissions == nil:
		return &Caller{user, s.permissionsOf(user)}
	}
	return &Caller{user, new(big.Int).And(s.permissionsOf(user), token.Permissions)}
}

// callerIsGone is so where a token says all by itself.
func callerIsGone(c *engine.Call) bool { return stateOf(c).userAt(callerOf(c).user.Locator) == nil }

func presented(c *engine.Call) *Token {
	token, _ := stateOf(c).tokens.Get(bearer(c.Header))
	return token
}

func presentsExpired(c *engine.Call) bool {
	token := presented(c)
	return token != nil && !token.Expires.IsZero() && !c.Now().Before(token.Expires)
}

func bearer(h http.Header) string {
	scheme, token, _ := strings.Cut(h.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// Administrator implements engine.State: the first user that there is.
func (s *State) Administrator() any {
	if _, u, ok := s.users.At(0); ok {
		return &Caller{u, s.permissionsOf(u)}
	}
	return &Caller{&User{}, new(big.Int)}
}

// Credentials implements engine.State: they are those of an administrator.
func (s *State) Credentials() []engine.Credential {
	for text, t := range s.tokens.All {
		u := s.userAt(t.User)
		if u == nil || !t.Expires.IsZero() || t.Permissions != nil || !within(s.catalogue.plain["*.*"], s.permissionsOf(u)) {
			continue
		}
		return []engine.Credential{{Role: "administrator", Login: u.UserName, Password: u.Password, Token: text}}
	}
	return nil
}

// callerOf is who calls, in guards of operations and in effects.
func callerOf(c *engine.Call) *Caller { return c.Caller.(*Caller) }

// permits tells whether the caller has a permission, as the document writes it.
func (who *Caller) permits(s *State, permission string) bool {
	stands := s.catalogue.plain[permission]
	return stands != nil && within(stands, who.may)
}

// mayNot says that the caller has none of the operation's permissions (SO-AUTH-02).
func mayNot(c *engine.Call) string {
	who, s, needed := callerOf(c), stateOf(c), permissionsFor(c)
	for _, permission := range needed {
		if permission == "custom" && who.custom(c, s) || who.permits(s, permission) {
			return ""
		}
	}
	return fmt.Sprintf("%s is for callers with %s", c.Operation.ID, strings.Join(needed, " or "))
}

// permissionsFor reads what the contract says of the operation.
func permissionsFor(c *engine.Call) []string {
	listed, _ := c.Operation.Extensions["x-permissions"].([]any)
	names := make([]string, len(listed))
	for i, p := range listed {
		names[i], _ = p.(string)
	}
	return names
}

// custom is the check that endpoints make by themselves: the caller is the
// user in question. Where no user is named, it is about the caller anyway.
func (who *Caller) custom(c *engine.Call, s *State) bool {
	named := c.Path.Has("locator")
	itself := !named || strings.EqualFold(c.Path.Get("locator"), who.user.Locator)
	granted := who.permits(s, "users.custom")
	switch s.settings.Custom {
	case "granted":
		return granted
	case "both":
		return itself && (granted || !named)
	}
	return itself
}
