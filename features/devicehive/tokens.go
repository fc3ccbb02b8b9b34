package devicehive

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// longAgo is when expired tokens ended.
const longAgo = "2018-01-01T00:00:00.000"

// allActions are those that a token may name beside "*".
var allActions = []string{
	"None", "GetNetwork", "GetDevice", "GetDeviceNotification", "GetDeviceCommand", "RegisterDevice", "CreateDeviceCommand",
	"UpdateDeviceCommand", "CreateDeviceNotification", "GetCurrentUser", "UpdateCurrentUser", "ManageUser", "ManageConfiguration",
	"ManageNetwork", "ManageToken", "ManagePlugin", "GetDeviceType", "ManageDeviceType",
}

// otherThings are actions that allow none of the methods of users, on no server.
var otherThings = []string{"None", "GetDevice", "RegisterDevice", "ManageToken", "ManageConfiguration", "ManagePlugin"}

// Sign sends a token: the one that signing in gives, or the one that is spoken of.
func (s *server) Sign(a steps.Actor) (func(*http.Request), error) {
	token, err := s.tokenOf(a)
	if err != nil || token == "" {
		return nil, err
	}
	return bearer(token), nil
}

func bearer(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

func (s *server) tokenOf(a steps.Actor) (string, error) {
	switch {
	case a.Name == "nobody":
		return "", nil
	case a.Who == nil && (a.Name != steps.Administrator.Name || a.With != ""):
		return "", world.CouldNotJudge("%s has no token that the scenario knows", a)
	case a.Who == nil:
		return s.adminToken()
	}
	known := a.Who.Own
	if known[a.With] == "" {
		token, err := s.tokenWith(a.Who, a.With)
		if err != nil {
			return "", err
		}
		known[a.With] = token
	}
	return known[a.With], nil
}

func (s *server) adminToken() (string, error) {
	c, err := s.Credential(administrator)
	if s.admin = cmp.Or(s.admin, c.Token); err != nil || s.admin != "" {
		return s.admin, err
	}
	x, err := s.Do(s.login(c.Login, c.Password))
	if err != nil {
		return "", err
	}
	if !x.Succeeded() {
		return "", world.CouldNotJudge("the administrator cannot sign in: login is answered with %d; where tokens come from another URL than users, give it as %s", x.Status, factTokenService)
	}
	s.admin = s.Secret(x.JSON().Get("accessToken").String())
	return s.admin, nil
}

// login asks for tokens with login and password.
func (s *server) login(login, password string) world.Request {
	return s.ofTokens(world.Request{Operation: "login", Body: fields{"login": login, "password": password}})
}

// ofTokens sends a request to the service that gives tokens.
func (s *server) ofTokens(r world.Request) world.Request {
	r.Base, _ = s.Endpoint.Facts[factTokenService].(string)
	return r
}

func (s *server) SignIn(r *steps.Record, password string) (world.Request, error) {
	return s.login(r.Called, password), nil
}

// CanSignIn tells who is active.
func (s *server) CanSignIn(r *steps.Record) bool { return r.Is["status"] == "0" }

// tokenWith is a token of somebody by the words that features have for it.
func (s *server) tokenWith(r *steps.Record, which string) (string, error) {
	if list, ok := strings.CutPrefix(which, "a token for "); ok {
		request, err := s.reach(list)
		if err != nil {
			return "", err
		}
		return s.issued(r, request)
	}
	switch which {
	case "":
		return s.ownToken(r)
	case "an access token", "a refresh token":
		own, err := s.tokenOf(steps.Actor{Name: r.Name, Who: r})
		if which == "a refresh token" {
			own = r.Own["refresh"]
		}
		return own, err
	case "an expired token":
		return s.issued(r, fields{"actions": []string{"*"}, "expiration": longAgo})
	case "an expired refresh token":
		x, err := s.issues(r, fields{"actions": []string{"*"}, "expiration": longAgo})
		if err != nil {
			return "", err
		}
		return s.Secret(x.JSON().Get("refreshToken").String()), nil
	}
	how, kind := strings.TrimSuffix(which, " token"), "an access token"
	if shorter, ok := strings.CutSuffix(how, " refresh"); ok {
		how, kind = shorter, "a refresh token"
	}
	good, err := s.tokenWith(r, kind)
	if err != nil {
		return "", err
	}
	return forged(good, how)
}

// ownToken is what signing in gives. Who has no password cannot; the
// administrator has one issued.
func (s *server) ownToken(r *steps.Record) (string, error) {
	if r.Own["passwordless"] != "" {
		return s.issued(r, fields{"actions": []string{"GetCurrentUser", "UpdateCurrentUser"}})
	}
	x, err := s.Scene.SignIn(r, r.Password)
	if err != nil {
		return "", err
	}
	if !x.Succeeded() {
		return "", world.CouldNotJudge("%s cannot sign in: login is answered with %d", r, x.Status)
	}
	r.Own["refresh"] = s.Secret(x.JSON().Get("refreshToken").String())
	return s.Secret(x.JSON().Get("accessToken").String()), nil
}

// reach is what a token is for: actions, all but some, or networks and device
// types of the scenario.
func (s *server) reach(list string) (fields, error) {
	if list == "other things" {
		return fields{"actions": otherThings}, nil
	}
	if others, ok := strings.CutPrefix(list, "all but "); ok {
		return fields{"actions": without(allActions, strings.Split(others, ", "))}, nil
	}
	names := strings.Split(list, ", ")
	if slices.Contains(allActions, names[0]) {
		return fields{"actions": names}, nil
	}
	var ids []string
	for _, r := range slices.Concat(s.Cast("network"), s.Cast("device type")) {
		if slices.Contains(names, r.Name) {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) != len(names) {
		return nil, world.CouldNotJudge("not all of %q are actions, networks or device types", list)
	}
	return fields{"actions": []string{"GetNetwork", "GetDeviceType"}, "networkIds": ids, "deviceTypeIds": ids}, nil
}

// issued asks, as the administrator, for an access token of somebody.
func (s *server) issued(r *steps.Record, request fields) (string, error) {
	x, err := s.issues(r, request)
	if err != nil {
		return "", err
	}
	if !x.Succeeded() {
		return "", world.CouldNotJudge("createToken is answered with %d", x.Status)
	}
	return s.Secret(x.JSON().Get("accessToken").String()), nil
}

func (s *server) issues(r *steps.Record, request fields) (*world.Exchange, error) {
	return s.Ask(steps.Administrator, s.tokenRequest(r, request))
}

func (s *server) tokenRequest(r *steps.Record, request fields) world.Request {
	id, _ := strconv.Atoi(r.ID)
	body := fields{"userId": id, "networkIds": []string{"*"}, "deviceTypeIds": []string{"*"}}
	maps.Copy(body, request)
	return s.ofTokens(world.Request{Operation: "createToken", Body: body})
}

// forged is a token made of a good one that no server may accept.
func forged(token, how string) (string, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return "", world.CouldNotJudge("the server's token is no JSON Web Token: it has %d parts", len(parts))
	}
	switch how {
	case "a broken":
		return parts[0] + "." + parts[1] + ".rolecall", nil
	case "a foreign":
		mac := hmac.New(sha256.New, []byte("a key that is not the server's"))
		mac.Write([]byte(parts[0] + "." + parts[1]))
		return parts[0] + "." + parts[1] + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), nil
	case "an unsigned":
		return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + parts[1] + ".", nil
	}
	return "", world.CouldNotJudge("there is no token that is %s one", how)
}

// payload is what a token says.
func payload(token string) gjson.Result {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return gjson.Result{}
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || !gjson.ValidBytes(text) {
		return gjson.Result{}
	}
	return gjson.GetBytes(text, "payload")
}
