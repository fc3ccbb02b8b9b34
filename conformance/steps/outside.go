package steps

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/tidwall/gjson"

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

// Show reads a record for the clean-up; nil where there is none.
func (s *Scene) Show(noun, id string) (*world.Trace, error) {
	k, err := s.kind(noun)
	if err != nil {
		return nil, err
	}
	x, err := s.Ask(Administrator, world.Request{Operation: k.Read, Path: map[string]string{k.Param: id}})
	if err != nil || slices.Contains([]int{http.StatusBadRequest, http.StatusNotFound, http.StatusGone}, x.Status) { // 400: it is no id here
		return nil, err
	}
	one, err := Answered(x)
	trace := k.trace(one)
	return &trace, err
}

// trace are the texts of a record of which two begin with a tag if a run made it.
func (k *Kind) trace(one gjson.Result) world.Trace {
	t := world.Trace{ID: k.idOf(one), Texts: []string{one.Get(k.Named).String(), one.Get(k.Tagged).String()}}
	if k.ChangeMakes {
		t.Texts = append(t.Texts, t.ID)
	}
	return t
}

// List lists the records of a kind with a tag, or all of them.
func (s *Scene) List(noun, tag string) (list []world.Trace, err error) {
	k, err := s.kind(noun)
	if err != nil {
		return nil, err
	}
	var all []gjson.Result
	if k.Beginning != nil {
		all, err = k.Beginning(tag)
	} else {
		all, err = k.All()
	}
	for _, one := range all {
		list = append(list, k.trace(one))
	}
	return list, err
}

// Erase sends the request that deletes a record.
func (s *Scene) Erase(noun, id string) (*world.Exchange, error) {
	k, err := s.kind(noun)
	if err != nil {
		return nil, err
	}
	return s.Ask(Administrator, world.Request{Operation: k.Delete, Path: map[string]string{k.Param: id}})
}
