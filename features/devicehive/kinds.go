package devicehive

import (
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// The nouns of DeviceHive: users, and the networks and device types that they
// are given.

func (s *server) userKind() *steps.Kind {
	return &steps.Kind{
		Noun: "user", Plural: "users",
		Create: "insert", Read: "get", Change: "update", Delete: "delete", List: "list",
		Param: "id", Named: "login", Unknown: unknownID,
		Schemas: map[string][]string{"": {"user-insert", "user-update", "user"}},
		Shape:   userShape,
		Unshown: []string{"password", "oldPassword"}, Moving: []string{"lastLogin", "allDeviceTypesAvailable"},
		Draft: func(r *steps.Record) (fields, error) {
			return fields{"login": r.Called, "password": s.Password(), "role": 1, "status": 0, "data": fields{"made": "by rolecall"}, "introReviewed": false}, nil
		},
		Silent: []string{"data"}, // deployed servers clear it
		Made:   s.numberOf,
		Items:  gjson.Result.Array,
		All:    s.allUsers,
		Gone:   s.isGoneFromEverything,
	}
}

// numberOf is the number of a new user. The document does not say that the
// answer to a creation has it; the list does.
func (s *server) numberOf(x *world.Exchange, r *steps.Record) (string, error) {
	if id := x.JSON().Get("id"); id.Type == gjson.Number {
		return id.Raw, nil
	}
	all, err := s.allUsers()
	for _, user := range all {
		if user.Get("login").String() == r.Called {
			return user.Get("id").Raw, nil
		}
	}
	return "", err
}

// allUsers wants a list that has the caller in it: of nobody anything is true.
func (s *server) allUsers() ([]gjson.Result, error) {
	list, err := s.Want(world.Request{Operation: "list"})
	if err != nil {
		return nil, err
	}
	return list.Array(), s.hasCaller(list)
}

func (s *server) hasCaller(list gjson.Result) error {
	if s.adminID == "" {
		current, err := s.Want(world.Request{Operation: "getCurrent"})
		if err != nil {
			return err
		}
		s.adminID = current.Get("id").Raw
	}
	if !list.IsArray() || !itemOf(list, s.adminID).Exists() {
		return fmt.Errorf("the list is %.80q; it should have the caller in it, who is user %q", list.Raw, s.adminID)
	}
	return nil
}

// isGoneFromEverything looks at what else named a deleted user.
func (s *server) isGoneFromEverything(r *steps.Record) error {
	requests := []world.Request{{Operation: "getDeviceTypes", Path: at(r.ID)}}
	for _, network := range r.Has["network"] {
		requests = append(requests, world.Request{Operation: "getNetwork", Path: map[string]string{"id": r.ID, "networkId": network}})
	}
	for _, request := range requests {
		x, err := s.Ask(steps.Administrator, request)
		if err == nil {
			err = steps.ShouldBeRefused(x)
		}
		if err != nil {
			return fmt.Errorf("%s for who is gone: %w", request.Operation, err)
		}
	}
	x, err := s.Scene.SignIn(r, r.Password)
	if err == nil {
		err = steps.ShouldBeRefused(x)
	}
	return err
}

func (s *server) groupKind(noun, suffix string) *steps.Kind {
	list := "list" + suffix + "s"
	return &steps.Kind{
		Noun: noun, Plural: noun + "s",
		Create: "insert" + suffix, Read: "get" + suffix + "ById", Change: "update" + suffix, Delete: "delete" + suffix, List: list,
		Param: "id", Named: "name", Unknown: unknownID,
		Schemas: map[string][]string{"": {"group-body"}},
		Shape:   groupShape,
		Draft: func(r *steps.Record) (fields, error) {
			return fields{"name": r.Called, "description": "Made by rolecall"}, nil
		},
		Items: gjson.Result.Array,
		All: func() ([]gjson.Result, error) {
			all, err := s.Want(world.Request{Operation: list})
			return all.Array(), err
		},
	}
}

func (s *server) networkThing() *steps.Thing {
	t := &steps.Thing{
		Noun: "network", Plural: "networks",
		Find:    s.finding("network"),
		Of:      func(r *steps.Record) ([]string, error) { return s.idsOf(r.Kind.Read, r.Path(), "networks") },
		Request: requesting("networkId", map[steps.Verb]string{steps.Grant: "assignNetwork", steps.Revoke: "unassignNetwork", asksFor: "getNetwork"}),
	}
	t.Prepare = func(r *steps.Record, ids []string) error {
		// Deployed servers show what was read once until the user itself changes.
		body := fields{"data": gjson.Parse(r.Is["data"]).Value()}
		if _, err := s.Want(world.Request{Operation: "update", Path: r.Path(), Body: body}); err != nil {
			return err
		}
		return s.prepare(t, r, ids)
	}
	return t
}

func (s *server) typeThing() *steps.Thing {
	t := &steps.Thing{
		Noun: "device type", Plural: "device types",
		Find:  s.finding("device type"),
		Of:    func(r *steps.Record) ([]string, error) { return s.idsOf("getDeviceTypes", r.Path(), "@this") },
		Every: func() ([]string, error) { return s.idsOf("listDeviceTypes", nil, "@this") },
		Request: requesting("deviceTypeId", map[steps.Verb]string{
			steps.Grant: "assignDeviceType", steps.Revoke: "unassignDeviceType", asksFor: "getDeviceType",
			steps.GrantAll: "allowAllDeviceTypes", noLonger: "disallowAllDeviceTypes",
		}),
	}
	t.Prepare = func(r *steps.Record, ids []string) error {
		if err := s.Must(t, noLonger, r, nil); err != nil {
			return err
		}
		return s.prepare(t, r, ids)
	}
	return t
}

const (
	// noLonger takes back that somebody may use all device types, and leaves those
	// that are assigned.
	noLonger steps.Verb = "no longer allows all"
	asksFor  steps.Verb = "asks for"
)

func (s *server) finding(noun string) func(string) (string, error) {
	return func(name string) (string, error) {
		if name == "unknown" {
			return unknownID, nil
		}
		r, err := s.Known(steps.Ref{Noun: noun, Name: name})
		if err != nil {
			return "", err
		}
		return r.ID, nil
	}
}

// requesting makes requests about a user and at most one of its things.
func requesting(param string, operations map[steps.Verb]string) func(steps.Verb, *steps.Record, []string) (world.Request, error) {
	return func(verb steps.Verb, r *steps.Record, ids []string) (world.Request, error) {
		operation, ok := operations[verb]
		if !ok || len(ids) > 1 {
			return world.Request{}, world.CouldNotJudge("DeviceHive has no operation that %s %d at once", verb, len(ids))
		}
		path := r.Path()
		for _, id := range ids {
			path[param] = id
		}
		return world.Request{Operation: operation, Path: path}, nil
	}
}

// prepare takes away what somebody is known to have too much, and assigns the
// rest, without reading.
func (s *server) prepare(t *steps.Thing, r *steps.Record, ids []string) error {
	had := r.Has[t.Noun]
	for _, id := range without(had, ids) {
		if err := s.Must(t, steps.Revoke, r, []string{id}); err != nil {
			return err
		}
	}
	for _, id := range without(ids, had) {
		if err := s.Must(t, steps.Grant, r, []string{id}); err != nil {
			return err
		}
	}
	return nil
}

func without(ids, others []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(others, id) })
}

// idsOf are the numbers of networks or device types that an answer lists.
func (s *server) idsOf(operation string, path map[string]string, where string) ([]string, error) {
	answer, err := s.Want(world.Request{Operation: operation, Path: path})
	if err != nil {
		return nil, err
	}
	return idsIn(answer.Get(where))
}

// idsIn are the numbers of networks or device types in a list.
func idsIn(list gjson.Result) ([]string, error) {
	if !list.IsArray() {
		return nil, fmt.Errorf("%s should be a list", steps.Shown(list))
	}
	ids := []string{}
	for _, item := range list.Array() {
		ids = append(ids, inner(item).Get("id").Raw)
	}
	return ids, nil
}
