package devicehive

import (
	"net/http"
	"strings"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// asText reads a value that may be given as text or as a number.
func asText(v schemas.Value) string {
	if v.Kind() == schemas.Number {
		return string(v.Raw())
	}
	return v.String()
}

func credentialsAreEmpty(c *engine.Call) bool {
	return strings.TrimSpace(asText(c.JSON().Get("login"))) == "" || asText(c.JSON().Get("password")) == ""
}

func userOfLogin(c *engine.Call) (any, bool) {
	u := stateOf(c).userByLogin(asText(c.JSON().Get("login")))
	return u, u != nil
}

func userFoundIsActive(c *engine.Call) bool   { return c.Record.(*User).Status == active }
func userFoundIsInactive(c *engine.Call) bool { return !userFoundIsActive(c) }

func passwordIsWrong(c *engine.Call) bool {
	right := c.Record.(*User).Password
	return right == nil || *right != asText(c.JSON().Get("password"))
}

// noteFailure counts failed attempts, and locks the account when it was one too many.
func noteFailure(c *engine.Call) {
	u := c.Record.(*User)
	c.Update(func(next engine.State) {
		s := next.(*State)
		s.change(u, func(u *User) {
			if u.Failed++; s.settings.LockThreshold > 0 && u.Failed >= s.settings.LockThreshold {
				u.Status, u.Failed = lockedOut, 0
			}
		})
	})
}

func login(c *engine.Call) (engine.Response, error) {
	u, s := c.Record.(*User), stateOf(c)
	s.signedIn(c, u)
	now := c.Now().UnixMilli()
	return issue(s, ownPayload(u), now+s.settings.AccessLifetime, now+s.settings.RefreshLifetime)
}

// signedIn starts the count of failed attempts again and notes when the user
// signed in (DH-LOGIN-02), unless that was a moment ago.
func (s *State) signedIn(c *engine.Call, u *User) {
	now := c.Now().Truncate(time.Millisecond)
	recent := !u.LastLogin.IsZero() && now.Sub(u.LastLogin).Milliseconds() <= s.settings.LastLoginInterval
	if recent && u.Failed == 0 {
		return
	}
	s.change(u, func(u *User) {
		if u.Failed = 0; !recent {
			u.LastLogin = now
		}
	})
}

// ownPayload is a token for everything that a user may do.
func ownPayload(u *User) Payload {
	p := Payload{User: &u.ID, Actions: clientActions, Networks: inDigits(u.Networks.ids), DeviceTypes: inDigits(u.DeviceTypes.ids)}
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
	return engine.Response{Status: http.StatusCreated, Body: viewTokens(access, refresh)}, err
}

// viewTokens is one token or two.
func viewTokens(access, refresh string) engine.View {
	return func(j *engine.JSON) {
		j.Open('{')
		j.Name("accessToken").Text(access)
		if refresh != "" {
			j.Name("refreshToken").Text(refresh)
		}
		j.Close('}')
	}
}

// refresher finds the token that the body of a renewal has.
func refresher(c *engine.Call) (any, bool) {
	p := verified(c.JSON().Get("refreshToken").String(), stateOf(c).settings.key)
	return p, p != nil
}

func refresherIsMissing(c *engine.Call) bool { return c.JSON().Get("refreshToken").String() == "" }

func refresherIsNone(c *engine.Call) bool { return *c.Record.(*Payload).Type != refreshType }

func refresherHasEnded(c *engine.Call) bool { return c.Record.(*Payload).ended(c.Now()) }

func refresherIsInactive(c *engine.Call) bool {
	return stateOf(c).activeUser(*c.Record.(*Payload).User) == nil
}

// refreshToken renews an access token with what the refresh token says.
func refreshToken(c *engine.Call) (engine.Response, error) {
	s, p := stateOf(c), c.Record.(*Payload)
	if u := s.activeUser(*p.User); u != nil {
		s.signedIn(c, u)
	}
	access, err := signed(*p, accessType, c.Now().UnixMilli()+s.settings.AccessLifetime, s.settings.key)
	return engine.Response{Status: http.StatusCreated, Body: viewTokens(access, "")}, err
}
