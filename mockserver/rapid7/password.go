package rapid7

import (
	"fmt"
	"net/http"
	"unicode"
	"unicode/utf8"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// resetPassword takes {"password": …} and, as older clients send it, a bare
// string. Users may change only their own password.
func resetPassword(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	caller, _ := c.Caller.(*User)
	own := caller != nil && caller.ID == u.ID
	if err := c.Check(own, "R7-PWD-02", refusalStatus(c), "users change only their own password"); err != nil {
		return engine.Response{}, err
	}
	password := c.JSON()
	if password.IsObject() {
		password = password.Get("password")
	}
	if lack := stateOf(c).settings.PasswordPolicy.lack(password.String()); lack != "" {
		if err := c.Check(false, "R7-PWD-03", http.StatusBadRequest, "password %s", lack); err != nil {
			return engine.Response{}, err
		}
	}
	stateOf(c).change(u, func(u *User) { u.Password, u.ResetOnLogin = password.String(), false })
	return done(c, userPath(c, u.ID)+"/password", "self")
}

// lack says what a password needs to be accepted; "" when it needs nothing.
func (p PasswordPolicy) lack(password string) string {
	var capital, digit, special int
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			capital++
		case unicode.IsDigit(r):
			digit++
		case !unicode.IsLetter(r):
			special++
		}
	}
	length := utf8.RuneCountInString(password)
	switch {
	case length < p.MinLength:
		return fmt.Sprintf("has %d characters; at least %d are needed", length, p.MinLength)
	case p.MaxLength > 0 && length > p.MaxLength:
		return fmt.Sprintf("has %d characters; at most %d are allowed", length, p.MaxLength)
	case capital < p.Capital:
		return fmt.Sprintf("needs at least %d capital letters", p.Capital)
	case digit < p.Digit:
		return fmt.Sprintf("needs at least %d digits", p.Digit)
	case special < p.Special:
		return fmt.Sprintf("needs at least %d special characters", p.Special)
	}
	return ""
}
