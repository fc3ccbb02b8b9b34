package devicehive

import (
	"net/http"
	"slices"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// defects are the ways in which this mock can be told to break its rules, at
// least one a rule.
func defects() []engine.Defect {
	return slices.Concat(callerDefects, tokenDefects, userDefects, selfDefects, listDefects, networkDefects, deviceTypeDefects, groupDefects)
}

var callerDefects = []engine.Defect{
	{ID: "dh-anonymous-callers", Breaks: "DH-AUTH-01", Summary: "Calls without a token are let in"},
	{ID: "dh-any-token", Breaks: "DH-AUTH-02", Summary: "Broken, foreign and expired tokens are let in"},
	{ID: "dh-refresh-token-calls", Breaks: "DH-AUTH-03", Summary: "A refresh token is taken for an access token"},
	{ID: "dh-actions-not-checked", Breaks: "DH-AUTH-04", Summary: "A token allows what it does not list"},
	{ID: "dh-inactive-callers", Breaks: "DH-AUTH-05", Summary: "The token of a user who is gone or not active goes on working"},
	{ID: "dh-full-tokens-only", Breaks: "DH-AUTH-06", Summary: "A token with a single action is never enough",
		Wrap: engine.RefuseWrongly(http.StatusForbidden, singleAction)},
	{ID: "dh-locked-sign-in", Breaks: "DH-LOGIN-01", Summary: "A locked or disabled account gets a token"},
	{ID: "dh-attempts-forgotten", Breaks: "DH-LOGIN-01", On: []string{"login"}, Summary: "Failed attempts are not counted", Wrap: forgetAttempts},
	{ID: "dh-last-login-cleared", Breaks: "DH-LOGIN-02", On: []string{"login"}, Summary: "Signing in leaves no lastLogin",
		Wrap: engine.Also(everyUser(func(u *User) { u.LastLogin = time.Time{} }))},
	{ID: "dh-protocol-not-checked", Breaks: "DH-PROTO-01", Summary: "Unreadable bodies and wrong types are read as far as they go"},
}

var tokenDefects = []engine.Defect{
	{ID: "dh-any-password", Breaks: "DH-TOKEN-01", Summary: "Any password signs in"},
	{ID: "dh-token-allows-all", Breaks: "DH-TOKEN-02", On: []string{"createToken"}, Summary: "A token allows more than was asked for",
		Wrap: editObject(func(body map[string]any) { body["actions"] = []string{"*"} })},
	{ID: "dh-token-outlives", Breaks: "DH-TOKEN-02", On: []string{"createToken"}, Summary: "The asked-for end of a token is ignored",
		Wrap: editObject(func(body map[string]any) { delete(body, "expiration") })},
	{ID: "dh-refresh-echo", Breaks: "DH-TOKEN-03", On: []string{"refreshToken"}, Summary: "Renewing gives back the refresh token",
		Wrap: engine.EditAnswer(func(c *engine.Call, _ any) any {
			return tokenPair{AccessToken: c.JSON().Get("refreshToken").String()}
		})},
	{ID: "dh-access-token-renews", Breaks: "DH-TOKEN-04", Summary: "An access token renews itself"},
	{ID: "dh-expired-token-renews", Breaks: "DH-TOKEN-05", Summary: "An expired refresh token still renews"},
}

// singleAction tells whether the call's token names actions one by one.
func singleAction(c *engine.Call) bool {
	if c.Operation.Public {
		return false
	}
	caller, err := identify(c)
	return err == nil && caller != nil && !slices.Contains(caller.Token.Actions, anyAction)
}

func forgetAttempts(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		before := currentState(c)
		r, err := next(c)
		if r.Status == http.StatusUnauthorized {
			c.Sandbox.Store("devicehive").Replace(before)
		}
		return r, err
	}
}

// everyUser is a change of all users.
func everyUser(edit func(*User)) func(*engine.Call, engine.State) {
	return func(_ *engine.Call, next engine.State) {
		s := next.(*State)
		for _, u := range s.users.Copy().All {
			s.change(u, edit)
		}
	}
}

// editObject is a defect that reads something else than was sent, if that is
// an object.
func editObject(edit func(body map[string]any)) engine.Middleware {
	return engine.EditRequest(func(_ *engine.Call, body any) any {
		if object, ok := body.(map[string]any); ok {
			edit(object)
		}
		return body
	})
}

// editAnswer is a defect that answers something else than it should, if that
// is an object.
func editAnswer(edit func(body map[string]any)) engine.Middleware {
	return engine.EditAnswer(func(_ *engine.Call, body any) any {
		if object, ok := body.(map[string]any); ok {
			edit(object)
		}
		return body
	})
}

// withoutQuery is a defect that passes over parts of the query.
func withoutQuery(names ...string) engine.Middleware {
	return func(next engine.Handler) engine.Handler {
		return func(c *engine.Call) (engine.Response, error) {
			url, query := *c.URL, c.URL.Query()
			for _, name := range names {
				query.Del(name)
			}
			url.RawQuery = query.Encode()
			c.URL = &url
			return next(c)
		}
	}
}
