package devicehive

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/invariants"
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
	if err != nil {
		return err
	}
	if err := conformance.ShouldSucceed(x); err != nil {
		return fmt.Errorf("%s cannot sign in with its password: %w", name, err)
	}
	if token := x.JSON().Get("accessToken"); token.Type != gjson.String || token.Str == "" {
		return fmt.Errorf("%s signs in and gets no token", name)
	}
	return nil
}

// isListedTimes looks through the whole list, because filters are rules of
// their own.
func (w *world) isListedTimes(name string, times int) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.timesListed(p.login, times)
}

func (w *world) timesListed(login string, times int) error {
	found, err := w.usersWhere(func(u gjson.Result) bool { return u.Get("login").String() == login })
	if err == nil && len(found) != times {
		err = fmt.Errorf("the list has login %q %d times; it should have it %d times", login, len(found), times)
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

// usersWhere wants a list that has the caller in it: of nobody anything is true.
func (w *world) usersWhere(holds func(gjson.Result) bool) ([]gjson.Result, error) {
	list, err := w.read("list", nil, nil)
	if err != nil {
		return nil, err
	}
	if err := w.hasTheCaller(list); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list.Array(), func(u gjson.Result) bool { return !holds(u) }), nil
}

func (w *world) hasTheCaller(list gjson.Result) error {
	current, err := w.read("getCurrent", nil, nil)
	if err != nil {
		return err
	}
	id := current.Get("id")
	if !list.IsArray() || id.Type != gjson.Number || !itemOf(list, id.Raw).Exists() {
		return fmt.Errorf("the list is %.80q; it should have the caller in it, who is user %s", list.Raw, conformance.Shown(id))
	}
	return nil
}

// answerLists wants somebody in the newest answer, once.
func (w *world) answerLists(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if !itemOf(w.asked.JSON(), idOf(p.id)["id"]).Exists() {
		return fmt.Errorf("the list does not have user %d, %s", p.id, name)
	}
	return nil
}

// counted is the number in the answer to count, of which the document has no
// form.
func counted(x *conformance.Exchange) gjson.Result {
	if body := x.JSON(); body.Type == gjson.Number {
		return body
	}
	return x.JSON().Get("count")
}

// countCovers wants a count of the users that are known, at least.
func (w *world) countCovers(string) error {
	if n := counted(w.asked); n.Type != gjson.Number || n.Int() <= int64(len(w.people)) {
		return fmt.Errorf("the count is %s; there are %d users of this scenario and the administrator", conformance.Shown(n), len(w.people))
	}
	return nil
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

// countIsTheListsLength counts between two lists that agree: somebody else may
// create users on the same server.
func (w *world) countIsTheListsLength() error {
	var n gjson.Result
	for range 5 {
		before, err := w.usersWhere(func(gjson.Result) bool { return true })
		if err != nil {
			return err
		}
		x, err := w.call("the administrator", conformance.Request{Operation: "count"})
		if err == nil {
			err = conformance.ShouldSucceed(x)
		}
		if err != nil {
			return err
		}
		after, err := w.read("list", nil, nil)
		if err != nil {
			return err
		}
		if n = counted(x); conformance.Same(n, len(before)) {
			return nil
		}
		if len(before) == len(after.Array()) {
			return fmt.Errorf("the count is %s; the list has %d users", conformance.Shown(n), len(before))
		}
	}
	return conformance.CouldNotJudge("the list of users does not stand still")
}

// isGone looks for a deleted user in every place that named it.
func (w *world) isGone(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	gone := []conformance.Request{{Operation: "get", Path: idOf(p.id)}, {Operation: "getDeviceTypes", Path: idOf(p.id)}}
	for _, network := range p.networks {
		r, err := w.assignment("getNetwork", p, network)
		if err != nil {
			return err
		}
		gone = append(gone, r)
	}
	for _, r := range gone {
		x, err := w.call("the administrator", r)
		if err != nil {
			return err
		}
		if err := shouldBeGone(x); err != nil {
			return err
		}
	}
	if err := w.cannotSignIn(name); err != nil {
		return err
	}
	return w.isListedTimes(name, 0)
}

// shouldBeGone wants no success; what is answered instead the document does not say.
func shouldBeGone(x *conformance.Exchange) error {
	if err := conformance.Usable(x); err != nil {
		return err
	}
	if x.Succeeded() {
		return fmt.Errorf("%s is answered with %d for what is gone", x.Operation.ID, x.Status)
	}
	return nil
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
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	list := w.asked.JSON()
	if err := w.hasTheCaller(list); err != nil {
		return err
	}
	for _, user := range list.Array() {
		role, status := user.Get("role").Raw, user.Get("status").Raw
		if !slices.Contains([]string{"0", "1"}, role) || !slices.Contains([]string{"0", "1", "2"}, status) {
			return fmt.Errorf("user %s has role %s and status %s", user.Get("id").Raw, role, status)
		}
	}
	return nil
}

// keepsNoOtherData wants as data of somebody the object that was given, or
// nothing. Who was given something else need not be there.
func (w *world) keepsNoOtherData(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	found, err := w.usersWhere(func(u gjson.Result) bool { return u.Get("login").String() == p.login })
	for _, user := range found {
		data := user.Get("data")
		if invariants.Canonical(data) != "" && (!data.IsObject() || !conformance.Same(data, p.details["data"])) {
			return fmt.Errorf("data of %s is %s; it should be an object that it was given, or nothing", name, data.Raw)
		}
	}
	return err
}
