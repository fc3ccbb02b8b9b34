package steps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/conformance/world"
)

// What is seen of records afterwards.

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
	return of(r, differs(r.Kind.showsAll(AsJSON(Into(Fields{}, want...))), r.Kind.showsAll(now)))
}

// isGone looks for a deleted record in every place that named it.
func (s *Scene) isGone(r *Record) error {
	if r.ID == "" {
		return world.CouldNotJudge("%s never was", r)
	}
	x, err := s.Ask(Administrator, world.Request{Operation: r.Kind.Read, Path: r.Path()})
	if err == nil {
		err = Usable(x)
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
	n, itself := 0, false
	for _, one := range all {
		named, same := one.Get(r.Kind.Named).String() == r.Called, r.ID != "" && one.Get(r.Kind.Param).String() == r.ID
		if named || same {
			n++
		}
		itself = itself || named && (same || r.ID == "")
	}
	if n > 0 && n == times && !itself {
		return fmt.Errorf("the list has no %s by the name and the %s of %s", r.Kind.Noun, r.Kind.Param, r)
	}
	if n != times {
		return fmt.Errorf("the list has %s %d times; it should have it %d times", r, n, times)
	}
	return nil
}

func (s *Scene) isNone(k *Kind, name string) error {
	r, err := s.Known(Ref{k.Noun, name})
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
		id, name := r.Kind.idOf(one), one.Get(r.Kind.Named).String()
		if slices.ContainsFunc(s.cast, func(known *Record) bool {
			return known != r && known.Kind == r.Kind && known.ID != "" && known.ID == id
		}) {
			continue
		}
		if r.ID != "" && id == r.ID || r.Called != "" && name == r.Called || strings.Contains(one.Raw, s.Tag()+"-"+r.Name) || strings.Contains(one.Raw, r.Name+"."+s.Tag()) {
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
		if k.Create != "" && slices.ContainsFunc(s.asked, func(x *world.Exchange) bool { return x.Operation != nil && x.Operation.ID == k.Create }) {
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
		return world.CouldNotJudge("the scenario knows nothing that could have changed")
	}
	return nil
}

func (s *Scene) carriesID(r *Record) error {
	answer, err := s.Answer()
	if err != nil {
		return err
	}
	id := answer.Get(r.Kind.Param)
	if id.String() == "" {
		return fmt.Errorf("the answer's %s is %s; it should be that of %s", r.Kind.Param, Shown(id), r)
	}
	now, err := s.Want(world.Request{Operation: r.Kind.Read, Path: map[string]string{r.Kind.Param: id.String()}})
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
	answer, err := s.Answer()
	if err != nil {
		return err
	}
	if id := answer.Get(r.Kind.Param); id.String() != r.ID {
		return fmt.Errorf("the answer shows %s %s; it should be %s, %s", r.Kind.Param, Shown(id), r, r.ID)
	}
	return of(r, r.compare(answer))
}
