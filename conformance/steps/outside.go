package steps

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/world"
)

// What an API does outside of scenarios, in its own nouns.

// BeforeScenarios makes the user that no scenario is about, in a state.
func (s *Scene) BeforeScenarios(name, state string) error {
	return s.exists(Ref{"user", name}, nil, state)
}

// Enters asks for something as the administrator, before anything else is asked
// for: of the "console" or "server", with a credential that the target file gives.
func (s *Scene) Enters(who, credential, needs string, r world.Request) error {
	x, err := s.Ask(Administrator, r)
	switch {
	case err != nil:
		return err
	case x.Status == http.StatusUnauthorized:
		return fmt.Errorf("the %s refuses the administrator's %s (401)", who, credential)
	case x.Status == http.StatusForbidden && needs != "":
		return fmt.Errorf("the %s answers %s with 403; the account must be %s's", who, r.Operation, needs)
	case !x.Succeeded():
		return fmt.Errorf("the %s answers %s with %d", who, r.Operation, x.Status)
	}
	return nil
}

// LookAt asks for a view as the administrator; nil where that cannot be asked.
func (s *Scene) LookAt(l *world.Look, operation string, path map[string]string, query url.Values) *world.Exchange {
	sign, err := s.adapter.Sign(Administrator)
	if err != nil {
		return nil
	}
	return l.Ask("", world.Request{Operation: operation, Path: path, Query: query, Sign: sign, As: Administrator.Name})
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
		x, err := s.Ask(Administrator, world.Request{Operation: k.Read, Path: r.Path()})
		if err != nil {
			return err
		}
		if !world.Ours(x.JSON().Get(k.Named).String(), made.Name) {
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
	x, err := s.Ask(Administrator, world.Request{Operation: k.Delete, Path: r.Path()})
	if err == nil && !x.Succeeded() && x.Status != http.StatusNotFound {
		err = fmt.Errorf("%s is answered with %d", k.Delete, x.Status)
	}
	if err != nil {
		return err
	}
	// A target that confirms and forgets would leave it behind unnoticed.
	if x, err = s.Ask(Administrator, world.Request{Operation: k.Read, Path: r.Path()}); err == nil && x.Succeeded() {
		err = fmt.Errorf("%s was confirmed, and the record is still there", k.Delete)
	}
	return err
}
