package steps

import (
	"fmt"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// Lists of records.

func (s *Scene) listing() []Sentence {
	return []Sentence{
		When(`{actor} lists the {nouns}`, "asks for the list as it comes", `the administrator lists the roles`, func(a Actor, k *Kind) error { return s.lists(a, k, nil) }),
		Then(`each {noun} of the list reads back by its id`, "wants every item to be what is read by its id, and nothing to be read that does not exist", `each role of the list reads back by its id`, s.eachReadsBack),
	}
}

// Listed is what the newest When listed: at least one, each with an id.
func (s *Scene) Listed(k *Kind) ([]gjson.Result, error) {
	x, err := s.Newest()
	if err != nil {
		return nil, err
	}
	list, err := Answered(x)
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
	if _, err := s.Want(conformance.Request{Operation: k.Read, Path: map[string]string{k.Param: k.Unknown}}); err == nil {
		return fmt.Errorf("%s answers for something that does not exist, too", k.Read)
	}
	for _, item := range list {
		one, err := s.Want(conformance.Request{Operation: k.Read, Path: map[string]string{k.Param: k.idOf(item)}})
		if err == nil && item.IsObject() {
			err = (&Record{whole: true}).holds(k.shows(item), k.shows(one))
		}
		if err != nil {
			return fmt.Errorf("%s %s: %w", k.Noun, k.idOf(item), err)
		}
	}
	return nil
}
