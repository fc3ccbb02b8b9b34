package devicehive

import (
	"strings"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

func (w *world) createsUser(name string) error { return w.creates(name, nil) }

func (w *world) createsUserWith(name string, table *godog.Table) error {
	details, err := w.fromTable("user", table)
	if err != nil {
		return err
	}
	return w.creates(name, details)
}

func (w *world) creates(name string, details fields) (err error) {
	p, body := w.newPerson(name, details)
	w.asked, err = w.insert(p, body)
	return err
}

func (w *world) createsUserWithout(name, property string) (err error) {
	p, body := w.newPerson(name, nil)
	delete(body, property)
	w.asked, err = w.insert(p, body)
	return err
}

// createsUserLike creates a second user with the login of another.
func (w *world) createsUserLike(name, other string) error {
	p, err := w.person(other)
	if err != nil {
		return err
	}
	second, body := w.newPerson(name, fields{"login": p.login})
	w.asked, err = w.insert(second, body)
	return err
}

// createsUserOf creates a user whose login or password is of a certain make.
func (w *world) createsUserOf(name, property, make string) (err error) {
	p, body := w.newPerson(name, nil)
	text, err := madeOf(make, w.Tag())
	if err != nil {
		return err
	}
	body[property] = text
	if property == "password" {
		w.Secret(text)
	} else {
		p.expect(body)
	}
	w.asked, err = w.insert(p, body)
	return err
}

// madeOf is a text of a certain make. Long ones begin with the tag of the
// scenario, so that they are found again.
func madeOf(make, tag string) (string, error) {
	switch make {
	case "2 characters":
		return "ab", nil
	case "5 characters":
		return "ab9!x", nil
	case "129 characters":
		return tag + strings.Repeat("x", 129-len(tag)), nil
	case "an e-mail address in it":
		return tag + "@example.com", nil
	case "dots and dashes in it":
		return tag + "-a.b-c_d", nil
	case "capital letters in it":
		return tag + "-ANN", nil
	case "64 characters":
		return tag + strings.Repeat("x", 64-len(tag)), nil
	case "a blank in it":
		return tag + " x", nil
	case "an umlaut in it":
		return tag + "ü", nil
	case "a slash in it":
		return tag + "/x", nil
	case "nothing in it":
		return "", nil
	}
	return "", conformance.CouldNotJudge("there is no text of the make %q", make)
}

// updates changes somebody as the administrator; everything that is known of
// the user goes along, because deployed servers clear data that is absent.
func (w *world) updates(name string, table *godog.Table) error {
	changes, err := w.fromTable("user", table)
	if err != nil {
		return err
	}
	return w.updatesWith("the administrator", name, changes)
}

func (w *world) updatesWith(actor, name string, changes fields) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	body := p.bodyOf(changes)
	if err := w.when(actor, conformance.Request{Operation: "update", Path: idOf(p.id), Body: body}); err != nil {
		return err
	}
	if w.asked.Succeeded() {
		p.expect(body)
	}
	return nil
}

func (w *world) givesPassword(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	p.old, p.password = p.password, w.newPassword()
	return w.when("the administrator", conformance.Request{Operation: "update", Path: idOf(p.id), Body: p.bodyOf(fields{"password": p.password})})
}

// givesLogin changes the login of somebody to one that nobody has.
func (w *world) givesLogin(name string) error {
	return w.updatesWith("the administrator", name, fields{"login": w.Tag() + "-renamed"})
}

func (w *world) updatesToLoginOf(name, other string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	o, err := w.person(other)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: "update", Path: idOf(p.id), Body: p.bodyOf(fields{"login": o.login})})
}

func (w *world) updatesItself(name string, table *godog.Table) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	changes, err := w.fromTable("user", table)
	if err != nil {
		return err
	}
	body := p.bodyOf(changes)
	if err := w.when(name, conformance.Request{Operation: "updateCurrent", Body: body}); err != nil {
		return err
	}
	if w.asked.Succeeded() {
		p.expect(body)
	}
	return nil
}
