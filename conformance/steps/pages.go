package steps

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/world"
)

// Pages of lists, and their order.

func (s *Scene) pages() []Sentence {
	return []Sentence{
		Given(`at least {count} {nouns}`, "skips the scenario where there are fewer", `at least 4 users`, s.enough),

		When(`{actor} lists the {nouns} with`, "asks for the list with these parameters", `the administrator lists the users with (table of parameter and value)`, s.listsWith),
		When(`{actor} lists {page} of the {nouns} with {count} a page`, "asks for one page, counted from 0", `the administrator lists page 1 of the users with 3 a page`, s.listsOne),
		When(`{actor} lists {count} {nouns} from item {count}`, "asks for a page by the items before it", `the administrator lists 3 users from item 1`, func(a Actor, size int, k *Kind, from int) error { return s.listsFrom(a, k, from, size) }),
		When(`{actor} reads every page of the {nouns} with {size} a page`, "asks for pages until one is the last", `the administrator reads every page of the users with 7 a page`, func(a Actor, k *Kind, size Size) error { return s.readsEveryPage(a, k, size, "") }),
		When(`{actor} reads every page of the {nouns} with {size} a page, sorted by {string}`, "asks for pages in an order; several criteria have \" and \" between them", `the administrator reads every page of the users with 7 a page, sorted by "login,DESC"`, s.readsEveryPage),

		Then(`the page holds {count} {nouns}`, "counts the items", `the page holds 3 users`, s.holds),
		Then(`the page holds at most {count} {nouns}, if any`, "wants a refusal, or a page of no more than these", `the page holds at most 500 users, if any`, s.holdsAtMost),
		Then(`the page is where it belongs in the list`, "wants the items that the list has at its place", `the page is where it belongs in the list`, s.isPlaced),
		Then(`the pages hold every {noun} once`, "wants the pages to be full and to have everything there is, each once", `the pages hold every user once`, s.holdEveryOnce),
		Then(`the list is sorted by {string}`, "wants every two neighbours to be in the order", `the list is sorted by "name,ASC and id,DESC"`, s.isSorted),
	}
}

// A walk is what a When asked of a list.
type walk struct {
	kind       *Kind
	from, size int // the items before it, and how many it was to hold
	again      func() error
}

func (s *Scene) lists(actor Actor, k *Kind, query url.Values) error {
	s.walk = walk{kind: k, again: func() error {
		_, err := s.When(actor, world.Request{Operation: k.List, Query: query})
		return err
	}}
	return s.walk.again()
}

func (s *Scene) listsWith(actor Actor, k *Kind, table Table) error {
	query, err := s.Query(k.List, table)
	if err != nil {
		return err
	}
	return s.lists(actor, k, query)
}

// Query reads a table of parameter and value for an operation.
func (s *Scene) Query(operation string, table Table) (url.Values, error) {
	op, err := s.operation(operation)
	if err != nil {
		return nil, err
	}
	query := url.Values{}
	for _, row := range table {
		if len(row) != 2 {
			return nil, world.CouldNotJudge("the table has %d columns; it should have parameter and value", len(row))
		}
		if op.Parameter("query", row[0]) == nil {
			return nil, world.CouldNotJudge("%s has no parameter %q", operation, row[0])
		}
		value, err := s.lookUp(row[1]) // as it stands
		if err != nil {
			return nil, err
		}
		query.Add(row[0], fmt.Sprint(value))
	}
	return query, nil
}

func (s *Scene) listsPage(actor Actor, k *Kind, number, size int, order url.Values) error {
	if k.From != nil && order == nil {
		return s.listsFrom(actor, k, number*size, size)
	}
	if k.Page == nil {
		return world.CouldNotJudge("the list of %s has no pages by number", k.Plural)
	}
	query := k.Page(number, size)
	maps.Copy(query, order)
	err := s.lists(actor, k, query)
	s.walk.from, s.walk.size = number*size, size
	return err
}

func (s *Scene) listsFrom(actor Actor, k *Kind, from, size int) error {
	if k.From == nil {
		return world.CouldNotJudge("the list of %s has no pages by items", k.Plural)
	}
	err := s.lists(actor, k, k.From(from, size))
	s.walk.from, s.walk.size = from, size
	return err
}

