package devicehive

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/rolecall/rolecall/conformance"
)

// longAgo is when expired tokens ended.
const longAgo = "2018-01-01T00:00:00.000"

// tokenOf is what somebody signs in with. Actors are "the administrator",
// "nobody" (no token), and people by their names, with the token that signing
// in gives them. It is asked for once.
func (w *world) tokenOf(actor string) (string, error) {
	switch actor {
	case "nobody":
		return "", nil
	case "the administrator":
		return w.adminToken()
	}
	p, err := w.person(actor)
	if err != nil {
		return "", err
	}
	if p.tokens["own"] == "" {
		x, err := w.signsInWith(p.login, p.password)
		if err != nil {
			return "", err
		}
		p.tokens["own"] = w.Secret(x.JSON().Get("accessToken").String())
		p.tokens["refresh"] = w.Secret(x.JSON().Get("refreshToken").String())
		if !x.Succeeded() {
			return "", conformance.CouldNotJudge("%s cannot sign in: login is answered with %d", actor, x.Status)
		}
	}
	return p.tokens["own"], nil
}

func (w *world) adminToken() (string, error) {
	c, err := w.Credential(administrator)
	if err != nil {
		return "", err
	}
	if w.admin = firstOf(w.admin, c.Token); w.admin != "" {
		return w.admin, nil
	}
	x, err := w.signsInWith(c.Login, c.Password)
	if err != nil {
		return "", err
	}
	if !x.Succeeded() {
		return "", conformance.CouldNotJudge("the administrator cannot sign in: login is answered with %d; where tokens come from another URL than users, give it as %s", x.Status, factTokenService)
	}
	w.admin = w.Secret(x.JSON().Get("accessToken").String())
	return w.admin, nil
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// signsInWith asks for tokens with login and password.
func (w *world) signsInWith(login, password string) (*conformance.Exchange, error) {
	return w.send(conformance.Request{Operation: "login", Body: fields{"login": login, "password": password}})
}

// allActions are those that a token may name beside "*".
var allActions = []string{
	"None", "GetNetwork", "GetDevice", "GetDeviceNotification", "GetDeviceCommand", "RegisterDevice", "CreateDeviceCommand",
	"UpdateDeviceCommand", "CreateDeviceNotification", "GetCurrentUser", "UpdateCurrentUser", "ManageUser", "ManageConfiguration",
	"ManageNetwork", "ManageToken", "ManagePlugin", "GetDeviceType", "ManageDeviceType",
}

// otherActions allow none of the methods of users, on no server.
var otherActions = []string{"None", "GetDevice", "RegisterDevice", "ManageToken", "ManageConfiguration", "ManagePlugin"}

// tokenWith is a token of somebody that is not the one of signing in.
func (w *world) tokenWith(actor, which string) (string, error) {
	p, err := w.person(actor)
	if err != nil {
		return "", err
	}
	if actions, ok := strings.CutPrefix(which, "a token for "); ok {
		list := strings.Split(actions, ", ")
		if actions == "other things" {
			list = otherActions
		}
		return w.issued(p, fields{"actions": list})
	}
	switch which {
	case "an expired token":
		return w.issued(p, fields{"actions": []string{"*"}, "expiration": longAgo})
	case "a refresh token":
		_, err := w.tokenOf(actor)
		return p.tokens["refresh"], err
	}
	own, err := w.tokenOf(actor)
	if err != nil {
		return "", err
	}
	return forged(own, which)
}

// issued asks, as the administrator, for an access token of somebody.
func (w *world) issued(p *person, request fields) (string, error) {
	x, err := w.issues(p, request)
	if err != nil {
		return "", err
	}
	if !x.Succeeded() {
		return "", conformance.CouldNotJudge("createToken is answered with %d", x.Status)
	}
	return w.Secret(x.JSON().Get("accessToken").String()), nil
}

func (w *world) issues(p *person, request fields) (*conformance.Exchange, error) {
	body := fields{"userId": p.id, "networkIds": []string{"*"}, "deviceTypeIds": []string{"*"}}
	for property, value := range request {
		body[property] = value
	}
	return w.call("the administrator", conformance.Request{Operation: "createToken", Body: body})
}

// forged is a token made of a good one that no server may accept.
func forged(token, which string) (string, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return "", conformance.CouldNotJudge("the server's token is no JSON Web Token: it has %d parts", len(parts))
	}
	switch which {
	case "a broken token":
		return parts[0] + "." + parts[1] + ".rolecall", nil
	case "a foreign token":
		mac := hmac.New(sha256.New, []byte("a key that is not the server's"))
		mac.Write([]byte(parts[0] + "." + parts[1]))
		return parts[0] + "." + parts[1] + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), nil
	case "an unsigned token":
		return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + parts[1] + ".", nil
	}
	return "", conformance.CouldNotJudge("there is no token %q", which)
}
