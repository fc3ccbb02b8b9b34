package rapid7

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func isAnother(c *engine.Call) bool { return callerOf(c).ID != userOf(c).ID }

// newPassword reads {"password": …} and, as older clients send it, a bare string.
func newPassword(c *engine.Call) string {
	if c.JSON().IsObject() {
		return c.JSON().Get("password").String()
	}
	return c.JSON().String()
}

func passwordLacks(c *engine.Call) string {
	form := "string"
	if c.JSON().IsObject() {
		form = "object"
	}
	if wanted := stateOf(c).settings.PasswordForm; wanted != "any" && wanted != form {
		return "a password is given as a JSON " + wanted
	}
	return lack(c, newPassword(c))
}

func resetPassword(c *engine.Call) (engine.Response, error) {
	stateOf(c).change(userOf(c), func(u *User) { u.Password, u.ResetOnLogin = newPassword(c), false })
	return done(c, userPath(c, userOf(c).ID)+"/password", "self")
}

// lack says what is wrong with a password by the policy; "" for nothing.
func lack(c *engine.Call, password string) string {
	if lack := stateOf(c).settings.PasswordPolicy.lack(password); lack != "" {
		return "password " + lack
	}
	return ""
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
