package devicehive

import (
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// Sample is a request that is well made: on a user and what goes with it, or
// about what does not exist.
func (s *server) Sample(op *schemas.Operation, on *steps.Record) (world.Request, error) {
	if on == nil {
		on = &steps.Record{ID: unknownID}
	}
	r := world.Request{Operation: op.ID, Path: at(on.ID)}
	switch op.ID {
	case "insert":
		r.Body = fields{"login": s.Uninvited(s.users), "password": s.Password(), "role": 1, "status": 0}
	case "login":
		return s.login(s.Uninvited(s.users), s.Password()), nil
	case "createToken":
		return s.tokenRequest(on, fields{"actions": []string{"*"}}), nil
	case "update", "updateCurrent":
		r.Body = fields{"introReviewed": true, "data": fields{"made": "by a sample"}}
	case "getNetwork", "unassignNetwork":
		r.Path["networkId"] = s.idOr(unknownID, "network", "home")
	case "assignNetwork":
		r.Path["networkId"] = s.idOr(unknownID, "network", "attic")
	case "unassignDeviceType":
		r.Path["deviceTypeId"] = s.idOr(unknownID, "device type", "lamp")
	case "assignDeviceType":
		r.Path["deviceTypeId"] = s.idOr(unknownID, "device type", "fan")
	}
	return r, nil
}

// Witness is a request on what is there for certain: on the caller.
func (s *server) Witness(op *schemas.Operation) (world.Request, error) {
	return world.Request{Operation: op.ID, Path: at(s.adminID)}, nil
}

// idOr is that of a record where the scenario has it.
func (s *server) idOr(otherwise, noun, name string) string {
	if r, err := s.Known(steps.Ref{Noun: noun, Name: name}); err == nil {
		return r.ID
	}
	return otherwise
}

// StandsFor is a text of so many characters, found again by its beginning, or a
// password of the user whose change the table is.
func (s *server) StandsFor(words string) (any, error) {
	if n, err := strconv.Atoi(strings.TrimSuffix(words, " characters")); err == nil && n > len(s.Tag()) {
		return s.Tag() + strings.Repeat("x", n-len(s.Tag())), nil
	}
	if s.whose != nil {
		return s.SecretOf(s.whose, steps.Secret(words))
	}
	return nil, world.CouldNotJudge("nothing is known as (%s)", words)
}
