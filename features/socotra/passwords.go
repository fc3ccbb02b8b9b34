package socotra

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/conformance"
)

// resets gives a user a new password, which is the one it has from then on if
// the server says so.
func (w *world) resets(actor, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	w.target, p.next = p, w.newPassword()
	return w.when(actor, conformance.Request{Operation: "resetUserPassword", Path: at(p.locator), Body: p.next})
}

func (w *world) resetsWith(body, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	body = strings.ReplaceAll(body, "(password)", w.newPassword())
	return w.when("the administrator", conformance.Request{Operation: "resetUserPassword", Path: at(p.locator), Raw: []byte(body)})
}

// onlyNewPasswordWorks signs in with both.
func (w *world) onlyNewPasswordWorks(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if _, err := w.newToken(p.userName, p.next); err != nil {
		return fmt.Errorf("the new password: %w", err)
	}
	return w.passwordFails(p, p.password, "the old password")
}

// onlyOldPasswordWorks is for a reset that must not have happened.
func (w *world) onlyOldPasswordWorks(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if err := w.passwordWorks(p); err != nil {
		return err
	}
	return w.passwordFails(p, p.next, "the password that was refused")
}

func (w *world) passwordFails(p *person, password, what string) error {
	x, err := w.requestToken(p.userName, password)
	if err != nil {
		return err
	}
	if err := conformance.ShouldBeRefused(x); err != nil {
		return fmt.Errorf("%s should let nobody in: %w", what, err)
	}
	return nil
}

func (w *world) passwordWorks(p *person) error {
	_, err := w.newToken(p.userName, p.password)
	return err
}

// nearMisses are what is almost a password.
func nearMisses(password string) map[string]string {
	last := len(password) - 1
	return map[string]string{
		"the password without its last character": password[:last], "the password without its first character": password[1:],
		"the password and one character more": password + "x", "the password twice": password + password,
		"the password in small letters": strings.ToLower(password), "the password in capitals": strings.ToUpper(password),
		"the password with a blank before it": " " + password, "the password with a blank after it": password + " ",
		"the first eight characters": password[:8], "the password backwards": backwards(password),
		"another password of the same length": strings.Repeat("x", len(password)), "no password": "", "a wildcard": "%",
	}
}

func backwards(text string) string {
	letters := []byte(text)
	slices.Reverse(letters)
	return string(letters)
}

func (w *world) triesNearMisses(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	misses := nearMisses(p.password)
	for _, what := range slices.Sorted(maps.Keys(misses)) {
		x, err := w.requestToken(p.userName, misses[what])
		if err != nil {
			return err
		}
		w.tried = append(w.tried, attempt{what: what, answer: x})
	}
	return nil
}

// everyAttemptIsRefused looks at what a When has tried, one after the other.
func (w *world) everyAttemptIsRefused() error {
	if len(w.tried) == 0 {
		return conformance.CouldNotJudge("nothing was tried")
	}
	for _, t := range w.tried {
		if err := conformance.ShouldBeRefused(t.answer); err != nil {
			w.Blame(t.answer)
			return fmt.Errorf("%s: %w", t.what, err)
		}
	}
	return nil
}

func (w *world) cannotSignIn(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if err := w.passwordFails(p, p.password, "the password of "+name); err != nil {
		return err
	}
	return w.administratorKnown()
}

func (w *world) itsPasswordWorks(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.passwordWorks(p)
}
