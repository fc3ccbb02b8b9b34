package steps

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/schemas"
)

// Any operation of the contract, with a request that would succeed if its
// sender were allowed.

func (s *Scene) operations() []Sentence {
	return []Sentence{
		When(`{actor} tries {operation} on {record}`, "sends a request that is well made, on the record and what goes with it", `nobody tries deleteUser on "ann"`, func(a Actor, op *schemas.Operation, r *Record) error { return s.tries(a, r, op) }),
		When(`{actor} tries {operation}`, "sends a request that is about no record", `the administrator tries getRoles`, func(a Actor, op *schemas.Operation) error { return s.tries(a, nil, op) }),
		When(`{actor} tries {operation} on something that exists`, "sends a request that reads, on what is there for certain", `the administrator tries getRole on something that exists`, s.triesWitness),
		When(`{actor} tries these operations on {record}`, "sends a request for each row", `the administrator tries these operations on "ann" (table of operations)`, func(a Actor, r *Record, t Table) error { return s.triesThese(a, r, t) }),
		When(`{actor} tries these operations on itself`, "sends a request on the own account for each row", `each of them tries these operations on itself (table of operations)`, func(a Actor, t Table) error { return s.triesThese(a, itself, t) }),
		When(`{actor} tries these operations on something unknown`, "sends a request on what does not exist for each row", `the administrator tries these operations on something unknown (table of operations)`, func(a Actor, t Table) error { return s.triesThese(a, nil, t) }),
		When(`{actor} tries every operation on {record}`, "sends a request for each documented operation, those that delete last", `nobody tries every operation on "ann"`, func(a Actor, r *Record) error { return s.tries(a, r, s.documented(anyOperation)...) }),
		When(`{actor} tries every operation on a user, on {record}`, "sends a request for each operation that names a user", `the administrator tries every operation on a user, on "ann"`, func(a Actor, r *Record) error { return s.tries(a, r, s.documented(s.onUser)...) }),
		When(`{actor} tries every operation on a user, on something unknown`, "sends a request for each operation that names a user, on one that does not exist", `the administrator tries every operation on a user, on something unknown`, func(a Actor) error { return s.tries(a, nil, s.documented(s.onUser)...) }),
		When(`{actor} tries every operation that reads one thing, on something unknown`, "sends a request for each of them", `nobody tries every operation that reads one thing, on something unknown`, func(a Actor) error { return s.tries(a, nil, s.documented(readsOne)...) }),
		When(`a request signs in with the header {string}`, "reads with a header Authorization", `a request signs in with the header "Basic"`, s.sendsAuthorization),
		When(`{actor} creates a {noun} with a body {string}`, "sends a body to the letter, or one that is cut off", `nobody creates a user with a body "[]"`, s.createsRaw),
		When(`{actor} tries {operation} of {string}`, "asks for a record by an id as it stands", `the administrator tries getUser of "99999999999999999999"`, s.triesOf),
		When(`{actor} uses the method {word} where {operation} is`, "sends the method to the operation's path", `the administrator uses the method PATCH where getUser is`, s.usesMethod),
	}
}

// itself stands for the account of whoever acts.
var itself = &Record{Name: "itself"}

func anyOperation(*schemas.Operation) bool { return true }

func readsOne(op *schemas.Operation) bool { return op.Method == http.MethodGet && names(op) }

func names(op *schemas.Operation) bool {
	return slices.ContainsFunc(op.Parameters, func(p schemas.Parameter) bool { return p.In == "path" })
}

// onUser tells operations that name a user in their path.
func (s *Scene) onUser(op *schemas.Operation) bool {
	k, err := s.kind("user")
	if err != nil {
		return false
	}
	read := s.API.Contract.Operation(k.Read)
	return len(op.Path) >= len(read.Path) && op.Path[:len(read.Path)] == read.Path
}

