package socotra

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// itemsOf wants a page that succeeded, with a list of records in it.
func itemsOf(x *conformance.Exchange) ([]gjson.Result, error) {
	if err := conformance.ShouldSucceed(x); err != nil {
		return nil, err
	}
	answer := x.JSON()
	if !answer.IsArray() && !answer.Get("items").IsArray() {
		return nil, fmt.Errorf("the answer has no list of items")
	}
	for _, item := range items(answer) {
		if locator := item.Get("locator"); locator.Type != gjson.String || locator.Str == "" {
			return nil, fmt.Errorf("an item has the locator %s", conformance.Shown(locator))
		}
	}
	return items(answer), nil
}

func (w *world) pageHasAtMost(n int) error {
	list, err := itemsOf(w.asked)
	if err == nil && (len(list) > n || len(list) == 0) {
		err = fmt.Errorf("the page has %d items; it should have 1 to %d", len(list), n)
	}
	return err
}

// pageIsPartOf compares with a longer page that begins earlier.
func (w *world) pageIsPartOf(from, to int) error {
	part, err := itemsOf(w.asked)
	if err != nil {
		return err
	}
	x, err := w.get(w.asked.Operation.ID, nil, page(0, to))
	if err != nil {
		return err
	}
	whole, err := itemsOf(x)
	if err != nil {
		return err
	}
	if len(whole) < to {
		return fmt.Errorf("the list has only %d items where %d were asked for", len(whole), to)
	}
	if got, want := locators(part), locators(whole)[from:to]; !slices.Equal(got, want) {
		return fmt.Errorf("the page has %v; of the first %d items, those after the first %d are %v", got, to, from, want)
	}
	return nil
}

func (w *world) pageIsEmptyAndLast() error {
	list, err := itemsOf(w.asked)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		return fmt.Errorf("the page has %d items; nothing is beyond the end", len(list))
	}
	if err := isComplete(w.asked); err != nil {
		return err
	}
	first, err := w.get(w.asked.Operation.ID, nil, page(0, 1))
	if err != nil {
		return err
	}
	if list, err := itemsOf(first); err != nil || len(list) == 0 {
		return fmt.Errorf("the list has nothing at its beginning, either (%d)", first.Status)
	}
	return nil
}

func isComplete(x *conformance.Exchange) error {
	if said := x.JSON().Get("listCompleted"); !said.IsBool() || !said.Bool() {
		return fmt.Errorf("listCompleted is %s; it should be true, because nothing follows", conformance.Shown(said))
	}
	return nil
}

func (w *world) pagesHoldOnce(names string) error {
	for _, name := range split(names) {
		locator := ""
		if p := w.people[name]; p != nil {
			locator = p.locator
		} else if r := w.roles[name]; r != nil {
			locator = r.locator
		}
		times := 0
		for _, seen := range w.seen {
			if seen == locator {
				times++
			}
		}
		if times != 1 || locator == "" {
			return fmt.Errorf("the pages hold %s %d times; they should hold it once", name, times)
		}
	}
	return nil
}

func (w *world) pagesHoldNothingTwice() error {
	for _, x := range w.pages {
		if _, err := itemsOf(x); err != nil {
			return err
		}
	}
	once := slices.Compact(slices.Sorted(slices.Values(w.seen)))
	if len(once) != len(w.seen) || len(once) == 0 {
		return fmt.Errorf("the pages hold %d items, but %d different ones", len(w.seen), len(once))
	}
	return nil
}

// holdTheSame reads the list again, with pages that end elsewhere.
func (w *world) holdTheSame(count int) error {
	again, err := w.everything(w.asked.Operation.ID, count)
	if err != nil {
		return err
	}
	first, second := slices.Sorted(slices.Values(w.seen)), slices.Sorted(slices.Values(locators(again)))
	if !slices.Equal(first, second) {
		return fmt.Errorf("the pages hold %d items, and pages of %d hold %d, which are not the same", len(first), count, len(second))
	}
	return nil
}

