package socotra

import (
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What the defects do wrong. Each edit sees a body as decoded JSON.

type edit = func(c *engine.Call, body any) any

func setProperty(name string, value any) edit {
	return func(_ *engine.Call, body any) any {
		if object, ok := body.(map[string]any); ok {
			object[name] = value
		}
		return body
	}
}

func textsIn(body any, name string) (texts []string) {
	object, _ := body.(map[string]any)
	list, _ := object[name].([]any)
	for _, v := range list {
		if text, ok := v.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// itemsOf finds the items of a list answer, and how to put others in their place.
func itemsOf(body any) (items []any, put func([]any) any) {
	if object, ok := body.(map[string]any); ok {
		items, _ = object["items"].([]any)
		return items, func(other []any) any { object["items"] = other; return object }
	}
	items, _ = body.([]any)
	return items, func(other []any) any { return other }
}

func leaveOutEmptyTenants(_ *engine.Call, body any) any {
	if object, ok := body.(map[string]any); ok {
		if tenants, ok := object["tenants"].([]any); ok && len(tenants) == 0 {
			delete(object, "tenants")
		}
	}
	return body
}

func completeUserName(c *engine.Call, body any) any {
	object, _ := body.(map[string]any)
	if name, ok := object["userName"].(string); ok && !strings.Contains(name, "@") {
		object["userName"] = strings.ReplaceAll(name, " ", "") + "@example.com"
	}
	return body
}

func echoPassword(c *engine.Call, body any) any {
	return setProperty("password", gjson.GetBytes(c.Body, "password").String())(c, body)
}

func firstUser(c *engine.Call, _ any) any {
	s := currentState(c)
	return viewUser(s, s.stranger().user)
}

func findByPattern(c *engine.Call, body any) any {
	pattern := strings.ReplaceAll(c.Path["username"], "%", "*")
	if !strings.Contains(pattern, "*") {
		return body
	}
	s, found := currentState(c), []userView{}
	for _, u := range s.users.All {
		if ok, _ := path.Match(pattern, u.UserName); ok {
			found = append(found, viewUser(s, u))
		}
	}
	return found
}

func rename(c *engine.Call, next engine.State) {
	s, name := next.(*State), gjson.GetBytes(c.Body, "userName").String()
	if u := s.userAt(c.Path["locator"]); u != nil && name != "" {
		s.change(u, func(u *User) { u.UserName = name })
	}
}

// takeLocator creates the user under the locator that the request names.
func takeLocator(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		wanted := gjson.GetBytes(c.Body, "locator").String()
		if !isUUID(wanted) {
			return next(c)
		}
		moved := func(c *engine.Call, body any) any {
			object, _ := body.(map[string]any)
			given, _ := object["locator"].(string)
			c.Update(func(next engine.State) {
				s := next.(*State)
				if u := s.userAt(given); u != nil {
					s.change(u, func(u *User) { u.Locator = wanted })
				}
			})
			return setProperty("locator", wanted)(c, body)
		}
		return engine.EditAnswer(moved)(next)(c)
	}
}

func readForUnknown(c *engine.Call, body any) any {
	var names []any
	for _, name := range textsIn(body, "roles") {
		if currentState(c).roleCalled(name) == nil {
			name = "read-only"
		}
		names = append(names, name)
	}
	if names == nil {
		return body
	}
	return setProperty("roles", names)(c, body)
}

func tellRoles(_ *engine.Call, body any) any {
	items, _ := itemsOf(body)
	for _, item := range items {
		if object, ok := item.(map[string]any); ok {
			object["roles"] = []any{"auditor"}
		}
	}
	return body
}

func cutToTen(c *engine.Call, body any) any {
	items, put := itemsOf(body)
	if len(items) <= 10 {
		return body
	}
	return setProperty("listCompleted", false)(c, put(items[:10]))
}

func firstAgain(_ *engine.Call, body any) any {
	items, put := itemsOf(body)
	if len(items) == 0 {
		return body
	}
	return put(append(items, items[0]))
}

func lastAgain(_ *engine.Call, body any) any {
	items, put := itemsOf(body)
	if len(items) == 0 {
		return body
	}
	return put(append(items, items[len(items)-1]))
}

func oneMadeUp(_ *engine.Call, body any) any {
	items, put := itemsOf(body)
	return put(append(items, "users.levitate"))
}

func ofFirstRole(c *engine.Call, body any) any {
	s := currentState(c)
	u := s.userAt(c.Path["locator"])
	if u == nil || len(u.Roles) == 0 {
		return body
	}
	first := *u
	first.Roles = u.Roles[:1]
	return s.shownPermissions(&first)
}

func removeOtherRoles(c *engine.Call, body any) any {
	s := currentState(c)
	u := s.userAt(c.Path["locator"])
	if u == nil {
		return body
	}
	return setProperty("removeRoles", without(viewUser(s, u).Roles, textsIn(body, "addRoles")))(c, body)
}

// applyHalf gives the roles that exist, although the request is refused.
func applyHalf(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		r, err := next(c)
		if err != nil || r.Status != http.StatusBadRequest {
			return r, err
		}
		c.Update(func(next engine.State) {
			s := next.(*State)
			u := s.userAt(c.Path["locator"])
			if u == nil {
				return
			}
			for _, name := range gjson.GetBytes(c.Body, "addRoles").Array() {
				if role := s.roleCalled(name.String()); role != nil {
					u = s.change(u, func(u *User) { u.Roles = with(u.Roles, []int64{role.number}) })
				}
			}
		})
		return r, err
	}
}

func editQuery(change func(url.Values)) engine.Middleware {
	return func(next engine.Handler) engine.Handler {
		return func(c *engine.Call) (engine.Response, error) {
			u := *c.URL
			q := u.Query()
			change(q)
			u.RawQuery = q.Encode()
			c.URL = &u
			return next(c)
		}
	}
}

func dropOffset(q url.Values) { q.Del("offset") }

func oneMore(q url.Values) {
	if n, err := strconv.Atoi(q.Get("count")); err == nil && n > 0 {
		q.Set("count", strconv.Itoa(n+1))
	}
}

func skipAtEdge(q url.Values) {
	if n, err := strconv.Atoi(q.Get("offset")); err == nil && n > 0 {
		q.Set("offset", strconv.Itoa(n+1))
	}
}

// renewTokens lets no token expire.
func renewTokens(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		text, _ := bearer(c.Header)
		if t, known := currentState(c).tokens.Get(text); known && !t.Expires.IsZero() && !c.Now().Before(t.Expires) {
			renewed := *t
			renewed.Expires = time.Time{}
			c.Update(func(next engine.State) { next.(*State).tokens.Put(text, &renewed) })
		}
		return next(c)
	}
}

// lacksAny tells whether the caller lacks any of the operation's permissions.
func lacksAny(c *engine.Call) bool {
	s := currentState(c)
	text, _ := bearer(c.Header)
	t, known := s.tokens.Get(text)
	if !known || s.userAt(t.User) == nil {
		return false
	}
	who := &Caller{s.userAt(t.User), s.permissionsOf(s.userAt(t.User))}
	needed := without(permissionsFor(c), []string{"custom"})
	return slices.ContainsFunc(needed, func(p string) bool { return !who.permits(s, p) })
}

func targetUnknown(c *engine.Call) bool {
	s, locator := currentState(c), c.Path["locator"]
	if strings.HasPrefix(c.Operation.Path, "/roles/") {
		return locator != "" && s.roleAt(locator) == nil
	}
	return isUUID(locator) && s.userAt(locator) == nil
}

// failUnreadable is a server that does not expect such a body.
func failUnreadable(next engine.Handler) engine.Handler {
	return engine.Refuse(http.StatusInternalServerError, func(c *engine.Call) bool {
		return c.Operation.Body != nil && len(c.Body) > 0 && c.Operation.ID != tokenOperation && !json.Valid(c.Body)
	})(next)
}
