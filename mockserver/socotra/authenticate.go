package socotra

import (
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

// authenticate finds out who calls by the bearer token, and sees to it that
// the caller may use the operation. Only then is the target looked for, and
// only then the body: a caller without permission learns nothing (SO-AUTH-03).
func authenticate(c *engine.Call) error {
	s := currentState(c)
	who, err := identify(c, s)
	if err != nil {
		return err
	}
	c.Caller = who
	if err := authorize(c, s, who); err != nil {
		return err
	}
	return locate(c, s)
}

func identify(c *engine.Call, s *State) (*Caller, error) {
	text, given := bearer(c.Header)
	if err := c.Check(given, "SO-AUTH-01", http.StatusUnauthorized, "send a token: the request has no header Authorization: Bearer …"); err != nil {
		return nil, err
	}
	token, known := s.tokens.Get(text)
	if err := c.Check(known, "SO-AUTH-01", http.StatusUnauthorized, "nobody has this token"); err != nil {
		return nil, err
	}
	if !known {
		return s.stranger(), nil
	}
	good := token.Expires.IsZero() || c.Now().Before(token.Expires)
	if err := c.Check(good, "SO-AUTH-01", http.StatusUnauthorized, "the token expired at %s", token.Expires.Format(timeForm)); err != nil {
		return nil, err
	}
	user := s.userAt(token.User)
	if err := c.Check(user != nil, "SO-AUTH-04", http.StatusUnauthorized, "the user of this token is gone"); err != nil {
		return nil, err
	}
	if user == nil {
		return s.stranger(), nil
	}
	who := &Caller{user, s.permissionsOf(user)}
	if token.Permissions != nil {
		who.may.meet(token.Permissions)
	}
	return who, nil
}

// stranger is who calls without a good token where a defect lets it: it is
// taken for the first user that there is.
func (s *State) stranger() *Caller {
	if _, u, ok := s.users.At(0); ok {
		return &Caller{u, s.permissionsOf(u)}
	}
	return &Caller{&User{}, s.catalogue.none()}
}

func bearer(h http.Header) (string, bool) {
	scheme, token, found := strings.Cut(h.Get("Authorization"), " ")
	return strings.TrimSpace(token), found && strings.EqualFold(scheme, "Bearer") && strings.TrimSpace(token) != ""
}

// permits tells whether the caller has a permission, given as resource.action.
func (who *Caller) permits(s *State, permission string) bool {
	place, known := s.catalogue.places[permission]
	return known && who.may.has(place)
}

// authorize lets the caller through that has any one of the operation's
// permissions (SO-AUTH-02).
func authorize(c *engine.Call, s *State, who *Caller) error {
	allowed := false
	needed := permissionsFor(c)
	for _, permission := range needed {
		if permission == "custom" {
			allowed = allowed || who.custom(c, s)
		} else {
			allowed = allowed || who.permits(s, permission)
		}
	}
	return c.Check(allowed, "SO-AUTH-02", http.StatusForbidden, "%s is for callers with %s", c.Operation.ID, strings.Join(needed, " or "))
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
	locator, named := c.Path["locator"]
	if !named {
		return true
	}
	granted := !s.settings.CustomNeedsGrant || who.permits(s, "users.custom")
	return granted && strings.EqualFold(locator, who.user.Locator)
}

// locate refuses an unknown target before the body is read. A locator that is
// none at all is left to the check of parameters.
func locate(c *engine.Call, s *State) error {
	locator, named := c.Path["locator"]
	if !named {
		return nil
	}
	if strings.HasPrefix(c.Operation.Path, "/roles/") {
		return knownRole(c, s.roleAt(locator), locator)
	}
	if !isUUID(locator) {
		return nil
	}
	return knownUser(c, s.userAt(locator), locator)
}

func knownUser(c *engine.Call, u *User, locator string) error {
	return c.Check(u != nil, "SO-USER-14", http.StatusNotFound, "there is no user %s", locator)
}

func knownRole(c *engine.Call, r *Role, locator string) error {
	return c.Check(r != nil, "SO-ROLE-11", http.StatusNotFound, "there is no role %q", locator)
}

// callerOf is who calls, in a handler.
func callerOf(c *engine.Call) *Caller { return c.Caller.(*Caller) }

// withinCeiling refuses to hand out what the caller does not have (SO-ROLE-10).
func withinCeiling(c *engine.Call, granted set, what string) error {
	may := callerOf(c).may
	within := !stateOf(c).settings.GrantCeiling || granted.within(may)
	return c.Check(within, "SO-ROLE-10", http.StatusForbidden, "%s permits more than the caller has; nobody grants more than that", what)
}

// Administrator implements engine.State.
func (s *State) Administrator() any { return s.stranger() }

// Credentials implements engine.State: an administrator with its token.
func (s *State) Credentials() []engine.Credential {
	for text, t := range s.tokens.All {
		u := s.userAt(t.User)
		if u == nil || !t.Expires.IsZero() || t.Permissions != nil || !s.catalogue.all.within(s.permissionsOf(u)) {
			continue
		}
		return []engine.Credential{{Role: "administrator", Login: u.UserName, Password: u.Password, Token: text}}
	}
	return nil
}
