package devicehive

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/invariants"
)

// What the invariants ask of a server: every view of a user, a network and a
// device type.

var (
	userShape  = invariants.Shape{ID: "id", Whole: []string{"data"}, Leave: []string{"networks"}}
	groupShape = invariants.Shape{ID: "id", Leave: []string{"devices"}}
)

// Look reads every user by its number before anything else: the other views
// are held to that.
func (w *world) Look(l *conformance.Look) {
	users := l.Records("user")
	subjects := w.subjects(l, users)
	for _, id := range users {
		w.lookAtUser(l, id)
	}
	for _, noun := range []string{"network", "device type"} {
		for _, id := range l.Records(noun) {
			w.lookAtGroup(l, noun, id)
		}
	}
	for _, id := range users {
		w.lookAtAssociations(l, id)
		if x := w.ask(l, "list", nil); x != nil && x.Succeeded() {
			l.See(x, userRecord(id), itemOf(x.JSON(), id), userShape, nil)
		}
		w.lookAsSubject(l, id, subjects[id])
	}
}

func userRecord(id string) invariants.Record { return invariants.Record{Kind: "user", ID: id} }

func (w *world) ask(l *conformance.Look, operation string, path map[string]string) *conformance.Exchange {
	token, err := w.adminToken()
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

func (w *world) lookAtUser(l *conformance.Look, id string) {
	path := map[string]string{"id": id}
	if x := w.ask(l, "get", path); x != nil {
		w.seeUser(l, x, id)
	}
	if x := w.ask(l, "getDeviceTypes", path); x != nil {
		l.Part(x, userRecord(id), w.members(l, id, "device type", x.JSON()))
		w.seeGroups(l, x, "device type", x.JSON())
	}
}

// members tells which networks or device types are in a list of a user's, and
// keeps in mind those that were in it once.
func (w *world) members(l *conformance.Look, id, noun string, list gjson.Result) map[string]string {
	told := map[string]string{}
	for _, one := range l.Records(noun) {
		in := slices.ContainsFunc(list.Array(), func(item gjson.Result) bool { return inner(item).Get("id").Raw == one })
		told[noun+" "+one] = whether(in)
		if key := id + " " + noun; in && !slices.Contains(w.had[key], one) {
			w.had[key] = append(w.had[key], one)
		}
	}
	return told
}

// seeUser notes what an answer shows of a user with its networks. How it shows
// them the document does not say; where there is no list, nothing is told.
func (w *world) seeUser(l *conformance.Look, x *conformance.Exchange, id string) {
	var told map[string]string
	if list := x.JSON().Get("networks"); list.IsArray() {
		told = w.members(l, id, "network", list)
		var others []string
		for _, item := range list.Array() {
			if own := inner(item).Get("id").Raw; !slices.Contains(l.Records("network"), own) {
				others = append(others, own)
			}
		}
		told["other networks"] = invariants.SetOf(others)
		w.seeGroups(l, x, "network", list)
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
func (w *world) seeGroups(l *conformance.Look, x *conformance.Exchange, noun string, list gjson.Result) {
	for _, item := range list.Array() {
		object := inner(item)
		if id := object.Get("id").Raw; slices.Contains(l.Records(noun), id) {
			l.See(x, invariants.Record{Kind: noun, ID: id}, object, groupShape, nil)
		}
	}
}

// lookAtGroup reads a network or device type by its number and in its list.
func (w *world) lookAtGroup(l *conformance.Look, noun, id string) {
	of := invariants.Record{Kind: noun, ID: id}
	if x := w.ask(l, kinds[noun].get, map[string]string{"id": id}); x != nil {
		l.See(x, of, x.JSON(), groupShape, nil)
	}
	if x := w.ask(l, kinds[noun].list, nil); x != nil && x.Succeeded() {
		l.See(x, of, itemOf(x.JSON(), id), groupShape, nil)
	}
}

// lookAtAssociations asks by itself for each network that a user has or has had,
// if the look may ask for all of them, and for the device type that came first.
// The latter is no documented method, so only a yes says something.
func (w *world) lookAtAssociations(l *conformance.Look, id string) {
	user, read := userRecord(id), w.ask(l, "get", map[string]string{"id": id})
	networks := w.had[id+" network"]
	for _, one := range networks {
		if read == nil || w.asksFor(l, "getNetwork", id, "networkId", one) == nil {
			return
		}
	}
	for _, one := range networks {
		x := w.asksFor(l, "getNetwork", id, "networkId", one)
		if !read.Succeeded() {
			l.Part(x, user, nil)
			continue
		}
		l.Tell(x, user, map[string]string{"network " + one: whether(x.Succeeded())})
		w.seeGroups(l, x, "network", inner(x.JSON()))
	}
	types := w.had[id+" device type"]
	if !l.Whole() || len(types) == 0 {
		return
	}
	one := types[0]
	if x := w.asksFor(l, "getDeviceType", id, "deviceTypeId", one); x != nil && x.Succeeded() {
		l.Part(x, user, map[string]string{"device type " + one: "true"})
		w.seeGroups(l, x, "device type", inner(x.JSON()))
	}
}

func (w *world) asksFor(l *conformance.Look, operation, id, parameter, one string) *conformance.Exchange {
	return w.ask(l, operation, map[string]string{"id": id, parameter: one})
}

// A subject is somebody who looks at its own account.
type subject struct{ name, token string }

// subjects are those who can, by their numbers. Of a real server no token is
// asked for: the scenario has signed in, or nobody looks.
func (w *world) subjects(l *conformance.Look, users []string) map[string]subject {
	all := map[string]subject{}
	for name, p := range w.people {
		id := strconv.FormatInt(p.id, 10)
		if !slices.Contains(users, id) {
			continue
		}
		if _, tried := p.tokens["looks"]; !tried && l.Whole() {
			token, _ := w.issued(p, fields{"actions": []string{"GetCurrentUser", "ManageUser"}}) // "" of who is not active
			p.tokens["looks"] = token
		}
		all[id] = subject{name, firstOf(p.tokens["looks"], p.tokens["own"])}
	}
	return all
}

// lookAsSubject reads a user as itself, where its token is still good.
func (w *world) lookAsSubject(l *conformance.Look, id string, s subject) {
	if s.token == "" {
		return
	}
	for _, r := range []conformance.Request{{Operation: "getCurrent"}, {Operation: "get", Path: map[string]string{"id": id}}} {
		r.Sign, r.As = bearer(s.token), s.name
		if x := l.Ask(s.name, r); x != nil && x.Succeeded() {
			w.seeUser(l, x, id)
		}
	}
}

func bearer(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}
