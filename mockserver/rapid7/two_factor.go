package rapid7

import (
	"encoding/base32"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type twoFactorKey struct {
	Key   string `json:"key,omitempty"`
	Links []Link `json:"links"`
}

func viewKey(c *engine.Call, key string) (engine.Response, error) {
	return engine.OK(twoFactorKey{key, linked(c, Link{userPath(c, userOf(c).ID) + "/2FA", "self"})})
}

func keyIsMissing(c *engine.Call) bool {
	return userOf(c).Key == "" && stateOf(c).settings.UnconfiguredTwoFactor == "refuse"
}

func getTwoFactorKey(c *engine.Call) (engine.Response, error) { return viewKey(c, userOf(c).Key) }

func regenerateTwoFactorKey(c *engine.Call) (engine.Response, error) {
	seed := make([]byte, 20) // 160 bits, what RFC 4226 recommends
	c.Sandbox.Random(seed)
	key := base32.StdEncoding.EncodeToString(seed)
	stateOf(c).change(userOf(c), func(u *User) { u.Key = key })
	return viewKey(c, key)
}

// exampleKey is the documents' own example of a key, although it is no base32.
const exampleKey = "string"

func keyIsNoSeed(c *engine.Call) bool {
	key, taken := c.JSON().String(), stateOf(c).settings.TwoFactorKeys
	return taken != "any" && !validKey(key) && !(taken == "documented" && key == exampleKey)
}

func setTwoFactorKey(c *engine.Call) (engine.Response, error) {
	stateOf(c).change(userOf(c), func(u *User) { u.Key = c.JSON().String() })
	return done(c, userPath(c, userOf(c).ID)+"/2FA", "self")
}
