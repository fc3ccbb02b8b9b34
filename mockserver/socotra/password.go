package socotra

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A PasswordPolicy is what a new password must have, in characters.
type PasswordPolicy struct {
	Enforced  bool `yaml:"enforced"`
	MinLength int  `yaml:"minLength"`
	MaxLength int  `yaml:"maxLength"`
	Digits    int  `yaml:"digits"`
	Uppers    int  `yaml:"uppers"`
	Lowers    int  `yaml:"lowers"`
	Specials  int  `yaml:"specials"`
}

// resetUserPassword replaces a password. There is no way to do that for
// oneself without the permission (SO-PWD-01).
func resetUserPassword(c *engine.Call) (engine.Response, error) {
	stateOf(c).change(userOf(c), func(u *User) { u.Password, u.Temporary = c.JSON().String(), false })
	return done(c, nil)
}

// weakPassword says what the new password lacks: it is the whole body, or a
// property of it. No password is none that is weak.
func weakPassword(c *engine.Call) string {
	password := c.JSON()
	if password.IsObject() {
		password = password.Get("password")
	}
	lack := stateOf(c).settings.PasswordPolicy.lack(password.String())
	if lack == "" || password.Type == gjson.Null {
		return ""
	}
	return "the password " + lack
}

// lack says what a password needs to be accepted; "" when it needs nothing.
func (p PasswordPolicy) lack(password string) string {
	if !p.Enforced {
		return ""
	}
	var length, digits, uppers, lowers, specials int
	for _, r := range password {
		length++
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsUpper(r):
			uppers++
		case unicode.IsLower(r):
			lowers++
		case !unicode.IsLetter(r):
			specials++
		}
	}
	for _, need := range []struct {
		has, least int
		of         string
	}{
		{length, p.MinLength, "characters"}, {digits, p.Digits, "digits"}, {uppers, p.Uppers, "capital letters"},
		{lowers, p.Lowers, "small letters"}, {specials, p.Specials, "special characters"},
	} {
		if need.has < need.least {
			return fmt.Sprintf("has %d %s; at least %d are needed", need.has, need.of, need.least)
		}
	}
	if p.MaxLength > 0 && length > p.MaxLength {
		return fmt.Sprintf("has %d characters; at most %d are allowed", length, p.MaxLength)
	}
	return ""
}

// plainPassword lets a new password come as plain text, as well as in JSON:
// the document calls the body a string and says no more.
func plainPassword(r *http.Request, _ engine.State) {
	mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if mediaType != "text/plain" || r.Method != http.MethodPatch || !strings.HasSuffix(r.URL.Path, "/passwordreset") {
		return
	}
	text, err := io.ReadAll(io.LimitReader(r.Body, engine.MaxBody+1))
	if err != nil || !utf8.Valid(text) {
		return // the media type will be refused
	}
	quoted, _ := json.Marshal(string(text)) // text always marshals
	r.Body = io.NopCloser(bytes.NewReader(quoted))
	r.ContentLength = int64(len(quoted))
	r.Header.Set("Content-Type", "application/json")
}