// pagesTellTheEnd asks on after each page: true promises that nothing follows,
// false promises nothing, but where nothing follows the next page says so.
func (w *world) pagesTellTheEnd() error {
	if len(w.pages) == 0 {
		return conformance.CouldNotJudge("no page was read")
	}
	judged := 0
	for _, x := range w.pages {
		asked, err := url.Parse(x.URL)
		if err != nil {
			return err
		}
		offset, _ := strconv.Atoi(asked.Query().Get("offset"))
		count, _ := strconv.Atoi(asked.Query().Get("count"))
		if x.Refused() && count > 100 {
			continue // no document says how much is too much
		}
		judged++
		if err := w.pageTellsTheEnd(x, offset, count); err != nil {
			w.Blame(x)
			return err
		}
	}
	if judged == 0 {
		return conformance.CouldNotJudge("every page was refused")
	}
	return nil
}

func (w *world) pageTellsTheEnd(x *conformance.Exchange, offset, count int) error {
	list, err := itemsOf(x)
	if err != nil {
		return err
	}
	next, err := w.get(x.Operation.ID, nil, page(offset+len(list), 10))
	if err != nil {
		return err
	}
	follow, err := itemsOf(next)
	said := x.JSON().Get("listCompleted")
	switch {
	case err != nil:
		return err
	case !said.IsBool():
		return fmt.Errorf("listCompleted is %s; it should be true or false", conformance.Shown(said))
	case len(list) > count:
		return fmt.Errorf("a page of %d has %d items", count, len(list))
	case len(list) == 0 && len(follow) > 0:
		return fmt.Errorf("the page from item %d is empty, and %d items follow it", offset, len(follow))
	case said.Bool() && len(follow) > 0:
		return fmt.Errorf("the page from item %d for %d says that the list is complete, and %d more items follow it", offset, count, len(follow))
	case len(follow) == 0:
		return isComplete(next)
	}
	return nil
}

// formsHoldTheSame compares what each form of asking was answered with.
func (w *world) formsHoldTheSame() error {
	var first []string
	for i, x := range w.pages {
		list, err := itemsOf(x)
		if err != nil {
			return fmt.Errorf("%s: %w", x.URL, err)
		}
		if i == 0 {
			first = locators(list)
		}
		if !slices.Equal(first, locators(list)) || len(list) == 0 {
			return fmt.Errorf("%s holds %d items, which are not the %d of the first form", x.URL, len(list), len(first))
		}
	}
	return nil
}

// itemsLack wants a page with items, which tell who there is and no more.
func (w *world) itemsLack(properties string) error {
	list, err := itemsOf(w.asked)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fmt.Errorf("the page is empty")
	}
	for _, item := range list {
		if item.Get("userName").String() == "" {
			return fmt.Errorf("an item has no userName")
		}
		for _, property := range split(properties) {
			if item.Get(property).Exists() {
				return fmt.Errorf("an item has %s", property)
			}
		}
	}
	return nil
}

// holdsNoFewer compares the two newest lists. The brief one may take a count
// that the full one refuses.
func (w *world) holdsNoFewer() error {
	full, other := w.told[len(w.told)-2], w.told[len(w.told)-1]
	if full.Refused() && other.Refused() { // too many for both; so few are for both
		for _, x := range []**conformance.Exchange{&full, &other} {
			asked, err := w.get((*x).Operation.ID, nil, page(0, 20))
			if err != nil {
				return err
			}
			*x = asked
		}
	}
	brief, err := itemsOf(other)
	if err != nil {
		return err
	}
	if full.Refused() && len(brief) > 0 {
		return nil
	}
	list, err := itemsOf(full)
	if err != nil {
		return err
	}
	if len(brief) < len(list) || len(list) == 0 {
		return fmt.Errorf("the brief list holds %d items, the full one %d", len(brief), len(list))
	}
	return nil
}
