package steps

import (
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/conformance/world"
)

// What is seen of what people have.

func (s *Scene) hasExactly(p *Record, t *Thing, want []string) error {
	got, err := t.Of(p)
	if err != nil {
		return err
	}
	if !slices.Equal(sorted(got), sorted(want)) {
		return fmt.Errorf("the %s of %s are %v; they should be %v", t.Plural, p, sorted(got), sorted(want))
	}
	return nil
}

// hasEvery compares with the list of all, which has those that the scenario
// made. Somebody else may make more meanwhile.
func (s *Scene) hasEvery(p *Record, t *Thing) error {
	if t.Every == nil {
		return world.CouldNotJudge("%s has no list of all %s", s.API.Name, t.Plural)
	}
	lists, err := world.Stable(s.World, "the list of "+t.Plural, func() (lists [2][]string, err error) {
		if lists[0], err = t.Every(); err == nil {
			lists[1], err = t.Of(p)
		}
		return lists, err
	})
	if err != nil {
		return err
	}
	all, got := sorted(lists[0]), sorted(lists[1])
	for _, r := range s.Cast(t.Noun) {
		if r.ID != "" && !slices.Contains(got, r.ID) {
			return fmt.Errorf("the %s of %s are %v; %s, %s, is one of all", t.Plural, p, got, r, r.ID)
		}
	}
	if len(all) == 0 || !slices.Equal(got, all) {
		return fmt.Errorf("the %s of %s are %v; all there are is %v", t.Plural, p, got, all)
	}
	return nil
}
