package socotra

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/schemas"
)

// userProperties are what every answer about a user may show.
var userProperties = []string{"locator", "userName", "firstName", "lastName", "email", "roles", "tenants"}

// userNow reads a user as it is now.
func (w *world) userNow(name string) (*person, gjson.Result, error) {
	p, err := w.person(name)
	if err != nil {
		return nil, gjson.Result{}, err
	}
	now, err := w.read("fetchUserByLocator", at(p.locator))
	return p, now, err
}

// userIsAsNoted reads a user and compares with how it was.
func (w *world) userIsAsNoted(p *person) error {
	now, err := w.read("fetchUserByLocator", at(p.locator))
	if err != nil {
		return fmt.Errorf("user %s: %w", p.userName, err)
	}
	for _, property := range append(userProperties, "permissions") {
		if err := showsSame(property, now.Get(property), p.noted.Get(property)); err != nil {
			return fmt.Errorf("user %s has changed: %w", p.userName, err)
		}
	}
	return nil
}

func (w *world) isUnchanged(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.userIsAsNoted(p)
}

// readsBack compares with what the user was created with, by its locator and
// by its name.
func (w *world) readsBack(name string) error {
	p, byLocator, err := w.userNow(name)
	if err != nil {
		return err
	}
	byName, err := w.findUser(p.userName)
	if err != nil {
		return err
	}
	for how, user := range map[string]gjson.Result{"by locator": byLocator, "by name": byName} {
		for _, property := range userProperties[1:] {
			if err := showsSame(property, user.Get(property), asJSON(p.given[property])); err != nil {
				return fmt.Errorf("read %s, %w", how, err)
			}
		}
	}
	return nil
}

// shows takes a table of property and value.
func (w *world) shows(name string, table *godog.Table) error {
	_, now, err := w.userNow(name)
	if err != nil {
		return err
	}
	for property, want := range w.fromTable(table) {
		if err := showsSame(property, now.Get(property), asJSON(want)); err != nil {
			return err
		}
	}
	return nil
}

// showsAsBefore compares some properties with how they were noted.
func (w *world) showsAsBefore(name, properties string) error {
	p, now, err := w.userNow(name)
	if err != nil {
		return err
	}
	for _, property := range split(strings.ReplaceAll(properties, " and ", ", ")) {
		if err := showsSame(property, now.Get(property), p.noted.Get(property)); err != nil {
			return err
		}
	}
	return nil
}

// haveLocators wants a UUID of its own for each, which leads to the user.
func (w *world) haveLocators(first, second string) error {
	seen := map[string]string{}
	for _, name := range []string{first, second} {
		p, err := w.person(name)
		if err != nil {
			return err
		}
		if !schemas.IsUUID(p.locator) {
			return fmt.Errorf("the locator of %s is %q; it should be a UUID", name, p.locator)
		}
		if other := seen[p.locator]; other != "" {
			return fmt.Errorf("%s and %s have the same locator", other, name)
		}
		seen[p.locator] = name
		user, err := w.read("fetchUserByLocator", at(p.locator))
		if err != nil {
			return err
		}
		if err := showsSame("userName", user.Get("userName"), asJSON(p.userName)); err != nil {
			return err
		}
	}
	return nil
}

// didNotGetLocator takes a refusal, or a locator that the server has chosen.
func (w *world) didNotGetLocator(name, locator string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	if strings.EqualFold(p.locator, locator) {
		return fmt.Errorf("the user has the locator that the request named")
	}
	if p.locator == "" {
		return conformance.ShouldBeRefused(w.asked)
	}
	user, err := w.read("fetchUserByLocator", at(p.locator))
	if err != nil {
		return err
	}
	return showsSame("userName", user.Get("userName"), asJSON(p.userName))
}

// everyAnswerHasTenants looks at all answers of the scenario about a user.
func (w *world) everyAnswerHasTenants() error {
	looked := 0
	for _, x := range w.Exchanges() {
		users := []gjson.Result{x.JSON()}
		if users[0].IsArray() {
			users = users[0].Array()
		}
		for _, user := range users {
			if !user.Get("userName").Exists() {
				continue
			}
			looked++
			if !user.Get("tenants").IsArray() {
				return fmt.Errorf("the answer to %s %s has no list of tenants", x.Method, x.URL)
			}
		}
	}
	if looked == 0 {
		return fmt.Errorf("no answer was about a user")
	}
	return nil
}

func (w *world) noUserLike(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	return w.nobodyIsNamed(p.userName)
}

func (w *world) isNamedOnce(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	found, err := w.usersNamed(p.userName)
	if err != nil {
		return err
	}
	mine := slices.DeleteFunc(found, func(u gjson.Result) bool { return !strings.EqualFold(u.Get("userName").String(), p.userName) })
	if len(mine) != 1 || mine[0].Get("locator").String() != p.locator {
		return fmt.Errorf("%d users have the name %s; it should be the one that had it first", len(mine), p.userName)
	}
	return nil
}

// answerIs holds the newest answer to a user.
func (w *world) answerIs(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	for _, property := range userProperties {
		if err := showsSame(property, w.asked.JSON().Get(property), p.noted.Get(property)); err != nil {
			return fmt.Errorf("the answer is not %s: %w", name, err)
		}
	}
	return nil
}

// isGone looks for the user everywhere.
func (w *world) isGone(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	x, err := w.call("the administrator", conformance.Request{Operation: "fetchUserByLocator", Path: at(p.locator)})
	if err != nil {
		return err
	}
	if !x.Refused() {
		return fmt.Errorf("fetchUserByLocator is answered with %d; the user should be gone", x.Status)
	}
	if err := w.nobodyIsNamed(p.userName); err != nil {
		return err
	}
	for _, operation := range []string{"fetchMultipleUsers", "fetchMultipleBasicUsers"} {
		all, err := w.everything(operation, 100)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(u gjson.Result) bool { return u.Get("locator").String() == p.locator }) {
			return fmt.Errorf("%s still lists the user", operation)
		}
	}
	w.Forget("user", p.locator)
	return nil
}
