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

const (
	someKey  = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
	otherKey = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
)

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

func (w *world) unlocks(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: "unlockUser", Path: idOf(p.id)})
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

// changesPassword sends the new password as an object or as a bare string.
func (w *world) changesPassword(actor, name, form string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	next := w.newPassword("next-" + strings.Trim(name, `"`))
	var body any = fields{"password": next}
	if form == " as a bare string" {
		body = next
	}
	return w.when(actor, conformance.Request{Operation: "resetPassword", Path: idOf(p.id), Body: body})
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
	old := p.password
	p.password = w.newPassword("next-" + strings.Trim(name, `"`))
	if err := w.passwordWorks(name); err != nil {
		return fmt.Errorf("the new password: %w", err)
	}
	x, err := w.Do(conformance.Request{Operation: "getUser", Path: idOf(p.id), Sign: basic(p.login, old), As: name + " with the old password"})
	if err == nil && x.Status != http.StatusUnauthorized {
		err = fmt.Errorf("the old password is answered with %d; it should be refused with 401", x.Status)
	}
	return err
}

// hasKey sets a two-factor key, as a condition of the scenario.
func (w *world) hasKey(name string) error {
	if err := w.setsKey(name, someKey); err != nil {
		return err
	}
	if !w.asked.Succeeded() {
		return fmt.Errorf("setTwoFactorAuthentication is answered with %d", w.asked.Status)
	}
	w.people[name].key = someKey
	return nil
}

func (w *world) setsKey(name, key string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: "setTwoFactorAuthentication", Path: idOf(p.id), Body: w.Secret(key)})
}

func (w *world) setsAnyKey(name string) error { return w.setsKey(name, otherKey) }

func (w *world) keyReads(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.keyIs(&person{id: p.id, login: p.login, key: otherKey})
}

func (w *world) keyIs(p *person) error {
	answer, err := w.read("getTwoFactorAuthenticationKey", idOf(p.id))
	if err == nil && answer.Get("key").String() != p.key {
		err = fmt.Errorf("the two-factor key of %s is not the one that was set", p.login)
	}
	return err
}

func (w *world) regeneratesKey(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: "regenerateTwoFactorAuthentication", Path: idOf(p.id)})
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
	return w.keyIs(&person{id: p.id, login: p.login, key: key})
}

// revealsNoKey takes a refusal, or an answer without a key.
func (w *world) revealsNoKey() error {
	if key := w.asked.JSON().Get("key").String(); key != "" {
		return fmt.Errorf("the answer has a key although none was configured")
	}
	if w.asked.Status >= 500 {
		return fmt.Errorf("the request is answered with %d", w.asked.Status)
	}
	return nil
}

func (w *world) readsKey(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: "getTwoFactorAuthenticationKey", Path: idOf(p.id)})
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
