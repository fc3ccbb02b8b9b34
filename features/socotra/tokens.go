package socotra

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/rolecall/rolecall/conformance"
)

func bearer(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

// tokenOf is what somebody presents; "" for nobody. People sign in when they
// first call.
func (w *world) tokenOf(actor string) (string, error) {
	switch actor {
	case "nobody":
		return "", nil
	case "somebody with a broken token":
		return "rolecall-no-such-token-" + w.Tag(), nil
	case "somebody with an expired token":
		c, err := w.Credential(expired)
		return c.Token, err
	case "the administrator":
		return w.administratorToken()
	}
	p, err := w.person(actor)
	if err == nil && p.token == "" {
		p.token, err = w.newToken(p.userName, p.password)
	}
	if err != nil {
		return "", err
	}
	return p.token, nil
}

func (w *world) administratorToken() (string, error) {
	c, err := w.Credential(administrator)
	if err != nil || c.Token != "" {
		return c.Token, err
	}
	if w.token == "" {
		w.token, err = w.newToken(c.Login, c.Password)
	}
	return w.token, err
}

// newToken signs in, and insists.
func (w *world) newToken(userName, password string) (string, error) {
	x, err := w.requestToken(userName, password)
	if err != nil {
		return "", err
	}
	if err := conformance.Usable(x); err != nil {
		return "", err
	}
	token := x.JSON().Get("access_token").String()
	if !x.Succeeded() || token == "" {
		return "", fmt.Errorf("%s cannot sign in: the token endpoint answers with %d", userName, x.Status)
	}
	return w.Secret(token), nil
}

// requestToken asks the identity provider for a token.
func (w *world) requestToken(userName, password string) (*conformance.Exchange, error) {
	r, err := w.tokenRequest(userName, password)
	if err != nil {
		return nil, err
	}
	return w.Do(r)
}

func (w *world) tokenRequest(userName, password string) (r conformance.Request, err error) {
	account, err := conformance.Get[string](w.World, factAccount)
	if err != nil {
		return r, err
	}
	form := url.Values{"grant_type": {"password"}, "client_id": {"rolecall"}, "username": {userName}, "password": {password}}
	if client, err := conformance.Get[string](w.World, factClient); err == nil {
		form.Set("client_id", client)
	}
	r = conformance.Request{
		Operation: "createToken", Path: map[string]string{"account": account},
		Raw: []byte(form.Encode()), MediaType: "application/x-www-form-urlencoded",
	}
	if provider, err := conformance.Get[string](w.World, factProvider); err == nil {
		r.Base = provider
	}
	return r, nil
}
