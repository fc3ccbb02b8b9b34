package rapid7

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What defects do to requests, answers and state. Bodies are decoded JSON.

type edit = func(c *engine.Call, body any) any

// onObject edits a body that is an object and leaves any other alone.
func onObject(do func(c *engine.Call, doc map[string]any)) edit {
	return func(c *engine.Call, body any) any {
		if doc, ok := body.(map[string]any); ok {
			do(c, doc)
		}
		return body
	}
}

func without(name string) edit {
	return onObject(func(_ *engine.Call, doc map[string]any) { delete(doc, name) })
}

func set(name string, value any) edit {
	return onObject(func(_ *engine.Call, doc map[string]any) { doc[name] = value })
}

func plusOne(name string) edit {
	return onObject(func(_ *engine.Call, doc map[string]any) {
		if n, ok := doc[name].(float64); ok {
			doc[name] = n + 1
		}
	})
}

func onList(name string, do func(list []any) []any) edit {
	return onObject(func(_ *engine.Call, doc map[string]any) {
		if list, ok := doc[name].([]any); ok && len(list) > 0 {
			doc[name] = do(list)
		}
	})
}

func dropFirst(name string) edit { return onList(name, func(l []any) []any { return l[1:] }) }
func dropLast(name string) edit  { return onList(name, func(l []any) []any { return l[:len(l)-1] }) }
func repeatLast(name string) edit {
	return onList(name, func(l []any) []any { return append(l, l[len(l)-1]) })
}

var dropFirstLater = onObject(func(c *engine.Call, doc map[string]any) {
	if c.Int("page") > 0 {
		dropFirst("resources")(c, doc)
	}
})

var totalShort = onObject(func(_ *engine.Call, doc map[string]any) {
	page := doc["page"].(map[string]any)
	page["totalResources"] = page["totalResources"].(float64) - 1
})

var renamePrev = onObject(func(_ *engine.Call, doc map[string]any) {
	for _, link := range doc["links"].([]any) {
		if l := link.(map[string]any); l["rel"] == "prev" {
			l["rel"] = "previous"
		}
	}
})

var roleLinkWrong = onObject(func(c *engine.Call, doc map[string]any) {
	for _, link := range doc["links"].([]any) {
		if l := link.(map[string]any); l["rel"] == "Role" {
			l["href"] = rolePath(c, globalAdmin)
		}
	}
})

var showPassword = onObject(func(c *engine.Call, doc map[string]any) {
	if u, ok := currentState(c).users.Get(int64(doc["id"].(float64))); ok {
		doc["password"] = u.Password
	}
})

var showKeys = onObject(func(c *engine.Call, doc map[string]any) {
	for _, user := range doc["resources"].([]any) {
		view := user.(map[string]any)
		if u, ok := currentState(c).users.Get(int64(view["id"].(float64))); ok && u.Key != "" {
			view["seed"] = u.Key
		}
	}
})

var disabledByDefault = onObject(func(_ *engine.Call, doc map[string]any) {
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

// editQuery is a defect that reads other parameters than were sent.
func editQuery(do func(url.Values)) engine.Middleware {
	return func(next engine.Handler) engine.Handler {
		return func(c *engine.Call) (engine.Response, error) {
			q := c.URL.Query()
			do(q)
			changed := *c.URL
			changed.RawQuery = q.Encode()
			c.URL = &changed
			return next(c)
		}
	}
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

func nobodyIsAdministrator(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		if _, _, given := basicAuth(c); !given {
			admin := credentials(currentState(c))[0]
			c.Header = c.Header.Clone()
			c.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(admin.Login+":"+admin.Password)))
		}
		return next(c)
	}
}

// countGoesOn gives an account back the failed attempts that a success took.
func countGoesOn(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		login, _, _ := basicAuth(c)
		before := currentState(c).userByLogin(login)
		r, err := next(c)
		if before != nil {
			c.Update(func(state engine.State) {
				s := state.(*State)
				if u, ok := s.users.Get(before.ID); ok && u.Failed < before.Failed {
					s.change(u, func(u *User) { u.Failed = before.Failed })
				}
			})
		}
		return r, err
	}
}

func callerIsPlain(c *engine.Call) bool {
	login, _, _ := basicAuth(c)
	u := currentState(c).userByLogin(login)
	return u != nil && !u.administrator()
}

func hasReadOnly(c *engine.Call) bool { return c.JSON().Get("links").Exists() }

func lockByBody(c *engine.Call, next engine.State) {
	s := next.(*State)
	if u := s.userByLogin(c.JSON().Get("login").String()); u != nil && c.JSON().Get("locked").Exists() {
		s.change(u, func(u *User) { u.Locked = c.JSON().Get("locked").Bool() })
	}
}

func userOf(c *engine.Call, next engine.State) (*State, *User) {
	s := next.(*State)
	u, _ := s.users.Get(c.Int("id"))
	return s, u
}

func dropKey(c *engine.Call, next engine.State) {
	if s, u := userOf(c, next); u != nil {
		s.change(u, func(u *User) { u.Key = "" })
	}
}

func nameDeleted(c *engine.Call, next engine.State) { next.(*State).byRole.Add("user", c.Int("id")) }

// withGranted adds what the user has already to the list that is to be set.
func (g *grant) withGranted(c *engine.Call, body any) any {
	list, _ := body.([]any)
	id, _ := strconv.ParseInt(c.Path["id"], 10, 64)
	if u, ok := currentState(c).users.Get(id); ok {
		for _, has := range *g.list(u) {
			list = append(list, has)
		}
	}
	return list
}

func (g *grant) clear(c *engine.Call, next engine.State) {
	if s, u := userOf(c, next); u != nil {
		s.change(u, func(u *User) { *g.list(u) = nil })
	}
}

func (g *grant) endAll(c *engine.Call, next engine.State) {
	if s, u := userOf(c, next); u != nil && g.all(u) {
		s.change(u, func(u *User) {
			if g == &sites {
				u.AllSites = false
			} else {
				u.AllGroups = false
			}
		})
	}
}

// double lists what was granted once more.
func (g *grant) double(c *engine.Call, next engine.State) {
	if s, u := userOf(c, next); u != nil {
		s.change(u, func(u *User) { *g.list(u) = append(slices.Clone(*g.list(u)), c.Int(g.param)) })
	}
}

func unlockDisables(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		id, _ := strconv.ParseInt(c.Path["id"], 10, 64)
		before, _ := currentState(c).users.Get(id)
		r, err := next(c)
		if before != nil && !before.Locked {
			c.Update(func(state engine.State) {
				s := state.(*State)
				s.change(before, func(u *User) { u.Enabled = false })
			})
		}
		return r, err
	}
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
	return editRefusal(next, set("status", "418"))
}

// editRefusal edits the body of an answer that is no success.
func editRefusal(next engine.Handler, do edit) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		r, err := next(c)
		var body any
		if r.Status < http.StatusBadRequest || json.Unmarshal(r.Bytes(), &body) != nil {
			return r, err
		}
		wrong, _ := engine.CompactJSON(do(c, body)) // decoded JSON always marshals
		return r.WithBytes(wrong), err
	}
}
