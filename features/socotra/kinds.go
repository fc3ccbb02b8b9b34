package socotra

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/steps"
)

// The records of an account, and what its users have.

// Locators that nothing has.
const (
	unknownUser = "00000000-0000-4000-8000-000000000000"
	unknownRole = "00000000000000000000000000"
)

func (a *account) allKinds() []*steps.Kind {
	return []*steps.Kind{{
		Noun: "user", Plural: "users", Param: "locator", Named: "userName", Ending: "@example.com", Unknown: unknownUser,
		Create: "createUser", Read: "fetchUserByLocator", Change: "updateUser", Delete: "deleteUser", List: "fetchMultipleUsers",
		Schemas: map[string][]string{"": {"user-create-request", "user-update-request", "user-response"}},
		Shape:   userShape, Settle: a.settle, Derived: map[string]string{"roles": "permissions"},
		Draft: a.draftOfUser, Body: a.changeOfUser, Gives: without("userName", "locator", "permissions"),
		Items: items, All: func() ([]gjson.Result, error) { return a.everything("fetchMultipleUsers") },
		Gone: a.namedNowhere, From: page, More: more,
	}, {
		Noun: "role", Plural: "roles", Param: "locator", Named: "name", Unknown: unknownRole,
		Create: "createRole", Read: "getRole", Change: "updateRole", Delete: "deleteRole", List: "fetchMultipleRoles",
		Schemas: map[string][]string{"": {"role-create-request", "role-update-request", "role-response"}},
		Shape:   roleShape, Derived: map[string]string{"name": "version", "description": "version", "permissions": "version"},
		Draft: a.draftOfRole, Body: a.changeOfRole, Gives: a.givesRole,
		Items: items, All: func() ([]gjson.Result, error) { return a.everything("fetchMultipleRoles") },
		Gone: func(r *steps.Record) error { a.Forget("role", r.ID); return nil },
		From: page, More: more,
	}, {
		Noun: "brief user", Plural: "brief users", Param: "locator", Named: "userName", Unknown: unknownUser,
		Read: "fetchUserByLocator", List: "fetchMultipleBasicUsers", Shape: invariants.Shape{ID: "locator", Leave: []string{"roles", "permissions", "tenants", "email", "firstName", "lastName"}},
		Items: items, All: func() ([]gjson.Result, error) { return a.everything("fetchMultipleBasicUsers") },
		From: page, More: more,
	}}
}

// draftOfUser says everything but roles and tenants, which it lists as none.
func (a *account) draftOfUser(p *steps.Record) (fields, error) {
	return fields{
		"firstName": strings.ToUpper(p.Name[:1]) + p.Name[1:], "lastName": "Test", "userName": p.Called,
		"email": p.Name + "." + a.Tag() + "@example.org", "password": a.newPassword(), "temporaryPassword": false,
		"roles": []string{}, "tenants": []string{},
	}, nil
}

// newPassword makes a password that the vendor's default policy accepts, that
// nobody guesses, that no report shows, and that reads the same in a form.
func (a *account) newPassword() string { return a.Secret("Cf9_" + rand.Text()) }

// changeOfUser is an update that says what the user is, but for changes.
func (a *account) changeOfUser(p *steps.Record, changes fields) (fields, error) {
	had, _ := p.Having(a.things[0])
	roles, err := a.refer(had)
	body := fields{"roles": roles, "permissions": []any{}, "tenants": []any{}}
	for _, property := range []string{"firstName", "lastName", "tenants", "permissions"} {
		if is := gjson.Parse(p.Is[property]); is.Exists() {
			body[property] = is.Value()
		}
	}
	if changes["roles"] != nil {
		body["permissions"] = []any{} // those of other roles may be refused
	}
	return body, err
}

// without is for what a body may name, and no change changes.
func without(names ...string) func(*steps.Record, fields) fields {
	return func(_ *steps.Record, change fields) fields {
		given := fields{}
		for property, value := range change {
			if !slices.Contains(names, property) {
				given[property] = value
			}
		}
		return given
	}
}

