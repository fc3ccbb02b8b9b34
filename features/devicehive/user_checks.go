package devicehive

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// readsBack holds the user to everything that it was given.
func (w *world) readsBack(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	user, err := w.read("get", idOf(p.id), nil)
	if err != nil {
		return err
	}
	for property, want := range p.details {
		if got := user.Get(property); !conformance.Same(got, want) {
			return fmt.Errorf("%s of %s is %s; it should be %s", property, name, conformance.Shown(got), written(want))
		}
	}
	return nil
}

func (w *world) shows(name, property, want string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	user, err := w.read("get", idOf(p.id), nil)
	if err != nil {
		return err
	}
	if got := user.Get(property); !conformance.Same(got, conformance.Value(want)) {
		return fmt.Errorf("%s of %s is %s; it should be %s", property, name, conformance.Shown(got), want)
	}
	return nil
}

// isUnchanged holds everything that can be read of the user to what the
// scenario knows: properties, networks, device types, and that the password
// still works.
func (w *world) isUnchanged(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if err := w.readsBack(name); err != nil {
		return err
	}
	if p.networks != nil {
		if err := w.showsNetworks(p); err != nil {
			return err
		}
	}
	if p.types != nil {
		if err := w.listsTypes(p); err != nil {
			return err
		}
	}
	if p.details["status"] != 0 {
		return nil // nobody could sign in to show that the password is the same
	}
	return w.passwordWorks(name)
}

func (w *world) passwordWorks(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	x, err := w.signsInWith(p.login, p.password)
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("%s cannot sign in with its password: login is answered with %d", name, x.Status)
	}
	return err
}

// isListedTimes looks through the whole list, because filters are rules of
// their own.
func (w *world) isListedTimes(name string, times int) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	found, err := w.usersWhere(func(u gjson.Result) bool { return u.Get("login").String() == p.login })
	if err == nil && len(found) != times {
		err = fmt.Errorf("the list has login %q %d times; it should have it %d times", p.login, len(found), times)
	}
	return err
}

// nothingWasCreated looks for any user whose login begins as the uninvited one's.
func (w *world) nothingWasCreated() error {
	found, err := w.usersWhere(func(u gjson.Result) bool { return strings.HasPrefix(u.Get("login").String(), w.uninvited()) })
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("there is a new user %.80q", found[0].Get("login").String())
	}
	return err
}

func (w *world) usersWhere(holds func(gjson.Result) bool) ([]gjson.Result, error) {
	list, err := w.read("list", nil, nil)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list.Array(), func(u gjson.Result) bool { return !holds(u) }), nil
}

// answerCarriesID follows the number in the answer to a creation.
func (w *world) answerCarriesID(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	id := w.asked.JSON().Get("id")
	if id.Type != gjson.Number {
		return fmt.Errorf("the answer's id is %s; it should be a number", conformance.Shown(id))
	}
	user, err := w.read("get", idOf(id.Int()), nil)
	if err != nil {
		return fmt.Errorf("the answer's id %s leads nowhere: %w", id.Raw, err)
	}
	if got := user.Get("login").String(); got != p.login {
		return fmt.Errorf("the answer's id %s is of user %q, not of %q", id.Raw, got, p.login)
	}
	return nil
}

func (w *world) countIsTheListsLength() error {
	list, err := w.read("list", nil, nil)
	if err != nil {
		return err
	}
	if got, want := w.asked.JSON().Get("count"), len(list.Array()); !conformance.Same(got, want) {
		return fmt.Errorf("the count is %s; the list has %d users", conformance.Shown(got), want)
	}
	return nil
}

// isGone looks for a deleted user in every place that named it.
func (w *world) isGone(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	x, err := w.call("the administrator", conformance.Request{Operation: "get", Path: idOf(p.id)})
	if err != nil {
		return err
	}
	if x.Status != http.StatusNotFound {
		return fmt.Errorf("get is answered with %d; a deleted user is 404", x.Status)
	}
	if x, err = w.signsInWith(p.login, p.password); err == nil && !x.Refused() {
		err = fmt.Errorf("login is answered with %d; a deleted user cannot sign in", x.Status)
	}
	if err != nil {
		return err
	}
	return w.isListedTimes(name, 0)
}

// lastLoginIsNow compares with the server's own clock.
func (w *world) lastLoginIsNow(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	user, err := w.read("get", idOf(p.id), nil)
	if err != nil {
		return err
	}
	info, err := w.read("getInfo", nil, nil)
	if err != nil {
		return err
	}
	const layout = "2006-01-02T15:04:05.999"
	now, err := time.Parse(layout, info.Get("serverTimestamp").String())
	if err != nil {
		return fmt.Errorf("the server's clock cannot be read: %w", err)
	}
	last, err := time.Parse(layout, user.Get("lastLogin").String())
	if err != nil {
		return fmt.Errorf("lastLogin of %s is %s; it should be the moment of signing in", name, conformance.Shown(user.Get("lastLogin")))
	}
	if away := now.Sub(last).Abs(); away > time.Minute {
		return fmt.Errorf("lastLogin of %s is %s, which is %s away from the server's clock (UTC)", name, last.Format(layout), away)
	}
	return nil
}

// rolesAndStatusesExist looks at everybody in the newest list.
func (w *world) rolesAndStatusesExist() error {
	for _, user := range w.asked.JSON().Array() {
		role, status := user.Get("role").Raw, user.Get("status").Raw
		if !slices.Contains([]string{"0", "1"}, role) || !slices.Contains([]string{"0", "1", "2"}, status) {
			return fmt.Errorf("user %s has role %s and status %s", user.Get("id").Raw, role, status)
		}
	}
	return nil
}