// listsOne asks for a page by its place.
func (s *Scene) listsOne(actor Actor, which Page, k *Kind, size int) error {
	if number, ok := strings.CutPrefix(string(which), "page "); ok {
		n, err := strconv.Atoi(number)
		if err != nil {
			return world.CouldNotJudge("%q is no number of a page", number)
		}
		return s.listsPage(actor, k, n, size, nil)
	}
	all, err := s.Stable(k)
	if err != nil {
		return err
	}
	last := max(len(all)-1, 0) / max(size, 1)
	if which == "a page beyond the last" {
		last += 5
	}
	return s.listsPage(actor, k, last, size, nil)
}

// enough skips where there are too few records to tell anything. A list that
// cannot be read is for the Thens to tell.
func (s *Scene) enough(n int, k *Kind) error {
	if all, err := k.All(); err == nil && len(all) < n {
		return world.SkipBecause("the target has fewer than %d %s", n, k.Plural)
	}
	return nil
}

// Stable reads all there is of a kind until two readings agree: on a real
// target somebody else may write meanwhile.
func (s *Scene) Stable(k *Kind) ([]gjson.Result, error) {
	return world.Stable(s.World, "the list of "+k.Plural, k.All)
}

// Beside reads all there is of a kind, to hold what the When has listed to it.
// Elsewhere than on a mock that is listed again, until both stand still.
func (s *Scene) Beside(k *Kind) ([]gjson.Result, error) {
	var all []gjson.Result
	_, err := world.Stable(s.World, "the list of "+k.Plural, func() (ids []string, err error) {
		if !s.Endpoint.Mock && s.walk.again != nil {
			s.asked = nil
			if err := s.walk.again(); err != nil {
				return nil, err
			}
		}
		for _, x := range s.asked {
			ids = append(ids, k.ids(k.Items(x.JSON()))...)
		}
		all, err = k.All()
		return append(ids, k.ids(all)...), err
	})
	return all, err
}

// Steady has the list of the When read again where somebody else may have
// written meanwhile, until it stands still.
func (s *Scene) Steady() error {
	if s.Endpoint.Mock || s.walk.kind == nil {
		return nil
	}
	_, err := s.Beside(s.walk.kind)
	return err
}

func (k *Kind) ids(items []gjson.Result) []string {
	ids := []string{}
	for _, item := range items {
		ids = append(ids, k.idOf(item))
	}
	return ids
}

// readsEveryPage asks for pages until one is the last by its own account, holds
// nothing, or repeats the one before.
func (s *Scene) readsEveryPage(actor Actor, k *Kind, words Size, criteria string) error {
	size, err := s.sizeOf(k, words)
	if err != nil {
		return err
	}
	var order url.Values
	if criteria != "" {
		if k.Sorted == nil {
			return world.CouldNotJudge("the list of %s has no order to ask for", k.Plural)
		}
		order = k.Sorted(criteria)
	}
	var again func() error
	again = func() error {
		err := s.walks(actor, k, size, order)
		s.walk.again = again // not of its last page only
		return err
	}
	return again()
}

func (s *Scene) walks(actor Actor, k *Kind, size int, order url.Values) (err error) {
	var before []string
	seen := 0
	for number := 0; ; number++ {
		if k.From != nil {
			err = s.listsFrom(actor, k, seen, size)
		} else {
			err = s.listsPage(actor, k, number, size, order)
		}
		if err != nil {
			return err
		}
		x, err := s.Newest()
		if err != nil {
			return err
		}
		now := k.ids(k.Items(x.JSON()))
		if more, _ := k.more(x.JSON(), number, size); len(now) == 0 || !more || slices.Equal(now, before) {
			return nil
		}
		before, seen = now, seen+len(now)
	}
}

func (s *Scene) sizeOf(k *Kind, words Size) (int, error) {
	if n, err := strconv.Atoi(string(words)); err == nil {
		return n, nil
	}
	all, err := s.Stable(k)
	around := map[Size]int{"as many as there are": 0, "one fewer than there are": -1, "one more than there are": 1}
	return max(len(all)+around[words], 1), err
}

func (k *Kind) more(page gjson.Result, number, size int) (bool, int) {
	if k.More != nil {
		return k.More(page, number, size)
	}
	return len(k.Items(page)) >= size, size
}
