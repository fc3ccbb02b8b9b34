package rapid7

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/invariants"
)

// detailsOfUser are what an update of a user replaces, and what follows from it.
var detailsOfUser = []string{"login", "name", "email", "enabled", "role.*", "authentication.*", "locale.*", "links.*", "in *"}

// Effect is what each operation may change, by document 000.
func (w *world) Effect(x *conformance.Exchange) conformance.Effect {
	var e conformance.Effect
	if x.Status == http.StatusUnauthorized {
		e.Always = w.failing(loginOf(x))
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
		touch("user", false, w.updated(id, gjson.ParseBytes(x.Request))...)
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
		for user, t := range w.tracks {
			if slices.Contains(t.roles, id) {
				e.Done = append(e.Done, invariants.Touch{Kind: "user", ID: user, Properties: []string{"role.name", "role.privileges", "in getUsersWithPrivilege*", membership{"getRoleUsers", id}.String()}})
			}
		}
	}
	return e
}

// failing is what a refused sign-in may change: the account may be locked.
func (w *world) failing(login string) []invariants.Touch {
	for _, p := range w.people {
		if p.login == login {
			return []invariants.Touch{{Kind: "user", ID: strconv.FormatInt(p.id, 10), Properties: []string{"locked", "signs in"}}}
		}
	}
	return nil
}

// updated adds to the details what a body of an update may mean beside them.
// Of single grants beside access to all, or after its end, the document says
// nothing; of a lock in the body neither.
func (w *world) updated(id string, body gjson.Result) []string {
	properties := slices.Clone(detailsOfUser)
	if body.Get("locked").Exists() {
		properties = append(properties, "locked")
	}
	if body.Get("locked").Bool() || body.Get("password").Exists() || body.Get("login").Exists() && !w.isLoginOf(id, body.Get("login").String()) {
		properties = append(properties, "signs in")
	}
	if w.trackOf(id).all {
		properties = append(properties, "sites", "groups")
	}
	return properties
}

func (w *world) isLoginOf(id, login string) bool {
	p := w.people[w.nameOf(id)]
	return p != nil && p.login == login
}
