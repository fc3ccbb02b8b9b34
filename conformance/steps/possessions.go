package steps

import (
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/world"
)

// What people have: granted, revoked, set, and what is seen of it.

func (s *Scene) possessions() []Sentence {
	return []Sentence{
		Given(`{person} has the {things} {names}`, "brings somebody to where it has exactly these", `"ann" has the sites "first" and "second"`, s.has),
		Given(`{person} has no {things}`, "brings somebody to where it has none", `"ann" has no device types`, func(p *Record, t *Thing) error { return s.has(p, t, nil) }),
		Given(`{person} has all {things}`, "gives somebody all by one grant", `"ann" has all sites`, s.hasAll),

		When(`{actor} grants the {things} {names} to {person}`, "grants one, or several in one request", `the administrator grants the site "first" to "ann"`, func(a Actor, t *Thing, n Names, p *Record) error { return s.does(a, Grant, t, n, p) }),
		When(`{actor} revokes the {things} {names} from {person}`, "revokes one, or several in one request", `the administrator revokes the roles "one" and "two" from "ann"`, func(a Actor, t *Thing, n Names, p *Record) error { return s.does(a, Revoke, t, n, p) }),
		When(`{actor} sets the {things} of {person} to {names}`, "replaces all that somebody has", `the administrator sets the sites of "ann" to "first" and "third"`, func(a Actor, t *Thing, p *Record, n Names) error { return s.does(a, Set, t, n, p) }),
		When(`{actor} grants all {things} to {person}`, "grants all by one grant", `the administrator grants all device types to "ann"`, func(a Actor, t *Thing, p *Record) error { return s.does(a, GrantAll, t, nil, p) }),
		When(`{actor} changes the {things} of {person} in turn`, "grants, revokes or sets, row by row: what is done, which, and which are there afterwards", `the administrator changes the sites of "ann" in turn (table)`, s.changesInTurn),

		Then(`{person} has exactly the {things} {names}`, "wants somebody to have these, each once, and no others", `"ann" has exactly the sites "first" and "third"`, s.hasThese),
		Then(`{person} has no {things}`, "wants an answer that lists none", `"ann" has no device types`, func(p *Record, t *Thing) error { return s.hasExactly(p, t, nil) }),
		Then(`{person} has every {thing}`, "wants somebody to have all that there are", `"ann" has every device type`, s.hasEvery),
		Then(`each change of the {things} of {person} is as the table says`, "wants each row to have done its work, and nothing else", `each change of the sites of "ann" is as the table says`, func(_ *Thing, _ *Record) error { return s.EachTrial() }),
	}
}

func (s *Scene) pick(t *Thing, names Names) ([]string, error) {
	ids := []string{}
	for _, name := range names {
		id, err := t.Find(name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func sorted(ids []string) []string { return slices.Sorted(slices.Values(ids)) }

// has is a condition.
func (s *Scene) has(p *Record, t *Thing, names Names) error {
	ids, err := s.pick(t, names)
	if err != nil {
		return err
	}
	if err := s.Has(p, t, ids); err != nil {
		return err
	}
	return s.Note(p)
}

// Has brings somebody to where it has exactly these. What it had is known until then.
func (s *Scene) Has(p *Record, t *Thing, ids []string) error {
	prepare := t.Prepare
	if prepare == nil {
		prepare = func(p *Record, ids []string) error { return s.Must(t, Set, p, ids) }
	}
	err := prepare(p, ids)
	p.Gets(t, ids)
	return err
}

// Having is what somebody must have of a thing, where that is known.
func (r *Record) Having(t *Thing) (ids []string, known bool) {
	if t.Property == "" {
		ids, known = r.Has[t.Noun]
		return ids, known
	}
	is, known := r.Is[t.Property]
	for _, id := range gjson.Parse(is).Array() {
		ids = append(ids, id.String())
	}
	return ids, known || r.whole
}

// Gets notes what somebody must have of a thing from now on.
func (r *Record) Gets(t *Thing, ids []string) {
	if t.Property == "" {
		r.Has[t.Noun] = ids
	} else {
		r.Expect(Fields{t.Property: ids})
	}
}

// Must does what a condition needs.
func (s *Scene) Must(t *Thing, verb Verb, p *Record, ids []string) error {
	r, err := t.Request(verb, p, ids)
	if err != nil {
		return err
	}
	x, err := s.Ask(Administrator, r)
	if err == nil && !x.Succeeded() {
		err = fmt.Errorf("%s is answered with %d; do the %s %v exist?", r.Operation, x.Status, t.Plural, ids)
	}
	return err
}

func (s *Scene) hasAll(p *Record, t *Thing) error {
	if err := s.Must(t, GrantAll, p, nil); err != nil {
		return err
	}
	delete(p.Has, t.Noun) // what is listed then is for the rules to say
	return s.Note(p)
}

// does sends what a When says; what is expected afterwards is known where it succeeds.
func (s *Scene) does(actor Actor, verb Verb, t *Thing, names Names, p *Record) error {
	ids, err := s.pick(t, names)
	if err != nil {
		return err
	}
	r, err := t.Request(verb, p, ids)
	if err != nil {
		return err
	}
	had, known := p.Having(t)
	x, err := s.When(actor, r)
	switch {
	case err != nil || !x.Succeeded() || p.Is[t.Flag] == "true" && t.Flag != "":
	case verb == GrantAll:
		delete(p.Has, t.Noun)
	case verb == Set || verb == RevokeAll || known:
		p.Gets(t, after(verb, had, ids))
	}
	return err
}

// after is what somebody has when something was done.
func after(verb Verb, had, ids []string) []string {
	switch verb {
	case Grant:
		return unique(slices.Concat(had, ids))
	case Revoke:
		return slices.DeleteFunc(slices.Clone(had), func(id string) bool { return slices.Contains(ids, id) })
	case Set:
		return unique(ids)
	}
	return []string{}
}

func unique(ids []string) []string { return slices.Compact(sorted(ids)) }

// changesInTurn walks over a table of what is done, which, and what is there
// afterwards.
func (s *Scene) changesInTurn(actor Actor, t *Thing, p *Record, table Table) error {
	for _, row := range table {
		if len(row) != 3 {
			return world.CouldNotJudge("the table has %d columns; it should have what is done, which, and what is there afterwards", len(row))
		}
		verb, which := Verb(row[0]), namesIn(row[1])
		if row[1] == "all" {
			verb, which = verb+" all", nil
		}
		leaves, err := s.pick(t, namesIn(row[2]))
		if err != nil {
			return err
		}
		had, _ := p.Having(t)
		if err := s.does(actor, verb, t, which, p); err != nil {
			return err
		}
		p.Gets(t, leaves)
		x, err := s.Newest()
		if err != nil {
			return err
		}
		judge := ShouldNotFail // what is so already may be refused
		if !slices.Equal(sorted(had), sorted(leaves)) {
			judge = ShouldSucceed
		}
		if err := s.Attempt(row[0]+" "+row[1], x, judge, p); err != nil {
			return err
		}
	}
	return nil
}

// namesIn reads a cell of names without quotes.
func namesIn(cell string) (names Names) {
	for _, name := range cellNames.FindAllString(cell, -1) {
		if name != "and" && name != "none" {
			names = append(names, name)
		}
	}
	return names
}

func (s *Scene) hasThese(p *Record, t *Thing, names Names) error {
	ids, err := s.pick(t, names)
	if err != nil {
		return err
	}
	return s.hasExactly(p, t, ids)
}
