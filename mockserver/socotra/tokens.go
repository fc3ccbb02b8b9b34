package socotra

import (
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// tokenOperation is the sign-in at the identity provider.
const tokenOperation = "createToken"

type tokenView struct {
	AccessToken string `json:"access_token"`
	ExpiresIn   int    `json:"expires_in"`
	TokenType   string `json:"token_type"`
	Scope       string `json:"scope"`
}

type tokenError struct {
	Error       string `json:"error"`
	Description string `json:"error_description,omitempty"`
}

// createToken signs a user in by name and password.
func createToken(c *engine.Call) (engine.Response, error) {
	s, form := stateOf(c), c.JSON()
	account := c.Text("account")
	if err := c.Check(account == s.settings.Account, "SO-PROTO-01", http.StatusNotFound, "there is no business account %q", account); err != nil {
		return engine.Response{}, err
	}
	grant := form.Get("grant_type").String()
	if err := c.Check(grant == "password", "SO-PROTO-01", http.StatusBadRequest, "grant_type is %q; only password is known here", grant); err != nil {
		return engine.Response{}, err
	}
	u := s.userNamed(form.Get("username").String())
	right := u != nil && u.Password != "" && subtle.ConstantTimeCompare([]byte(u.Password), []byte(form.Get("password").String())) == 1
	if err := c.Check(right, "SO-PWD-01", http.StatusUnauthorized, "nobody has that name and password"); err != nil {
		return engine.Response{}, err
	}
	if u == nil {
		u = s.stranger().user
	}
	text := newAccessToken(c, u)
	s.tokens.Put(text, &Token{User: u.Locator, Expires: c.Now().Add(time.Duration(s.settings.TokenSeconds) * time.Second)})
	return engine.OK(tokenView{text, s.settings.TokenSeconds, "Bearer", "email profile"})
}

// newAccessToken looks like the vendor's: clients take such tokens apart. The
// signature is only random, because the mock knows its tokens by heart.
func newAccessToken(c *engine.Call, u *User) string {
	s, now := stateOf(c), c.Now()
	claims, err := engine.CompactJSON(map[string]any{
		"iss": c.Base + "/realms/" + s.settings.Account, "sub": u.Locator, "preferred_username": u.UserName,
		"given_name": u.FirstName, "family_name": u.LastName, "typ": "Bearer", "azp": c.JSON().Get("client_id").String(),
		"jti": newUUID(c), "iat": now.Unix(), "exp": now.Unix() + int64(s.settings.TokenSeconds),
	})
	if err != nil {
		panic(err) // text and numbers always marshal
	}
	signature := make([]byte, 32)
	c.Sandbox.Random(signature)
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(`{"alg":"RS256","typ":"JWT"}`)) + "." + encode(claims) + "." + encode(signature)
}

// wordToken is a refusal in the identity provider's form (RFC 6749, section 5.2).
func wordToken(p *engine.Problem) tokenError {
	code := "invalid_request"
	switch {
	case p.Status == http.StatusUnauthorized:
		code = "invalid_grant"
	case p.Status == http.StatusNotFound:
		code = "Realm does not exist"
	case p.Kind == engine.Refused:
		code = "unsupported_grant_type"
	}
	return tokenError{code, p.Message}
}
