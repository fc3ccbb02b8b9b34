package steps

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// Records: made, changed, deleted, and what is seen of them.

func (s *Scene) records() []Sentence {
	return []Sentence{
		Given(`users {names} with`, "makes users with these properties", `users "ann" and "bob" with (table of property and value)`, func(n Names, t Table) error {
			for _, name := range n {
				if err := s.existsWith(Ref{"user", name}, t); err != nil {
					return err
				}
			}
			return nil
		}),
		Given(`a/an {state} user {person}`, "makes a user in a state, as locked, disabled or equipped", `a locked user "ann"`, func(state string, ref Ref) error { return s.exists(ref, nil, state) }),
		Given(`an administrator {person}`, "makes a user who may do what the administrator may", `an administrator "eve"`, func(ref Ref) error { return s.exists(ref, nil, "administrator") }),
		Given(`a {noun} {name}`, "makes a record with what is required", `a user "ann"`, func(k *Kind, name string) error { return s.exists(Ref{k.Noun, name}, nil, "") }),
		Given(`a {noun} {name} with`, "makes a record with these properties", `a role "one" with (table of property and value)`, func(k *Kind, name string, t Table) error { return s.existsWith(Ref{k.Noun, name}, t) }),

		When(`{actor} creates the {noun} {name}`, "creates a record with what is required", `the administrator creates the user "ann"`, func(a Actor, k *Kind, name string) error { return s.creates(a, k, name) }),
		When(`{actor} creates the {noun} {name} with`, "creates a record with these properties", `the administrator creates the user "ann" with (table of property and value)`, func(a Actor, k *Kind, name string, t Table) error { return s.createsWith(a, k, name, t) }),
		When(`{actor} creates the {noun} {name} without {property}`, "creates a record that lacks a property", `the administrator creates the user "ann" without login`, func(a Actor, k *Kind, name string, p Property) error {
			return s.createsWith(a, k, name, Table{{string(p), LeftOut}})
		}),
		When(`{actor} creates the {noun} {name} with the {property} of {name}`, "creates a record that shares a property with another", `the administrator creates the user "bob" with the login of "ann"`, s.createsLike),
		When(`{actor} changes {record}`, "changes these properties of a record", `the administrator changes "ann" (table of property and value)`, func(a Actor, r *Record, t Table) error { return s.changesBy(a, r, t) }),
		When(`{actor} gives {record} the {property} of {record}`, "gives a record what another has", `the administrator gives "bob" the login of "ann"`, func(a Actor, r *Record, p Property, other *Record) error {
			return s.Changes(a, r, Setting{string(p), s.propertyOf(other, string(p))})
		}),
		When(`{actor} deletes {record}`, "deletes a record", `the administrator deletes "ann"`, s.deletes),
		When(`{actor} reads {record}`, "reads a record", `the administrator reads "ann"`, func(a Actor, r *Record) error { return s.reads(a, r) }),
		When(`{actor} reads itself`, "reads the own account", `"ann" reads itself`, func(a Actor) error { return s.reads(a, a.Who) }),
		When(`{actor} sends {record} back as it was read`, "changes a record to what it is", `the administrator sends "ann" back as it was read`, s.sendsBack),

		Then(`{record} reads back as it was given`, "wants the record to show what it was created with, or changed to", `"ann" reads back as it was given`, s.readsBack),
		Then(`{record} shows`, "wants the record to show these properties", `"ann" shows (table of property and value)`, s.showsThese),
		Then(`{record} shows {property} as {value}`, "wants the record to show a property", `"ann" shows enabled as true`, func(r *Record, p Property, v any) error {
			return s.shows(r, []Setting{{string(p), v}})
		}),
		Then(`{record} is gone`, "wants the record to be in no place that showed it", `"ann" is gone`, s.isGone),
		Then(`{record} is listed {int} time(s)`, "counts the records of its name in the list of all", `"ann" is listed 1 time`, s.isListed),
		Then(`there is no {noun} {name}`, "wants no record to have come to be by that name", `there is no user "ann"`, func(k *Kind, name string) error { return s.isNone(Ref{k.Noun, name}) }),
		Then(`{record} is unharmed`, "wants all of a record to be as the scenario left it", `"ann" is unharmed`, s.Unharmed),
		Then(`nothing has changed`, "wants every record of the scenario to be as it was left, and none to have come to be", `nothing has changed`, s.NothingHasChanged),
		Then(`the answer carries the id of {record}`, "wants the answer to lead to the new record", `the answer carries the id of "ann"`, s.carriesID),
		Then(`the answer is {record}`, "wants the answer to show the record", `the answer is "ann"`, s.answerIs),
	}
}

