package rapid7

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

func (w *world) createsUser(name string) error { return w.creates(name, nil) }

func (w *world) createsUserWith(name string, table *godog.Table) error {
	details, err := w.settings("user", table)
	if err != nil {
		return err
	}
	return w.creates(name, details)
}

func (w *world) createsUserWithout(name, property string) error {
	if err := w.named("user", property); err != nil {
		return err
	}
	return w.creates(name, []setting{{property, leftOut}})
}

// createsUserLike creates a second user with the login of another.
func (w *world) createsUserLike(name, other string) error {
	p, err := w.person(other)
	if err != nil {
		return err
	}
	return w.creates(name, []setting{{"login", p.login}})
}

func (w *world) creates(name string, details []setting) error {
	p, body, err := w.newPerson(name, details)
	if err == nil {
		w.asked, err = w.send(p, body)
	}
	return err
}

func (w *world) sendsUpdate(p *person, body any) error {
	return w.when("the administrator", conformance.Request{Operation: "updateUser", Path: idOf(p.id), Body: body})
}

func (w *world) updates(name string, table *godog.Table) error {
	changes, err := w.settings("user", table)
	if err != nil {
		return err
	}
	return w.updatesWith(name, changes)
}

func (w *world) updatesWith(name string, changes []setting) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	given := w.bodyOf(p, changes)
	if err := w.sendsUpdate(p, given); err != nil || !w.asked.Succeeded() {
		return err
	}
	p.expect(given)
	if next, _ := given["password"].(string); next != p.password {
		p.takes(next)
	}
	return nil
}

func (p *person) takes(password string) {
	p.former, p.password = append(p.former, p.password), password
}

func (w *world) assigns(words, name string) error {
	role, err := w.role(words)
	if err != nil {
		return err
	}
	return w.updatesWith(name, []setting{{"role.id", role}})
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
	return w.sendsUpdate(p, w.bodyOf(p, []setting{{"login", o.login}}))
}

// sendsBack updates a user with what getUser returned, to the letter.
func (w *world) sendsBack(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if w.before, err = w.read("getUser", idOf(p.id)); err != nil {
		return conformance.CouldNotJudge("%w", err)
	}
	return w.when("the administrator", conformance.Request{Operation: "updateUser", Path: idOf(p.id), Raw: []byte(w.before.Raw)})
}

func (w *world) readsTheSame(name string) error {
	user, err := w.userOf(name)
	if err == nil && !conformance.Same(user, w.before.Value()) {
		err = fmt.Errorf("the user was %s and is now %s", w.before.Raw, user.Raw)
	}
	return err
}

func (w *world) userOf(name string) (gjson.Result, error) {
	p, err := w.person(name)
	if err != nil {
		return gjson.Result{}, err
	}
	return w.read("getUser", idOf(p.id))
}

// onUser sends a request without a body about somebody.
func (w *world) onUser(actor, operation, name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.when(actor, conformance.Request{Operation: operation, Path: idOf(p.id)})
}

func (w *world) readsUser(name string) error   { return w.onUser("the administrator", "getUser", name) }
func (w *world) readsItself(name string) error { return w.onUser(name, "getUser", name) }
func (w *world) deletes(name string) error     { return w.onUser("the administrator", "deleteUser", name) }
func (w *world) unlocks(name string) error     { return w.onUser("the administrator", "unlockUser", name) }

// readsBack holds the account to everything that it was given.
func (w *world) readsBack(name string) error {
	user, err := w.userOf(name)
	if err != nil {
		return err
	}
	if err := sees(user, w.people[unquoted(name)].details); err != nil {
		return fmt.Errorf("of %s, %w", name, err)
	}
	return nil
}

func (w *world) shows(name, property, want string) error {
	if err := w.named("user", property); err != nil {
		return err
	}
	user, err := w.userOf(name)
	if err == nil {
		err = sees(user, fields{property: conformance.Value(want)})
	}
	return err
}

// isUnchanged holds everything that can be read of the account to what the
// scenario knows: details, grants, key, and that its password still works.
func (w *world) isUnchanged(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	now, err := w.paint(p)
	if err == nil {
		err = now.shows(p.details)
	}
	if err != nil || p.locked || p.details["enabled"] == false {
		return err // nobody could sign in to show that the password is the same
	}
	return w.passwordWorks(name)
}

// eachOfThem holds everybody that the scenario has made to something.
func (w *world) eachOfThem(judge func(string) error) error {
	if len(w.them) == 0 {
		return conformance.CouldNotJudge("the scenario has made nobody to judge")
	}
	for _, name := range w.them {
		if err := judge(name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
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
	return sees(user, fields{"login": w.people[name].login, "id": id.Int()})
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
	all, err := w.everybody()
	n := 0
	for _, user := range all {
		if user.Get("login").String() == login {
			n++
		}
	}
	if err == nil && n != times {
		err = fmt.Errorf("the list has login %q %d times; it should have it %d times", login, n, times)
	}
	return err
}

// noUserLike looks for a user by anything that it was to be created with.
func (w *world) noUserLike(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	all, err := w.everybody()
	for _, u := range all {
		if u.Get("login").String() == p.login || u.Get("email").String() == p.details["email"] {
			return fmt.Errorf("the request was refused, but there is a new user %s", u.Get("id"))
		}
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
	if err == nil {
		err = conformance.ShouldBeRefusedWith(x, http.StatusNotFound)
	}
	if err == nil {
		err = w.isListedTimes(name, 0)
	}
	for _, by := range []string{"role", "privilege", "source"} {
		if err == nil {
			err = w.listsUsersOfEach(by)
		}
		for _, list := range w.lists {
			if err == nil && slices.Contains(list.users, p.id) {
				err = fmt.Errorf("%s %s still names the deleted user %d", by, list.id, p.id)
			}
		}
	}
	return err
}

func unquoted(name string) string { return strings.Trim(name, `"`) }
