package devicehive

import (
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/steps"
)

// What the invariants ask of a server: every view of a user, a network and a
// device type.

var (
	userShape  = invariants.Shape{ID: "id", Whole: []string{"data"}, Leave: []string{"networks"}}
	groupShape = invariants.Shape{ID: "id", Leave: []string{"devices"}}
)

// Look reads every user by its number before anything else: the other views
// are held to that.
func (s *server) Look(l *conformance.Look) {
	users := l.Records("user")
	s.letLook(l, users)
	for _, id := range users {
		s.lookAtUser(l, id)
	}
	for _, k := range []*steps.Kind{s.networks, s.types} {
		for _, id := range l.Records(k.Noun) {
			s.lookAtGroup(l, k, id)
		}
	}
	for _, id := range users {
		s.lookAtAssociations(l, id)
		if x := s.ask(l, "list", nil); x != nil && x.Succeeded() {
			l.See(x, userRecord(id), itemOf(x.JSON(), id), userShape, nil)
		}
		s.lookAsSubject(l, id)
	}
}

func userRecord(id string) invariants.Record { return invariants.Record{Kind: "user", ID: id} }

func (s *server) ask(l *conformance.Look, operation string, path map[string]string) *conformance.Exchange {
	token, err := s.adminToken()
	if err != nil {
		return nil
	}
	return l.Ask("", conformance.Request{Operation: operation, Path: path, Sign: bearer(token), As: "the administrator"})
}

// itemOf finds a record in a list; lists hold numbers as numbers.
func itemOf(list gjson.Result, id string) gjson.Result {
	for _, item := range list.Array() {
		if item.Get("id").Raw == id {
			return item
		}
	}
	return gjson.Result{}
}

func (s *server) lookAtUser(l *conformance.Look, id string) {
	path := at(id)
	if x := s.ask(l, "get", path); x != nil {
		s.seeUser(l, x, id)
	}
	if x := s.ask(l, "getDeviceTypes", path); x != nil {
		l.Part(x, userRecord(id), s.members(l, id, "device type", x.JSON()))
		s.seeGroups(l, x, "device type", x.JSON())
	}
}

// members tells which networks or device types are in a list of a user's, and
// keeps in mind those that were in it once.
func (s *server) members(l *conformance.Look, id, noun string, list gjson.Result) map[string]string {
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
func (s *server) seeUser(l *conformance.Look, x *conformance.Exchange, id string) {
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
func (s *server) seeGroups(l *conformance.Look, x *conformance.Exchange, noun string, list gjson.Result) {
	for _, item := range list.Array() {
		object := inner(item)
		if id := object.Get("id").Raw; slices.Contains(l.Records(noun), id) {
			l.See(x, invariants.Record{Kind: noun, ID: id}, object, groupShape, nil)
		}
	}
}

// lookAtGroup reads a network or device type by its number and in its list.
func (s *server) lookAtGroup(l *conformance.Look, k *steps.Kind, id string) {
	of := invariants.Record{Kind: k.Noun, ID: id}
	if x := s.ask(l, k.Read, at(id)); x != nil {
		l.See(x, of, x.JSON(), groupShape, nil)
	}
	if x := s.ask(l, k.List, nil); x != nil && x.Succeeded() {
		l.See(x, of, itemOf(x.JSON(), id), groupShape, nil)
	}
}

// lookAtAssociations asks by itself for each network that a user has or has had,
// if the look may ask for all of them, and for the device type that came first.
// The latter is no documented method, so only a yes says something.
func (s *server) lookAtAssociations(l *conformance.Look, id string) {
	user, read := userRecord(id), s.ask(l, "get", at(id))
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

func (s *server) asksFor(l *conformance.Look, operation, id, parameter, one string) *conformance.Exchange {
	return s.ask(l, operation, map[string]string{"id": id, parameter: one})
}

// lookAsSubject reads a user as itself, where its token is still good. Of a real
// server no token is asked for: the scenario has signed in, or nobody looks.
func (s *server) lookAsSubject(l *conformance.Look, id string) {
	for _, r := range s.Cast("user") {
		if r.ID != id || r.Own["looks"]+r.Own[""] == "" {
			continue
		}
		token := r.Own["looks"]
		if token == "" {
			token = r.Own[""]
		}
		for _, request := range []conformance.Request{{Operation: "getCurrent"}, {Operation: "get", Path: at(id)}} {
			request.Sign, request.As = bearer(token), r.Name
			if x := l.Ask(r.Name, request); x != nil && x.Succeeded() {
				s.seeUser(l, x, id)
			}
		}
	}
}

// letLook gets tokens for those who are to look at themselves, before anything
// is looked at.
func (s *server) letLook(l *conformance.Look, users []string) {
	for _, r := range s.Cast("user") {
		if _, tried := r.Own["looks"]; tried || !l.Whole() || !slices.Contains(users, r.ID) {
			continue
		}
		r.Own["looks"], _ = s.issued(r, fields{"actions": []string{"GetCurrentUser", "ManageUser"}}) // "" of who is not active
	}
}
