package socotra

import (
	"net/url"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/invariants"
)

// What the invariants ask of an account: every view of a user and of a role,
// and what each operation may change.

var (
	userShape = invariants.Shape{ID: "locator", Sets: []string{"roles", "permissions", "tenants"}}
	roleShape = invariants.Shape{ID: "locator", Sets: []string{"permissions"}}
)

// remembered is what looks have told that later ones need.
type remembered struct {
	names map[string]string              // of users by locator: where one that is gone would still be found
	held  map[invariants.Record][]string // what a user has ever shown as roles, and what a role has ever been called
	token map[string]string              // what people look with, taken when they are first seen
	gone  map[string]bool                // users that their locators lead to no more
}

// Look reads every record by its locator first, which the other views are
// held to, then what one request tells of all, and then what each view adds.
func (w *world) Look(l *conformance.Look) {
	me := w.ask(l, "fetchMyUserDetails", nil, nil)
	if me == nil || !me.Succeeded() {
		return // whoever looks is let in no more
	}
	// The caller may be hit by a change as well.
	l.See(me, invariants.Record{Kind: "user", ID: me.JSON().Get("locator").String()}, me.JSON(), userShape, nil)
	users, roles := l.Records("user"), l.Records("role")
	for _, id := range users {
		w.signsInToLook(l, id)
	}
	for _, id := range users {
		user := invariants.Record{Kind: "user", ID: id}
		if x := w.ask(l, "fetchUserByLocator", at(id), nil); x != nil {
			read := x.JSON()
			l.See(x, user, read, userShape, nil)
			w.remember(user, x.Succeeded(), read.Get("userName").String(), read.Get("roles"))
		}
	}
	for _, id := range roles {
		role := invariants.Record{Kind: "role", ID: id}
		if x := w.ask(l, "getRole", at(id), nil); x != nil {
			l.See(x, role, x.JSON(), roleShape, nil)
			w.remember(role, x.Succeeded(), "", gjson.Parse(`["`+id+`",`+x.JSON().Get("name").Raw+`]`))
		}
	}
	w.lookInList(l, "fetchMultipleUsers", "user", users, userShape)
	w.lookInList(l, "fetchMultipleBasicUsers", "user", users, userShape)
	w.lookInList(l, "fetchMultipleRoles", "role", roles, roleShape)
	for _, id := range users {
		w.lookCloser(l, invariants.Record{Kind: "user", ID: id})
	}
}

func (w *world) remember(of invariants.Record, there bool, userName string, references gjson.Result) {
	w.looks.gone[of.ID] = !there
	if !there {
		return
	}
	if userName != "" {
		w.looks.names[of.ID] = userName
	}
	for _, reference := range references.Array() {
		if !slices.Contains(w.looks.held[of], reference.String()) {
			w.looks.held[of] = append(w.looks.held[of], reference.String())
		}
	}
}

// ask looks as the administrator.
func (w *world) ask(l *conformance.Look, operation string, path map[string]string, query url.Values) *conformance.Exchange {
	token, err := w.administratorToken()
	if err != nil {
		return nil
	}
	return l.Ask("", conformance.Request{Operation: operation, Path: path, Query: query, Sign: bearer(token), As: "the administrator"})
}

// mostPages of a list are read in one look at a real target.
const mostPages = 3

// lookedFor is which records are looked for in a list, and how far that has got.
type lookedFor struct {
	kind    string
	missing []string
	shape   invariants.Shape
	first   int // the least offset at which one was found
}

// lookInList finds the records in a list, first where the run found the like
// before: lists grow at one end.
func (w *world) lookInList(l *conformance.Look, operation, kind string, ids []string, shape invariants.Shape) {
	look := &lookedFor{kind: kind, missing: slices.Clone(ids), shape: shape}
	if begin := w.habits().begin(operation); begin > 0 {
		w.scan(l, look, operation, begin)
	}
	w.scan(l, look, operation, 0)
	if look.first > 0 {
		w.habits().begun(operation, look.first)
	}
}

// scan reads a list from an offset on. From its beginning to its end it tells
// that a record is not there; over several pages only on a mock, because
// elsewhere others may move records from page to page.
func (w *world) scan(l *conformance.Look, look *lookedFor, operation string, from int) {
	offset := from
	for pages := 1; len(look.missing) > 0 && (l.Whole() || pages <= mostPages); pages++ {
		x := w.ask(l, operation, nil, page(offset, 100))
		if x == nil || !x.Succeeded() {
			return
		}
		list := items(x.JSON())
		for n, item := range list {
			id := item.Get("locator").String()
			if i := slices.Index(look.missing, id); i >= 0 {
				l.See(x, invariants.Record{Kind: look.kind, ID: id}, item, look.shape, nil)
				look.missing = slices.Delete(look.missing, i, i+1)
				if look.first == 0 || offset+n < look.first {
					look.first = offset + n
				}
			}
		}
		if offset += len(list); len(list) > 0 && !x.JSON().Get("listCompleted").Bool() && offset < longestList {
			continue
		}
		for _, id := range look.missing {
			if from == 0 && (pages == 1 || w.Endpoint.Mock) {
				l.See(x, invariants.Record{Kind: look.kind, ID: id}, gjson.Result{}, look.shape, nil)
			}
		}
		return
	}
}

