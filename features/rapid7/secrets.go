package rapid7

import (
	"encoding/base32"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/rolecall/rolecall/conformance"
)

// Passwords, locks and two-factor keys.

// failToSignIn makes failed attempts: as often as locks an account, or once less.
func (w *world) failToSignIn(name, times string) error {
	threshold, err := conformance.Get[int64](w.World, factLockThreshold)
	if err != nil {
		return err
	}
	if threshold < 2 {
		return conformance.SkipBecause("the console locks no accounts (lockThreshold %d)", threshold)
	}
	if times == "one time less than locks an account" {
		threshold--
	}
	p, err := w.person(name)
	if err != nil {
		return err
	}
	for range threshold {
		w.asked, err = w.Do(conformance.Request{Operation: "getUser", Path: idOf(p.id), Sign: basic(p.login, "Wr0ng!"+w.Tag()), As: name + " with a wrong password"})
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *world) passwordWorks(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	x, err := w.call(name, conformance.Request{Operation: "getUser", Path: idOf(p.id)})
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("%s signs in with the right password and is answered with %d", name, x.Status)
	}
	return err
}

// changesPassword sends the new password as an object or as a bare string; where
// no form is said, as the one that the console takes.
func (w *world) changesPassword(actor, name, form string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	next := w.newPassword()
	for _, body := range map[string][]any{"an object": {fields{"password": next}}, "a bare string": {next}, "": {fields{"password": next}, next}}[form] {
		if err := w.when(actor, conformance.Request{Operation: "resetPassword", Path: idOf(p.id), Body: body}); err != nil {
			return err
		}
		if w.asked.Succeeded() {
			break
		}
	}
	if unquoted(actor) == name && w.asked.Succeeded() {
		p.takes(next)
	}
	return nil
}

func (w *world) sendsPassword(name, body string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when(name, conformance.Request{Operation: "resetPassword", Path: idOf(p.id), Raw: []byte(body)})
}

func (w *world) onlyNewPasswordWorks(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if len(p.former) == 0 {
		return fmt.Errorf("the password of %s was not changed", name)
	}
	if err := w.passwordWorks(name); err != nil {
		return fmt.Errorf("the new password: %w", err)
	}
	for _, old := range p.former {
		x, err := w.Do(conformance.Request{Operation: "getUser", Path: idOf(p.id), Sign: basic(p.login, old), As: name + " with an old password"})
		if err == nil {
			err = conformance.ShouldBeRefusedWith(x, http.StatusUnauthorized)
		}
		if err != nil {
			return fmt.Errorf("an old password: %w", err)
		}
	}
	return nil
}

// hasKey sets a two-factor key, as a condition of the scenario.
func (w *world) hasKey(name string) error {
	if err := w.setsAnyKey(name); err != nil {
		return err
	}
	if !w.asked.Succeeded() {
		return fmt.Errorf("setTwoFactorAuthentication is answered with %d", w.asked.Status)
	}
	return nil
}

func (w *world) setsKey(name, key string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: "setTwoFactorAuthentication", Path: idOf(p.id), Body: key})
}

// setsAnyKey makes a key, which is the user's from then on.
func (w *world) setsAnyKey(name string) error {
	key := w.newKey()
	err := w.setsKey(name, key)
	if err == nil && w.asked.Succeeded() {
		w.people[name].key = key
	}
	return err
}

func (w *world) keyReads(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if p.key == "" {
		return fmt.Errorf("no key was set for %s", name)
	}
	return w.keyIs(p, p.key)
}

func (w *world) keyIs(p *person, key string) error {
	answer, err := w.read("getTwoFactorAuthenticationKey", idOf(p.id))
	if err == nil && answer.Get("key").String() != key {
		err = fmt.Errorf("the two-factor key that is read of %s is not the one that it should have", p.login)
	}
	return err
}

// regeneratesKey keeps the key before, which is not to come again.
func (w *world) regeneratesKey(name string) error {
	if p := w.people[name]; w.asked != nil && w.asked.Operation != nil && w.asked.Operation.ID == "regenerateTwoFactorAuthentication" && p != nil {
		p.key = w.asked.JSON().Get("key").String()
	}
	return w.onUser("the administrator", "regenerateTwoFactorAuthentication", name)
}

func (w *world) newKeyIsUsable(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	key := w.Secret(w.asked.JSON().Get("key").String())
	if key == p.key {
		return fmt.Errorf("the regenerated key is the old one")
	}
	seed, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.TrimRight(key, "="))
	if err != nil || len(seed) < 10 { // 80 bits is the least that authenticators take
		return fmt.Errorf("the regenerated key is no base32 seed of at least 10 bytes")
	}
	return w.keyIs(p, key)
}

// revealsNoKey takes a refusal, or an answer without a key.
func (w *world) revealsNoKey() error {
	if err := conformance.ShouldNotFail(w.asked); err != nil {
		return err
	}
	if key := w.asked.JSON().Get("key"); key.String() != "" {
		return fmt.Errorf("the answer has a key although none was configured")
	}
	return nil
}

func (w *world) readsKey(name string) error {
	return w.onUser("the administrator", "getTwoFactorAuthenticationKey", name)
}

func (w *world) twoFactorIsEnforced() error {
	return w.Control(http.MethodPatch, "settings", fields{"rapid7": fields{"twoFactorEnforced": true}})
}

// signsInWithCode reads its own account with a code in the header Token.
func (w *world) signsInWithCode(name, which string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	header := http.Header{}
	now := time.Now()
	switch which {
	case "the current code":
	case "the code of an hour ago":
		now = now.Add(-time.Hour)
	case "no code":
		return w.when(name, conformance.Request{Operation: "getUser", Path: idOf(p.id)})
	}
	code, err := totp.GenerateCode(p.key, now)
	if err != nil {
		return conformance.CouldNotJudge("%w", err)
	}
	header.Set("Token", code)
	return w.when(name, conformance.Request{Operation: "getUser", Path: idOf(p.id), Header: header})
}
