package rapid7

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

func (w *world) lists(query url.Values) error {
	return w.when("the administrator", conformance.Request{Operation: "getUsers", Query: query})
}

func (w *world) listsPage(page, size int) error {
	return w.lists(url.Values{"page": {strconv.Itoa(page)}, "size": {strconv.Itoa(size)}})
}

func (w *world) listsDefault() error { return w.lists(nil) }

// listsSorted takes sort criteria separated by " and ".
func (w *world) listsSorted(criteria string) error {
	return w.lists(url.Values{"size": {"500"}, "sort": strings.Split(criteria, " and ")})
}

func (w *world) listsBeyondTheEnd() error {
	x, err := w.call("the administrator", conformance.Request{Operation: "getUsers", Query: url.Values{"size": {"5"}}})
	if err != nil {
		return err
	}
	return w.listsPage(int(x.JSON().Get("page.totalPages").Int())+5, 5)
}

// enoughUsers skips where there are too few users to tell anything.
func (w *world) enoughUsers(n int) error {
	x, err := w.call("the administrator", conformance.Request{Operation: "getUsers", Query: url.Values{"size": {"1"}}})
	if err != nil {
		return err
	}
	if total := x.JSON().Get("page.totalResources"); total.Exists() && total.Int() < int64(n) {
		return conformance.SkipBecause("the console has fewer than %d users", n)
	}
	return nil
}

// readsEveryPage follows the pages by number until one is empty or the last.
func (w *world) readsEveryPage(size int) error {
	w.seen = nil
	for page := 0; page < 10000; page++ {
		if err := w.listsPage(page, size); err != nil {
			return err
		}
		resources := w.asked.JSON().Get("resources").Array()
		for _, user := range resources {
			w.seen = append(w.seen, user.Get("id").Int())
		}
		if len(resources) == 0 || !w.asked.Succeeded() || int64(page)+1 >= w.asked.JSON().Get("page.totalPages").Int() {
			return nil
		}
	}
	return conformance.CouldNotJudge("the pages do not end")
}

func (w *world) everyUserOnce() error {
	ids := sorted(w.seen)
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

func (w *world) holdsAtMost(n int) error {
	page := w.asked.JSON()
	if got := len(page.Get("resources").Array()); got > n || got == 0 {
		return fmt.Errorf("the page holds %d users; it should hold 1 to %d", got, n)
	}
	return nil
}

func (w *world) pageSizeAtMost(n int64) error {
	if w.asked.Refused() {
		return nil
	}
	if size := w.asked.JSON().Get("page.size").Int(); size > n || len(w.asked.JSON().Get("resources").Array()) > int(n) {
		return fmt.Errorf("the page is of size %d; no page is larger than %d", size, n)
	}
	return nil
}

func (w *world) isPage(number int64) error {
	if got := w.asked.JSON().Get("page.number"); !conformance.Same(got, number) {
		return fmt.Errorf("page.number is %s; it should be %d", conformance.Shown(got), number)
	}
	return nil
}

func (w *world) pageIsOfSize(size int64) error {
	if got := w.asked.JSON().Get("page.size"); !conformance.Same(got, size) {
		return fmt.Errorf("page.size is %s; it should be %d", conformance.Shown(got), size)
	}
	return nil
}

// isDefaultPage compares with the page that no number asks for.
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
	page := w.asked.JSON().Get("page")
	size, pages, total := page.Get("size").Int(), page.Get("totalPages").Int(), page.Get("totalResources").Int()
	all, err := w.everybody()
	if err != nil {
		return err
	}
	if total != int64(len(all)) {
		return fmt.Errorf("totalResources is %d; the pages hold %d users", total, len(all))
	}
	if size < 1 || pages != (total+size-1)/size {
		return fmt.Errorf("totalPages is %d; %d users at %d a page make %d", pages, total, size, (total+size-1)/max(size, 1))
	}
	return nil
}

// isSorted accepts any order of letters that a console may reasonably have: by
// code, or without regard to case.
func (w *world) isSorted(criteria string) error {
	users := w.asked.JSON().Get("resources").Array()
	if len(users) < 2 {
		return fmt.Errorf("the list has %d users; that shows no order", len(users))
	}
	var broken error
	for _, fold := range []func(string) string{func(s string) string { return s }, strings.ToLower} {
		if broken = sortedBy(users, strings.Split(criteria, " and "), fold); broken == nil {
			return nil
		}
	}
	return broken
}

func sortedBy(users []gjson.Result, criteria []string, fold func(string) string) error {
	for i := 1; i < len(users); i++ {
		for _, criterion := range criteria {
			property, direction, _ := strings.Cut(criterion, ",")
			d := compare(users[i-1].Get(property), users[i].Get(property), fold)
			if strings.EqualFold(direction, "DESC") {
				d = -d
			}
			if d < 0 {
				break // the earlier criterion decides
			}
			if d > 0 {
				return fmt.Errorf("sorted by %s, %s comes before %s", criterion, users[i-1].Get(property), users[i].Get(property))
			}
		}
	}
	return nil
}

func compare(a, b gjson.Result, fold func(string) string) int {
	if a.Type == gjson.Number {
		return int(a.Int() - b.Int())
	}
	return strings.Compare(fold(a.String()), fold(b.String()))
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
	for rel, href := range got {
		x, err := w.follow(href, "getUsers")
		if err != nil {
			return err
		}
		if to := x.JSON().Get("page.number"); !conformance.Same(to, leads[rel]) {
			return fmt.Errorf("link %q leads to page %s; it should lead to page %d", rel, conformance.Shown(to), leads[rel])
		}
	}
	return nil
}

// listsLastPage asks for the page that the first one says is the last.
func (w *world) listsLastPage(size int) error {
	if err := w.listsPage(0, size); err != nil {
		return err
	}
	return w.listsPage(int(w.asked.JSON().Get("page.totalPages").Int())-1, size)
}