// documented are operations of the document in its order, but those that delete
// records at the end.
func (s *Scene) documented(meant func(*schemas.Operation) bool) []*schemas.Operation {
	var first, last []*schemas.Operation
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

// tries sends one request an operation. Each is kept for the Thens, also where
// the one before should have been refused and was not.
func (s *Scene) tries(actor Actor, on *Record, operations ...*schemas.Operation) error {
	for _, one := range s.each(actor) {
		record := on
		if on == itself {
			record = one.Who
		}
		for _, op := range operations {
			r, err := s.adapter.Sample(op, record)
			if err != nil {
				return err
			}
			if _, err := s.When(one, r); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Scene) triesWitness(actor Actor, op *schemas.Operation) error {
	r, err := s.adapter.Witness(op)
	if err == nil {
		_, err = s.When(actor, r)
	}
	return err
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

func (s *Scene) triesThese(actor Actor, on *Record, table Table) error {
	var all []*schemas.Operation
	for _, row := range table {
		op, err := s.operation(row[0])
		if err != nil {
			return err
		}
		all = append(all, op)
	}
	return s.tries(actor, on, all...)
}

// sendsAuthorization sends a header Authorization as it stands.
func (s *Scene) sendsAuthorization(value string) error {
	k, err := s.kind("user")
	if err != nil {
		return err
	}
	x, err := s.Do(conformance.Request{Operation: k.List, As: "the header " + value, Sign: func(r *http.Request) { r.Header.Set("Authorization", value) }})
	if x != nil {
		s.asked = append(s.asked, x)
	}
	return err
}

// createsRaw sends a body to the letter, but for what stands in parentheses. One
// that is no JSON from its first letter on goes as a form.
func (s *Scene) createsRaw(actor Actor, k *Kind, body string) (err error) {
	raw := inParentheses.ReplaceAllStringFunc(body, func(words string) string {
		var value any
		switch words {
		case "(uninvited)":
			return s.Uninvited(k)
		case "(no UTF-8)":
			return "\xff\xfe"
		case "(20000 lists)":
			return strings.Repeat("[", 20000) + strings.Repeat("]", 20000)
		case "(4 megabytes)":
			return strings.Repeat("x", 4<<20)
		}
		if value, err = s.standsFor(words[1 : len(words)-1]); err != nil {
			return words
		}
		return fmt.Sprint(value)
	})
	if err != nil {
		return err
	}
	r := conformance.Request{Operation: k.Create, Raw: []byte(raw)}
	if !strings.ContainsAny(raw[:1], `{["n0123456789`) {
		r.MediaType = "application/x-www-form-urlencoded"
	}
	_, err = s.When(actor, r)
	return err
}

var inParentheses = regexp.MustCompile(`\([^()"]+\)`)

// mayHaveMade is for bodies that may be taken, for one record.
func (s *Scene) mayHaveMade(k *Kind) error {
	x, err := s.Newest()
	if err == nil {
		err = conformance.ShouldNotFail(x)
	}
	if err != nil {
		return err
	}
	times := 1
	if x.Refused() {
		times = 0
	}
	return s.isListed(&Record{Kind: k, Name: "uninvited", Called: s.Uninvited(k)}, times)
}

// triesOf asks for a record by an id as it stands.
func (s *Scene) triesOf(actor Actor, op *schemas.Operation, id string) error {
	r, err := s.adapter.Sample(op, nil)
	if err != nil {
		return err
	}
	if len(r.Path) != 1 {
		return fmt.Errorf("%s has %d ids in its path; it should have one", op.ID, len(r.Path))
	}
	for name := range r.Path {
		r.Path[name] = id
	}
	_, err = s.When(actor, r)
	return err
}

func (s *Scene) usesMethod(actor Actor, method string, op *schemas.Operation) error {
	r, err := s.adapter.Sample(op, nil)
	if err != nil {
		return err
	}
	r.Method = method
	_, err = s.When(actor, r)
	return err
}