// lookCloser asks for a user by its name, for what it may do, and as itself.
func (w *world) lookCloser(l *conformance.Look, user invariants.Record) {
	if name := w.looks.names[user.ID]; name != "" {
		if x := w.ask(l, "fetchUserByName", map[string]string{"username": name}, nil); x != nil {
			l.See(x, user, itemAt(x.JSON().Array(), user.ID), userShape, nil)
		}
	}
	allowed := func(x *conformance.Exchange) map[string]string {
		if !x.Succeeded() {
			return nil
		}
		return map[string]string{"allowed": invariants.Set(x.JSON())}
	}
	if x := w.ask(l, "fetchUserPermissions", at(user.ID), nil); x != nil {
		l.Part(x, user, allowed(x))
	}
	name, token := w.lookingAs(user.ID)
	if token == "" || w.looks.gone[user.ID] {
		return
	}
	for _, operation := range []string{"fetchMyUserDetails", "fetchUserByLocator", "fetchUserPermissions"} {
		r := conformance.Request{Operation: operation, Sign: bearer(token), As: name}
		if operation != "fetchMyUserDetails" {
			r.Path = at(user.ID)
		}
		switch x := l.Ask(name, r); {
		case x == nil || !x.Succeeded(): // whether a user may, is for rules to say
		case operation == "fetchUserPermissions":
			l.Part(x, user, allowed(x))
		default:
			l.See(x, user, x.JSON(), userShape, nil)
		}
	}
}

func itemAt(list []gjson.Result, locator string) gjson.Result {
	i := slices.IndexFunc(list, func(item gjson.Result) bool { return item.Get("locator").String() == locator })
	if i < 0 {
		return gjson.Result{}
	}
	return list[i]
}

// lookingAs is the scenario's name of a user, and what it looks with: on a real
// target only what the scenario has signed in for itself.
func (w *world) lookingAs(locator string) (name, token string) {
	for name, p := range w.people {
		if p.locator != "" && p.locator == locator {
			if token, looked := w.looks.token[name]; looked {
				return name, token
			}
			return name, p.token
		}
	}
	return "", ""
}

// signsInToLook takes a token of a user before anything is looked at: one that
// is older than the change.
func (w *world) signsInToLook(l *conformance.Look, locator string) {
	name, token := w.lookingAs(locator)
	if _, tried := w.looks.token[name]; name == "" || tried || token != "" || !l.Whole() {
		return
	}
	w.looks.token[name] = ""
	r, err := w.tokenRequest(w.people[name].userName, w.people[name].password)
	if err != nil {
		return
	}
	if x := l.Ask(name, r); x != nil && x.Succeeded() {
		w.looks.token[name] = w.Secret(x.JSON().Get("access_token").String())
	}
}

// follows is what changes with a property that an update of a user names.
var follows = map[string][]string{
	"firstName": {"firstName"}, "lastName": {"lastName"}, "email": {"email"}, "tenants": {"tenants"},
	"roles": {"roles", "permissions", "allowed"}, "permissions": {"permissions", "allowed"},
}

// Effect is what each operation may change, by document 003. A change of a role
// reaches its holders, and nobody else.
func (w *world) Effect(x *conformance.Exchange) conformance.Effect {
	var e conformance.Effect
	if x.Operation == nil {
		return e
	}
	locator := x.Path["locator"]
	touch := func(t invariants.Touch) { e.Done = append(e.Done, t) }
	switch x.Operation.ID {
	case "updateUser":
		for property := range gjson.ParseBytes(x.Request).Map() {
			touch(invariants.Touch{Kind: "user", ID: locator, Properties: follows[property]})
		}
	case "updateUserRoles":
		touch(invariants.Touch{Kind: "user", ID: locator, Properties: follows["roles"]})
	case "updateUserTenantAssignments":
		touch(invariants.Touch{Kind: "user", ID: locator, Properties: follows["tenants"]})
	case "deleteUser":
		touch(invariants.Touch{Kind: "user", ID: locator, Properties: []string{"*"}, Existence: true})
	case "updateRole", "deleteRole":
		role := invariants.Touch{Kind: "role", ID: locator, Properties: []string{"name", "description", "permissions", "version"}}
		if x.Operation.ID == "deleteRole" {
			role.Existence = true
		}
		touch(role)
		for _, holder := range w.holders(locator) {
			touch(invariants.Touch{Kind: "user", ID: holder, Properties: follows["roles"]})
		}
	}
	return e
}

// holders are the users that have ever shown a role, by whatever it was called.
func (w *world) holders(locator string) []string {
	called := w.looks.held[invariants.Record{Kind: "role", ID: locator}]
	var all []string
	for record, shown := range w.looks.held {
		if record.Kind == "user" && slices.ContainsFunc(shown, func(s string) bool { return slices.Contains(called, s) }) {
			all = append(all, record.ID)
		}
	}
	return all
}