// Draft is a record that does not exist yet, and the body that creates it.
func (s *Scene) Draft(ref Ref, details ...Setting) (*Record, Fields, error) {
	k, err := s.kind(ref.Noun)
	if err != nil {
		return nil, nil, err
	}
	if k.Create == "" {
		return nil, nil, conformance.CouldNotJudge("no operation makes a %s", k.Noun)
	}
	r := s.Add(&Record{Kind: k, Name: ref.Name, Called: s.Tag() + "-" + ref.Name + k.Ending})
	body, err := k.Draft(r)
	if err != nil {
		return nil, nil, err
	}
	Into(body, details...)
	r.named(body)
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
func (s *Scene) Make(actor Actor, r *Record, body Fields) (x *conformance.Exchange, err error) {
	err = s.Create(r.Kind.Noun, r.Called, func() (string, error) {
		if x, err = s.Ask(actor, conformance.Request{Operation: r.Kind.Create, Body: body}); err != nil || !x.Succeeded() {
			return "", err
		}
		id := madeID(r.Kind, x)
		if r.Kind.Made != nil {
			if id, err = r.Kind.Made(x, r); err != nil || id == "" {
				return conformance.UnknownID, err
			}
		}
		if id != conformance.UnknownID {
			r.ID = id
		}
		return id, nil
	})
	if err == nil && x.Succeeded() {
		r.expect(body)
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
	if err != nil {
		return err
	}
	if name := now.Get(r.Kind.Named).String(); name != r.Called {
		if !s.Endpoint.Mock {
			return conformance.CouldNotJudge("the target told id %s for a %s that it is not of; nothing is done to it", r.ID, r.Kind.Noun)
		}
		return nil // the Thens will tell
	}
	shown, want := r.Kind.shows(now), r.Kind.canonical(Into(Fields{}, asked...))
	if err := differs(want, shown); err != nil {
		return fmt.Errorf("%s is not as it was asked for: %w", r, err)
	}
	r.Is, r.whole = shown, true
	return s.noteAll(r)
}

// noteAll remembers what is listed for who has all of a thing: no document says
// what that is.
func (s *Scene) noteAll(r *Record) (err error) {
	for _, t := range s.adapter.Things() {
		if t.Flag != "" && r.Is[t.Flag] == "true" && err == nil {
			r.Has[t.Noun], err = t.Of(r)
		}
	}
	return err
}

func (s *Scene) creates(actor Actor, k *Kind, name string, details ...Setting) error {
	r, body, err := s.Draft(Ref{k.Noun, name}, details...)
	if err != nil {
		return err
	}
	x, err := s.Make(actor, r, body)
	if x != nil {
		s.asked = append(s.asked, x)
	}
	return err
}

func (s *Scene) createsWith(actor Actor, k *Kind, name string, table Table) error {
	details, err := s.Settings(k, table)
	if err != nil {
		return err
	}
	return s.creates(actor, k, name, details...)
}

func (s *Scene) createsLike(actor Actor, k *Kind, name string, p Property, other string) error {
	r, err := s.Known(Ref{k.Noun, other})
	if err != nil {
		return err
	}
	return s.creates(actor, k, name, Setting{string(p), s.propertyOf(r, string(p))})
}

// propertyOf is what a record has as a property.
func (s *Scene) propertyOf(r *Record, property string) any {
	switch property {
	case r.Kind.Named:
		return r.Called
	case r.Kind.Param:
		return r.id()
	}
	return gjson.Parse(orNull(r.Is[property])).Value()
}

// id is the record's as answers and bodies have it: a number where it is one.
func (r *Record) id() any {
	if n, err := strconv.ParseInt(r.ID, 10, 64); err == nil {
		return n
	}
	return r.ID
}

func orNull(text string) string {
	if text == "" {
		return "null"
	}
	return text
}

func (s *Scene) changesBy(actor Actor, r *Record, table Table) error {
	changes, err := s.Settings(r.Kind, table)
	if err != nil {
		return err
	}
	return s.Changes(actor, r, changes...)
}

// Changes sends a change of a When, and expects from then on what a success has
// changed.
func (s *Scene) Changes(actor Actor, r *Record, changes ...Setting) error {
	body, x, err := s.sendsChange(actor, r, changes)
	if err != nil || !x.Succeeded() {
		return err
	}
	before := clone(r.Is)
	if r.Kind.Gives != nil {
		body = r.Kind.Gives(r, body)
	}
	r.expect(body)
	r.named(body)
	for _, t := range s.adapter.Things() {
		if t.Flag != "" && r.Is[t.Flag] != before[t.Flag] {
			delete(r.Has, t.Noun)
		}
	}
	return nil
}

func (s *Scene) sendsChange(actor Actor, r *Record, changes []Setting) (Fields, *conformance.Exchange, error) {
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
	x, err := s.When(actor, conformance.Request{Operation: r.Kind.Change, Path: r.Path(), Body: body})
	return body, x, err
}

func (s *Scene) sendsBack(actor Actor, r *Record) error {
	now, err := s.Read(r)
	if err != nil {
		return conformance.CouldNotJudge("%w", err)
	}
	_, err = s.When(actor, conformance.Request{Operation: r.Kind.Change, Path: r.Path(), Raw: []byte(now.Raw)})
	return err
}

func (s *Scene) deletes(actor Actor, r *Record) error {
	if err := s.Sure(r); err != nil {
		return err
	}
	_, err := s.When(actor, conformance.Request{Operation: r.Kind.Delete, Path: r.Path()})
	return err
}

func (s *Scene) reads(actor Actor, r *Record) error {
	if r == nil {
		return conformance.CouldNotJudge("%s has no account that the scenario knows", actor)
	}
	_, err := s.When(actor, conformance.Request{Operation: r.Kind.Read, Path: r.Path()})
	return err
}

func (s *Scene) readsBack(r *Record) error {
	if r.Is == nil {
		return fmt.Errorf("%s was not made", r)
	}
	now, err := s.Read(r)
	if err == nil {
		err = r.compare(now)
	}
	return of(r, err)
}

func of(r *Record, err error) error {
	if err != nil {
		return fmt.Errorf("of %s, %w", r, err)
	}
	return nil
}

func (s *Scene) showsThese(r *Record, table Table) error {
	want, err := s.Settings(r.Kind, table)
	if err != nil {
		return err
	}
	return s.shows(r, want)
}

func (s *Scene) shows(r *Record, want []Setting) error {
	now, err := s.Read(r)
	if err != nil {
		return err
	}
	for _, w := range want {
		if err := s.named(r.Kind, w.Property); err != nil {
			return err
		}
	}
	return of(r, differs(r.Kind.shows(asJSON(Into(Fields{}, want...))), r.Kind.shows(now)))
}

// isGone looks for a deleted record in every place that named it.
func (s *Scene) isGone(r *Record) error {
	if r.ID == "" {
		return conformance.CouldNotJudge("%s never was", r)
	}
	x, err := s.Ask(Administrator, conformance.Request{Operation: r.Kind.Read, Path: r.Path()})
	if err == nil {
		err = conformance.Usable(x)
	}
	if err == nil && x.Succeeded() {
		err = fmt.Errorf("%s is answered with %d; %s should be gone", r.Kind.Read, x.Status, r)
	}
	if err == nil {
		err = s.isListed(r, 0)
	}
	if err == nil && r.Kind.Gone != nil {
		err = r.Kind.Gone(r)
	}
	return err
}

func (s *Scene) isListed(r *Record, times int) error {
	all, err := r.Kind.All()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return fmt.Errorf("the list of %s is empty", r.Kind.Plural)
	}
	n := 0
	for _, one := range all {
		if one.Get(r.Kind.Named).String() == r.Called || r.ID != "" && one.Get(r.Kind.Param).String() == r.ID {
			n++
		}
	}
	if n != times {
		return fmt.Errorf("the list has %s %d times; it should have it %d times", r, n, times)
	}
	return nil
}

func (s *Scene) isNone(ref Ref) error {
	r, err := s.Known(ref)
	if err != nil {
		return err
	}
	return s.noneLike(r)
}

// noneLike looks for a record by anything that it was to be created with and
// that begins with the scenario's tag.
func (s *Scene) noneLike(r *Record) error {
	all, err := r.Kind.All()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return fmt.Errorf("the list of %s is empty; it should have those who were there before", r.Kind.Plural)
	}
	for _, one := range all {
		if slices.ContainsFunc(s.cast, func(known *Record) bool {
			return known.Kind == r.Kind && known.ID != "" && known.ID == r.Kind.idOf(one)
		}) {
			continue
		}
		name := one.Get(r.Kind.Named).String()
		if name == r.Called || strings.Contains(one.Raw, s.Tag()+"-"+r.Name) || strings.Contains(one.Raw, r.Name+"."+s.Tag()) {
			return fmt.Errorf("there is a new %s %s; none should have come to be", r.Kind.Noun, one.Get(r.Kind.Param))
		}
	}
	return nil
}

