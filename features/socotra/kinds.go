package socotra

import (
	"cmp"
	"crypto/rand"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// The records of an account.

// Locators that nothing has.
const (
	unknownUser = "00000000-0000-4000-8000-000000000000"
	unknownRole = "00000000000000000000000000"
)

func (a *account) allKinds() []*steps.Kind {
	return []*steps.Kind{{
		Noun: "user", Plural: "users", Param: "locator", Named: "userName", Ending: "@example.com", Unknown: unknownUser,
		Create: "createUser", Read: "fetchUserByLocator", Change: "updateUser", Delete: "deleteUser", List: "fetchMultipleUsers",
		Reset: "resetUserPassword", Resets: []string{`"(a new password)"`},
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
	body := fields{"roles": a.refer(had), "permissions": []any{}, "tenants": []any{}}
	for _, property := range []string{"firstName", "lastName", "tenants", "permissions"} {
		is := gjson.Parse(p.Is[property])
		if others := property == "permissions" && changes["roles"] != nil; is.Exists() && !others { // those of other roles may be refused
			body[property] = is.Value()
		}
	}
	return body, nil
}

// without is for what a body may name, and no change changes.
func without(names ...string) func(*steps.Record, fields) fields {
	return func(_ *steps.Record, change fields) fields {
		given := maps.Clone(change)
		maps.DeleteFunc(given, func(property string, _ any) bool { return slices.Contains(names, property) })
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
	x, err := a.Ask(steps.Administrator, world.Request{Operation: "getRole", Path: r.Path()})
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
	list := func(property string) []string { return texts(steps.AsJSON(change[property])) }
	kept := lacking(texts(gjson.Parse(r.Is["permissions"])), list("removePermissions"))
	given["permissions"] = append(kept, lacking(list("addPermissions"), kept)...)
	return given
}
