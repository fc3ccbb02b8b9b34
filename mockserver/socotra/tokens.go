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

func accountUnknown(c *engine.Call) bool { return c.Text("account") != stateOf(c).settings.Account }

func otherGrant(c *engine.Call) bool { return c.JSON().Get("grant_type").String() != "password" }

// userToSignIn is whoever has the name and the password, or else the name.
func userToSignIn(c *engine.Call) (any, bool) {
	found := stateOf(c).usersCalled(c.JSON().Get("username").String())
	for _, u := range found {
		if hasPassword(c, u) {
			return u, true
		}
	}
	if len(found) == 0 {
		return nil, false
	}
	return found[0], true
}

func wrongPassword(c *engine.Call) bool { return !hasPassword(c, userOf(c)) }

func hasPassword(c *engine.Call, u *User) bool {
	usable := u.Password != "" && (!u.Temporary || stateOf(c).settings.TemporaryPasswordsUse)
	return usable && subtle.ConstantTimeCompare([]byte(u.Password), []byte(c.JSON().Get("password").String())) == 1
}

// createToken signs a user in by name and password.
func createToken(c *engine.Call) (engine.Response, error) {
	s, u, text := stateOf(c), userOf(c), newAccessToken(c, userOf(c))
	token := &Token{User: u.Locator, Expires: c.Now().Add(time.Duration(s.settings.TokenSeconds) * time.Second)}
	if s.settings.StatelessTokens {
		token.Holder, token.Permissions = u, s.permissionsOf(u)
	}
	s.tokens.Put(text, token)
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
	case p.Kind == engine.Malformed:
		code = "unsupported_grant_type"
	}
	return tokenError{code, p.Message}
}
