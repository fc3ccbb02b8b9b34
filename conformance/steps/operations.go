package steps

import (
	"net/http"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// Any operation of the contract, with a request that would succeed if its
// sender were allowed.

func (s *Scene) operations() []Sentence {
	return []Sentence{
		When(`{actor} tries {operation}`, "sends a request that is about no record", `the administrator tries getRoles`, func(a Actor, o Operation) error { return s.Tries(a, "something unknown", o) }),
		When(`{actor} tries {operations} on {target}`, "sends requests that are well made, on a record and what goes with it; those that delete come last", `nobody tries every operation on "ann"`, s.triesThose),
		When(`{actor} tries these operations on {target}`, "sends a request for each row", `each of them tries these operations on itself (table of operations)`, s.triesThese),
		When(`a request signs in with the header {string}`, "reads with a header Authorization", `a request signs in with the header "Basic"`, s.sendsAuthorization),
		When(`{actor} creates a {noun} with a body {string}`, "sends a body to the letter, or one that is cut off", `nobody creates a user with a body "[]"`, s.createsRaw),
		When(`{actor} tries {operation} of {string}`, "asks for a record by an id as it stands", `the administrator tries getUser of "99999999999999999999"`, s.triesOf),
		When(`{actor} uses the method {word} where {operation} is`, "sends the method to the operation's path", `the administrator uses the method PATCH where getUser is`, s.usesMethod),
	}
}

// An Operation is one of the contract.
type Operation = *schemas.Operation

// those are the operations that words mean.
func (s *Scene) those(words Operations) ([]Operation, error) {
	switch words {
	case "every operation":
		return s.Documented(func(Operation) bool { return true }), nil
	case "every operation on a user,":
		return s.Documented(s.onUser), nil
	case "every operation that reads one thing,":
		return s.Documented(func(op Operation) bool {
			return op.Method == http.MethodGet && slices.ContainsFunc(op.Parameters, func(p schemas.Parameter) bool { return p.In == "path" })
		}), nil
	}
	op, err := s.operation(string(words))
	return []Operation{op}, err
}

// onUser tells operations that name a user in their path.
func (s *Scene) onUser(op Operation) bool {
	k, err := s.kind("user")
	if err != nil {
		return false
	}
	return strings.HasPrefix(op.Path, s.API.Contract.Operation(k.Read).Path)
}

// Documented are operations of the document in its order, but those that delete
// records at the end.
func (s *Scene) Documented(meant func(Operation) bool) []Operation {
	var first, last []Operation
	for _, op := range s.API.Contract.Documented() {
		switch {
		case !meant(op):
		case slices.ContainsFunc(s.adapter.Kinds(), func(k *Kind) bool { return k.Delete == op.ID }):
			last = append(last, op)
		default:
			first = append(first, op)
		}
	}
	return append(first, last...)
}

func (s *Scene) triesThose(actor Actor, words Operations, on Target) error {
	those, err := s.those(words)
	if err != nil {
		return err
	}
	return s.Tries(actor, on, those...)
}

func (s *Scene) triesThese(actor Actor, on Target, table Table) error {
	var these []Operation
	for _, row := range table {
		op, err := s.operation(row[0])
		if err != nil {
			return err
		}
		these = append(these, op)
	}
	return s.Tries(actor, on, these...)
}

// Tries sends one request an operation. Each is kept for the Thens, also where
// the one before should have been refused and was not.
func (s *Scene) Tries(actor Actor, on Target, operations ...Operation) error {
	for _, one := range s.each(actor) {
		for _, op := range operations {
			requests, err := s.samples(one, on, op)
			if err != nil {
				return err
			}
			for _, r := range requests {
				if _, err := s.When(one, r); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// samples are well-made requests of an operation on a target.
func (s *Scene) samples(actor Actor, on Target, op Operation) (all []world.Request, err error) {
	records := []*Record{nil}
	switch noun, each := strings.CutPrefix(string(on), "each "); {
	case each:
		records = s.Cast(noun)
	case on == "something that exists":
		r, err := s.adapter.Witness(op)
		return []world.Request{r}, err
	case on == "itself":
		records[0] = actor.Who
	case on != "something unknown":
		if records[0], err = s.Known(refOf(string(on))); err != nil {
			return nil, err
		}
	}
	for _, record := range records {
		r, err := s.adapter.Sample(op, record)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// each is everybody that an actor stands for.
func (s *Scene) each(actor Actor) []Actor {
	if actor.Name != "each of them" {
		return []Actor{actor}
	}
	var all []Actor
	for _, p := range s.callers {
		all = append(all, Actor{Name: p.Name, Who: p, With: actor.With})
	}
	return all
}

// AddCaller makes somebody one of "each of them".
func (s *Scene) AddCaller(p *Record) { s.callers = append(s.callers, p) }

func (s *Scene) sendsAuthorization(value string) error {
	k, err := s.kind("user")
	if err != nil {
		return err
	}
	x, err := s.Do(world.Request{Operation: k.List, As: "the header " + value, Sign: func(r *http.Request) { r.Header.Set("Authorization", value) }})
	s.keep(x)
	return err
}
