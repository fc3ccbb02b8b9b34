package steps

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/conformance"
)

// Answers to the newest When: to its last request ("it"), and to each.

func (s *Scene) answers() []Sentence {
	return []Sentence{
		Then(`it succeeds`, "wants a 2xx", `it succeeds`, func() error { return s.it(conformance.ShouldSucceed) }),
		Then(`it is refused`, "wants a 4xx", `it is refused`, func() error { return s.it(conformance.ShouldBeRefused) }),
		Then(`it is refused as {reason}`, "wants a refusal of the kind that the API documents for the reason, or of a status", `it is refused as unknown`, func(why Reason) error { return s.it(s.refusedAs(why)) }),
		Then(`it is refused or has no effect`, "wants a 2xx or a 4xx; the effect is for another sentence", `it is refused or has no effect`, func() error { return s.it(conformance.ShouldNotFail) }),
		Then(`it is refused, or has made one {noun}`, "wants none of it or one record, by the name (uninvited)", `it is refused, or has made one user`, s.mayHaveMade),
		Then(`each succeeds`, "wants a 2xx to every request of the When", `each succeeds`, func() error { return s.Each(conformance.ShouldSucceed) }),
		Then(`each is refused`, "wants a 4xx to every request of the When", `each is refused`, func() error { return s.Each(conformance.ShouldBeRefused) }),
		Then(`each succeeds for what exists`, "sends the operations of the When once more, for something that is there: a target that knows nothing refuses everything", `each succeeds for what exists`, s.eachSucceedsForKnown),
		Then(`each is refused as {reason}`, "wants a refusal for the reason to every request of the When", `each is refused as forbidden`, func(why Reason) error { return s.Each(s.refusedAs(why)) }),
	}
}

// it holds the newest answer to something.
func (s *Scene) it(judge func(*conformance.Exchange) error) error {
	x, err := s.Newest()
	if err != nil {
		return err
	}
	return judge(x)
}

// Each holds every request of the newest When to something.
func (s *Scene) Each(judge func(*conformance.Exchange) error) error {
	if len(s.asked) == 0 {
		return conformance.CouldNotJudge("no When has sent a request")
	}
	for _, x := range s.asked {
		if err := judge(x); err != nil {
			s.Blame(x)
			return fmt.Errorf("%s by %s: %w", operationOf(x), x.As, err)
		}
	}
	return nil
}

func (s *Scene) eachSucceedsForKnown() error {
	return s.Each(func(x *conformance.Exchange) error {
		r, err := s.adapter.Witness(x.Operation)
		if err == nil {
			_, err = s.Want(r)
		}
		return err
	})
}

func operationOf(x *conformance.Exchange) string {
	if x.Operation == nil {
		return x.Method
	}
	return x.Operation.ID
}

// refusedAs wants the statuses that the API has for a reason, or those that the
// feature names.
func (s *Scene) refusedAs(why Reason) func(*conformance.Exchange) error {
	var named []int
	for _, word := range strings.Split(string(why), " or ") {
		if status, err := strconv.Atoi(word); err == nil {
			named = append(named, status)
		}
	}
	return func(x *conformance.Exchange) error {
		statuses, ok := named, len(named) > 0
		if !ok {
			statuses, ok = s.adapter.Statuses(why, x.Operation)
		}
		switch {
		case !ok:
			return conformance.CouldNotJudge("%s refuses nothing as %s", s.API.Name, why)
		case len(statuses) == 0:
			return conformance.ShouldBeRefused(x)
		}
		return conformance.ShouldBeRefusedWith(x, statuses...)
	}
}
