package socotra

import (
	"net/http"
	"path"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What the defects do wrong about users.

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

func nobody(*engine.Call, any) any { return []any{} }

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

// removeOtherRoles turns "add" into "have only".
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
