package devicehive

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func bodyIsNull(c *engine.Call) bool { return !c.JSON().IsObject() }

// given tells whether a property is there and not null.
func given(v gjson.Result) bool { return v.Exists() && v.Type != gjson.Null }

func isSelf(c *engine.Call) bool { return callerOf(c).User.ID == c.Int("id") }

func isClient(c *engine.Call) bool { return callerOf(c).User.Role == client }

func clientAsksOfAnother(c *engine.Call) bool { return isClient(c) && !isSelf(c) }

func clientChangesAnother(c *engine.Call) bool {
	return clientAsksOfAnother(c) && !stateOf(c).settings.ClientUpdatesOthers
}

// changeable are the properties of a user that an update may name.
var changeable = []string{"login", "role", "status", "password", "data", "introReviewed"}

func clientGoesBeyond(c *engine.Call) bool {
	return isClient(c) && slices.ContainsFunc(changeable, func(property string) bool {
		return given(c.JSON().Get(property)) && !slices.Contains(stateOf(c).settings.ClientMayChange, property)
	})
}

func dataIsNoObject(c *engine.Call) bool {
	data := c.JSON().Get("data")
	return given(data) && !data.IsObject()
}

func roleIsMissing(c *engine.Call) bool { return !given(c.JSON().Get("role")) }

func newPassword(c *engine.Call) string { return c.JSON().Get("password").String() }

// The server counts characters within one line.
var passwordForm = regexp.MustCompile("^[^\n\r\u0085\u2028\u2029]{6,128}$")

func passwordIsBad(c *engine.Call) bool { return !passwordForm.MatchString(newPassword(c)) }

func newPasswordIsBad(c *engine.Call) bool { return newPassword(c) != "" && passwordIsBad(c) }

// clientProves tells whether a client has to give its old password.
func clientProves(c *engine.Call) bool {
	return stateOf(c).settings.OldPasswordRequired && isClient(c) && newPassword(c) != ""
}

func clientHasNoPassword(c *engine.Call) bool { return clientProves(c) && subject(c).Password == nil }

func oldPasswordIsMissing(c *engine.Call) bool {
	return clientProves(c) && subject(c).Password != nil && c.JSON().Get("oldPassword").String() == ""
}

func oldPasswordIsWrong(c *engine.Call) bool {
	return clientProves(c) && subject(c).Password != nil && c.JSON().Get("oldPassword").String() != *subject(c).Password
}

// loginAsGiven is the login that a body asks for; newLogin, as it would be kept.
func loginAsGiven(c *engine.Call) string { return c.JSON().Get("login").String() }
func newLogin(c *engine.Call) string     { return strings.TrimSpace(loginAsGiven(c)) }

func loginIsTaken(c *engine.Call) bool {
	owner, taken := stateOf(c).logins.Get(newLogin(c))
	return taken && (c.Operation.ID == "insert" || owner != subject(c).ID)
}

func loginIsTooLong(c *engine.Call) bool { return len(newLogin(c)) > stateOf(c).settings.LoginColumn }

var loginForm = regexp.MustCompile(`^[\w@.-]+$`)

// wrongWithLogin is everything that is wrong with a login, in one text.
func wrongWithLogin(c *engine.Call) (text string) {
	login := newLogin(c)
	if !given(c.JSON().Get("login")) {
		return ""
	}
	if !loginForm.MatchString(login) {
		text = "Login can contain only lowercase or uppercase letters, numbers, and some special symbols (_@.)"
	}
	if size := utf8.RuneCountInString(login); size < 3 || size > 128 {
		text += "Field cannot be empty. The length of login should be from 3 to 128 symbols."
	}
	return text
}

// beyondLimits says everything that is beyond the limits that the server declares
// for a body, if some of it breaks the rule.
func beyondLimits(rule string, login func(*engine.Call) string) func(*engine.Call) string {
	return func(c *engine.Call) string {
		var lines []string
		ours := false
		say := func(broken bool, breaks, property, value, text string) {
			if broken && given(c.JSON().Get(property)) {
				lines = append(lines, violation(property, value, text))
				ours = ours || breaks == rule
			}
		}
		size := utf8.RuneCountInString(login(c))
		say(size < 1 || size > 128, "DH-USER-12", "login", login(c), "Field login cannot be empty. The length of login should not be more than 128 symbols.")
		password := "***"
		if stateOf(c).settings.PasswordsRepeated {
			password = newPassword(c)
		}
		say(utf8.RuneCountInString(newPassword(c)) > 128, "DH-USER-12", "password", password, "The length of password should not be more than 128 symbols.")
		for property, most := range map[string]int64{"role": client, "status": disabled + 1} {
			n := c.JSON().Get(property).Int()
			// Servers declare a status of 3, and fail when it is given; there is none.
			if n == disabled+1 && stateOf(c).settings.Failures["range"] == "" {
				most = min(most, disabled)
			}
			say(n > most, "DH-USER-08", property, key(n), fmt.Sprintf("The value of %s should not be more than %d.", property, most))
			say(n < 0, "DH-USER-08", property, key(n), fmt.Sprintf("The value of %s should not be less than 0.", property))
		}
		if !ours {
			return ""
		}
		slices.Sort(lines) // by property
		return invalid(strings.Join(lines, "\n"))
	}
}

// beyondEnumerations says that a server fails over a role or status that it has
// no name for.
func beyondEnumerations(c *engine.Call) string {
	text, names := stateOf(c).settings.Failures["range"], map[string]int64{"role": client + 1, "status": disabled + 1}
	for _, property := range []string{"role", "status"} {
		if n := c.JSON().Get(property).Int(); text != "" && (n < 0 || n >= names[property]) {
			return strings.NewReplacer("{index}", strconv.FormatInt(n, 10), "{length}", key(names[property])).Replace(text)
		}
	}
	return ""
}

// violation is one line of a validation's text.
func violation(property, value, text string) string {
	return fmt.Sprintf("On property %s (value: %s): %s ; ", property, value, text)
}

// invalid is the text of a failed validation: a heading and a line a violation.
func invalid(lines string) string {
	return "Error! Make sure, that the passed object is correct and properly structured. Validation failed: \n" + lines
}

// isNull says that a property has no value, in the words of the validator
// unless there are others.
func isNull(property, text string) func(*engine.Call) string {
	return func(c *engine.Call) string {
		if given(c.JSON().Get(property)) {
			return ""
		}
		return invalid(violation(property, "null", cmp.Or(text, stateOf(c).settings.NullMessage)))
	}
}