func (a *account) draftOfRole(r *steps.Record) (fields, error) {
	permissions, err := a.spell("users.list")
	return fields{"name": r.Called, "description": "A role of a test", "permissions": permissions}, err
}

// The versions that a role has had, by what they are called.
const version, formerVersion = "version", "the version before the last change"

// changeOfRole is an update that is based on the version that is read now; of a
// role that is gone, on the one that was read last.
func (a *account) changeOfRole(r *steps.Record, _ fields) (fields, error) {
	x, err := a.Ask(steps.Administrator, conformance.Request{Operation: "getRole", Path: r.Path()})
	if err != nil {
		return nil, err
	}
	r.Own[formerVersion] = cmp.Or(r.Own[version], r.Is[version])
	if r.Own[version] = r.Own[formerVersion]; x.Succeeded() {
		r.Own[version] = x.JSON().Get(version).Raw
	}
	for _, p := range a.Cast("user") {
		if has, _ := p.Having(a.things[0]); slices.Contains(has, r.ID) {
			p.Forgets("permissions") // they follow from the role's
		}
	}
	return fields{
		"name": gjson.Parse(r.Is["name"]).String(), "description": gjson.Parse(r.Is["description"]).String(),
		"version": gjson.Parse(r.Own[version]).Int(), "addPermissions": []any{}, "removePermissions": []any{},
	}, nil
}

// givesRole takes the permissions that a change adds and removes from those that
// the role has.
func (a *account) givesRole(r *steps.Record, change fields) fields {
	given := without("version", "locator", "createdAt", "createdBy", "addPermissions", "removePermissions")(r, change)
	list := func(property string) []string {
		var all []string
		switch v := change[property].(type) {
		case []string:
			all = v
		case []any:
			for _, one := range v {
				all = append(all, fmt.Sprint(one))
			}
		}
		return all
	}
	added, removed := list("addPermissions"), list("removePermissions")
	kept := lacking(texts(gjson.Parse(r.Is["permissions"])), removed)
	given["permissions"] = append(kept, lacking(added, kept)...)
	return given
}

// lacking are the items of one list that another lacks.
func lacking(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(item string) bool { return slices.Contains(other, item) })
}

// settle shows the roles of the scenario by their locators, however the target
// shows them.
func (a *account) settle(shown map[string]string) {
	if shown["roles"] == "" {
		return
	}
	var roles []string
	for _, reference := range gjson.Parse(shown["roles"]).Array() {
		roles = append(roles, invariants.Text(a.located(reference.String())))
	}
	shown["roles"] = invariants.SetOf(roles)
}

// located is the locator of the scenario's role that is shown or given so.
func (a *account) located(reference string) string {
	for _, r := range a.Cast("role") {
		if r.ID != "" && reference == r.Called {
			return r.ID
		}
	}
	return reference
}

// refer turns locators of the scenario's roles into what roles are given by here.
func (a *account) refer(locators []string) ([]string, error) {
	references := []string{}
	for _, locator := range locators {
		for _, r := range a.Cast("role") {
			if r.ID == locator {
				var err error
				if locator, err = a.reference(r); err != nil {
					return nil, err
				}
				break
			}
		}
		references = append(references, locator)
	}
	return references, nil
}