// Unharmed holds all that can be read of a record to what the scenario knows:
// its properties, what it has, and that its password still works.
func (s *Scene) Unharmed(r *Record) error {
	now, err := s.Read(r)
	if err == nil {
		err = r.compare(now)
	}
	for _, t := range s.adapter.Things() {
		if ids, known := r.Has[t.Noun]; known && err == nil {
			err = s.hasExactly(r, t, ids)
		}
	}
	if err == nil && r.Password != "" && r.Kind.Noun == "user" && s.adapter.CanSignIn(r) {
		err = s.canSignIn(r)
	}
	return of(r, err)
}

// NothingHasChanged holds every record that is there to what the scenario
// knows, and looks for those that should not have come to be.
func (s *Scene) NothingHasChanged() error {
	looked := false
	for _, k := range s.adapter.Kinds() {
		if k.Create != "" && slices.ContainsFunc(s.asked, func(x *conformance.Exchange) bool { return x.Operation != nil && x.Operation.ID == k.Create }) {
			looked = true
			if err := s.noneLike(&Record{Kind: k, Name: "uninvited", Called: s.Uninvited(k)}); err != nil {
				return err
			}
		}
	}
	for _, r := range s.cast {
		judge := s.Unharmed
		if r.ID == "" {
			judge = s.noneLike
		}
		if err := judge(r); err != nil {
			return err
		}
	}
	if !looked && len(s.cast) == 0 {
		return conformance.CouldNotJudge("the scenario knows nothing that could have changed")
	}
	return nil
}

