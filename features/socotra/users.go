package socotra

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// Users by name and locator, what is added to them and taken away at once, and
// administrators.

func (a *account) looksFor(actor steps.Actor, called string) error {
	_, err := a.When(actor, world.Request{Operation: "fetchUserByName", Path: map[string]string{"username": strings.ReplaceAll(called, "(tag)", a.Tag())}})
	return err
}

func (a *account) answer() (gjson.Result, error) { return a.Answer() }

func (a *account) isRefusedUnharmed() error {
	return orElse(a.Each(steps.ShouldNotFail), func() error { return a.Each(steps.ShouldBeRefused) })
}

func (a *account) isFound(p *steps.Record) error {
	found, err := a.answer()
	times := 0
	for _, user := range found.Array() {
		if user.Get("locator").String() == p.ID && user.Get("userName").String() == p.Called {
			times++
		}
	}
	if err == nil && times != 1 {
		err = fmt.Errorf("%s is %d times among the %d users found; it should be once", p, times, len(found.Array()))
	}
	return err
}

// nobodyIsFound takes an empty list, or any refusal, of a target that finds the
// administrator.
func (a *account) nobodyIsFound() error {
	x, err := a.Newest()
	if err != nil {
		return err
	}
	if !x.Refused() {
		found, err := a.Answer()
		if n := len(found.Array()); err == nil && (n > 0 || !found.IsArray()) {
			err = fmt.Errorf("the search finds %d users; it should find nobody", n)
		}
		if err != nil {
			return err
		}
	}
	me, err := a.me()
	if err != nil {
		return err
	}
	named, err := a.usersNamed(me.Get("userName").String())
	if err == nil && !itemAt(named, me.Get("locator").String()).Exists() {
		err = fmt.Errorf("nobody is found by the administrator's name, either")
	}
	return err
}

// changesThings sends lists of what is added and removed, and expects that.
func (a *account) changesThings(actor steps.Actor, t *steps.Thing, p *steps.Record, table steps.Table) error {
	r, err := t.Request(steps.Grant, p, nil)
	if err != nil {
		return err
	}
	lists := map[string][]string{}
	for _, row := range table {
		value, err := a.Value(row[1])
		if err != nil {
			return err
		}
		if _, known := r.Body.(fields)[row[0]]; !known {
			return world.CouldNotJudge("%s has no property %q", r.Operation, row[0])
		}
		steps.Into(r.Body.(fields), steps.Setting{Property: row[0], Value: value})
		list, _ := value.([]string)
		for _, reference := range list {
			lists[row[0][:3]] = append(lists[row[0][:3]], a.located(reference))
		}
	}
	x, err := a.When(actor, r)
	if had, known := p.Having(t); err == nil && x.Succeeded() && known {
		p.Gets(t, append(lacking(had, lists["rem"]), lists["add"]...))
	}
	return err
}

// deletesEveryAdministrator deletes as many as it can of those who have the
// roles of the administrator.
func (a *account) deletesEveryAdministrator(actor steps.Actor) error {
	me, noMe := a.me()
	all, noList := a.everything("fetchMultipleUsers")
	if err := cmp.Or(noMe, noList); err != nil {
		return err
	}
	for _, user := range all {
		if len(lacking(texts(me.Get("roles")), texts(user.Get("roles")))) > 0 {
			continue
		}
		if _, err := a.When(actor, world.Request{Operation: "deleteUser", Path: at(user.Get("locator").String())}); err != nil {
			return err
		}
	}
	return nil
}

func (a *account) oneIsLeft(reader *steps.Record) error {
	for _, x := range a.Asked() {
		if !x.Refused() {
			continue
		}
		still, err := a.Ask(steps.Actor{Name: reader.Name, Who: reader}, world.Request{Operation: "fetchUserByLocator", Path: x.Path})
		if err != nil {
			return err
		}
		user, err := steps.Answered(still)
		if locator := user.Get("locator"); err == nil && locator.String() != x.Path["locator"] {
			err = fmt.Errorf("the user read is %s; it should be %s", steps.Shown(locator), x.Path["locator"])
		}
		return err
	}
	return fmt.Errorf("every administrator is deleted; nobody is left")
}