// references are what a body gives things by, for the names that scenarios have
// for them.
func (a *account) references(t *steps.Thing, names ...string) ([]string, error) {
	var ids []string
	for _, name := range names {
		id, err := t.Find(name)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return a.refer(ids)
}

func (a *account) allThings() []*steps.Thing {
	find := func(name string) (string, error) {
		if name == "unknown" && a.habits().byLocator {
			return unknownRole, nil
		}
		if name == "unknown" {
			return a.Tag() + "-unknown", nil
		}
		r, err := a.Known(steps.Ref{Noun: "role", Name: name})
		if err != nil {
			return "", err
		}
		return r.ID, nil
	}
	return []*steps.Thing{
		a.property("role", "roles", "updateUserRoles", "Roles", find),
		a.property("tenant", "tenants", "updateUserTenantAssignments", "Tenants", a.tenant),
	}
}

// property is what users have as a property, which has an operation to change
// it by lists of what is added and removed.
func (a *account) property(noun, plural, operation, suffix string, find func(string) (string, error)) *steps.Thing {
	return &steps.Thing{
		Noun: noun, Plural: plural, Property: plural, Find: find,
		Of: func(p *steps.Record) ([]string, error) {
			user, err := a.Read(p)
			if err != nil {
				return nil, err
			}
			shown := map[string]string{"roles": "", plural: invariants.Set(user.Get(plural))}
			if plural == "roles" {
				a.settle(shown)
			}
			return texts(gjson.Parse(shown[plural])), nil
		},
		Request: func(verb steps.Verb, p *steps.Record, ids []string) (conformance.Request, error) {
			list, err := a.refer(ids)
			body := fields{"add" + suffix: []string{}, "remove" + suffix: []string{}}
			switch verb {
			case steps.Grant:
				body["add"+suffix] = list
			case steps.Revoke:
				body["remove"+suffix] = list
			case steps.Set:
				if body, err = a.changeOfUser(p, fields{plural: list}); err != nil {
					return conformance.Request{}, err
				}
				body[plural] = list
				return conformance.Request{Operation: "updateUser", Path: p.Path(), Body: body}, nil
			default:
				return conformance.Request{}, conformance.CouldNotJudge("Socotra has no operation that %s %s", verb, plural)
			}
			return conformance.Request{Operation: operation, Path: p.Path(), Body: body}, err
		},
	}
}

// texts reads an array of texts, sorted, each as often as it is there. What is
// no text is written as JSON, so that it equals none.
func texts(array gjson.Result) []string {
	list := []string{}
	for _, s := range array.Array() {
		if s.Type != gjson.String {
			list = append(list, s.Raw)
			continue
		}
		list = append(list, s.Str)
	}
	slices.Sort(list)
	return list
}

// items takes both forms of a list: the envelope and the bare array.
func items(list gjson.Result) []gjson.Result {
	if !list.IsArray() {
		list = list.Get("items")
	}
	if !list.IsArray() {
		return nil
	}
	return list.Array()
}

func page(offset, count int) url.Values {
	return url.Values{"offset": {strconv.Itoa(offset)}, "count": {strconv.Itoa(count)}, "extended": {"true"}}
}

// more takes the page's own word. A target may have a largest page.
func more(page gjson.Result, _, size int) (bool, int) {
	n, more := len(items(page)), !page.Get("listCompleted").Bool()
	if more && n > 0 && n < size {
		size = n
	}
	return more, size
}

// longestList is how many items of a list are read before it is given up.
const longestList = 100000

// everything reads a list to its end, as the vendor says: on by as many items
// as came, until a page says that it is the last. A page that has nothing but
// what pages before it had would never end.
func (a *account) everything(operation string) (all []gjson.Result, err error) {
	seen := map[string]bool{}
	for len(all) < longestList {
		answer, err := a.Want(conformance.Request{Operation: operation, Query: page(len(all), 100)})
		if err != nil {
			return nil, err
		}
		list, repeated := items(answer), true
		for _, item := range list {
			locator := item.Get("locator").String()
			repeated = repeated && seen[locator]
			seen[locator] = true
		}
		if repeated && len(list) > 0 {
			return nil, fmt.Errorf("from item %d on, %s lists only what it has listed before", len(all), operation)
		}
		all = append(all, list...)
		if answer.Get("listCompleted").Bool() || len(list) == 0 {
			return all, nil
		}
	}
	return nil, conformance.CouldNotJudge("%s has more than %d items", operation, longestList)
}
