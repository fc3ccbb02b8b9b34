package steps

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/world"
)

// Records that come to be, as a condition or by a When.

// Draft is a record that does not exist yet, and the body that creates it.
func (s *Scene) Draft(ref Ref, details ...Setting) (*Record, Fields, error) {
	k, err := s.kind(ref.Noun)
	if err != nil {
		return nil, nil, err
	}
	if k.Create == "" {
		return nil, nil, world.CouldNotJudge("no operation makes a %s", k.Noun)
	}
	name := ref.Name
	if k.Noun != "user" { // a letter that is lost where names are made small
		name = strings.ToUpper(name[:1]) + name[1:]
	}
	r := s.Add(&Record{Kind: k, Name: ref.Name, Called: s.Tag() + "-" + name + k.Ending})
	body, err := k.Draft(r)
	if err != nil {
		return nil, nil, err
	}
	if _, named := body[k.Named]; named {
		r.Called = "" // unless its name stays in the body
	}
	r.named(Into(body, details...))
	return r, body, nil
}

// named takes in what a body says of name and password.
func (r *Record) named(body Fields) {
	if name, ok := body[r.Kind.Named].(string); ok {
		r.Called = name
	}
	if password, ok := body["password"].(string); ok {
		r.Takes(password)
	}
}

// Make sends the body that creates a record, as somebody.
func (s *Scene) Make(actor Actor, r *Record, body Fields) (x *world.Exchange, err error) {
	err = s.Create(r.Kind.Noun, r.Called, func() (string, error) {
		if x, err = s.Ask(actor, world.Request{Operation: r.Kind.Create, Body: body}); err != nil || !x.Succeeded() {
			return "", err
		}
		id := madeID(r.Kind, x)
		if r.Kind.Made != nil {
			if id, err = r.Kind.Made(x, r); err != nil || id == "" {
				return world.UnknownID, err
			}
		}
		if id != world.UnknownID {
			r.ID = id
		}
		return id, nil
	})
	if err == nil && x.Succeeded() {
		r.Expect(body)
	}
	return x, err
}

// exists makes a record as a condition, in a state where one is said.
func (s *Scene) exists(ref Ref, details []Setting, state string) error {
	r, body, err := s.Draft(ref, details...)
	if err != nil {
		return err
	}
	var after func() error
	if state != "" {
		if after, err = s.adapter.State(r, state, body); err != nil {
			return err
		}
	}
	x, err := s.Make(Administrator, r, body)
	if err == nil && (!x.Succeeded() || r.ID == "") {
		err = fmt.Errorf("%s is answered with %d", r.Kind.Create, x.Status)
	}
	if err == nil && after != nil {
		err = after()
	}
	if err != nil {
		return err
	}
	return s.Note(r, details...)
}

// Exists makes a record as a condition, for the sentences of one API.
func (s *Scene) Exists(noun, name string, details ...Setting) (*Record, error) {
	ref := Ref{noun, name}
	if err := s.exists(ref, details, ""); err != nil {
		return nil, err
	}
	return s.Known(ref)
}

func (s *Scene) existsWith(ref Ref, table Table) error {
	k, err := s.kind(ref.Noun)
	if err != nil {
		return err
	}
	details, err := s.Settings(k, table)
	if err != nil {
		return err
	}
	return s.exists(ref, details, "")
}

// Note reads a record, which must show what a condition asks for, and remembers
// all that it shows.
func (s *Scene) Note(r *Record, asked ...Setting) error {
	now, err := s.Read(r)
	if name := now.Get(r.Kind.Named).String(); err != nil || name != r.Called {
		var trouble *world.Trouble
		switch {
		case errors.As(err, &trouble):
			return err
		case !s.Endpoint.Mock:
			return world.CouldNotJudge("the target told id %s for a %s that it is not of; nothing is done to it", r.ID, r.Kind.Noun)
		}
		return nil // the Thens will tell
	}
	shown, want := r.Kind.shows(now), r.Kind.canonical(Into(Fields{}, asked...))
	if err := differs(want, shown); err != nil {
		return fmt.Errorf("%s is not as it was asked for: %w", r, err)
	}
	r.Is, r.whole = shown, true
	for _, t := range s.adapter.Things() {
		if t.Flag != "" && want[t.Flag] == "true" && err == nil {
			r.Has[t.Noun], err = t.Of(r) // what is listed for who has all no document says
		}
	}
	return err
}

func (s *Scene) creates(actor Actor, k *Kind, name string, details ...Setting) (*Record, *world.Exchange, error) {
	r, body, err := s.Draft(Ref{k.Noun, name}, details...)
	if err != nil {
		return nil, nil, err
	}
	x, err := s.Make(actor, r, body)
	s.keep(x)
	return r, x, err
}

func (s *Scene) createsWith(actor Actor, k *Kind, name string, table Table) error {
	details, err := s.Settings(k, table)
	if err != nil {
		return err
	}
	_, _, err = s.creates(actor, k, name, details...)
	return err
}

// propertyOf is what a record has as a property.
func (s *Scene) propertyOf(r *Record, property string) any {
	switch property {
	case r.Kind.Named:
		return r.Called
	case r.Kind.Param:
		return r.id()
	}
	return gjson.Parse(cmp.Or(r.Is[property], "null")).Value()
}

// id is the record's as answers and bodies have it: a number where it is one.
func (r *Record) id() any {
	if n, err := strconv.ParseInt(r.ID, 10, 64); err == nil {
		return n
	}
	return r.ID
}