// haveLocators wants a UUID of its own for each, which leads to the user.
func (a *account) haveLocators(names steps.Names) error {
	seen := map[string]*steps.Record{}
	for _, name := range names {
		p, err := a.Known(steps.Ref{Noun: "user", Name: name})
		if err != nil {
			return err
		}
		user, err := a.Read(p)
		got := user.Get("userName").String()
		if err == nil && (!schemas.IsUUID(p.ID) || seen[p.ID] != nil || got != p.Called) {
			err = fmt.Errorf("the locator of %s is %q, which leads to %q and is that of %v, too; it should be a UUID of its own", p, p.ID, got, seen[p.ID])
		}
		if err != nil {
			return err
		}
		seen[p.ID] = p
	}
	return nil
}

// required are the properties that every user has.
var required = []string{"userName", "firstName", "lastName"}

// everyAnswerHas looks at each answer to the newest When, which is about the user
// or lists some, for what the user has.
func (a *account) everyAnswerHas(p *steps.Record, property steps.Property) error {
	return a.Each(func(x *world.Exchange) error {
		answer, err := steps.Answered(x)
		if err != nil {
			return err
		}
		users := []gjson.Result{answer}
		if list := items(answer); len(list) > 0 {
			users = list
		}
		if slices.Contains(required, string(property)) {
			for _, user := range users {
				if user.Get(string(property)).String() == "" {
					return fmt.Errorf("%s is shown without %s", user.Get("locator"), property)
				}
			}
		}
		user := itemAt(users, p.ID)
		if !user.Exists() && !strings.HasPrefix(x.Operation.ID, "fetchMultiple") {
			return fmt.Errorf("the answer is not about %s", p)
		}
		if property != "tenants" {
			shown := userShape.Read(user)
			p.Kind.Settle(shown)
			if got, want := shown[string(property)], p.Is[string(property)]; user.Exists() && got != want {
				return fmt.Errorf("%s of %s is %s; it should be %s", property, p, got, want)
			}
			return nil
		}
		for _, user := range users {
			if err := onlyTexts("tenants", user.Get("tenants")); err != nil {
				return err
			}
		}
		return nil
	})
}

// whens are what requests of Whens were answered with, in all of the scenario.
func (a *account) whens(meant func(*world.Exchange) bool) []*world.Exchange {
	return slices.DeleteFunc(slices.Clone(a.Exchanges()), func(x *world.Exchange) bool {
		return !strings.HasPrefix(x.Step, "When") || x.Operation == nil || !meant(x)
	})
}

// areRefusedAlike compares two requests of each operation, by somebody who is
// not the administrator.
func (a *account) areRefusedAlike() error {
	answers := map[string][]*world.Exchange{}
	for _, x := range a.whens(func(x *world.Exchange) bool {
		return x.As != steps.Administrator.Name && x.Operation.ID != "createToken"
	}) {
		answers[x.Operation.ID] = append(answers[x.Operation.ID], x)
	}
	for _, two := range answers {
		if len(two) != 2 {
			return world.CouldNotJudge("%s was sent %d times; it should be for what exists and for what does not", two[0].Operation.ID, len(two))
		}
		a.Blame(two[1])
		if err := cmp.Or(steps.ShouldBeRefused(two[0]), steps.ShouldBeRefused(two[1])); err != nil {
			return err
		}
		if two[0].Status != two[1].Status {
			return fmt.Errorf("%s of what exists is answered with %d and of what does not with %d", two[0].Operation.ID, two[0].Status, two[1].Status)
		}
	}
	if len(answers) == 0 {
		return world.CouldNotJudge("nothing was sent")
	}
	return nil
}
