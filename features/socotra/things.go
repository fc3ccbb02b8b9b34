package socotra

import (
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// What users have: roles, which are given by name or by locator, and tenants.

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
func (a *account) refer(locators []string) []string {
	references := []string{}
	for _, locator := range locators {
		one := locator
		for _, r := range a.Cast("role") {
			if r.ID == locator {
				one = a.reference(r)
			}
		}
		references = append(references, one)
	}
	return references
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
	return a.refer(ids), nil
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
			shown := texts(user.Get(plural))
			for i := range shown {
				shown[i] = a.located(shown[i])
			}
			return shown, err
		},
		Request: func(verb steps.Verb, p *steps.Record, ids []string) (world.Request, error) {
			list, body := a.refer(ids), fields{"add" + suffix: []string{}, "remove" + suffix: []string{}}
			switch verb {
			case steps.Grant:
				body["add"+suffix] = list
			case steps.Revoke:
				body["remove"+suffix] = list
			case steps.Set:
				body, err := a.changeOfUser(p, fields{plural: list})
				body[plural] = list
				return world.Request{Operation: "updateUser", Path: p.Path(), Body: body}, err
			default:
				return world.Request{}, world.CouldNotJudge("Socotra has no operation that %s %s", verb, plural)
			}
			return world.Request{Operation: operation, Path: p.Path(), Body: body}, nil
		},
	}
}

// lacking are the items of one list that another lacks.
func lacking(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(item string) bool { return slices.Contains(other, item) })
}
