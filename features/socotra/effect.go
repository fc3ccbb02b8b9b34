package socotra

import (
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/world"
)

// follows is what changes with a property that an update of a user names.
var follows = map[string][]string{
	"firstName": {"firstName"}, "lastName": {"lastName"}, "email": {"email"}, "tenants": {"tenants"},
	"roles": {"roles", "permissions", "allowed"}, "permissions": {"permissions", "allowed"},
}

// Effect is what each operation may change, by document 003. A change of a role
// reaches its holders, and nobody else.
func (a *account) Effect(x *world.Exchange) world.Effect {
	var e world.Effect
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
		for _, holder := range a.holders(locator) {
			touch(invariants.Touch{Kind: "user", ID: holder, Properties: follows["roles"]})
		}
	}
	return e
}

// holders are the users that have ever shown a role, by whatever it was called.
func (a *account) holders(locator string) []string {
	called := a.looks.held[invariants.Record{Kind: "role", ID: locator}]
	var all []string
	for record, shown := range a.looks.held {
		if record.Kind == "user" && slices.ContainsFunc(shown, func(s string) bool { return slices.Contains(called, s) }) {
			all = append(all, record.ID)
		}
	}
	return all
}
