package socotra

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/world"
)

// Lists as they are asked for, and read to their ends.

// items takes both forms of a list: the envelope and the bare array.
func items(list gjson.Result) []gjson.Result {
	if !list.IsArray() {
		list = list.Get("items")
	}
	if !list.IsArray() {
		return nil
	}
	return list.Array()
}

func page(offset, count int) url.Values {
	return url.Values{"offset": {strconv.Itoa(offset)}, "count": {strconv.Itoa(count)}, "extended": {"true"}}
}

// more takes the page's own word. A target may have a largest page.
func more(page gjson.Result, _, size int) (bool, int) {
	n, more := len(items(page)), !page.Get("listCompleted").Bool()
	if more && n > 0 && n < size {
		size = n
	}
	return more, size
}

// longestList is how many items of a list are read before it is given up.
const longestList = 100000

// everything reads a list to its end, as the vendor says: on by as many items
// as came, until a page says that it is the last. A page that has nothing but
// what pages before it had would never end.
func (a *account) everything(operation string) (all []gjson.Result, err error) {
	seen := map[string]bool{}
	for len(all) < longestList {
		answer, err := a.Want(world.Request{Operation: operation, Query: page(len(all), 100)})
		if err != nil {
			return nil, err
		}
		list, repeated := items(answer), true
		for _, item := range list {
			locator := item.Get("locator").String()
			repeated = repeated && seen[locator]
			seen[locator] = true
		}
		if repeated && len(list) > 0 {
			return nil, fmt.Errorf("from item %d on, %s lists only what it has listed before", len(all), operation)
		}
		all = append(all, list...)
		if answer.Get("listCompleted").Bool() || len(list) == 0 {
			return all, nil
		}
	}
	return nil, world.CouldNotJudge("%s has more than %d items", operation, longestList)
}

// texts reads an array of texts, sorted, each as often as it is there. What is
// no text is written as JSON, so that it equals none.
func texts(array gjson.Result) []string {
	list := []string{}
	for _, s := range array.Array() {
		if s.Type != gjson.String {
			list = append(list, s.Raw)
			continue
		}
		list = append(list, s.Str)
	}
	slices.Sort(list)
	return list
}
