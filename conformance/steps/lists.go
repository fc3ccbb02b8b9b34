package steps

import (
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/world"
)

// Lists of records.

func (s *Scene) listing() []Sentence {
	return []Sentence{
		When(`{actor} lists the {nouns}`, "asks for the list as it comes", `the administrator lists the roles`, func(a Actor, k *Kind) error { return s.lists(a, k, nil) }),
		Then(`each {noun} of the list reads back by its id`, "wants every item to be what is read by its id, and nothing to be read that does not exist", `each role of the list reads back by its id`, s.eachReadsBack),
		Then(`the list holds {record}`, "wants the record among the items, once", `the list holds "ann"`, s.listHolds),
		Then(`the list holds exactly {names}`, "wants these items and no others", `the list holds exactly "ann" and "bob"`, func(n Names) error { return s.listIs(n, false) }),
		Then(`the list holds exactly {names}, in this order`, "wants these items one after the other", `the list holds exactly "ann" and "bob", in this order`, func(n Names) error { return s.listIs(n, true) }),
		Then(`the list holds nothing`, "wants an answer without items", `the list holds nothing`, func() error { return s.listIs(nil, false) }),
	}
}

func (s *Scene) listHolds(r *Record) error {
	all, err := s.Listed(r.Kind)
	if err == nil && !slices.Contains(r.Kind.ids(all), r.ID) {
		err = fmt.Errorf("the list does not hold %s, whose %s is %s", r, r.Kind.Param, r.ID)
	}
	return err
}

func (s *Scene) listIs(names Names, inOrder bool) error {
	k, items, err := s.page()
	if err != nil {
		return err
	}
	got, want := k.ids(items), []string{}
	for _, name := range names {
		r, err := s.Known(Ref{k.Noun, name})
		if err != nil {
			return err
		}
		want = append(want, r.ID)
	}
	if !inOrder {
		got, want = sorted(got), sorted(want)
	}
	if !slices.Equal(got, want) {
		return fmt.Errorf("the list holds %v; it should hold %v", got, want)
	}
	return nil
}

// Listed is what the newest When listed: at least one, each with an id.
func (s *Scene) Listed(k *Kind) ([]gjson.Result, error) {
	list, err := s.Answer()
	if err != nil {
		return nil, err
	}
	all := k.Items(list)
	if len(all) == 0 {
		return nil, fmt.Errorf("the list is empty")
	}
	seen := map[string]bool{}
	for _, one := range all {
		id := k.idOf(one)
		if id == "" || seen[id] {
			return nil, fmt.Errorf("%s is listed without an id, or twice", one.Raw)
		}
		seen[id] = true
	}
	return all, nil
}

// idOf is the id of an item, which may be no more than that.
func (k *Kind) idOf(item gjson.Result) string {
	if item.IsObject() {
		item = item.Get(k.Param)
	}
	return item.String()
}

// eachReadsBack reads every record of the list by its id and compares.
func (s *Scene) eachReadsBack(k *Kind) error {
	list, err := s.Listed(k)
	if err != nil {
		return err
	}
	if _, err := s.Want(world.Request{Operation: k.Read, Path: map[string]string{k.Param: k.Unknown}}); err == nil {
		return fmt.Errorf("%s answers for something that does not exist, too", k.Read)
	}
	for _, item := range list {
		one, err := s.Want(world.Request{Operation: k.Read, Path: map[string]string{k.Param: k.idOf(item)}})
		if err == nil && item.IsObject() {
			err = (&Record{whole: true}).holds(k.shows(item), k.shows(one))
		}
		if err != nil {
			return fmt.Errorf("%s %s: %w", k.Noun, k.idOf(item), err)
		}
	}
	return nil
}
