package rapid7

import (
	"encoding/base32"
	"net/http"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type twoFactorKey struct {
	Key   string `json:"key,omitempty"`
	Links []Link `json:"links"`
}

func viewKey(c *engine.Call, u *User) (engine.Response, error) {
	return engine.OK(twoFactorKey{u.Key, []Link{{userPath(c, u.ID) + "/2FA", "self"}}})
}

func getTwoFactorKey(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	shown := u.Key != "" || stateOf(c).settings.UnconfiguredTwoFactor == "empty"
	if err := c.Check(shown, "R7-2FA-03", http.StatusNotFound, "no two-factor key is configured for user %d", u.ID); err != nil {
		return engine.Response{}, err
	}
	return viewKey(c, u)
}

// regenerateTwoFactorKey refuses an unknown user with 400: the operation
// documents no 404.
func regenerateTwoFactorKey(c *engine.Call) (engine.Response, error) {
	s := stateOf(c)
	u, found := s.users.Get(c.Int("id"))
	if err := c.Check(found, "R7-USER-11", http.StatusBadRequest, "there is no user %d", c.Int("id")); err != nil {
		return engine.Response{}, err
	}
	if !found {
		u = &User{ID: c.Int("id")}
	}
	seed := make([]byte, 20) // 160 bits, what RFC 4226 recommends
	c.Sandbox.Random(seed)
	changed := *u
	changed.Key = base32.StdEncoding.EncodeToString(seed)
	s.putUser(&changed)
	return viewKey(c, &changed)
}

func setTwoFactorKey(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	key := c.JSON().String()
	if err := c.Check(validKey(key), "R7-2FA-04", http.StatusBadRequest, "the key must be base32: letters A to Z and digits 2 to 7"); err != nil {
		return engine.Response{}, err
	}
	stateOf(c).change(u, func(u *User) { u.Key = key })
	return done(c, userPath(c, u.ID)+"/2FA", "self")
}
