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
	return list.Get("items").Array()
}

func page(offset, count int) url.Values {
	return url.Values{"offset": {strconv.Itoa(offset)}, "count": {strconv.Itoa(count)}, "extended": {"true"}}
}

// longestList is how many items of a list are read before it is given up.
const longestList = 100000

// everything reads a list to its end, as the vendor says: on by as many items
// as came, until a page says that it is the last.
func (w *world) everything(operation string, count int) ([]gjson.Result, error) {
	var all []gjson.Result
	for range 10000 {
		x, err := w.call("the administrator", conformance.Request{Operation: operation, Query: page(len(all), count)})
		if err != nil {
			return nil, err
		}
		if !x.Succeeded() {
			return nil, fmt.Errorf("%s is answered with %d", operation, x.Status)
		}
		found := items(x.JSON())
		all = append(all, found...)
		if x.JSON().Get("listCompleted").Bool() || len(found) == 0 {
			return all, nil
		}
	}
	return nil, conformance.CouldNotJudge("the pages of %s do not end", operation)
}

func (w *world) listsFrom(operation string, offset, count int) error {
	return w.when("the administrator", conformance.Request{Operation: operation, Query: page(offset, count)})
}

// atLeast skips where a list is too short to tell anything.
func (w *world) atLeast(n int, operation string) error {
	x, err := w.call("the administrator", conformance.Request{Operation: operation, Query: page(0, n)})
	if err != nil {
		return err
	}
	if got := len(items(x.JSON())); x.Succeeded() && got < n {
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

func (w *world) listsBeyondTheEnd(operation string) error {
	all, err := w.everything(operation, 100)
	if err != nil {
		return err
	}
	return w.listsFrom(operation, len(all)+1000, 10)
}

// readsEveryPage collects a list page by page.
func (w *world) readsEveryPage(operation string, count int) error {
	w.seen = nil
	for range 10000 {
		if err := w.listsFrom(operation, len(w.seen), count); err != nil {
			return err
		}
		found := items(w.asked.JSON())
		w.seen = append(w.seen, locators(found)...)
		if !w.asked.Succeeded() || len(found) == 0 || w.asked.JSON().Get("listCompleted").Bool() {
			return nil
		}
	}
	return conformance.CouldNotJudge("the pages do not end")
}
