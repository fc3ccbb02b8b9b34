package steps

import (
	"fmt"
	"net/http"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
)

// What an API does outside of scenarios, in its own nouns.

// BeforeScenarios makes the user that no scenario is about, in a state.
func (s *Scene) BeforeScenarios(name, state string) error {
	return s.exists(Ref{"user", name}, nil, state)
}

// Remove deletes what a run created. An id alone is not trusted: a target with
// a defect may have told another's. What is deleted has the name that the run
// gave it, by which it is looked for where its id was never learnt.
func (s *Scene) Remove(made report.Record) error {
	k, err := s.kind(made.Kind)
	if err != nil {
		return err
	}
	r := &Record{Kind: k, ID: made.ID, Called: made.Name}
	if r.ID != "" {
		x, err := s.Ask(Administrator, conformance.Request{Operation: k.Read, Path: r.Path()})
		if err != nil {
			return err
		}
		if !conformance.Ours(x.JSON().Get(k.Named).String(), made.Name) {
			r.ID = "" // gone, or an id that is somebody else's
		}
	}
	if r.ID == "" {
		all, err := k.All()
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.Get(k.Named).String() == made.Name || k.ChangeMakes && k.idOf(one) == made.Name {
				r.ID = k.idOf(one)
			}
		}
		if r.ID == "" {
			return nil
		}
	}
	x, err := s.Ask(Administrator, conformance.Request{Operation: k.Delete, Path: r.Path()})
	if err != nil {
		return err
	}
	if !x.Succeeded() && x.Status != http.StatusNotFound {
		return fmt.Errorf("%s is answered with %d", k.Delete, x.Status)
	}
	// A target that confirms and forgets would leave it behind unnoticed.
	if x, err = s.Ask(Administrator, conformance.Request{Operation: k.Read, Path: r.Path()}); err == nil && x.Succeeded() {
		err = fmt.Errorf("%s was confirmed, and the record is still there", k.Delete)
	}
	return err
}
