package rapid7

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

func (w *world) createsUser(name string) error { return w.creates(name, nil) }

func (w *world) createsUserWith(name string, table *godog.Table) error {
	return w.creates(name, fromTable(table))
}

func (w *world) creates(name string, details fields) (err error) {
	p, body := w.newPerson(name, details)
	w.asked, err = w.send(p, body)
	return err
}

func (w *world) createsUserWithout(name, property string) (err error) {
	p, body := w.newPerson(name, nil)
	delete(body, property)
	body["email"] = p.login + "@example.com" // what the user could still be found by
	w.asked, err = w.send(p, body)
	return err
}

// createsUserLike creates a second user with the login of another.
func (w *world) createsUserLike(name, other string) (err error) {
	p, err := w.person(other)
	if err != nil {
		return err
	}
	second, body := w.newPerson(name, fields{"login": p.login})
	w.asked, err = w.send(second, body)
	return err
}

func (w *world) readsItself(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when(name, conformance.Request{Operation: "getUser", Path: idOf(p.id)})
}

func (w *world) updates(name string, table *godog.Table) error {
	return w.updatesWith(name, fromTable(table))
}

func (w *world) updatesWith(name string, changes fields) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	body := w.bodyOf(p, changes)
	if err := w.when("the administrator", conformance.Request{Operation: "updateUser", Path: idOf(p.id), Body: body}); err != nil {
		return err
	}
	if w.asked.Succeeded() {
		p.expect(body)
	}
	return nil
}

func (w *world) assigns(role, name string) error {
	return w.updatesWith(name, fields{"role": fields{"id": role}})
}

// updatesToLoginOf gives a user the login of another.
func (w *world) updatesToLoginOf(name, other string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	o, err := w.person(other)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: "updateUser", Path: idOf(p.id), Body: w.bodyOf(p, fields{"login": o.login})})
}

// sendsBack updates a user with what getUser returned, to the letter.
func (w *world) sendsBack(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	user, err := w.read("getUser", idOf(p.id))
	if err != nil {
		return conformance.CouldNotJudge("%w", err)
	}
	w.before = user
	return w.when("the administrator", conformance.Request{Operation: "updateUser", Path: idOf(p.id), Raw: []byte(user.Raw)})
}

func (w *world) readsTheSame(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	user, err := w.read("getUser", idOf(p.id))
	if err != nil {
		return err
	}
	if !conformance.Same(user, w.before.Value()) {
		return fmt.Errorf("the user was %s and is now %s", w.before.Raw, user.Raw)
	}
	return nil
}

func (w *world) deletes(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if err := w.when("the administrator", conformance.Request{Operation: "deleteUser", Path: idOf(p.id)}); err != nil {
		return err
	}
	return nil // the clean-up deletes again, which harms nothing
}

// readsBack holds the account to everything that it was given.
func (w *world) readsBack(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	user, err := w.read("getUser", idOf(p.id))
	if err != nil {
		return err
	}
	for property, want := range p.details {
		if got := user.Get(property); !conformance.Same(got, want) {
			return fmt.Errorf("%s of %s is %s; it should be %v", property, name, conformance.Shown(got), want)
		}
	}
	return nil
}

func (w *world) shows(name, property, want string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	user, err := w.read("getUser", idOf(p.id))
	if err != nil {
		return err
	}
	if got := user.Get(property); !conformance.Same(got, conformance.Value(want)) {
		return fmt.Errorf("%s of %s is %s; it should be %s", property, name, conformance.Shown(got), want)
	}
	return nil
}

// isUnchanged holds everything that can be read of the account to what the
// scenario knows: details, grants, key, and that its password still works.
func (w *world) isUnchanged(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if err := w.readsBack(name); err != nil {
		return err
	}
	for _, k := range []kind{kinds["sites"], kinds["asset groups"]} {
		if err := w.hasGrants(p, k); err != nil {
			return err
		}
	}
	if p.key != "" {
		if err := w.keyIs(p); err != nil {
			return err
		}
	}
	if p.details["locked"] == true || p.details["enabled"] == false {
		return nil // nobody could sign in to show that the password is the same
	}
	return w.passwordWorks(name)
}

func (w *world) answerCarriesID(name string) error {
	id := w.asked.JSON().Get("id")
	if id.Type != gjson.Number {
		return fmt.Errorf("the answer's id is %s; it should be a number", conformance.Shown(id))
	}
	user, err := w.read("getUser", idOf(id.Int()))
	if err != nil {
		return fmt.Errorf("the answer's id %s leads nowhere: %w", id.Raw, err)
	}
	if got := user.Get("login").String(); got != w.people[name].login {
		return fmt.Errorf("the answer's id %s is of user %q, not of %q", id.Raw, got, w.people[name].login)
	}
	return nil
}

func (w *world) isListedTimes(name string, times int) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.loginIsListedTimes(p.login, times)
}

func (w *world) nothingWasCreated() error { return w.loginIsListedTimes(w.uninvited(), 0) }

func (w *world) loginIsListedTimes(login string, times int) error {
	ids, err := w.usersWhere(func(u gjson.Result) bool { return u.Get("login").String() == login })
	if err == nil && len(ids) != times {
		err = fmt.Errorf("the list has login %q %d times; it should have it %d times", login, len(ids), times)
	}
	return err
}

// noUserLike looks for a user by anything that it was to be created with.
func (w *world) noUserLike(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	ids, err := w.usersWhere(func(u gjson.Result) bool {
		return u.Get("login").String() == p.login || u.Get("email").String() == p.login+"@example.com"
	})
	if err == nil && len(ids) > 0 {
		err = fmt.Errorf("the request was refused, but there is a new user %d", ids[0])
	}
	return err
}

// isGone looks for a deleted user in every place that named it.
func (w *world) isGone(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	x, err := w.call("the administrator", conformance.Request{Operation: "getUser", Path: idOf(p.id)})
	if err != nil {
		return err
	}
	if x.Status != http.StatusNotFound {
		return fmt.Errorf("getUser is answered with %d; a deleted user is 404", x.Status)
	}
	return w.isListedTimes(name, 0)
}

func (w *world) isNamedBy(name, operation, id string, named bool) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	list, err := w.read(operation, map[string]string{"id": id})
	if err != nil {
		return err
	}
	if found := slices.Contains(ints(list.Get("resources")), p.id); found != named {
		return fmt.Errorf("%s of %s names user %d: %v; it should be %v", operation, id, p.id, found, named)
	}
	return nil
}

func (w *world) isNoLongerNamedBy(name, operation, id string) error {
	return w.isNamedBy(name, operation, id, false)
}
