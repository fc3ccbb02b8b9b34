package socotra

import (
	"net/url"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
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
func (a *account) Look(l *world.Look) {
	me := a.ask(l, "fetchMyUserDetails", nil, nil)
	if me == nil || !me.Succeeded() {
		return // whoever looks is let in no more
	}
	// The caller may be hit by a change as well.
	l.See(me, invariants.Record{Kind: "user", ID: me.JSON().Get("locator").String()}, me.JSON(), userShape, nil)
	users, roles := l.Records("user"), l.Records("role")
	for _, id := range users {
		a.signsInToLook(l, id)
	}
	for _, id := range users {
		user := invariants.Record{Kind: "user", ID: id}
		if x := a.ask(l, "fetchUserByLocator", at(id), nil); x != nil {
			read := x.JSON()
			l.See(x, user, read, userShape, nil)
			l.Echo(user, userShape, "createUser", "updateUser", "updateUserRoles", "updateUserTenantAssignments", "fetchMyUserDetails", "fetchUserByLocator")
			a.remember(user, x.Succeeded(), read.Get("userName").String(), read.Get("roles"))
		}
	}
	for _, id := range roles {
		role := invariants.Record{Kind: "role", ID: id}
		if x := a.ask(l, "getRole", at(id), nil); x != nil {
			l.See(x, role, x.JSON(), roleShape, nil)
			l.Echo(role, roleShape, "createRole", "updateRole", "getRole")
			a.remember(role, x.Succeeded(), "", gjson.Parse(`["`+id+`",`+x.JSON().Get("name").Raw+`]`))
		}
	}
	a.lookInList(l, "fetchMultipleUsers", "user", users, userShape)
	a.lookInList(l, "fetchMultipleBasicUsers", "user", users, userShape)
	a.lookInList(l, "fetchMultipleRoles", "role", roles, roleShape)
	for _, id := range users {
		a.lookCloser(l, invariants.Record{Kind: "user", ID: id})
	}
}

func (a *account) remember(of invariants.Record, there bool, userName string, references gjson.Result) {
	a.looks.gone[of.ID] = !there
	if !there {
		return
	}
	if userName != "" {
		a.looks.names[of.ID] = userName
	}
	for _, reference := range references.Array() {
		if !slices.Contains(a.looks.held[of], reference.String()) {
			a.looks.held[of] = append(a.looks.held[of], reference.String())
		}
	}
}

// ask looks as the administrator.
func (a *account) ask(l *world.Look, operation string, path map[string]string, query url.Values) *world.Exchange {
	sign, err := a.Sign(steps.Administrator)
	if err != nil {
		return nil
	}
	return l.Ask("", world.Request{Operation: operation, Path: path, Query: query, Sign: sign, As: "the administrator"})
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
func (a *account) lookInList(l *world.Look, operation, kind string, ids []string, shape invariants.Shape) {
	look := &lookedFor{kind: kind, missing: slices.Clone(ids), shape: shape}
	if begin := a.habits().begin(operation); begin > 0 {
		a.scan(l, look, operation, begin)
	}
	a.scan(l, look, operation, 0)
	if look.first > 0 {
		a.habits().begun(operation, look.first)
	}
}

// scan reads a list from an offset on. From its beginning to its end it tells
// that a record is not there; over several pages only on a mock, because
// elsewhere others may move records from page to page.
func (a *account) scan(l *world.Look, look *lookedFor, operation string, from int) {
	offset := from
	for pages := 1; len(look.missing) > 0 && (l.Whole() || pages <= mostPages); pages++ {
		x := a.ask(l, operation, nil, page(offset, 100))
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
			if from == 0 && (pages == 1 || a.Endpoint.Mock) {
				l.See(x, invariants.Record{Kind: look.kind, ID: id}, gjson.Result{}, look.shape, nil)
			}
		}
		return
	}
}

// lookCloser asks for a user by its name, for what it may do, and as itself.
func (a *account) lookCloser(l *world.Look, user invariants.Record) {
	if name := a.looks.names[user.ID]; name != "" {
		if x := a.ask(l, "fetchUserByName", map[string]string{"username": name}, nil); x != nil {
			l.See(x, user, itemAt(x.JSON().Array(), user.ID), userShape, nil)
		}
	}
	allowed := func(x *world.Exchange) map[string]string {
		if !x.Succeeded() {
			return nil
		}
		return map[string]string{"allowed": invariants.Set(x.JSON())}
	}
	if x := a.ask(l, "fetchUserPermissions", at(user.ID), nil); x != nil {
		l.Part(x, user, allowed(x))
	}
	p, token := a.lookingAs(user.ID)
	if token == "" || a.looks.gone[user.ID] {
		return
	}
	for _, operation := range []string{"fetchMyUserDetails", "fetchUserByLocator", "fetchUserPermissions"} {
		r := world.Request{Operation: operation, Sign: bearer(token), As: p.Name}
		if operation != "fetchMyUserDetails" {
			r.Path = at(user.ID)
		}
		switch x := l.Ask(p.Name, r); {
		case x == nil || !x.Succeeded(): // whether a user may, is for rules to say
		case operation == "fetchUserPermissions":
			l.Part(x, user, allowed(x))
		default:
			l.See(x, user, x.JSON(), userShape, nil)
		}
	}
}

// lookingAs is the scenario's user with a locator, and what it looks with: on a
// real target only what the scenario has signed in for itself.
func (a *account) lookingAs(locator string) (p *steps.Record, token string) {
	for _, p := range a.Cast("user") {
		if p.ID != "" && p.ID == locator {
			if token, looked := a.looks.token[p.Name]; looked {
				return p, token
			}
			return p, p.Own[ownToken]
		}
	}
	return nil, ""
}

// signsInToLook takes a token of a user before anything is looked at: one that
// is older than the change.
func (a *account) signsInToLook(l *world.Look, locator string) {
	p, token := a.lookingAs(locator)
	if p == nil || token != "" || !l.Whole() {
		return
	}
	if _, tried := a.looks.token[p.Name]; tried {
		return
	}
	a.looks.token[p.Name] = ""
	r, err := a.SignIn(p, p.Password)
	if err != nil {
		return
	}
	if x := l.Ask(p.Name, r); x != nil && x.Succeeded() {
		a.looks.token[p.Name] = a.Secret(x.JSON().Get("access_token").String())
	}
}
