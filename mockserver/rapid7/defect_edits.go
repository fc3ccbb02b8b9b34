package rapid7

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What defects do to requests, answers and state.

// onObject is an edit that knows the call.
func onObject(do func(c *engine.Call, doc map[string]any)) engine.Edit {
	return func(c *engine.Call, body any) any {
		return engine.OnObject(func(doc map[string]any) { do(c, doc) })(c, body)
	}
}

func plusOne(name string) engine.Edit {
	return engine.OnObject(func(doc map[string]any) { doc[name] = doc[name].(float64) + 1 })
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

var totalShort = engine.OnObject(func(doc map[string]any) {
	page := doc["page"].(map[string]any)
	page["totalResources"] = page["totalResources"].(float64) - 1
})

// onLinks edits the links of a name.
func onLinks(body any, rel string, edit func(link map[string]any)) any {
	return engine.OnObject(func(doc map[string]any) {
		for _, link := range doc["links"].([]any) {
			if l := link.(map[string]any); l["rel"] == rel {
				edit(l)
			}
		}
	})(nil, body)
}

func renamePrev(_ *engine.Call, body any) any {
	return onLinks(body, "prev", func(link map[string]any) { link["rel"] = "previous" })
}

func roleLinkWrong(c *engine.Call, body any) any {
	return onLinks(body, "Role", func(link map[string]any) { link["href"] = rolePath(c, stateOf(c).globalAdmin()) })
}

// account is the user of whom an answer has a view.
func account(c *engine.Call, view map[string]any) *User {
	u, _ := stateOf(c).users.Get(int64(view["id"].(float64)))
	return u
}

func showPassword(c *engine.Call, body any) any {
	return engine.OnObject(func(doc map[string]any) { doc["password"] = account(c, doc).Password })(c, body)
}

func showKeys(c *engine.Call, body any) any {
	return engine.OnList("resources", func(users []any) []any {
		for _, user := range users {
			if view := user.(map[string]any); account(c, view).Key != "" {
				view["seed"] = account(c, view).Key
			}
		}
		return users
	})(c, body)
}

var disabledByDefault = engine.OnObject(func(doc map[string]any) {
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
func countGoesOn(c *engine.Call, before, next engine.State) {
	login := accountOf(c).login
	was, now := before.(*State).userByLogin(login), next.(*State).userByLogin(login)
	if was != nil && now != nil && now.Failed < was.Failed {
		next.(*State).change(now, func(u *User) { u.Failed = was.Failed })
	}
}

func callerIsPlain(c *engine.Call) bool {
	login := accountOf(c).login
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
	id, _ := strconv.ParseInt(c.Path.Get("id"), 10, 64)
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

func unlockDisables(c *engine.Call, before, next engine.State) {
	if was, found := before.(*State).users.Get(c.Int("id")); found && !was.Locked {
		next.(*State).change(was, func(u *User) { u.Enabled = false })
	}
}

var inventKey = engine.Answering(func(_ *engine.Call, r engine.Response) engine.Response {
	return instead(r, http.StatusNotFound, `{"key":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ","links":[]}`)
})
