package steps

import (
	"maps"

	"github.com/rolecall/rolecall/conformance/world"
)

// Records that are changed, deleted or read by a When.

func (s *Scene) changesBy(actor Actor, r *Record, table Table) error {
	changes, err := s.Settings(r.Kind, table)
	if err != nil {
		return err
	}
	_, err = s.Changes(actor, r, changes...)
	return err
}

// Changes sends a change of a When, and expects from then on what a success has
// changed.
func (s *Scene) Changes(actor Actor, r *Record, changes ...Setting) (*world.Exchange, error) {
	body, x, err := s.sendsChange(actor, r, changes)
	if err != nil || !x.Succeeded() {
		return x, err
	}
	before := maps.Clone(r.Is)
	r.Changed(body)
	for _, t := range s.adapter.Things() {
		if t.Flag != "" && r.Is[t.Flag] != before[t.Flag] {
			delete(r.Has, t.Noun)
		}
	}
	return x, nil
}

func (s *Scene) sendsChange(actor Actor, r *Record, changes []Setting) (Fields, *world.Exchange, error) {
	body := Into(Fields{}, changes...)
	if r.Kind.Body != nil {
		var err error
		if body, err = r.Kind.Body(r, body); err != nil {
			return nil, nil, err
		}
		Into(body, changes...) // what is left out
	}
	if err := s.Sure(r); err != nil {
		return nil, nil, err
	}
	x, err := s.When(actor, world.Request{Operation: r.Kind.Change, Path: r.Path(), Body: body})
	return body, x, err
}

func (s *Scene) sendsBack(actor Actor, r *Record) error {
	now, err := s.Read(r)
	if err != nil {
		return world.CouldNotJudge("%w", err)
	}
	_, err = s.When(actor, world.Request{Operation: r.Kind.Change, Path: r.Path(), Raw: []byte(now.Raw)})
	return err
}

func (s *Scene) deletes(actor Actor, r *Record) error {
	if err := s.Sure(r); err != nil {
		return err
	}
	_, err := s.When(actor, world.Request{Operation: r.Kind.Delete, Path: r.Path()})
	return err
}

func (s *Scene) reads(actor Actor, r *Record) error {
	if r == nil {
		return world.CouldNotJudge("%s has no account that the scenario knows", actor)
	}
	_, err := s.When(actor, world.Request{Operation: r.Kind.Read, Path: r.Path()})
	return err
}
