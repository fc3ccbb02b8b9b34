package rapid7

import (
	"net/http"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/world"
)

// detailsOfUser are what an update of a user replaces, and what follows from it.
var detailsOfUser = []string{"login", "name", "email", "enabled", "role.*", "authentication.*", "locale.*", "links.*", "in *"}

// Effect is what each operation may change, by document 000.
func (c *console) Effect(x *world.Exchange) world.Effect {
	var e world.Effect
	if x.Status == http.StatusUnauthorized {
		e.Always = c.failing(loginOf(x))
	}
	if x.Operation == nil {
		return e
	}
	id := x.Path["id"]
	touch := func(kind string, existence bool, properties ...string) {
		e.Done = append(e.Done, invariants.Touch{Kind: kind, ID: id, Properties: properties, Existence: existence})
	}
	switch x.Operation.ID {
	case "updateUser":
		touch("user", false, c.updated(id, gjson.ParseBytes(x.Request))...)
	case "deleteUser":
		touch("user", true, "*")
	case "unlockUser":
		touch("user", false, "locked", "signs in")
	case "resetPassword":
		touch("user", false, "signs in")
	case "setUserSites", "addUserSite", "removeUserSite", "removeAllUserSites":
		touch("user", false, "sites")
	case "setUserAssetGroups", "addUserAssetGroup", "removeUserAssetGroup", "removeAllUserAssetGroups":
		touch("user", false, "groups")
	case "setTwoFactorAuthentication", "regenerateTwoFactorAuthentication":
		touch("user", false, "key", "signs in")
	case "updateRole", "deleteRole":
		touch("role", true, "*")
		for user, t := range c.tracks {
			if slices.Contains(t.roles, id) {
				e.Done = append(e.Done, invariants.Touch{Kind: "user", ID: user, Properties: []string{"role.name", "role.privileges", "in getUsersWithPrivilege*", membership{"getRoleUsers", id}.String()}})
			}
		}
	}
	return e
}

// failing is what a refused sign-in may change: the account may be locked.
func (c *console) failing(login string) []invariants.Touch {
	for _, p := range c.Cast("user") {
		if p.Called == login {
			return []invariants.Touch{{Kind: "user", ID: p.ID, Properties: []string{"locked", "signs in"}}}
		}
	}
	return nil
}

// updated adds to the details what a body of an update may mean beside them.
// Of single grants beside access to all, or after its end, the document says
// nothing; of a lock in the body neither.
func (c *console) updated(id string, body gjson.Result) []string {
	properties := slices.Clone(detailsOfUser)
	if body.Get("locked").Exists() {
		properties = append(properties, "locked")
	}
	if body.Get("locked").Bool() || body.Get("password").Exists() || body.Get("login").Exists() && !c.isLoginOf(id, body.Get("login").String()) {
		properties = append(properties, "signs in")
	}
	if c.trackOf(id).all {
		properties = append(properties, "sites", "groups")
	}
	return properties
}

func (c *console) isLoginOf(id, login string) bool {
	p := c.userOf(id)
	return p != nil && p.Called == login
}
