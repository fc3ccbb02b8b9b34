package rapid7

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

func (w *world) listsWith(query url.Values) error {
	return w.when("the administrator", conformance.Request{Operation: "getUsers", Query: query})
}

func (w *world) listsPage(page, size int) error {
	return w.listsWith(url.Values{"page": {strconv.Itoa(page)}, "size": {strconv.Itoa(size)}})
}

// total is how many users the console says it has.
func (w *world) total() (int, error) {
	x, err := w.call("the administrator", conformance.Request{Operation: "getUsers", Query: url.Values{"size": {"1"}}})
	if err != nil {
		return 0, err
	}
	return int(x.JSON().Get("page.totalResources").Int()), nil
}

func (w *world) listsBeyondTheEnd() error {
	n, err := w.total()
	if err != nil {
		return err
	}
	return w.listsPage(n/5+5, 5)
}

// listsLastPage asks for the page that the first one says is the last.
func (w *world) listsLastPage(size int) error {
	if err := w.listsPage(0, size); err != nil {
		return err
	}
	return w.listsPage(max(int(w.asked.JSON().Get("page.totalPages").Int())-1, 0), size)
}

func (w *world) listsWithParameter(name, value string) error {
	return w.listsWith(url.Values{name: {value}})
}

// enoughUsers skips where there are too few users to tell anything.
func (w *world) enoughUsers(n int) error {
	total, err := w.total()
	if err == nil && total > 0 && total < n {
		err = conformance.SkipBecause("the console has fewer than %d users", n)
	}
	return err
}

// readsEveryPage follows the pages by number, until one is the last by its own
// account, holds nobody, or repeats the one before.
func (w *world) readsEveryPage(size, criteria string) error {
	n, err := w.total()
	if err != nil {
		return err
	}
	switch words, _, _ := strings.Cut(size, " user"); words {
	case "as many":
	case "one":
		if n--; strings.Contains(size, "more") {
			n += 2
		}
	default:
		if n, err = strconv.Atoi(words); err != nil {
			return conformance.CouldNotJudge("%q is no size of a page", size)
		}
	}
	w.pages, w.pageSize = nil, max(n, 1)
	query := url.Values{"size": {strconv.Itoa(w.pageSize)}}
	if criteria != "" {
		query["sort"] = strings.Split(criteria, " and ")
	}
	var before []int64
	for page := 0; ; page++ {
		query.Set("page", strconv.Itoa(page))
		if err := w.listsWith(maps.Clone(query)); err != nil {
			return err
		}
		w.pages = append(w.pages, w.asked)
		now := userIDs(w.asked.JSON())
		if len(now) == 0 || slices.Equal(now, before) || int64(page)+1 >= w.asked.JSON().Get("page.totalPages").Int() {
			return nil
		}
		before = now
	}
}

// paged is who the pages hold, in order. All but the last must be full.
func (w *world) paged() (users []gjson.Result, err error) {
	var before []int64
	for i, x := range w.pages {
		page, err := answered(x)
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i, err)
		}
		now, size := userIDs(page), page.Get("page.size").Int() // a console may have a largest page
		switch {
		case len(now) == 0:
			return nil, fmt.Errorf("page %d of %s holds nobody", i, conformance.Shown(page.Get("page.totalPages")))
		case slices.Equal(now, before):
			return nil, fmt.Errorf("page %d repeats the one before", i)
		case size < 1 || size > int64(w.pageSize):
			return nil, fmt.Errorf("page %d says that it is of size %d; asked were %d", i, size, w.pageSize)
		case len(now) > int(size) || len(now) < int(size) && i < len(w.pages)-1:
			return nil, fmt.Errorf("page %d holds %d users; it should hold %d", i, len(now), size)
		}
		users, before = append(users, page.Get("resources").Array()...), now
	}
	return users, nil
}

func (w *world) everyUserOnce() error {
	users, err := w.paged()
	if err != nil {
		return err
	}
	var ids []int64
	for _, user := range users {
		ids = append(ids, user.Get("id").Int())
	}
	self, err := w.administrator()
	if err != nil {
		return err
	}
	if ids = sorted(ids); !slices.Contains(ids, self.Get("id").Int()) {
		return fmt.Errorf("no page holds the administrator, whose id is %s", self.Get("id"))
	}
	if once := slices.Compact(slices.Clone(ids)); len(once) != len(ids) {
		return fmt.Errorf("the pages hold %d users, but only %d different ones", len(ids), len(once))
	}
	all, err := w.everybody()
	if err != nil {
		return err
	}
	var want []int64
	for _, user := range all {
		want = append(want, user.Get("id").Int())
	}
	return wantIDs("the users on the pages", ids, want)
}

