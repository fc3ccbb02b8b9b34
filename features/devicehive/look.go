package devicehive

import (
	"cmp"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// What the invariants ask of a server: every view of a user, a network and a
// device type.

var (
	userShape  = invariants.Shape{ID: "id", Whole: []string{"data"}, Leave: []string{"networks"}}
	groupShape = invariants.Shape{ID: "id", Leave: []string{"devices"}}
)

// Look reads every user by its number before anything else: the other views
// are held to that.
func (s *server) Look(l *world.Look) {
	users := l.Records("user")
	s.letLook(l, users)
	for _, id := range users {
		if x := s.LookAt(l, "get", at(id), nil); x != nil {
			s.seeUser(l, x, id)
		}
		if x := s.LookAt(l, "getDeviceTypes", at(id), nil); x != nil {
			l.Part(x, userRecord(id), s.members(l, id, "device type", x.JSON()))
			s.seeGroups(l, x, "device type", x.JSON())
		}
	}
	for _, k := range []*steps.Kind{s.networks, s.types} {
		for _, id := range l.Records(k.Noun) {
			of := invariants.Record{Kind: k.Noun, ID: id}
			if x := s.LookAt(l, k.Read, at(id), nil); x != nil {
				l.See(x, of, x.JSON(), groupShape, nil)
			}
			s.lookInList(l, k, of, groupShape)
		}
	}
	for _, id := range users {
		s.lookAtAssociations(l, id)
		s.lookInList(l, s.users, userRecord(id), userShape)
		s.lookAsSubject(l, id)
	}
}

func (s *server) lookInList(l *world.Look, k *steps.Kind, of invariants.Record, shape invariants.Shape) {
	if x := s.LookAt(l, k.List, nil, nil); x != nil && x.Succeeded() {
		l.See(x, of, itemOf(x.JSON(), of.ID), shape, nil)
	}
}

func userRecord(id string) invariants.Record { return invariants.Record{Kind: "user", ID: id} }

// itemOf finds a record in a list; lists hold numbers as numbers.
func itemOf(list gjson.Result, id string) gjson.Result {
	for _, item := range list.Array() {
		if item.Get("id").Raw == id {
			return item
		}
	}
	return gjson.Result{}
}

// members tells which networks or device types are in a list of a user's, and
// keeps in mind those that were in it once.
func (s *server) members(l *world.Look, id, noun string, list gjson.Result) map[string]string {
	told := map[string]string{}
	for _, one := range l.Records(noun) {
		in := slices.ContainsFunc(list.Array(), func(item gjson.Result) bool { return inner(item).Get("id").Raw == one })
		told[noun+" "+one] = whether(in)
		if key := id + " " + noun; in && !slices.Contains(s.had[key], one) {
			s.had[key] = append(s.had[key], one)
		}
	}
	return told
}

// seeUser notes what an answer shows of a user with its networks. How it shows
// them the document does not say; where there is no list, nothing is told.
func (s *server) seeUser(l *world.Look, x *world.Exchange, id string) {
	var told map[string]string
	if list := x.JSON().Get("networks"); list.IsArray() {
		told = s.members(l, id, "network", list)
		var others []string
		for _, item := range list.Array() {
			if own := inner(item).Get("id").Raw; !slices.Contains(l.Records("network"), own) {
				others = append(others, own)
			}
		}
		told["other networks"] = invariants.SetOf(others)
		s.seeGroups(l, x, "network", list)
	}
	l.See(x, userRecord(id), x.JSON(), userShape, told)
	l.Echo(userRecord(id), userShape, "insert", "get", "getCurrent")
}

// whether is nothing for no: who is seen before a network is made has it not.
func whether(yes bool) string {
	if yes {
		return "true"
	}
	return ""
}

// inner is a network or device type that stands in an object of its own, or not.
func inner(item gjson.Result) gjson.Result {
	for _, name := range []string{"network", "deviceType"} {
		if wrapped := item.Get(name); wrapped.IsObject() {
			return wrapped
		}
	}
	return item
}

// seeGroups notes what the answer shows of networks or device types on the way.
func (s *server) seeGroups(l *world.Look, x *world.Exchange, noun string, list gjson.Result) {
	for _, item := range list.Array() {
		object := inner(item)
		if id := object.Get("id").Raw; slices.Contains(l.Records(noun), id) {
			l.See(x, invariants.Record{Kind: noun, ID: id}, object, groupShape, nil)
		}
	}
}

// lookAtAssociations asks by itself for each network that a user has or has had,
// if the look may ask for all of them, and for the device type that came first.
// The latter is no documented method, so only a yes says something.
func (s *server) lookAtAssociations(l *world.Look, id string) {
	user, read := userRecord(id), s.LookAt(l, "get", at(id), nil)
	networks := s.had[id+" network"]
	for _, one := range networks {
		if read == nil || s.asksFor(l, "getNetwork", id, "networkId", one) == nil {
			return
		}
	}
	for _, one := range networks {
		x := s.asksFor(l, "getNetwork", id, "networkId", one)
		if !read.Succeeded() {
			l.Part(x, user, nil)
			continue
		}
		l.Tell(x, user, map[string]string{"network " + one: whether(x.Succeeded())})
		s.seeGroups(l, x, "network", inner(x.JSON()))
	}
	types := s.had[id+" device type"]
	if !l.Whole() || len(types) == 0 {
		return
	}
	one := types[0]
	if x := s.asksFor(l, "getDeviceType", id, "deviceTypeId", one); x != nil && x.Succeeded() {
		l.Part(x, user, map[string]string{"device type " + one: "true"})
		s.seeGroups(l, x, "device type", inner(x.JSON()))
	}
}

func (s *server) asksFor(l *world.Look, operation, id, parameter, one string) *world.Exchange {
	return s.LookAt(l, operation, map[string]string{"id": id, parameter: one}, nil)
}

// letLook gets tokens for those who are to look at themselves, before anything
// is looked at. Of a real server none is asked for: the scenario has signed in,
// or nobody looks.
func (s *server) letLook(l *world.Look, users []string) {
	for _, r := range s.Cast("user") {
		if _, tried := r.Own["looks"]; !tried && l.Whole() && slices.Contains(users, r.ID) {
			r.Own["looks"], _ = s.issued(r, fields{"actions": []string{"GetCurrentUser", "ManageUser"}}) // "" of who is not active
		}
	}
}

// lookAsSubject reads a user as itself, where its token is still good.
func (s *server) lookAsSubject(l *world.Look, id string) {
	for _, r := range s.Cast("user") {
		token := cmp.Or(r.Own["looks"], r.Own[""])
		if r.ID != id || token == "" {
			continue
		}
		for _, operation := range []string{"getCurrent", "get"} {
			x := l.Ask(r.Name, world.Request{Operation: operation, Path: at(id), Sign: bearer(token), As: r.Name})
			if x != nil && x.Succeeded() {
				s.seeUser(l, x, id)
			}
		}
	}
}
