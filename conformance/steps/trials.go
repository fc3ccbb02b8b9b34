package steps

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/conformance/world"
)

// Whens that walk over data, and keep what came of each item for the Thens.

func (s *Scene) trialling() []Sentence {
	return []Sentence{
		When(`{actor} creates {nouns} with each of these alone and with each pair`, "creates a record for each row, and for each two", `the administrator creates users with each of these alone and with each pair (table of property and value)`, s.createsCombinations),
		When(`{actor} creates {nouns} with each of these texts as {property}`, "creates a record for each row", `the administrator creates users with each of these texts as name (table of texts)`, s.createsTexts),
		When(`{actor} changes {record} in each of these alone and in each pair`, "changes a record for each row, and for each two; a second value takes turns with the first", `the administrator changes "ann" in each of these alone and in each pair (table of property and values)`, s.changesCombinations),
		When(`{actor} gives {record} each of these texts as {property}`, "changes a record for each row", `the administrator gives "ann" each of these texts as name (table of texts)`, s.givesTexts),

		Then(`each shows what it was given, and nothing else has changed`, "wants every change of the When to have done its work, and only that", `each shows what it was given, and nothing else has changed`, s.EachTrial),
		Then(`each text reads back to the letter, or is refused`, "wants every text of the When to be kept as it is, or not at all", `each text reads back to the letter, or is refused`, s.EachTrial),
	}
}

var cellNames = regexp.MustCompile(`[a-z]+`)

// A Trial is one of several things that a When does, and how it is judged.
type Trial struct {
	What  string
	Judge func() error
}

// Try keeps a trial for the Then.
func (s *Scene) Try(what string, judge func() error) { s.trials = append(s.trials, Trial{what, judge}) }

func (s *Scene) EachTrial() error {
	if len(s.trials) == 0 {
		return world.CouldNotJudge("the scenario has tried nothing")
	}
	for _, t := range s.trials {
		if err := t.Judge(); err != nil {
			return fmt.Errorf("%s: %w", t.What, err)
		}
	}
	return nil
}

// A portrait is all that is read of a record at one moment, and what it should
// be then.
type portrait struct {
	of     *Record
	is     map[string]string
	record *world.Exchange
	things []belonging
}

type belonging struct {
	thing     *Thing
	got, want []string
	err       error
}

// portray reads a record and what it has; whatever is wrong with it is for a
// Then to say.
func (s *Scene) portray(r *Record) (*portrait, error) {
	p := &portrait{of: r, is: maps.Clone(r.Is)}
	var err error
	if p.record, err = s.Ask(Administrator, world.Request{Operation: r.Kind.Read, Path: r.Path()}); err != nil {
		return nil, err
	}
	for _, t := range s.adapter.Things() {
		if want, known := r.Has[t.Noun]; known {
			got, err := t.Of(r)
			p.things = append(p.things, belonging{t, sorted(got), sorted(want), err})
		}
	}
	return p, nil
}

func (p *portrait) judge() error {
	now, err := Answered(p.record)
	if err == nil {
		err = p.of.holds(p.is, p.of.Kind.shows(now))
	}
	for _, b := range p.things {
		if err == nil {
			err = b.err
		}
		if err == nil && !slices.Equal(b.got, b.want) {
			err = fmt.Errorf("the %s are %v; they should be %v", b.thing.Plural, b.got, b.want)
		}
	}
	return of(p.of, err)
}

// Attempt keeps what a request was answered with and how a record is seen after
// it, for the Then.
func (s *Scene) Attempt(what string, x *world.Exchange, answer func(*world.Exchange) error, after *Record) error {
	seen, err := s.portray(after)
	if err != nil {
		return err
	}
	s.Try(what, func() error {
		if err := answer(x); err != nil {
			s.Blame(x)
			return err
		}
		return seen.judge()
	})
	return nil
}

func (s *Scene) createsTexts(actor Actor, k *Kind, p Property, table Table) error {
	if err := s.named(k, string(p)); err != nil {
		return err
	}
	taken := 0
	for i, row := range table {
		text := text(row[0])
		if string(p) == k.Named && !strings.Contains(text, s.Tag()) { // by its beginning it is known as the run's own
			text = s.Tag() + "-" + text
		}
		r, x, err := s.creates(actor, k, numbered(i), Setting{string(p), text})
		if err != nil {
			return err
		}
		if x.Succeeded() {
			taken++
		}
		s.Try(fmt.Sprintf("%s %q", p, text), func() error {
			if x.Refused() {
				return s.noneLike(r)
			}
			if err := ShouldSucceed(x); err != nil {
				return err
			}
			return s.readsBack(r)
		})
	}
	s.Try("all texts", func() error {
		if taken < len(table)/2 {
			return fmt.Errorf("of %d, %d are taken; a target that refuses most keeps nothing", len(table), taken)
		}
		return nil
	})
	return nil
}

// givesTexts gives one record each text in turn. A refused one leaves the one
// before.
func (s *Scene) givesTexts(actor Actor, r *Record, p Property, table Table) error {
	if err := s.named(r.Kind, string(p)); err != nil {
		return err
	}
	for _, row := range table {
		x, err := s.Changes(actor, r, Setting{string(p), text(row[0])})
		if err == nil {
			err = s.Attempt(fmt.Sprintf("%s %q", p, text(row[0])), x, ShouldNotFail, r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
