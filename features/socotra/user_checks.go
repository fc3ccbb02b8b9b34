package socotra

import (
	"fmt"
	"maps"
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
	if err := w.allShowSame(append(slices.Clone(userProperties), "permissions"), now, p.noted); err != nil {
		return fmt.Errorf("user %s has changed: %w", p.userName, err)
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
	named, err := w.usersNamed(p.userName)
	if err != nil {
		return err
	}
	for how, user := range map[string]gjson.Result{"by locator": byLocator, "by name": itemAt(named, p.locator)} {
		if err := w.allShowSame(userProperties[1:], user, asJSON(p.given)); err != nil {
			return fmt.Errorf("read %s, %w", how, err)
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
	wanted, err := w.fromTable("user", table)
	if err != nil {
		return err
	}
	return w.allShowSame(slices.Sorted(maps.Keys(wanted)), now, asJSON(wanted))
}

// showsAsBefore compares some properties with how they were noted.
func (w *world) showsAsBefore(name, properties string) error {
	p, now, err := w.userNow(name)
	if err != nil {
		return err
	}
	return w.allShowSame(split(strings.ReplaceAll(properties, " and ", ", ")), now, p.noted)
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

// everyAnswerHasTenants looks at each When's answer, which is about the user.
func (w *world) everyAnswerHasTenants(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	for _, x := range w.told {
		if !strings.HasPrefix(x.Step, "When") {
			continue
		}
		if err := conformance.ShouldSucceed(x); err != nil {
			return err
		}
		users := []gjson.Result{x.JSON()}
		if list := items(x.JSON()); len(list) > 0 {
			users = list
		}
		if x.Operation.ID != "fetchMultipleUsers" && !itemAt(users, p.locator).Exists() {
			return fmt.Errorf("the answer to %s %s is not about %s", x.Method, x.URL, name)
		}
		for _, user := range users {
			if err := onlyTexts("tenants", user.Get("tenants")); err != nil {
				return fmt.Errorf("the answer to %s %s: %w", x.Method, x.URL, err)
			}
		}
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
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	if err := w.allShowSame(userProperties, w.asked.JSON(), p.noted); err != nil {
		return fmt.Errorf("the answer is not %s: %w", name, err)
	}
	return nil
}

// isGone looks for the user everywhere.
func (w *world) isGone(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	for _, operation := range []string{"fetchUserByLocator", "fetchUserPermissions"} {
		if err := w.isGoneFrom(operation, p.locator); err != nil {
			return err
		}
	}
	if err := w.nobodyIsNamed(p.userName); err != nil {
		return err
	}
	me, err := w.read("fetchMyUserDetails", nil)
	if err != nil {
		return err
	}
	for _, operation := range []string{"fetchMultipleUsers", "fetchMultipleBasicUsers"} {
		all, err := w.everything(operation, 100)
		if err != nil {
			return err
		}
		if !itemAt(all, me.Get("locator").String()).Exists() {
			return fmt.Errorf("%s does not list the administrator; it should list everybody", operation)
		}
		if itemAt(all, p.locator).Exists() {
			return fmt.Errorf("%s still lists the user", operation)
		}
	}
	w.Forget("user", p.locator)
	return nil
}
