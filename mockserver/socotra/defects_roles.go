package socotra

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func roleDefects() []engine.Defect {
	create, update := []string{"createRole"}, []string{"updateRole"}
	return []engine.Defect{
		{ID: "so-description-lost", Breaks: "SO-ROLE-01", On: create, Wrap: engine.EditRequest(setProperty("description", "")),
			Summary: "loses the description of a new role"},
		{ID: "so-made-by-nobody", Breaks: "SO-ROLE-02", On: create, Wrap: engine.EditAnswer(setProperty("createdBy", "00000000-0000-4000-8000-000000000000")),
			Summary: "does not know who created a role"},
		{ID: "so-made-long-ago", Breaks: "SO-ROLE-02", On: create, Wrap: engine.EditAnswer(setProperty("createdAt", "1970-01-01T00:00:00Z")),
			Summary: "does not know when a role was created"},
		{ID: "so-role-listed-twice", Breaks: "SO-ROLE-03", On: []string{"fetchMultipleRoles"}, Wrap: engine.EditAnswer(lastAgain),
			Summary: "lists a role twice"},
		{ID: "so-role-delete-forgotten", Breaks: "SO-ROLE-04", On: []string{"deleteRole"}, Wrap: engine.Forget,
			Summary: "says that a role is deleted, and keeps it"},
		{ID: "so-permission-not-removed", Breaks: "SO-ROLE-05", On: update, Wrap: engine.EditRequest(setProperty("removePermissions", []any{})),
			Summary: "removes no permission from a role"},
		{ID: "so-permissions-replaced", Breaks: "SO-ROLE-05", On: update, Wrap: engine.EditRequest(removeOtherPermissions),
			Summary: "removes every permission that is not among the added"},
		{ID: "so-stale-version", Breaks: "SO-ROLE-06", Lifts: true,
			Summary: "takes an update that is based on any version"},
		{ID: "so-lost-update", Breaks: "SO-ROLE-06", On: update, Wrap: compareTooEarly,
			Summary: "compares the version first and writes later, so that parallel updates overwrite one another"},
		{ID: "so-version-from-reading", Breaks: "SO-ROLE-07", On: []string{"getRole"}, Wrap: engine.Also(bumpVersion),
			Summary: "changes the version of a role that is only read"},
		{ID: "so-creator-changes", Breaks: "SO-ROLE-07", On: update, Wrap: engine.Also(takeOver),
			Summary: "takes who updates a role for who created it"},
		{ID: "so-ghost-permissions", Breaks: "SO-ROLE-08", On: []string{"deleteRole"}, Wrap: leaveGhost,
			Summary: "leaves the permissions of a deleted role with its users"},
		{ID: "so-any-permission", Breaks: "SO-ROLE-09", Lifts: true,
			Summary: "gives a role permissions that do not exist"},
		{ID: "so-grants-beyond", Breaks: "SO-ROLE-10", Lifts: true,
			Summary: "lets callers grant more than they have"},
		{ID: "so-unknown-role-answers", Breaks: "SO-ROLE-11", Lifts: true,
			Summary: "makes up the role that a locator names"},
		{ID: "so-built-in-changes", Breaks: "SO-ROLE-12", Lifts: true,
			Summary: "changes and deletes built-in roles"},
		{ID: "so-role-name-twice", Breaks: "SO-ROLE-13", Lifts: true,
			Summary: "gives one name to two roles"},
	}
}

func bumpVersion(c *engine.Call, next engine.State) {
	editRole(c, next.(*State), func(r *Role) { r.Version++ })
}

func takeOver(c *engine.Call, next engine.State) {
	if who, ok := c.Caller.(*Caller); ok {
		editRole(c, next.(*State), func(r *Role) { r.CreatedBy = who.user.Locator })
	}
}

func editRole(c *engine.Call, s *State, edit func(*Role)) {
	if old := s.roleAt(c.Path["locator"]); old != nil {
		r := *old
		edit(&r)
		s.putRole(&r)
	}
}

// removeOtherPermissions turns "add" into "have only".
func removeOtherPermissions(c *engine.Call, body any) any {
	if r := currentState(c).roleAt(c.Path["locator"]); r != nil {
		added := textsIn(body, "addPermissions")
		return setProperty("removePermissions", without(r.Permissions, added))(c, body)
	}
	return body
}

// leaveGhost keeps the role's number, and what it permits, with whoever had it.
func leaveGhost(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		before := currentState(c)
		role := before.roleAt(c.Path["locator"])
		r, err := next(c)
		if err != nil || r.Status >= http.StatusMultipleChoices || role == nil {
			return r, err
		}
		c.Update(func(next engine.State) {
			s := next.(*State)
			s.roles.Put(role.number, role)
			for _, id := range before.byRole.IDs(roleKey(role.number)) {
				if u, ok := s.users.Get(id); ok {
					s.change(u, func(u *User) { u.Roles = with(u.Roles, []int64{role.number}) })
				}
			}
		})
		return r, err
	}
}

// compareTooEarly compares the version outside the change, as a server does
// that reads, compares and writes in three steps.
func compareTooEarly(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		role := currentState(c).roleAt(c.Path["locator"])
		given := gjson.GetBytes(c.Body, "version")
		if role == nil || given.Int() != role.Version {
			return next(c)
		}
		time.Sleep(2 * time.Millisecond) // for the others to get as far
		for {
			r, err := next(c)
			now := currentState(c).roleAt(c.Path["locator"])
			if err != nil || r.Status != http.StatusConflict || now == nil {
				return r, err
			}
			var body map[string]any
			if json.Unmarshal(c.Body, &body) != nil || slices.Contains([]any{float64(now.Version)}, body["version"]) {
				return r, err
			}
			body["version"] = now.Version
			if c.Body, err = json.Marshal(body); err != nil {
				return r, err
			}
			c.Problem = nil
		}
	}
}
