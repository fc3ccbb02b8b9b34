package rapid7

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// Locks and two-factor keys.

// key is a thing that a user has, one or none.
const key = "two-factor key"

// keysOf is the key that is read of a user; none where that is refused.
func (c *console) keysOf(p *steps.Record) ([]string, error) {
	x, err := c.Ask(steps.Administrator, world.Request{Operation: "getTwoFactorAuthenticationKey", Path: p.Path()})
	if err == nil {
		err = steps.Usable(x)
	}
	if err != nil || !x.Succeeded() || x.JSON().Get("key").String() == "" {
		return nil, err
	}
	return []string{c.Secret(x.JSON().Get("key").String())}, nil
}

// newKey makes the seed of two-factor codes.
func (c *console) newKey() string {
	seed := make([]byte, 20)
	rand.Read(seed) // never fails, by its documentation
	return c.Secret(base32.StdEncoding.EncodeToString(seed))
}

func (c *console) hasKey(p *steps.Record) error {
	seed := c.newKey()
	p.Has[key] = []string{seed}
	_, err := c.Want(world.Request{Operation: "setTwoFactorAuthentication", Path: p.Path(), Body: seed})
	return err
}

func (c *console) setsKey(a steps.Actor, p *steps.Record, seed string) error {
	if seed == "(a new key)" {
		seed = c.newKey()
	}
	x, err := c.When(a, world.Request{Operation: "setTwoFactorAuthentication", Path: p.Path(), Body: seed})
	if err == nil && x.Succeeded() {
		p.Has[key] = []string{seed}
	}
	return err
}

// regeneratesKey keeps the key before, which is not to come again.
func (c *console) regeneratesKey(a steps.Actor, p *steps.Record) error {
	x, err := c.When(a, world.Request{Operation: "regenerateTwoFactorAuthentication", Path: p.Path()})
	if err == nil && x.Succeeded() {
		p.Own["key before"] = strings.Join(p.Has[key], "")
		p.Has[key] = []string{c.Secret(x.JSON().Get("key").String())}
	}
	return err
}

func (c *console) newestKeyIsUsable(p *steps.Record) error {
	if len(p.Has[key]) == 0 {
		return fmt.Errorf("%s was given no key", p)
	}
	newest := p.Has[key][0]
	if newest == p.Own["key before"] {
		return fmt.Errorf("the regenerated key is the old one")
	}
	seed, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.TrimRight(newest, "="))
	if err != nil || len(seed) < 10 { // 80 bits is the least that authenticators take
		return fmt.Errorf("the regenerated key is no base32 seed of at least 10 bytes")
	}
	read, err := c.keysOf(p)
	if err == nil && (len(read) != 1 || read[0] != newest) {
		err = fmt.Errorf("the two-factor key that is read of %s is not the one that it should have", p)
	}
	return err
}

// revealsNoKey takes a refusal, or an answer without a key.
func (c *console) revealsNoKey() error {
	x, err := c.Newest()
	if err == nil {
		err = steps.ShouldNotFail(x)
	}
	if err == nil && x.JSON().Get("key").String() != "" {
		err = fmt.Errorf("the answer has a key although none was configured")
	}
	return err
}

func (c *console) twoFactorIsEnforced() error {
	return c.Control(http.MethodPatch, "settings", fields{"rapid7": fields{"twoFactorEnforced": true}})
}

// A code of two-factor authentication, by words.
type code string

func init() {
	steps.Word("code", "a two-factor code: the current one, one of an hour ago, none", `the current code|the code of an hour ago|no code`, func(text string) any { return code(text) })
}

// signsInWithCode reads its own account with a code in the header Token.
func (c *console) signsInWithCode(p *steps.Record, which code) error {
	r := world.Request{Operation: "getUser", Path: p.Path(), Header: http.Header{}}
	now := time.Now()
	if which == "the code of an hour ago" {
		now = now.Add(-time.Hour)
	}
	if which != "no code" {
		token, err := totp.GenerateCode(strings.Join(p.Has[key], ""), now)
		if err != nil {
			return world.CouldNotJudge("%w", err)
		}
		r.Header.Set("Token", token)
	}
	_, err := c.When(steps.Actor{Name: p.Name, Who: p}, r)
	return err
}

func (c *console) unlocks(a steps.Actor, p *steps.Record) error {
	x, err := c.When(a, world.Request{Operation: "unlockUser", Path: p.Path()})
	if err == nil && x.Succeeded() {
		p.Is["locked"] = "false"
	}
	return err
}
