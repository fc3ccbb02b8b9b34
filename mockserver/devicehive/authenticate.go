package devicehive

import (
	"net/http"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A Caller is who calls, and the token that says so.
type Caller struct {
	User  *User
	Token *Payload
}

func callerOf(c *engine.Call) *Caller { return c.Caller.(*Caller) }

// authenticate reads the caller's token and sees to it that the token allows
// the operation.
func authenticate(c *engine.Call) error {
	caller, err := identify(c)
	if err != nil {
		return err
	}
	if caller == nil {
		if err := c.Check(false, "DH-AUTH-01", http.StatusUnauthorized, unauthorized); err != nil {
			return err
		}
		caller = substitute(c)
	}
	c.Caller = caller
	allowed := caller.Token.allows(currentState(c).settings.required[c.Operation.ID])
	return c.Check(allowed, "DH-AUTH-04", http.StatusForbidden, accessDenied)
}

// identify finds the caller; nil when the request has no token. A token that
// cannot be accepted is refused even where none is needed.
func identify(c *engine.Call) (*Caller, error) {
	header := c.Header.Get("Authorization")
	if header == "" {
		return nil, nil
	}
	text, bearer := strings.CutPrefix(header, "Bearer")
	s := currentState(c)
	var token *Payload
	if bearer {
		token = verified(strings.TrimSpace(text), s.settings.key)
	}
	if err := turnAway(c, token != nil, "DH-AUTH-02", unauthorized); err != nil {
		return nil, err
	}
	if token == nil {
		return substitute(c), nil
	}
	if err := turnAway(c, *token.Type != refreshType, "DH-AUTH-03", unauthorized); err != nil {
		return nil, err
	}
	if err := turnAway(c, !token.ended(c.Now()), "DH-AUTH-02", tokenExpired); err != nil {
		return nil, err
	}
	user, found := s.users.Get(*token.User)
	if err := turnAway(c, found && user.Status == active, "DH-AUTH-05", unauthorized); err != nil {
		return nil, err
	}
	if !found {
		user = substitute(c).User
	}
	return &Caller{user, token}, nil
}

// turnAway refuses a token the way the container does that stands before the
// application.
func turnAway(c *engine.Call, ok bool, rule, message string) error {
	err := c.Check(ok, rule, http.StatusUnauthorized, "%s", message)
	if p, refused := err.(*engine.Problem); refused {
		p.Kind = byContainer
	}
	return err
}

// substitute stands in for a caller who should have been refused, when a
// defect lets everybody in.
func substitute(c *engine.Call) *Caller { return currentState(c).Administrator().(*Caller) }

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

// Credentials implements engine.State.
func (s *State) Credentials() []engine.Credential {
	var found []engine.Credential
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
