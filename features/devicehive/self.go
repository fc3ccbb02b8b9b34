package devicehive

import (
	"fmt"
	"net/http"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// What clients do with their own accounts, and with those of others.

// passwordChange is a request in which somebody sets its own password, by
// either method.
func (w *world) passwordChange(p *person, operation string, body fields) conformance.Request {
	return conformance.Request{Operation: operation, Path: idOf(p.id), Body: body}
}

// changesOwnPassword keeps the new password as the person's only if the server
// said that it took it.
func (w *world) changesOwnPassword(name, operation, how string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	fresh := w.Secret("Nw9!" + name + "-" + w.Tag())
	body := fields{"password": fresh}
	switch how {
	case "giving the old one":
		body["oldPassword"] = p.password
	case "giving a wrong old one":
		body["oldPassword"] = w.Secret("Wr0ng!" + w.Tag())
	case "giving an empty old one":
		body["oldPassword"] = ""
	}
	p.old = fresh // what must not work, unless it is the new one
	if err := w.when(name, w.passwordChange(p, operation, body)); err != nil {
		return err
	}
	if how == "giving the old one" {
		p.old, p.password = p.password, fresh
	}
	return nil
}

// onlyPasswordWorks holds that the person's password works and the other one,
// which is old or was not to be set, does not.
func (w *world) onlyPasswordWorks(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if err := w.passwordWorks(name); err != nil {
		return err
	}
	x, err := w.signsInWith(p.login, p.old)
	if err == nil && !x.Refused() {
		err = fmt.Errorf("login with the other password is answered with %d; it should be refused", x.Status)
	}
	return err
}

// setsFirstPassword is a client without a password that tries to set one.
func (w *world) setsFirstPassword(name, how string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	token, err := w.issued(p, fields{"actions": []string{"GetCurrentUser", "UpdateCurrentUser"}})
	if err != nil {
		return err
	}
	p.password = w.Secret("Nw9!" + name + "-" + w.Tag())
	body := fields{"password": p.password}
	if how == "an empty old one" {
		body["oldPassword"] = ""
	}
	w.asked, err = w.callWith(token, conformance.Request{Operation: "updateCurrent", Body: body})
	return err
}

func (w *world) cannotSignIn(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	x, err := w.signsInWith(p.login, p.password)
	if err == nil && !x.Refused() {
		err = fmt.Errorf("login is answered with %d; it should be refused", x.Status)
	}
	return err
}

// sendsChange is somebody that changes one property of somebody.
func (w *world) sendsChange(actor, operation, name string, table *godog.Table) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when(actor, conformance.Request{Operation: operation, Path: idOf(p.id), Body: fromTable(table)})
}

func (w *world) sendsChangeWith(actor, which, operation, name string, table *godog.Table) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	token, err := w.tokenWith(actor, which)
	if err != nil {
		return err
	}
	w.asked, err = w.callWith(token, conformance.Request{Operation: operation, Path: idOf(p.id), Body: fromTable(table)})
	return err
}

func (w *world) readsItself(name string) error {
	return w.when(name, conformance.Request{Operation: "getCurrent"})
}

func (w *world) answerIs(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if w.asked.Status != http.StatusOK {
		return fmt.Errorf("the request is answered with %d; it should succeed", w.asked.Status)
	}
	if got := w.asked.JSON().Get("id"); !conformance.Same(got, p.id) {
		return fmt.Errorf("the answer is user %s; it should be user %d, %s", conformance.Shown(got), p.id, name)
	}
	return nil
}

// signsInAs makes attempts to sign in; the newest answer is kept.
func (w *world) signsInAs(name, how string) (err error) {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	password := p.password
	switch how {
	case "a wrong password":
		password = w.Secret("Wr0ng!" + w.Tag())
	case "an empty password":
		password = ""
	}
	w.asked, err = w.signsInWith(p.login, password)
	w.keepTokens()
	return err
}

func (w *world) somebodyUnknownSignsIn() (err error) {
	w.asked, err = w.signsInWith(w.uninvited(), w.Secret("Wr0ng!"+w.Tag()))
	return err
}

// failsToSignIn gives wrong passwords as often as the words say.
func (w *world) failsToSignIn(name, how string) error {
	threshold, err := conformance.Get[int64](w.World, factLockThreshold)
	if err != nil {
		return err
	}
	if how == "one time less than locks an account" {
		threshold--
	}
	for range threshold {
		if err := w.signsInAs(name, "a wrong password"); err != nil {
			return err
		}
	}
	return nil
}
