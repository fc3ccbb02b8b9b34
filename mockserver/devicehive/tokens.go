package devicehive

import (
	"net/http"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type tokenPair struct {
	AccessToken  string `json:"accessToken"`
	RefreshToken string `json:"refreshToken,omitempty"`
}

// login signs a user in. A failed attempt is kept although it is refused: too
// many of them lock the account (DH-LOGIN-01).
func login(c *engine.Call) (engine.Response, error) {
	if _, err := identify(c); err != nil {
		return engine.Response{}, err
	}
	body, s := c.JSON(), stateOf(c)
	if err := c.Check(body.IsObject(), "DH-TOKEN-01", http.StatusBadRequest, nullObject); err != nil {
		return engine.Response{}, err
	}
	name, password := asText(body.Get("login")), asText(body.Get("password"))
	complete := strings.TrimSpace(name) != "" && password != ""
	if err := c.Check(complete, "DH-TOKEN-01", http.StatusBadRequest, emptyCredentials); err != nil {
		return engine.Response{}, err
	}
	u := s.userByLogin(name)
	if u == nil {
		return engine.Response{}, refuse("DH-TOKEN-01", http.StatusUnauthorized, loginNotFound, name)
	}
	if err := c.Check(u.Status == active, "DH-LOGIN-01", http.StatusUnauthorized, userNotActive); err != nil {
		return engine.Response{}, err
	}
	if u.Password == nil || *u.Password != password {
		s.failedAttempt(u)
		c.Keep()
		if err := c.Check(false, "DH-TOKEN-01", http.StatusUnauthorized, invalidCredentials); err != nil {
			return engine.Response{}, err
		}
	}
	signedIn(c, u)
	return issue(s, ownPayload(u), c.Now().UnixMilli()+s.settings.AccessLifetime, c.Now().UnixMilli()+s.settings.RefreshLifetime)
}

// asText reads a value that may be given as text or as a number.
func asText(v gjson.Result) string {
	if v.Type == gjson.Number {
		return v.Raw
	}
	return v.String()
}

// failedAttempt counts, and locks the account when it was one too many.
func (s *State) failedAttempt(u *User) {
	s.change(u, func(u *User) {
		u.Failed++
		if s.settings.LockThreshold > 0 && u.Failed >= s.settings.LockThreshold {
			u.Status, u.Failed = lockedOut, 0
		}
	})
}

// signedIn starts the count of failed attempts again and notes when the user
// signed in (DH-LOGIN-02), unless that was a moment ago.
func signedIn(c *engine.Call, u *User) {
	s, now := stateOf(c), c.Now()
	recent := !u.LastLogin.IsZero() && now.Sub(u.LastLogin).Milliseconds() <= s.settings.LastLoginInterval
	s.change(u, func(u *User) {
		u.Failed = 0
		if !recent {
			u.LastLogin = now
		}
	})
}

// ownPayload is a token for everything that a user may do.
func ownPayload(u *User) Payload {
	p := Payload{User: &u.ID, Actions: clientActions, Networks: inDigits(u.Networks), DeviceTypes: inDigits(u.DeviceTypes)}
	if u.AllDeviceTypes {
		p.DeviceTypes = []string{everything}
	}
	if u.Role == administrator {
		p.Actions, p.Networks, p.DeviceTypes = []int{anyAction}, []string{everything}, []string{everything}
	}
	return p
}

func inDigits(ids []int64) []string {
	digits := make([]string, len(ids))
	for i, id := range ids {
		digits[i] = key(id)
	}
	return digits
}

func issue(s *State, p Payload, accessEnd, refreshEnd int64) (engine.Response, error) {
	access, err := signed(p, accessType, accessEnd, s.settings.key)
	if err != nil {
		return engine.Response{}, err
	}
	refresh, err := signed(p, refreshType, refreshEnd, s.settings.key)
	return engine.Response{Status: http.StatusCreated, Body: tokenPair{access, refresh}}, err
}

// refreshToken renews an access token with what the refresh token says.
func refreshToken(c *engine.Call) (engine.Response, error) {
	if _, err := identify(c); err != nil {
		return engine.Response{}, err
	}
	s := stateOf(c)
	if err := c.Check(c.JSON().IsObject(), "DH-TOKEN-03", http.StatusBadRequest, nullObject); err != nil {
		return engine.Response{}, err
	}
	text := c.JSON().Get("refreshToken")
	if err := c.Check(given(text), "DH-TOKEN-03", http.StatusBadRequest, "%s", invalid(violation("refreshToken", nil, mayNotBeNull))); err != nil {
		return engine.Response{}, err
	}
	p := verified(text.String(), s.settings.key)
	if p == nil {
		problem := refuse("DH-TOKEN-03", http.StatusUnauthorized, unauthorized)
		problem.Kind = byContainer
		return engine.Response{}, problem
	}
	if err := c.Check(*p.Type == refreshType, "DH-TOKEN-04", http.StatusUnauthorized, wrongTokenType); err != nil {
		return engine.Response{}, err
	}
	if err := c.Check(!p.ended(c.Now()), "DH-TOKEN-05", http.StatusUnauthorized, tokenHasExpired); err != nil {
		return engine.Response{}, err
	}
	u, found := s.users.Get(*p.User)
	if err := turnAway(c, found && u.Status == active, "DH-AUTH-05", unauthorized); err != nil {
		return engine.Response{}, err
	}
	if found {
		signedIn(c, u)
	}
	access, err := signed(*p, accessType, c.Now().UnixMilli()+s.settings.AccessLifetime, s.settings.key)
	return engine.Response{Status: http.StatusCreated, Body: tokenPair{AccessToken: access}}, err
}
