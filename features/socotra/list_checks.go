package socotra

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/rolecall/rolecall/conformance"
)

func (w *world) pageHasAtMost(n int) error {
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	if got := len(items(w.asked.JSON())); got > n || got == 0 {
		return fmt.Errorf("the page has %d items; it should have 1 to %d", got, n)
	}
	return nil
}

// pageIsPartOf compares with a longer page that begins earlier.
func (w *world) pageIsPartOf(from, to int) error {
	asked := w.asked
	whole, err := w.call("the administrator", conformance.Request{Operation: asked.Operation.ID, Query: page(0, to)})
	if err != nil {
		return err
	}
	all := locators(items(whole.JSON()))
	if len(all) < to {
		return fmt.Errorf("the list has only %d items where %d were asked for", len(all), to)
	}
	if got, want := locators(items(asked.JSON())), all[from:to]; !slices.Equal(got, want) {
		return fmt.Errorf("the page has %v; of the first %d items, those after the first %d are %v", got, to, from, want)
	}
	return nil
}

func (w *world) pageIsEmptyAndLast() error {
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	if got := len(items(w.asked.JSON())); got > 0 {
		return fmt.Errorf("the page has %d items; nothing is beyond the end", got)
	}
	return w.pageIs(true)
}

func (w *world) pageIs(last bool) error {
	said := w.asked.JSON().Get("listCompleted")
	if !said.IsBool() || said.Bool() != last {
		return fmt.Errorf("listCompleted is %s; it should be %v", conformance.Shown(said), last)
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
		if times != 1 {
			return fmt.Errorf("the pages hold %s %d times; they should hold it once", name, times)
		}
	}
	return nil
}

func (w *world) pagesHoldNothingTwice() error {
	once := slices.Clone(w.seen)
	slices.Sort(once)
	if n := len(slices.Compact(once)); n != len(w.seen) || n == 0 {
		return fmt.Errorf("the pages hold %d items, but %d different ones", len(w.seen), n)
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

// nothingFollowsIfLast asks on after a page that calls itself the last.
func (w *world) nothingFollowsIfLast() error {
	asked := w.asked
	if !asked.Succeeded() || !asked.JSON().Get("listCompleted").Bool() {
		return nil // "false" promises nothing
	}
	query, err := url.Parse(asked.URL)
	if err != nil {
		return err
	}
	offset, _ := strconv.Atoi(query.Query().Get("offset"))
	next, err := w.call("the administrator", conformance.Request{Operation: asked.Operation.ID, Query: page(offset+len(items(asked.JSON())), 10)})
	if err != nil {
		return err
	}
	if n := len(items(next.JSON())); n > 0 {
		return fmt.Errorf("the page says that the list is complete, and %d more items follow it", n)
	}
	return nil
}

func (w *world) itemsLack(properties string) error {
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	list := items(w.asked.JSON())
	if len(list) == 0 {
		return fmt.Errorf("the page is empty")
	}
	for _, item := range list {
		for _, property := range split(properties) {
			if item.Get(property).Exists() {
				return fmt.Errorf("an item has %s", property)
			}
		}
	}
	return nil
}

func (w *world) itemsHave(properties string) error {
	for _, item := range items(w.asked.JSON()) {
		for _, property := range split(properties) {
			if !item.Get(property).Exists() {
				return fmt.Errorf("an item has no %s", property)
			}
		}
	}
	return nil
}

// holdsNoFewer compares the two newest lists.
func (w *world) holdsNoFewer() error {
	basic, full := w.told[len(w.told)-1], w.told[len(w.told)-2]
	if full.Refused() && !basic.Refused() {
		return nil // takes a count that the other refuses
	}
	if b, f := len(items(basic.JSON())), len(items(full.JSON())); b < f || basic.Succeeded() != full.Succeeded() {
		return fmt.Errorf("the brief list holds %d items (status %d), the full one %d (status %d)", b, basic.Status, f, full.Status)
	}
	return nil
}
