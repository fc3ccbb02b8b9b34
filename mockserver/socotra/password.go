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
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	password := c.JSON().String()
	if err := checkPassword(c, password); err != nil {
		return engine.Response{}, err
	}
	stateOf(c).change(u, func(u *User) { u.Password, u.Temporary = password, false })
	return void()
}

func checkPassword(c *engine.Call, password string) error {
	lack := stateOf(c).settings.PasswordPolicy.lack(password)
	return c.Check(lack == "", "SO-PWD-02", http.StatusBadRequest, "the password %s", lack)
}

// lack says what a password needs to be accepted; "" when it needs nothing.
func (p PasswordPolicy) lack(password string) string {
	if !p.Enforced {
		return ""
	}
	length := utf8.RuneCountInString(password)
	switch {
	case length < p.MinLength:
		return fmt.Sprintf("has %d characters; at least %d are needed", length, p.MinLength)
	case p.MaxLength > 0 && length > p.MaxLength:
		return fmt.Sprintf("has %d characters; at most %d are allowed", length, p.MaxLength)
	}
	for _, kind := range []struct {
		name  string
		least int
		is    func(rune) bool
	}{
		{"digits", p.Digits, unicode.IsDigit},
		{"capital letters", p.Uppers, unicode.IsUpper},
		{"small letters", p.Lowers, unicode.IsLower},
		{"special characters", p.Specials, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }},
	} {
		if count(password, kind.is) < kind.least {
			return fmt.Sprintf("needs at least %d %s", kind.least, kind.name)
		}
	}
	return ""
}

func count(s string, is func(rune) bool) (n int) {
	for _, r := range s {
		if is(r) {
			n++
		}
	}
	return n
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
	quoted, err := json.Marshal(string(text))
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(quoted))
	r.ContentLength = int64(len(quoted))
	r.Header.Set("Content-Type", "application/json")
}
