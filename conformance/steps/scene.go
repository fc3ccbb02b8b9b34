package steps

import (
	"net/http"
	"slices"

	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// A Scene is what the sentences of one scenario share: whom and what it is
// about, and what the newest When was answered with.
type Scene struct {
	*world.World
	adapter Adapter
	cast    []*Record
	callers []*Record // "each of them"
	asked   []*world.Exchange
	trials  []Trial
	walk    walk
}

// NewScene makes the scene of a scenario, whose world asks the adapter from
// then on.
func NewScene(w *world.World, a Adapter) *Scene {
	w.Adapter = a
	return &Scene{World: w, adapter: a}
}

// Cast are the scenario's records of a kind.
func (s *Scene) Cast(noun string) []*Record {
	return slices.DeleteFunc(slices.Clone(s.cast), func(r *Record) bool { return r.Kind.Noun != noun })
}

// Known finds a record that the scenario has named before.
func (s *Scene) Known(ref Ref) (*Record, error) {
	if _, err := s.kind(ref.Noun); err != nil {
		return nil, err
	}
	for _, r := range s.cast {
		if r.Kind.Noun == ref.Noun && r.Name == ref.Name {
			return r, nil
		}
	}
	return nil, world.CouldNotJudge("the scenario uses the %s %q before it says what that is", ref.Noun, ref.Name)
}

// Add puts a record of the target in the scene, under a name.
func (s *Scene) Add(r *Record) *Record {
	s.cast = slices.DeleteFunc(s.cast, func(old *Record) bool { return old.Kind == r.Kind && old.Name == r.Name })
	s.cast = append(s.cast, r)
	_ = s.document(r.Kind) // an operation that is not there shows itself when it is asked
	r.Has, r.Own = map[string][]string{}, map[string]string{}
	return r
}

func (s *Scene) kind(noun string) (*Kind, error) {
	var known []string
	for _, k := range s.adapter.Kinds() {
		if k.Noun == noun || k.Plural == noun {
			return k, s.document(k)
		}
		known = append(known, k.Noun, k.Plural)
	}
	return nil, world.CouldNotJudge("%s has no %s%s", s.API.Name, noun, schemas.Suggest(noun, known))
}

// document takes from the contract which properties a record shows. Others are
// the server's own, and may change as it likes.
func (s *Scene) document(k *Kind) error {
	if k.documented != nil || k.Read == "" {
		return nil
	}
	op, err := s.operation(k.Read)
	if err == nil {
		k.documented = op.Response(http.StatusOK).Schema.Properties()
	}
	return err
}

func (s *Scene) thing(noun string) (*Thing, error) {
	var known []string
	for _, t := range s.adapter.Things() {
		if t.Noun == noun || t.Plural == noun {
			return t, nil
		}
		known = append(known, t.Noun, t.Plural)
	}
	return nil, world.CouldNotJudge("people of %s have no %s%s", s.API.Name, noun, schemas.Suggest(noun, known))
}

// Sure makes certain, once and on a real target only, that the id of a record is
// that record's: a wrong one would have the run change somebody else's.
func (s *Scene) Sure(r *Record) error {
	if s.Endpoint.Mock || r.sure || r.whole || r.ID == "" {
		return nil
	}
	x, err := s.Ask(Administrator, world.Request{Operation: r.Kind.Read, Path: r.Path()})
	if err != nil {
		return err
	}
	if name := x.JSON().Get(r.Kind.Named); x.Succeeded() && name.String() != r.Called {
		return world.CouldNotJudge("the target told id %s for a %s that it is not of; nothing is done to it", r.ID, r.Kind.Noun)
	}
	r.sure = true
	return nil
}
