package socotra

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// What pages say of themselves, and lists in other forms.

// itemsOf wants a page that succeeded, with a list of records in it.
func itemsOf(x *world.Exchange) ([]gjson.Result, error) {
	answer, err := steps.Answered(x)
	if err == nil && !answer.IsArray() && !answer.Get("items").IsArray() {
		err = fmt.Errorf("the answer has no list of items")
	}
	for _, item := range items(answer) {
		if locator := item.Get("locator"); err == nil && locator.Str == "" {
			err = fmt.Errorf("an item has the locator %s", steps.Shown(locator))
		}
	}
	return items(answer), err
}

func locators(list []gjson.Result) []string {
	all := []string{}
	for _, item := range list {
		all = append(all, item.Get("locator").String())
	}
	return all
}

// pagesTellTheEnd asks on after each page: true promises that nothing follows,
// false promises nothing, but where nothing follows the next page says so.
func (a *account) pagesTellTheEnd() error {
	return a.Each(func(x *world.Exchange) error {
		asked, err := url.Parse(x.URL)
		if err != nil {
			return err
		}
		offset, _ := strconv.Atoi(asked.Query().Get("offset"))
		count, _ := strconv.Atoi(asked.Query().Get("count"))
		if x.Refused() && count > 100 { // no document says how much is too much
			if x, err = a.Ask(steps.Administrator, world.Request{Operation: x.Operation.ID, Query: page(offset, 100)}); err != nil {
				return err
			}
		}
		return a.pageTellsTheEnd(x, offset, count)
	})
}

func (a *account) pageTellsTheEnd(x *world.Exchange, offset, count int) error {
	list, err := itemsOf(x)
	if err != nil {
		return err
	}
	from := offset + len(list)
	if len(list) == 0 { // there is something at the beginning
		from = 0
	}
	next, err := a.Ask(steps.Administrator, world.Request{Operation: x.Operation.ID, Query: page(from, 10)})
	if err != nil {
		return err
	}
	follow, err := itemsOf(next)
	said := x.JSON().Get("listCompleted")
	switch {
	case err != nil:
		return err
	case !said.IsBool():
		return fmt.Errorf("listCompleted is %s; it should be true or false", steps.Shown(said))
	case len(list) > count:
		return fmt.Errorf("a page of %d has %d items", count, len(list))
	case len(list) == 0 && (offset == 0 || len(follow) == 0):
		return fmt.Errorf("the list has nothing at its beginning")
	case len(list) == 0:
		return isComplete(x)
	case said.Bool() && len(follow) > 0:
		return fmt.Errorf("the page from item %d for %d says that the list is complete, and %d more items follow it", offset, count, len(follow))
	case len(follow) == 0:
		return isComplete(next)
	}
	return nil
}

func isComplete(x *world.Exchange) error {
	if said := x.JSON().Get("listCompleted"); !said.IsBool() || !said.Bool() {
		return fmt.Errorf("listCompleted is %s; it should be true, because nothing follows", steps.Shown(said))
	}
	return nil
}

// lists are the answers to all requests for lists of the scenario's Whens.
func (a *account) lists() []*world.Exchange {
	return a.whens(func(x *world.Exchange) bool {
		return slices.ContainsFunc(a.kinds, func(k *steps.Kind) bool { return k.List == x.Operation.ID })
	})
}

// listsHoldTheSame compares what each form of asking was answered with.
func (a *account) listsHoldTheSame() error {
	all := a.lists()
	if len(all) < 2 {
		return world.CouldNotJudge("there are not two lists to compare")
	}
	first := locators(items(all[0].JSON()))
	for _, x := range all {
		list, err := itemsOf(x)
		if err != nil {
			return fmt.Errorf("%s: %w", x.URL, err)
		}
		if !slices.Equal(first, locators(list)) || len(list) == 0 {
			return fmt.Errorf("%s holds %d items, which are not the %d of the first form", x.URL, len(list), len(first))
		}
	}
	return nil
}

// itemsLack wants items, which tell who there is.
func (a *account) itemsLack(properties steps.Names) error {
	return a.Each(func(x *world.Exchange) error {
		list, err := itemsOf(x)
		for _, item := range list {
			if err == nil && item.Get("userName").String() == "" {
				err = fmt.Errorf("an item has no userName")
			}
			for _, property := range properties {
				if err == nil && item.Get(property).Exists() {
					err = fmt.Errorf("an item has %s", property)
				}
			}
		}
		return err
	})
}

// holdsNoFewer compares two lists of as many at once. The second may take a
// count that the first refuses.
func (a *account) holdsNoFewer() error {
	all := a.lists()
	if len(all) != 2 {
		return world.CouldNotJudge("there are %d lists; two are compared", len(all))
	}
	full, other := all[0], all[1]
	if full.Refused() && other.Refused() { // too many for both; so few are for both
		var noList, noOther error
		full, noList = a.Ask(steps.Administrator, world.Request{Operation: full.Operation.ID, Query: page(0, 20)})
		other, noOther = a.Ask(steps.Administrator, world.Request{Operation: other.Operation.ID, Query: page(0, 20)})
		if err := cmp.Or(noList, noOther); err != nil {
			return err
		}
	}
	brief, err := itemsOf(other)
	if err != nil || full.Refused() && len(brief) > 0 {
		return err
	}
	list, err := itemsOf(full)
	if err == nil && (len(brief) < len(list) || len(list) == 0) {
		err = fmt.Errorf("the second list holds %d items, the first %d", len(brief), len(list))
	}
	return err
}
