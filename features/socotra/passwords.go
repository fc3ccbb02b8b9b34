package socotra

import (
	"fmt"

	"github.com/rolecall/rolecall/conformance"
)

// resets gives a user a new password, which is the one it has from then on if
// the server says so.
func (w *world) resets(actor, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	w.target = p
	return w.when(actor, conformance.Request{Operation: "resetUserPassword", Path: at(p.locator), Body: w.newPassword(name + "-next")})
}

func (w *world) resetsWith(body, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: "resetUserPassword", Path: at(p.locator), Raw: []byte(body)})
}

// onlyNewPasswordWorks signs in with both.
func (w *world) onlyNewPasswordWorks(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if _, err := w.newToken(p.userName, w.newPassword(name+"-next")); err != nil {
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
	return w.passwordFails(p, w.newPassword(name+"-next"), "the password that was refused")
}

func (w *world) passwordFails(p *person, password, what string) error {
	x, err := w.requestToken(p.userName, password)
	if err == nil && !x.Refused() {
		err = fmt.Errorf("%s is answered with %d; it should let nobody in", what, x.Status)
	}
	return err
}

func (w *world) passwordWorks(p *person) error {
	_, err := w.newToken(p.userName, p.password)
	return err
}

func (w *world) itsPasswordWorks(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.passwordWorks(p)
}
