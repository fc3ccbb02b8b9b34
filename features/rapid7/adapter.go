package rapid7

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/invariants"
)

// What the invariants ask of a console: every view of a user and of a role, and
// what each operation may change.

var (
	userShape = invariants.Shape{Sets: []string{"role.privileges"}, Leave: []string{"authentication.links", "role.links"}, Links: "links"}
	roleShape = invariants.Shape{Sets: []string{"privileges"}, Links: "links"}
)

// Look reads users first by their ids, which the other views are held to.
func (w *world) Look(l *conformance.Look) {
	for _, id := range l.Records("user") {
		w.lookAtUser(l, id)
	}
	for _, id := range l.Records("role") {
		w.lookAtRole(l, id)
	}
}

func (w *world) ask(l *conformance.Look, operation string, path map[string]string, query url.Values) *conformance.Exchange {
	sign, err := w.signature("the administrator")
	if err != nil {
		return nil
	}
	return l.Ask("", conformance.Request{Operation: operation, Path: path, Query: query, Sign: sign, As: "the administrator"})
}

func (w *world) lookAtUser(l *conformance.Look, id string) {
	user := invariants.Record{Kind: "user", ID: id}
	path := map[string]string{"id": id}
	x := w.ask(l, "getUser", path, nil)
	if x == nil {
		return
	}
	read := x.JSON()
	l.See(x, user, read, userShape, w.memberships(user, read))
	w.lookInMemberships(l, user, x.Succeeded())
	for _, part := range []struct{ operation, list, property string }{
		{"getUserSites", "resources", "sites"}, {"getUserAssetGroups", "resources", "groups"}, {"getUserPrivileges", "resources", "role.privileges"},
	} {
		if x := w.ask(l, part.operation, path, nil); x != nil {
			l.Part(x, user, map[string]string{part.property: invariants.Set(x.JSON().Get(part.list))})
		}
	}
	if x := w.ask(l, "getTwoFactorAuthenticationKey", path, nil); x != nil && read.Get("id").Exists() {
		l.Tell(x, user, map[string]string{"key": invariants.Canonical(x.JSON().Get("key"))})
	}
	w.lookInList(l, user)
	w.lookAsSubject(l, user)
}

// lookInList finds the user in the list of all. Away from a mock that is the
// newest users only, where a user that the run made must be.
func (w *world) lookInList(l *conformance.Look, user invariants.Record) {
	query := url.Values{"size": {"500"}, "sort": {"id,DESC"}}
	x := w.ask(l, "getUsers", nil, query)
	if x == nil || !x.Succeeded() {
		return
	}
	item := gjson.Result{}
	for _, one := range x.JSON().Get("resources").Array() {
		if one.Get("id").Raw == user.ID {
			item = one
		}
	}
	if item.Exists() || x.JSON().Get("page.totalPages").Int() <= 1 {
		l.See(x, user, item, userShape, nil)
	}
}

// A membership is a list of users that has, or has had, a user in it.
type membership struct{ operation, id string }

func (m membership) String() string { return "in " + m.operation + " of " + m.id }

// memberships tells, of what was read of a user, in which lists of users it
// must be: those of its role, its authentication source and one privilege. In
// those where it was seen before and is no more, it must not be.
func (w *world) memberships(user invariants.Record, read gjson.Result) map[string]string {
	now := []membership{{"getRoleUsers", read.Get("role.id").String()}, {"getAuthenticationSourceUsers", read.Get("authentication.id").Raw}}
	if privileges := read.Get("role.privileges").Array(); len(privileges) > 0 {
		now = append(now, membership{"getUsersWithPrivilege", privileges[len(privileges)-1].String()})
	}
	for _, m := range now {
		if m.id != "" && !slices.Contains(w.listed[user.ID], m) {
			w.listed[user.ID] = append(w.listed[user.ID], m)
		}
	}
	told := map[string]string{}
	for _, m := range w.listed[user.ID] {
		if m.operation != "getUsersWithPrivilege" || slices.Contains(now, m) {
			told[m.String()] = strconv.FormatBool(slices.Contains(now, m))
		}
	}
	return told
}

// lookInMemberships holds those lists to it. A user that is gone is in none.
func (w *world) lookInMemberships(l *conformance.Look, user invariants.Record, there bool) {
	for _, m := range w.listed[user.ID] {
		x := w.ask(l, m.operation, map[string]string{"id": m.id}, nil)
		if x == nil || !x.Succeeded() {
			continue
		}
		in := slices.ContainsFunc(x.JSON().Get("resources").Array(), func(one gjson.Result) bool { return one.Raw == user.ID })
		if there || in {
			l.Tell(x, user, map[string]string{m.String(): strconv.FormatBool(in)})
		}
	}
}