func (s *Scene) carriesID(r *Record) error {
	x, err := s.Newest()
	if err != nil {
		return err
	}
	answer, err := Answered(x)
	if err != nil {
		return err
	}
	id := answer.Get(r.Kind.Param)
	if id.String() == "" {
		return fmt.Errorf("the answer's %s is %s; it should be that of %s", r.Kind.Param, conformance.Shown(id), r)
	}
	now, err := s.Want(conformance.Request{Operation: r.Kind.Read, Path: map[string]string{r.Kind.Param: id.String()}})
	if err != nil {
		return fmt.Errorf("the answer's %s %s leads nowhere: %w", r.Kind.Param, id.Raw, err)
	}
	if name := now.Get(r.Kind.Named).String(); name != r.Called || now.Get(r.Kind.Param).Raw != id.Raw {
		return fmt.Errorf("the answer's %s %s leads to %s %q; it should lead to %q", r.Kind.Param, id.Raw, r.Kind.Noun, name, r.Called)
	}
	return nil
}

// answerIs wants the answer to show the record as it is known to be.
func (s *Scene) answerIs(r *Record) error {
	x, err := s.Newest()
	if err != nil {
		return err
	}
	answer, err := Answered(x)
	if err != nil {
		return err
	}
	if id := answer.Get(r.Kind.Param); id.String() != r.ID {
		return fmt.Errorf("the answer shows %s %s; it should be %s, %s", r.Kind.Param, conformance.Shown(id), r, r.ID)
	}
	return of(r, r.compare(answer))
}
