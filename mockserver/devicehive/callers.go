package devicehive

import (
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A Caller is who calls, and the token that says so.
type Caller struct {
	User  *User
	Token *Payload
}

func callerOf(c *engine.Call) *Caller { return c.Caller.(*Caller) }

func loginOf(caller any) string { return caller.(*Caller).User.Login }

func who(c *engine.Call) any {
	token := presented(c)
	if token == nil || *token.Type == refreshType || token.ended(c.Now()) {
		return nil
	}
	u, found := stateOf(c).users.Get(*token.User)
	if !found || u.Status != active && !stateOf(c).settings.permits("DH-AUTH-05") {
		return nil
	}
	return &Caller{u, token}
}

// presented is the token that a call comes with, whatever it is worth; nil when
// none can be read.
func presented(c *engine.Call) *Payload {
	text, bearer := strings.CutPrefix(c.Header.Get("Authorization"), "Bearer")
	if !bearer {
		return nil
	}
	return verified(strings.TrimSpace(text), stateOf(c).settings.key)
}

// badTokens refuse a token that cannot be accepted, wherever it is sent, even
// where none is needed.
var badTokens = []engine.Guard{
	turnAway("DH-AUTH-02", badHeader, "Unauthorized", func(c *engine.Call) bool {
		header := c.Header.Get("Authorization")
		return !strings.HasPrefix(header, "Bearer") || header == "Bearer"
	}),
	turnAway("DH-AUTH-02", engine.Stranger, "Unauthorized", func(c *engine.Call) bool { return presented(c) == nil }),
	turnAway("DH-AUTH-03", engine.Stranger, "Unauthorized", func(c *engine.Call) bool { return *presented(c).Type == refreshType }),
	turnAway("DH-AUTH-02", engine.Stranger, "Token expired", func(c *engine.Call) bool { return presented(c).ended(c.Now()) }),
	turnAway("DH-AUTH-05", engine.Stranger, "Unauthorized", func(c *engine.Call) bool { return c.Caller == nil }),
}

func turnAway(rule string, kind engine.Kind, message string, when func(*engine.Call) bool) engine.Guard {
	return refuse(rule, 401, kind, func(c *engine.Call) bool {
		return c.Caller == nil && c.Header.Get("Authorization") != "" && when(c)
	}, message).Everywhere()
}

// anonymous refuses a call without a token, before the request is read or after it.
func anonymous(read bool) engine.Guard {
	return refuse("DH-AUTH-01", 401, engine.Stranger, func(c *engine.Call) bool {
		return c.Caller == nil && stateOf(c).settings.ReadsFirst == read
	}, "Unauthorized")
}

// forbidden refuses a call whose token does not allow it, before the request is
// read or after it.
func forbidden(read bool) engine.Guard {
	return refuse("DH-AUTH-04", 403, engine.Permission, func(c *engine.Call) bool {
		settings := stateOf(c).settings
		return settings.ReadsFirst == read && !callerOf(c).Token.allows(settings.required[c.Operation.ID])
	}, accessDenied)
}

// Administrator implements engine.State: the first one, allowed everything.
func (s *State) Administrator() any {
	everywhere := []string{everything}
	token := &Payload{Actions: []int{anyAction}, Networks: everywhere, DeviceTypes: everywhere}
	for _, u := range s.users.All {
		if u.Role == administrator {
			return &Caller{u, token}
		}
	}
	return &Caller{&User{Role: administrator}, token}
}

// Credentials implements engine.State: one account of each role.
func (s *State) Credentials() (found []engine.Credential) {
	for role, name := range []string{administrator: "administrator", client: "client"} {
		for _, u := range s.users.All {
			if u.Role == role && u.Status == active && u.Password != nil {
				found = append(found, engine.Credential{Role: name, Login: u.Login, Password: *u.Password})
				break
			}
		}
	}
	return found
}