// lookAsSubject reads a user as itself, unless it has failed to sign in before:
// a success would start the count of its failures again.
func (w *world) lookAsSubject(l *conformance.Look, user invariants.Record) {
	name := w.nameOf(user.ID)
	if name == "" || !l.Whole() || slices.ContainsFunc(w.Exchanges(), func(x *conformance.Exchange) bool {
		return x.Status == http.StatusUnauthorized && loginOf(x) == w.people[name].login
	}) {
		return
	}
	p := w.people[name]
	x := l.Ask(name, conformance.Request{Operation: "getUser", Path: map[string]string{"id": user.ID}, Sign: basic(p.login, p.password), As: name})
	if x == nil {
		return
	}
	if x.Succeeded() {
		l.See(x, user, x.JSON(), userShape, nil)
	}
}

func (w *world) nameOf(id string) string {
	for name, p := range w.people {
		if p.id != 0 && strconv.FormatInt(p.id, 10) == id {
			return name
		}
	}
	return ""
}

func loginOf(x *conformance.Exchange) string {
	r := http.Request{Header: x.RequestHeader}
	login, _, _ := r.BasicAuth()
	return login
}

func (w *world) lookAtRole(l *conformance.Look, id string) {
	role := invariants.Record{Kind: "role", ID: id}
	x := w.ask(l, "getRole", map[string]string{"id": id}, nil)
	if x == nil {
		return
	}
	l.See(x, role, x.JSON(), roleShape, nil)
	if x := w.ask(l, "getRoles", nil, nil); x != nil && x.Succeeded() {
		item := gjson.Result{}
		for _, one := range x.JSON().Get("resources").Array() {
			if one.Get("id").String() == id {
				item = one
			}
		}
		l.See(x, role, item, roleShape, nil)
	}
}

// detailsOfUser are what an update of a user replaces, and what follows from it.
var detailsOfUser = []string{"login", "name", "email", "enabled", "locked", "role.*", "authentication.*", "locale.*", "links.*", "in *"}

// Effect is what each operation may change, by document 000.
func (w *world) Effect(x *conformance.Exchange) conformance.Effect {
	var e conformance.Effect
	if x.Status == http.StatusUnauthorized {
		if login := loginOf(x); login != "" {
			e.Always = w.failing(login)
		}
	}
	if x.Operation == nil {
		return e
	}
	id := x.Path["id"]
	user := func(properties ...string) {
		e.Done = append(e.Done, invariants.Touch{Kind: "user", ID: id, Properties: properties})
	}
	switch x.Operation.ID {
	case "updateUser":
		user(updated(gjson.ParseBytes(x.Request))...)
	case "deleteUser":
		e.Done = append(e.Done, invariants.Touch{Kind: "user", ID: id, Properties: []string{"*"}, Existence: true})
	case "unlockUser":
		user("locked")
	case "setUserSites", "addUserSite", "removeUserSite", "removeAllUserSites":
		user("sites")
	case "setUserAssetGroups", "addUserAssetGroup", "removeUserAssetGroup", "removeAllUserAssetGroups":
		user("groups")
	case "setTwoFactorAuthentication", "regenerateTwoFactorAuthentication":
		user("key")
	case "updateRole":
		e.Done = append(e.Done,
			invariants.Touch{Kind: "role", ID: id, Properties: []string{"*"}, Existence: true},
			invariants.Touch{Kind: "user", Properties: []string{"role.*", "in *"}})
	case "deleteRole":
		e.Done = append(e.Done, invariants.Touch{Kind: "role", ID: id, Properties: []string{"*"}, Existence: true})
	}
	return e
}

// failing is what a refused sign-in may change: the account may be locked.
func (w *world) failing(login string) []invariants.Touch {
	for _, p := range w.people {
		if p.login == login {
			return []invariants.Touch{{Kind: "user", ID: strconv.FormatInt(p.id, 10), Properties: []string{"locked"}}}
		}
	}
	return nil
}

// updated adds to the details what may follow from a role: of single grants
// beside access to all, or after its end, the document says nothing.
func updated(body gjson.Result) []string {
	properties := detailsOfUser
	if body.Get("role").Exists() {
		properties = append(slices.Clone(properties), "sites", "groups")
	}
	return properties
}
