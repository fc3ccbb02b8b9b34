package devicehive

import (
	"fmt"
	"strings"

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
	fresh := w.newPassword()
	body := fields{"password": fresh}
	if how != "giving none" {
		if body["oldPassword"], err = w.variant(p.password, strings.TrimPrefix(how, "giving ")); err != nil {
			return err
		}
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

// variant is a password, or one that is not quite it.
func (w *world) variant(password, how string) (string, error) {
	switch how {
	case "the old one", "its password":
		return password, nil
	case "a wrong old one", "a wrong password":
		return w.newPassword(), nil
	case "an empty old one", "an empty password":
		return "", nil
	}
	switch strings.TrimPrefix(strings.TrimPrefix(how, "the old one "), "its password ") {
	case "in capital letters":
		return w.Secret(strings.ToUpper(password)), nil
	case "in small letters":
		return w.Secret(strings.ToLower(password)), nil
	case "without its last character":
		return w.Secret(password[:len(password)-1]), nil
	case "without its first character":
		return w.Secret(password[1:]), nil
	case "with one more character":
		return w.Secret(password + "x"), nil
	case "with a blank before it":
		return w.Secret(" " + password), nil
	case "with a blank after it":
		return w.Secret(password + " "), nil
	}
	return "", conformance.CouldNotJudge("there is no password %q", how)
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
	if err == nil {
		err = conformance.ShouldBeRefused(x)
	}
	if err != nil {
		return fmt.Errorf("with the other password: %w", err)
	}
	return nil
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
	p.password = w.newPassword()
	body := fields{"password": p.password}
	if how == "an empty old one" {
		body["oldPassword"] = ""
	}
	w.asked, err = w.callWith(token, conformance.Request{Operation: "updateCurrent", Body: body})
	taken := err != nil || !w.asked.Refused()
	w.Restore(fmt.Sprintf("user %d, who had no password", p.id), func() error { return w.restorePasswordless(p, taken) })
	return err
}

// restorePasswordless lets a user be active again who was locked by attempts to
// sign in, and tells when the record is used up: no method takes a password away.
func (w *world) restorePasswordless(p *person, taken bool) error {
	user, err := w.read("get", idOf(p.id), nil)
	if err == nil && !conformance.Same(user.Get("status"), 0) {
		err = w.must(conformance.Request{Operation: "update", Path: idOf(p.id), Body: fields{"status": 0, "data": user.Get("data").Value()}})
	}
	if err != nil || !taken {
		return err
	}
	x, err := w.signsInWith(p.login, p.password)
	if err == nil && x.Succeeded() {
		err = fmt.Errorf("it has a password now, which no method takes away; give another as %s", factPasswordlessUser)
	}
	return err
}

func (w *world) cannotSignIn(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	x, err := w.signsInWith(p.login, p.password)
	if err != nil {
		return err
	}
	return conformance.ShouldBeRefused(x)
}

// sendsChange is somebody that sends a change of somebody, and nothing besides.
func (w *world) sendsChange(actor, operation, name string, table *godog.Table) error {
	token, err := w.tokenOf(actor)
	if err != nil {
		return err
	}
	return w.sends(token, operation, name, table)
}

func (w *world) sendsChangeWith(actor, which, operation, name string, table *godog.Table) error {
	token, err := w.tokenWith(actor, which)
	if err != nil {
		return err
	}
	return w.sends(token, operation, name, table)
}

func (w *world) sends(token, operation, name string, table *godog.Table) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	body, err := w.fromTable("user", table)
	if err != nil {
		return err
	}
	w.asked, err = w.callWith(token, conformance.Request{Operation: operation, Path: idOf(p.id), Body: body})
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
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
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
	password, err := w.variant(p.password, how)
	if err != nil {
		return err
	}
	w.asked, err = w.signsInWith(p.login, password)
	w.keepTokens()
	return err
}

func (w *world) somebodyUnknownSignsIn() (err error) {
	w.asked, err = w.signsInWith(w.uninvited(), w.newPassword())
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