func (w *world) holds(n int) error {
	page, err := answered(w.asked)
	if err != nil {
		return err
	}
	if got := len(page.Get("resources").Array()); got != n {
		return fmt.Errorf("the page holds %d users; it should hold %d", got, n)
	}
	return nil
}

// pageSizeAtMost is for sizes that nobody promises to take.
func (w *world) pageSizeAtMost(n int64) error {
	if w.asked.Refused() {
		return nil
	}
	page, err := answered(w.asked)
	if err != nil {
		return err
	}
	if size := page.Get("page.size"); size.Type != gjson.Number || size.Int() > n || size.Int() < 1 || len(userIDs(page)) > int(n) || len(userIDs(page)) == 0 {
		return fmt.Errorf("the page is of size %s and holds %d users; no page is larger than %d", conformance.Shown(size), len(userIDs(page)), n)
	}
	return nil
}

func (w *world) refusedOrLists() error {
	if err := conformance.ShouldNotFail(w.asked); err != nil || w.asked.Refused() {
		return err
	}
	if page := w.asked.JSON(); !page.Get("resources").IsArray() || page.Get("page.size").Type != gjson.Number {
		return fmt.Errorf("the request is answered with %d and no page of users", w.asked.Status)
	}
	return nil
}

func (w *world) pageSays(property string, want int64) error {
	page, err := answered(w.asked)
	if err != nil {
		return err
	}
	return sees(page, fields{"page." + property: want})
}

func (w *world) isPage(number int64) error     { return w.pageSays("number", number) }
func (w *world) pageIsOfSize(size int64) error { return w.pageSays("size", size) }

// startsTheList compares with the page that no number asks for.
func (w *world) startsTheList() error {
	first, err := w.call("the administrator", conformance.Request{Operation: "getUsers"})
	if err != nil {
		return err
	}
	got, want := userIDs(w.asked.JSON()), userIDs(first.JSON())
	if n := min(len(got), len(want)); n == 0 || !slices.Equal(got[:n], want[:n]) {
		return fmt.Errorf("page 0 begins with %v; the list begins with %v", got, want)
	}
	return nil
}

func (w *world) followsPage(number, size int) error {
	before, err := w.call("the administrator", conformance.Request{Operation: "getUsers", Query: url.Values{"page": {strconv.Itoa(number)}, "size": {strconv.Itoa(2 * size)}}})
	if err != nil {
		return err
	}
	both := userIDs(before.JSON())
	if got := userIDs(w.asked.JSON()); len(both) <= size || !slices.Equal(got, both[size:]) {
		return fmt.Errorf("the page holds users %v; after the first %d come %v", got, size, both)
	}
	return nil
}

func userIDs(page gjson.Result) []int64 {
	var ids []int64
	for _, user := range page.Get("resources").Array() {
		ids = append(ids, user.Get("id").Int())
	}
	return ids
}

// totalsAgree holds every number of the page to the others and to the list.
func (w *world) totalsAgree() error {
	answer, err := answered(w.asked)
	if err != nil {
		return err
	}
	all, err := w.everybody()
	if err != nil {
		return err
	}
	page := answer.Get("page")
	size, total := page.Get("size").Int(), int64(len(all))
	if size < 1 || total < 1 {
		return fmt.Errorf("the page is of size %d, and there are %d users", size, total)
	}
	if err := sees(page, fields{"totalResources": total, "totalPages": (total + size - 1) / size}); err != nil {
		return err
	}
	if got := int64(len(userIDs(answer))); got != min(size, total) {
		return fmt.Errorf("the page holds %d users; of %d it should hold %d", got, total, min(size, total))
	}
	return nil
}

// hasPageLinks takes the relations that must be there, and follows each.
func (w *world) hasPageLinks(rels string) error {
	asked := w.asked
	want := strings.Split(rels, ", ")
	got := map[string]string{}
	for _, link := range asked.JSON().Get("links").Array() {
		got[link.Get("rel").String()] = link.Get("href").String()
	}
	for _, rel := range []string{"first", "prev", "self", "next", "last"} {
		if _, ok := got[rel]; ok != slices.Contains(want, rel) {
			return fmt.Errorf("link %q is there: %v; it should be %v", rel, ok, !ok)
		}
	}
	page := asked.JSON().Get("page")
	number, last := page.Get("number").Int(), page.Get("totalPages").Int()-1
	leads := map[string]int64{"first": 0, "prev": number - 1, "self": number, "next": number + 1, "last": last}
	for _, rel := range want {
		x, err := w.follow(got[rel], "getUsers")
		if err == nil {
			err = sees(x.JSON(), fields{"page.number": leads[rel], "page.size": page.Get("size").Int()})
		}
		if err != nil {
			return fmt.Errorf("link %q: %w", rel, err)
		}
	}
	return nil
}
