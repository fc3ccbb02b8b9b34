package steps

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/conformance/world"
)

// Answers to the newest When: to its last request ("it"), and to each.

func (s *Scene) answers() []Sentence {
	return []Sentence{
		Then(`it {outcome}`, "wants the newest request to be answered so: with a 2xx, a 4xx, or a refusal that the API documents for the reason", `it is refused as unknown`, func(o Outcome) error { return s.it(s.as(o)) }),
		Then(`each {outcome}`, "wants every request of the When to be answered so", `each is refused`, func(o Outcome) error { return s.Each(s.as(o)) }),
		Then(`it is refused, or has made one {noun}`, "wants none of it or one record, by the name (uninvited)", `it is refused, or has made one user`, s.mayHaveMade),
		Then(`each succeeds for what exists`, "sends the operations of the When once more, for something that is there: a target that knows nothing refuses everything", `each succeeds for what exists`, s.eachSucceedsForKnown),
	}
}

// as is how an answer with an outcome is judged. Where it may have no effect, that
// is for another sentence to tell.
func (s *Scene) as(o Outcome) func(*world.Exchange) error {
	switch o {
	case "succeeds":
		return ShouldSucceed
	case "is refused":
		return ShouldBeRefused
	case "is refused or has no effect":
		return ShouldNotFail
	}
	return s.refusedAs(Reason(strings.TrimPrefix(string(o), "is refused as ")))
}

// it holds the newest answer to something.
func (s *Scene) it(judge func(*world.Exchange) error) error {
	x, err := s.Newest()
	if err != nil {
		return err
	}
	return judge(x)
}

// Each holds every request of the newest When to something.
func (s *Scene) Each(judge func(*world.Exchange) error) error {
	if len(s.asked) == 0 {
		return world.CouldNotJudge("no When has sent a request")
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
	return s.Each(func(x *world.Exchange) error {
		r, err := s.adapter.Witness(x.Operation)
		if err == nil {
			_, err = s.Want(r)
		}
		return err
	})
}

func operationOf(x *world.Exchange) string {
	if x.Operation == nil {
		return x.Method
	}
	return x.Operation.ID
}

// refusedAs wants the statuses that the API has for a reason, or those that the
// feature names.
func (s *Scene) refusedAs(why Reason) func(*world.Exchange) error {
	var named []int
	for _, word := range strings.Split(string(why), " or ") {
		if status, err := strconv.Atoi(word); err == nil {
			named = append(named, status)
		}
	}
	return func(x *world.Exchange) error {
		statuses, ok := named, len(named) > 0
		if !ok {
			statuses, ok = s.adapter.Statuses(why, x.Operation)
		}
		switch {
		case !ok:
			return world.CouldNotJudge("%s refuses nothing as %s", s.API.Name, why)
		case len(statuses) == 0:
			return ShouldBeRefused(x)
		}
		return ShouldBeRefusedWith(x, statuses...)
	}
}
