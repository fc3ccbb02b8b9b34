package rapid7

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What defects do to requests, answers and state.

func plusOne(name string) engine.Edit {
	return engine.OnObject(func(_ *engine.Call, doc map[string]any) { doc[name] = doc[name].(float64) + 1 })
}

func dropFirst(list []any) []any  { return list[1:] }
func dropLast(list []any) []any   { return list[:len(list)-1] }
func repeatLast(list []any) []any { return append(list, list[len(list)-1]) }

func dropFirstLater(c *engine.Call, body any) any {
	if c.Int("page") == 0 {
		return body
	}
	return engine.OnList("resources", dropFirst)(c, body)
}

var totalShort = engine.OnObject(func(_ *engine.Call, doc map[string]any) {
	page := doc["page"].(map[string]any)
	page["totalResources"] = page["totalResources"].(float64) - 1
})

// onLinks edits the links of a name.
func onLinks(rel string, do func(c *engine.Call, link map[string]any)) engine.Edit {
	return engine.OnObject(func(c *engine.Call, doc map[string]any) {
		for _, link := range doc["links"].([]any) {
			if l := link.(map[string]any); l["rel"] == rel {
				do(c, l)
			}
		}
	})
}

var renamePrev = onLinks("prev", func(_ *engine.Call, link map[string]any) { link["rel"] = "previous" })

var roleLinkWrong = onLinks("Role", func(c *engine.Call, link map[string]any) { link["href"] = rolePath(c, stateOf(c).globalAdmin()) })

var showPassword = engine.OnObject(func(c *engine.Call, doc map[string]any) {
	if u, ok := stateOf(c).users.Get(int64(doc["id"].(float64))); ok {
		doc["password"] = u.Password
	}
})

var showKeys = engine.OnObject(func(c *engine.Call, doc map[string]any) {
	for _, user := range doc["resources"].([]any) {
		view := user.(map[string]any)
		if u, ok := stateOf(c).users.Get(int64(view["id"].(float64))); ok && u.Key != "" {
			view["seed"] = u.Key
		}
	}
})

var disabledByDefault = engine.OnObject(func(_ *engine.Call, doc map[string]any) {
	if _, said := doc["enabled"]; !said {
		doc["enabled"] = false
	}
})

func cutKey(_ *engine.Call, body any) any {
	if key, ok := body.(string); ok {
		return key[:len(key)/2]
	}
	return body
}

func nextPage(q url.Values) {
	if n, err := strconv.Atoi(q.Get("page")); err == nil {
		q.Set("page", strconv.Itoa(n+1))
	}
}

func firstSortOnly(q url.Values) {
	if by := q["sort"]; len(by) > 1 {
		q["sort"] = by[:1]
	}
}

func sortUpOnly(q url.Values) {
	for i, by := range q["sort"] {
		q["sort"][i] = strings.TrimSuffix(by, ",DESC")
	}
}

func twentyAPage(q url.Values) {
	if !q.Has("size") {
		q.Set("size", "20")
	}
}

// countGoesOn gives the caller back the failed attempts that a success took.
func countGoesOn(c *engine.Call, next engine.State) {
	before, _ := c.Before().(*State).users.Get(callerOf(c).ID)
	if u, ok := next.(*State).users.Get(before.ID); ok && u.Failed < before.Failed {
		next.(*State).change(u, func(u *User) { u.Failed = before.Failed })
	}
}

func callerIsPlain(c *engine.Call) bool {
	login, _, _ := basicAuth(c)
	u := stateOf(c).userByLogin(login)
	return u != nil && !u.Superuser
}

func hasReadOnly(c *engine.Call) bool { return c.JSON().Get("links").Exists() }

func lockByBody(c *engine.Call, next engine.State) {
	s := next.(*State)
	if u := s.userByLogin(c.JSON().Get("login").String()); u != nil && c.JSON().Get("locked").Exists() {
		s.change(u, func(u *User) { u.Locked = c.JSON().Get("locked").Bool() })
	}
}

// toUser is a defect that changes the user whom the path names as well.
func toUser(edit func(c *engine.Call, u *User)) engine.Middleware {
	return engine.Also(func(c *engine.Call, next engine.State) {
		if u, ok := next.(*State).users.Get(c.Int("id")); ok {
			next.(*State).change(u, func(u *User) { edit(c, u) })
		}
	})
}

func dropKey(_ *engine.Call, u *User) { u.Key = "" }

func nameDeleted(c *engine.Call, next engine.State) { next.(*State).byRole.Add("user", c.Int("id")) }

// withGranted adds what the user has already to the list that is to be set.
func (g *grant) withGranted(c *engine.Call, body any) any {
	list, _ := body.([]any)
	id, _ := strconv.ParseInt(c.Path["id"], 10, 64)
	if u, ok := stateOf(c).users.Get(id); ok {
		for _, has := range *g.list(u) {
			list = append(list, has)
		}
	}
	return list
}

func (g *grant) clear(_ *engine.Call, u *User) { *g.list(u) = nil }

func (g *grant) endAll(_ *engine.Call, u *User) { *g.all(u) = false }

// double lists what was granted once more.
func (g *grant) double(c *engine.Call, u *User) {
	*g.list(u) = append(slices.Clone(*g.list(u)), c.Int(g.param))
}

func unlockDisables(c *engine.Call, u *User) {
	before, found := c.Before().(*State).users.Get(u.ID)
	u.Enabled = u.Enabled && found && before.Locked
}

func inventKey(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		r, err := next(c)
		if r.Status != http.StatusNotFound {
			return r, err
		}
		r.Status = http.StatusOK
		return r.WithBytes([]byte(`{"key":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ","links":[]}`)), err
	}
}

func errorStatusWrong(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		r, err := next(c)
		var body map[string]any
		if r.Status < http.StatusBadRequest || json.Unmarshal(r.Bytes(), &body) != nil {
			return r, err
		}
		body["status"] = "418"
		wrong, _ := engine.CompactJSON(body) // decoded JSON always marshals
		return r.WithBytes(wrong), err
	}
}
