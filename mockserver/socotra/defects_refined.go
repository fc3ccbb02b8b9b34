package socotra

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What the defects do wrong that a second look shows: at other callers, at texts
// that are almost right, at the second call.

var onUnguarded = []string{"createUser", "createRole", "updateUserRoles", "updateUserTenantAssignments"}

var refinedDefects = []engine.Defect{
	{ID: "so-signed-in-is-enough", Breaks: "SO-AUTH-06", Summary: "The server lets everybody who is signed in create and assign.", On: onUnguarded, Wrap: asAdministrator(signedIn)},
	{ID: "so-forbidden-is-400", Breaks: "SO-AUTH-07", Summary: "The server tells callers without permission that their request is bad.", Wrap: instead(http.StatusForbidden, http.StatusBadRequest)},
	{ID: "so-unauthenticated-is-403", Breaks: "SO-AUTH-08", Summary: "The server tells callers without a token that they have no permission.", Wrap: instead(http.StatusUnauthorized, http.StatusForbidden)},
	{ID: "so-any-header-will-do", Breaks: "SO-AUTH-09", Summary: "The server lets callers in whose header has no bearer token.", Wrap: asAdministrator(withOtherHeader)},
	{ID: "so-names-trimmed", Breaks: "SO-USER-19", Summary: "The server takes blanks at the ends off the names of a new user.", On: on("createUser"), Wrap: engine.EditRequest(trimNames)},
	{ID: "so-name-by-beginning", Breaks: "SO-USER-18", Summary: "The server finds users by the beginning of their names.", On: on("fetchUserByName"), Wrap: engine.EditAnswer(findByBeginning)},
	{ID: "so-second-update-refused", Breaks: "SO-ROLE-14", Summary: "The server takes only the first update of a role.", On: on("updateRole"), Wrap: engine.RefuseWrongly(http.StatusConflict, updatedBefore)},
	{ID: "so-version-unneeded", Breaks: "SO-ROLE-14", Summary: "The server updates roles for who names no version.", On: on("updateRole"), Wrap: engine.EditRequest(fillVersion)},
	{ID: "so-description-cut", Breaks: "SO-ROLE-15", Summary: "The server cuts descriptions off after 255 letters.", On: on("createRole"), Wrap: engine.EditRequest(engine.OnText("description", cut))},
	{ID: "so-password-ignores-case", Breaks: "SO-PWD-03", Summary: "The server takes capitals and small letters of a password for the same.", On: []string{tokenOperation}, Wrap: rightPassword(strings.EqualFold)},
	{ID: "so-password-prefix", Breaks: "SO-PWD-03", Summary: "The server looks at no more than the beginning of a password.", On: []string{tokenOperation}, Wrap: rightPassword(strings.HasPrefix)},
	{ID: "so-forms-differ", Breaks: "SO-LIST-06", Summary: "The server leaves out the first item where no envelope is asked for.", On: on("fetchMultipleUsers", "fetchMultipleBasicUsers", "fetchMultipleRoles"), Wrap: engine.EditQuery(skipWithoutEnvelope)},
	{ID: "so-named-twice-is-refused", Breaks: "SO-ASSIGN-05", Summary: "The server refuses to give a role that the user has.", On: on("updateUserRoles"), Wrap: engine.RefuseWrongly(http.StatusConflict, hasRoleAlready)},
	{ID: "so-absent-lists-are-empty", Breaks: "SO-PROTO-02", Summary: "The server takes lists that are missing from a change for empty ones.", On: []string{"updateRole", "updateUserRoles", "updateUserTenantAssignments"}, Wrap: engine.EditRequest(fillAbsentLists)},
}

// asAdministrator lets some callers in as an administrator.
func asAdministrator(which func(*engine.Call) bool) engine.Middleware {
	return engine.Asking(func(c *engine.Call) {
		if which(c) {
			c.Header = c.Header.Clone()
			c.Header.Set("Authorization", "Bearer "+stateOf(c).Credentials()[0].Token)
		}
	})
}

func signedIn(c *engine.Call) bool { return who(c) != nil }

func withOtherHeader(c *engine.Call) bool {
	return bearer(c.Header) == "" && c.Header.Get("Authorization") != ""
}

// instead answers with one status where another is right, but at signing in.
func instead(right, wrong int) engine.Middleware {
	return engine.Answering(func(c *engine.Call, r engine.Response) engine.Response {
		if r.Status == right && c.Operation.ID != tokenOperation {
			r.Status = wrong
		}
		return r
	})
}

func trimNames(c *engine.Call, body any) any {
	return engine.OnText("firstName", strings.TrimSpace)(c, engine.OnText("lastName", strings.TrimSpace)(c, body))
}

func findByBeginning(c *engine.Call, _ any) any {
	return findUsers(stateOf(c), func(name string) bool { return strings.HasPrefix(name, c.Path.Get("username")) })
}

func updatedBefore(c *engine.Call) bool {
	r := stateOf(c).roleAt(c.Path.Get("locator"))
	return r != nil && r.Version > 1
}

func fillVersion(c *engine.Call, body any) any {
	r := stateOf(c).roleAt(c.Path.Get("locator"))
	if object, ok := body.(map[string]any); ok && r != nil && object["version"] == nil {
		object["version"] = r.Version
	}
	return body
}

func cut(text string) string { return text[:min(255, len(text))] }

// rightPassword signs in whose password is like the right one.
func rightPassword(like func(given, right string) bool) engine.Middleware {
	return engine.Asking(func(c *engine.Call) {
		form, err := url.ParseQuery(string(c.Body))
		for _, u := range stateOf(c).usersCalled(form.Get("username")) {
			if err == nil && like(form.Get("password"), u.Password) {
				form.Set("password", u.Password)
				c.Body = []byte(form.Encode())
			}
		}
	})
}

func skipWithoutEnvelope(q url.Values) {
	if q.Get("extended") == "false" {
		q.Set("offset", "1")
	}
}

func hasRoleAlready(c *engine.Call) bool {
	s := stateOf(c)
	u := s.userAt(c.Path.Get("locator"))
	if u == nil {
		return false
	}
	for _, name := range gjson.GetBytes(c.Body, "addRoles").Array() {
		if r := s.roleCalled(name.String()); r != nil && slices.Contains(u.Roles, r.number) {
			return true
		}
	}
	return false
}

func fillAbsentLists(c *engine.Call, body any) any {
	object, ok := body.(map[string]any)
	if !ok {
		return body
	}
	for _, name := range map[string][]string{
		"updateRole": {"addPermissions", "removePermissions"}, "updateUserRoles": {"addRoles", "removeRoles"},
		"updateUserTenantAssignments": {"addTenants", "removeTenants"},
	}[c.Operation.ID] {
		if _, given := object[name]; !given {
			object[name] = json.RawMessage("[]")
		}
	}
	return object
}
