package devicehive

import (
	"net/http"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// silentDefects break what the document is silent about: the numbers of
// refusals, and how close to a rule somebody may come.
var silentDefects = []engine.Defect{
	{ID: "dh-other-headers", Breaks: "DH-AUTH-07", On: []string{"list"}, Summary: "A header that has no token in it gets an empty list",
		Wrap: engine.Answering(func(c *engine.Call, r engine.Response) engine.Response {
			if header := c.Header.Get("Authorization"); header != "" && strings.Count(header, ".") != 2 {
				return engine.Response{Status: http.StatusOK}.WithBytes([]byte("[]"))
			}
			return r
		})},
	{ID: "dh-unknown-is-403", Breaks: "DH-AUTH-08", Summary: "Who cannot be known is told 403", Wrap: engine.Instead(http.StatusUnauthorized, http.StatusForbidden)},
	{ID: "dh-not-allowed-is-404", Breaks: "DH-AUTH-09", Summary: "Whom a token does not allow a method is told 404", Wrap: engine.Instead(http.StatusForbidden, http.StatusNotFound)},
	{ID: "dh-clients-get-all", Breaks: "DH-AUTH-10", On: []string{"login"}, Summary: "Every token that signing in gives allows every action",
		Wrap: engine.EditAnswer(func(c *engine.Call, body any) any {
			s := stateOf(c)
			if u := s.userByLogin(c.JSON().Get("login").String()); u != nil {
				token, _ := fullToken(c, u) // the body stays if no token can be signed
				body.(map[string]any)["accessToken"] = token
			}
			return body
		})},
	{ID: "dh-own-action-is-enough", Breaks: "DH-AUTH-11", On: []string{"assignNetwork", "unassignNetwork"}, Summary: "Who may manage networks may assign them",
		Wrap: engine.Asking(func(c *engine.Call) {
			if caller, known := who(c).(*Caller); known && slices.Contains(caller.Token.Actions, manageNetwork) {
				token, _ := fullToken(c, caller.User) // nobody's, if none can be signed
				c.Header = c.Header.Clone()
				c.Header.Set("Authorization", "Bearer "+token)
			}
		})},
	{ID: "dh-password-any-case", Breaks: "DH-LOGIN-03", On: []string{"login"}, Summary: "Passwords are the same in capital and small letters",
		Wrap: almost(strings.EqualFold)},
	{ID: "dh-password-cut", Breaks: "DH-LOGIN-03", On: []string{"login"}, Summary: "What comes after a password does not count", Wrap: almost(strings.HasPrefix)},
	{ID: "dh-locks-early", Breaks: "DH-LOGIN-04", On: []string{"login"}, Summary: "The first wrong password locks an account", Wrap: engine.AlsoRefused(http.StatusUnauthorized, locksEarly)},
	{ID: "dh-unknown-user-is-400", Breaks: "DH-USER-13", On: []string{"get", "update", "delete"}, Summary: "A user who does not exist is told with 400",
		Wrap: engine.Instead(http.StatusNotFound, http.StatusBadRequest)},
	{ID: "dh-nonsense-is-ignored", Breaks: "DH-USER-14", On: []string{"insert", "update"}, Summary: "What a property cannot be is answered as done, and is not",
		Wrap: engine.Instead(http.StatusBadRequest, http.StatusOK)},
	{ID: "dh-creation-without-number", Breaks: "DH-USER-15", On: []string{"insert"}, Summary: "The answer to a creation has no number",
		Wrap: engine.EditAnswer(engine.Without("id"))},
	{ID: "dh-login-in-small-letters", Breaks: "DH-USER-16", On: []string{"insert"}, Summary: "A new login is kept in small letters",
		Wrap: engine.EditRequest(engine.OnText("login", strings.ToLower))},
	{ID: "dh-no-network-is-400", Breaks: "DH-NET-06", On: []string{"getNetwork"}, Summary: "What a user has no network of is told with 400",
		Wrap: engine.Instead(http.StatusNotFound, http.StatusBadRequest)},
	{ID: "dh-pair-forgets-status", Breaks: "DH-USER-05", On: []string{"update"}, Summary: "An update of role and status leaves the status",
		Wrap: editObject(func(body map[string]any) {
			if body["role"] != nil && body["status"] != nil && len(body) == 2 {
				delete(body, "status")
			}
		})},
	{ID: "dh-role-beside-password", Breaks: "DH-SELF-05", On: []string{"updateCurrent"}, Summary: "A client that gives its right old password may change its role as well", Wrap: besidePassword},
	{ID: "dh-third-network-lost", Breaks: "DH-NET-03", On: []string{"assignNetwork"}, Summary: "A third network takes the place of the second",
		Wrap: engine.Also(namedUser(func(u *User) {
			if ids := u.Networks.ids; len(ids) > 2 {
				u.Networks.ids = slices.Delete(slices.Clone(ids), 1, 2)
			}
		}))},
	{ID: "dh-deleted-twice", Breaks: "DH-USER-04", On: []string{"getNetwork"}, Summary: "A deleted user's networks are still told of",
		Wrap: engine.Answering(func(c *engine.Call, r engine.Response) engine.Response {
			network, there := stateOf(c).networks.Get(c.Int("networkId"))
			if there && c.Int("id") < stateOf(c).numbers.Next("users") && !stateOf(c).users.Has(c.Int("id")) {
				text, _ := engine.CompactJSON(map[string]*Group{"network": network}) // records always marshal
				return engine.Response{Status: http.StatusOK}.WithBytes(text)
			}
			return r
		})},
}

// manageNetwork is the number of the action of that name.
const manageNetwork = 14

// fullToken is somebody's token for every action.
func fullToken(c *engine.Call, u *User) (string, error) {
	s, everywhere := stateOf(c), []string{everything}
	p := Payload{User: &u.ID, Actions: []int{anyAction}, Networks: everywhere, DeviceTypes: everywhere}
	return signed(p, accessType, c.Now().UnixMilli()+s.settings.AccessLifetime, s.settings.key)
}

// almost takes a password that is near enough for the right one.
func almost(near func(given, right string) bool) engine.Middleware {
	return engine.EditRequest(func(c *engine.Call, body any) any {
		credentials, ok := body.(map[string]any)
		if !ok {
			return body
		}
		login, _ := credentials["login"].(string)
		given, _ := credentials["password"].(string)
		if u := stateOf(c).userByLogin(login); u != nil && u.Password != nil && near(given, *u.Password) {
			credentials["password"] = *u.Password
		}
		return body
	})
}

func locksEarly(c *engine.Call, next engine.State) {
	if u := next.(*State).userByLogin(c.JSON().Get("login").String()); u != nil {
		next.(*State).change(u, func(u *User) { u.Status = lockedOut })
	}
}

// besidePassword takes the role out of a change that gives the right old
// password, and sets it afterwards.
func besidePassword(next engine.Handler) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		sent, err := schemas.Decode(c.Body)
		if err != nil {
			return next(c)
		}
		role := sent.Get("role")
		if !given(sent.Get("oldPassword")) || !given(role) {
			return next(c)
		}
		return engine.Also(func(c *engine.Call, next engine.State) {
			changeOne(next, func(u *User) bool { return u.ID == callerOf(c).User.ID }, func(u *User) { u.Role = int(role.Int()) })
		})(engine.EditRequest(engine.Without("role"))(next))(c)
	}
}
