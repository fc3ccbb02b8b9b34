package socotra

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// items takes both forms of a list: the envelope and the bare array.
func items(list gjson.Result) []gjson.Result {
	if list.IsArray() {
		return list.Array()
	}
	if list := list.Get("items"); list.IsArray() {
		return list.Array()
	}
	return nil
}

func page(offset, count int) url.Values {
	return url.Values{"offset": {strconv.Itoa(offset)}, "count": {strconv.Itoa(count)}, "extended": {"true"}}
}

// longestList is how many items of a list are read before it is given up.
const longestList = 100000

// everything reads a list to its end, as the vendor says: on by as many items
// as came, until a page says that it is the last. A page that has nothing but
// what pages before it had would never end.
func (w *world) everything(operation string, count int) ([]gjson.Result, error) {
	var all []gjson.Result
	seen := map[string]bool{}
	for len(all) < longestList {
		x, err := w.get(operation, nil, page(len(all), count))
		if err != nil {
			return nil, err
		}
		if !x.Succeeded() {
			return nil, fmt.Errorf("%s is answered with %d", operation, x.Status)
		}
		list := items(x.JSON())
		if repeats(list, seen) {
			return nil, fmt.Errorf("from item %d on, %s lists only what it has listed before", len(all), operation)
		}
		all = append(all, list...)
		if x.JSON().Get("listCompleted").Bool() || len(list) == 0 {
			return all, nil
		}
	}
	return nil, conformance.CouldNotJudge("%s has more than %d items", operation, longestList)
}

// repeats notes the items of a page, and tells whether all of them were seen.
func repeats(list []gjson.Result, seen map[string]bool) bool {
	repeated := len(list) > 0
	for _, item := range list {
		locator := item.Get("locator").String()
		repeated = repeated && seen[locator]
		seen[locator] = true
	}
	return repeated
}

func (w *world) listsFrom(operation string, offset, count int) error {
	if err := w.when("the administrator", conformance.Request{Operation: operation, Query: page(offset, count)}); err != nil {
		return err
	}
	w.pages = append(w.pages, w.asked)
	return nil
}

// atLeast skips where a list is too short to tell anything.
func (w *world) atLeast(n int, operation string) error {
	x, err := w.get(operation, nil, page(0, n))
	if err != nil {
		return err
	}
	if !x.Succeeded() {
		return fmt.Errorf("%s is answered with %d", operation, x.Status)
	}
	if got := len(items(x.JSON())); got < n {
		return conformance.SkipBecause("%s has only %d items", operation, got)
	}
	return nil
}

func locators(list []gjson.Result) []string {
	var all []string
	for _, item := range list {
		all = append(all, item.Get("locator").String())
	}
	return all
}

// beyond is an offset that no list has.
const beyond = 1_000_000_000

func (w *world) listsBeyondTheEnd(operation string) error {
	return w.listsFrom(operation, beyond, 10)
}

// readsEveryPage collects a list page by page, and stops at one that repeats
// what was there: that is for a Then to say.
func (w *world) readsEveryPage(operation string, count int) error {
	w.seen = nil
	seen := map[string]bool{}
	for len(w.seen) < longestList {
		if err := w.listsFrom(operation, len(w.seen), count); err != nil {
			return err
		}
		list := items(w.asked.JSON())
		w.seen = append(w.seen, locators(list)...)
		if repeats(list, seen) || !w.asked.Succeeded() || len(list) == 0 || w.asked.JSON().Get("listCompleted").Bool() {
			return nil
		}
	}
	return conformance.CouldNotJudge("%s has more than %d items", operation, longestList)
}

// readsAroundTheEnd asks for pages that end before, at and after the last item.
func (w *world) readsAroundTheEnd(operation string) error {
	all, err := w.everything(operation, 100)
	if err != nil {
		return err
	}
	n := len(all)
	for _, p := range []struct{ offset, count int }{{n - 1, 1}, {n - 2, 2}, {n - 2, 1}, {n - 3, 2}, {n - 1, 2}, {n, 1}, {n - 2, 7}, {0, n - 1}, {0, n}, {0, n + 1}} {
		if p.offset < 0 || p.count < 1 {
			continue
		}
		if err := w.listsFrom(operation, p.offset, p.count); err != nil {
			return err
		}
	}
	return nil
}

// readsInEveryForm asks for one page in each way in which it may be asked for.
func (w *world) readsInEveryForm(operation string) error {
	for _, extended := range []string{"true", "false", ""} {
		query := page(0, 10)
		query.Set("extended", extended)
		if extended == "" {
			query.Del("extended")
		}
		if err := w.when("the administrator", conformance.Request{Operation: operation, Query: query}); err != nil {
			return err
		}
		w.pages = append(w.pages, w.asked)
	}
	return nil
}
