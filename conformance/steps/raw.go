package steps

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/rolecall/rolecall/conformance/world"
)

// Requests that are sent as they stand.

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
	r := world.Request{Operation: k.Create, Raw: []byte(raw)}
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
		err = ShouldNotFail(x)
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

func (s *Scene) triesOf(actor Actor, op Operation, id string) error {
	r, err := s.adapter.Sample(op, nil)
	if err == nil && len(r.Path) != 1 {
		err = fmt.Errorf("%s has %d ids in its path; it should have one", op.ID, len(r.Path))
	}
	if err != nil {
		return err
	}
	for name := range r.Path {
		r.Path[name] = id
	}
	_, err = s.When(actor, r)
	return err
}

func (s *Scene) usesMethod(actor Actor, method string, op Operation) error {
	r, err := s.adapter.Sample(op, nil)
	if r.Method = method; err == nil {
		_, err = s.When(actor, r)
	}
	return err
}
