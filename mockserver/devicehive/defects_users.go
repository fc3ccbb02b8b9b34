package devicehive

import (
	"encoding/json"
	"github.com/rolecall/rolecall/mockserver/engine"
)

var userDefects = []engine.Defect{
	{ID: "dh-data-lost", Breaks: "DH-USER-01", On: []string{"insert"}, Summary: "A new user's data is not kept",
		Wrap: engine.EditRequest(engine.Without("data"))},
	{ID: "dh-listed-twice", Breaks: "DH-USER-02", On: []string{"list"}, Summary: "The newest user is listed twice",
		Wrap: engine.EditAnswer(func(_ *engine.Call, body any) any {
			users, ok := body.([]any)
			if !ok || len(users) == 0 {
				return body
			}
			return append(users, users[len(users)-1])
		})},
	{ID: "dh-count-one-more", Breaks: "DH-USER-03", On: []string{"count"}, Summary: "The count is one too many",
		Wrap: editAnswer(func(body map[string]any) { body["count"] = body["count"].(float64) + 1 })},
	{ID: "dh-delete-forgotten", Breaks: "DH-USER-04", On: []string{"delete"}, Summary: "A deleted user stays", Wrap: engine.Forget},
	{ID: "dh-role-not-updated", Breaks: "DH-USER-05", On: []string{"update"}, Summary: "An update leaves the role as it is",
		Wrap: engine.EditRequest(engine.Without("role"))},
	{ID: "dh-unknown-user-deleted", Breaks: "DH-USER-06", On: []string{"delete"}, Summary: "Deleting a user who does not exist succeeds"},
	{ID: "dh-login-twice", Breaks: "DH-USER-07", Summary: "Two users may have one login"},
	{ID: "dh-role-clamped", Breaks: "DH-USER-08", On: []string{"insert", "update"}, Summary: "A role or status that does not exist is taken for the nearest one",
		Wrap: editObject(func(body map[string]any) { clamp(body, "role", client); clamp(body, "status", disabled) })},
	{ID: "dh-data-wrapped", Breaks: "DH-USER-09", On: []string{"insert", "update"}, Summary: "Data that is no object is made one",
		Wrap: editObject(func(body map[string]any) {
			if _, object := body["data"].(map[string]any); !object && body["data"] != nil {
				body["data"] = map[string]any{"value": body["data"]}
			}
		})},
	{ID: "dh-data-flattened", Breaks: "DH-USER-09", On: []string{"insert", "update"}, Summary: "Objects within data become null",
		Wrap: editObject(func(body map[string]any) {
			data, _ := body["data"].(map[string]any)
			for name, member := range data {
				if _, nested := member.(map[string]any); nested {
					data[name] = nil
				}
			}
		})},
	{ID: "dh-intro-ignored", Breaks: "DH-USER-10", On: []string{"insert", "update"}, Summary: "introReviewed is not kept",
		Wrap: engine.EditRequest(engine.Without("introReviewed"))},
	{ID: "dh-time-with-zone", Breaks: "DH-CONTRACT", On: []string{"list", "get"}, Summary: "Moments are written as of a zone, which is not UTC",
		Wrap: engine.EditAnswer(func(_ *engine.Call, body any) any { return zoned(body) })},
	{ID: "dh-limits-not-checked", Breaks: "DH-USER-12", Summary: "Any login and password is good, and administrators may delete themselves"},
}

func zoned(body any) any {
	switch v := body.(type) {
	case []any:
		for _, user := range v {
			zoned(user)
		}
	case map[string]any:
		if last, ok := v["lastLogin"].(string); ok {
			v["lastLogin"] = last + "+02:00"
		}
	}
	return body
}

func clamp(body map[string]any, property string, most float64) {
	if n, ok := body[property].(float64); ok {
		body[property] = min(max(n, 0), most)
	}
}

var selfDefects = []engine.Defect{
	{ID: "dh-clients-read-all", Breaks: "DH-SELF-01", Summary: "A client may read everybody"},
	{ID: "dh-own-password-forgotten", Breaks: "DH-SELF-02", On: []string{"update", "updateCurrent"}, Summary: "A client's new password is not kept", Wrap: engine.Forget},
	{ID: "dh-old-password-not-checked", Breaks: "DH-SELF-03", Summary: "A client needs no valid old password"},
	{ID: "dh-first-password", Breaks: "DH-SELF-04", Summary: "A client without a password may set one"},
	{ID: "dh-clients-change-all", Breaks: "DH-SELF-05", Summary: "A client may change anything of anybody"},
	{ID: "dh-current-is-first", Breaks: "DH-SELF-06", On: []string{"getCurrent"}, Summary: "The current user is always the first administrator",
		Wrap: engine.EditAnswer(func(c *engine.Call, _ any) any {
			s := stateOf(c)
			return json.RawMessage(engine.Render(viewUser(s, s.Administrator().(*Caller).User, s.settings.GetFields)))
		})},
}

var listDefects = []engine.Defect{
	{ID: "dh-filters-ignored", Breaks: "DH-LIST-01", On: []string{"list"}, Summary: "Lists are not filtered",
		Wrap: withoutQuery("login", "loginPattern", "role", "status")},
	{ID: "dh-order-ignored", Breaks: "DH-LIST-02", On: []string{"list"}, Summary: "Lists are never in descending order", Wrap: withoutQuery("sortOrder")},
	{ID: "dh-skip-ignored", Breaks: "DH-LIST-03", On: []string{"list"}, Summary: "Lists always begin at the first user", Wrap: withoutQuery("skip")},
	{ID: "dh-count-unfiltered", Breaks: "DH-LIST-04", On: []string{"count"}, Summary: "Counts are not filtered",
		Wrap: withoutQuery("login", "loginPattern", "role", "status")},
}
