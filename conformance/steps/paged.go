package steps

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/world"
)

// What pages hold.

// paged is what the pages hold, in order. All but the last must be full.
func (s *Scene) paged() (items []gjson.Result, err error) {
	k := s.walk.kind
	if k == nil || len(s.asked) == 0 {
		return nil, world.CouldNotJudge("no When has read pages")
	}
	var before []string
	for i, x := range s.asked {
		page, err := Answered(x)
		if err != nil {
			return nil, fmt.Errorf("page %d: %w", i, err)
		}
		now := k.Items(page)
		more, size := k.more(page, i, s.walk.size) // a target may have a largest page
		switch {
		case len(now) == 0 && i == 0:
			return nil, fmt.Errorf("the first page holds nothing")
		case len(now) > 0 && slices.Equal(k.ids(now), before):
			return nil, fmt.Errorf("page %d repeats the one before", i)
		case size < 1 || s.walk.size > 0 && size > s.walk.size:
			return nil, fmt.Errorf("page %d says that it is of size %d; asked were %d", i, size, s.walk.size)
		case len(now) > size || len(now) < size && more:
			return nil, fmt.Errorf("page %d holds %d; it should hold %d", i, len(now), size)
		}
		items, before = append(items, now...), k.ids(now)
	}
	return items, nil
}

func (s *Scene) holdEveryOnce(k *Kind) error {
	all, noList := s.Beside(k)
	items, err := s.paged()
	if err := cmp.Or(noList, err); err != nil {
		return err
	}
	got := sorted(k.ids(items))
	if once := slices.Compact(slices.Clone(got)); len(once) != len(got) {
		return fmt.Errorf("the pages hold %d %s, but only %d different ones", len(got), k.Plural, len(once))
	}
	for _, r := range s.cast {
		if r.Kind.Read == k.Read && r.ID != "" && !slices.Contains(got, r.ID) {
			return fmt.Errorf("no page holds %s, whose %s is %s", r, k.Param, r.ID)
		}
	}
	if want := sorted(k.ids(all)); !slices.Equal(got, want) {
		return fmt.Errorf("the %s on the pages are %v; they should be %v", k.Plural, got, want)
	}
	return nil
}

func (s *Scene) page() (*Kind, []gjson.Result, error) {
	if s.walk.kind == nil {
		return nil, nil, world.CouldNotJudge("the When asked for no list")
	}
	page, err := s.Answer()
	return s.walk.kind, s.walk.kind.Items(page), err
}

func (s *Scene) holds(n int, k *Kind) error {
	_, items, err := s.page()
	if err == nil && len(items) != n {
		err = fmt.Errorf("the page holds %d %s; it should hold %d", len(items), k.Plural, n)
	}
	return err
}

// holdsAtMost is for sizes that nobody promises to take.
func (s *Scene) holdsAtMost(n int, k *Kind) error {
	x, err := s.Newest()
	if err != nil || x.Refused() {
		return err
	}
	page, err := Answered(x)
	if err != nil {
		return err
	}
	_, size := k.more(page, s.walk.from/max(s.walk.size, 1), n)
	if held := len(k.Items(page)); held == 0 || held > n || size > n || size < 1 {
		return fmt.Errorf("the page is of size %d and holds %d %s; it should hold no more than %d", size, held, k.Plural, n)
	}
	return nil
}

// isPlaced compares with the list of all, which has the same order.
func (s *Scene) isPlaced() error {
	if s.walk.kind == nil {
		return world.CouldNotJudge("the When asked for no list")
	}
	all, noList := s.Beside(s.walk.kind)
	k, items, err := s.page()
	if err := cmp.Or(noList, err); err != nil {
		return err
	}
	from := s.walk.from
	want := k.ids(all[min(from, len(all)):min(from+max(s.walk.size, len(items)), len(all))])
	if got := k.ids(items); len(got) == 0 || !slices.Equal(got, want) {
		return fmt.Errorf("the page holds %v; at its place the list has %v", got, want)
	}
	return nil
}
