package socotra

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

func bearer(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

// ownToken is by what name somebody has a token.
const ownToken = "token"

// Sign presents what somebody has; people sign in when they first ask. A
// stranger has a token that nobody gave out.
func (a *account) Sign(actor steps.Actor) (sign func(*http.Request), err error) {
	token := ""
	switch {
	case actor.With == "an expired token":
		c, err := a.Credential(expired)
		return bearer(c.Token), err
	case actor.With != "":
		return nil, world.CouldNotJudge("Socotra knows no %s", actor.With)
	case actor.Name == "nobody":
		return nil, nil
	case actor.Name == "a stranger":
		token = "rolecall-no-such-token-" + a.Tag()
	case actor.Who != nil:
		if actor.Who.Own[ownToken] == "" {
			actor.Who.Own[ownToken], err = a.newToken(actor.Who.Called, actor.Who.Password)
		}
		token = actor.Who.Own[ownToken]
	default:
		token, err = a.administratorToken()
	}
	return bearer(token), err
}

func (a *account) administratorToken() (string, error) {
	c, err := a.Credential(administrator)
	if err != nil || c.Token != "" {
		return c.Token, err
	}
	if a.token == "" {
		a.token, err = a.newToken(c.Login, c.Password)
	}
	return a.token, err
}

// newToken signs in, and insists.
func (a *account) newToken(userName, password string) (string, error) {
	r, err := a.tokenRequest(userName, password)
	if err != nil {
		return "", err
	}
	x, err := a.Do(r)
	if err == nil {
		err = steps.Usable(x)
	}
	if err != nil {
		return "", err
	}
	token := x.JSON().Get("access_token").String()
	if !x.Succeeded() || token == "" {
		return "", fmt.Errorf("%s cannot sign in: the token endpoint answers with %d", userName, x.Status)
	}
	return a.Secret(token), nil
}

// SignIn asks the identity provider for a token.
func (a *account) SignIn(p *steps.Record, password string) (world.Request, error) {
	return a.tokenRequest(p.Called, password)
}

func (a *account) tokenRequest(userName, password string) (r world.Request, err error) {
	account, err := world.Get[string](a.World, factAccount)
	if err != nil {
		return r, err
	}
	form := url.Values{"grant_type": {"password"}, "client_id": {"rolecall"}, "username": {userName}, "password": {password}}
	if client, err := world.Get[string](a.World, factClient); err == nil {
		form.Set("client_id", client)
	}
	r = world.Request{
		Operation: "createToken", Path: map[string]string{"account": account},
		Raw: []byte(form.Encode()), MediaType: "application/x-www-form-urlencoded",
	}
	if provider, err := world.Get[string](a.World, factProvider); err == nil {
		r.Base = provider
	}
	return r, nil
}
