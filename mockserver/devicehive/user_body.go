package devicehive

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// newUser makes a user of the body of an insertion, with the server's checks
// in the server's order.
func newUser(c *engine.Call, body gjson.Result) (*User, error) {
	login := body.Get("login")
	u := &User{ID: stateOf(c).next.user, Login: strings.TrimSpace(login.String()), AllDeviceTypes: true}
	missing := invalid(violation("login", nil, loginNull))
	for _, check := range []func() error{
		func() error { return readData(c, u, body.Get("data")) },
		func() error { return limits(c, body) },
		func() error { return c.Check(given(login), "DH-USER-12", http.StatusBadRequest, "%s", missing) },
		func() error {
			return c.Check(given(body.Get("role")), "DH-USER-08", http.StatusBadRequest, invalidRole)
		},
		func() error { return loginFree(c, u) },
		func() error { return goodPassword(c, body.Get("password").String()) },
		func() error { return goodLogin(c, u.Login) },
	} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	password := body.Get("password").String()
	u.Password = &password
	u.Role, u.Status = int(body.Get("role").Int()), int(body.Get("status").Int())
	u.IntroReviewed = body.Get("introReviewed").Bool()
	if all := body.Get("allDeviceTypesAvailable"); given(all) {
		u.AllDeviceTypes = all.Bool()
	}
	return u, nil
}

// readData takes any JSON object, or null, as it is (DH-USER-09).
func readData(c *engine.Call, u *User, data gjson.Result) error {
	if !given(data) {
		u.Data = nil
		return nil
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(data.Raw)); err != nil {
		return err
	}
	u.Data = compact.Bytes()
	return c.Check(data.IsObject(), "DH-USER-09", http.StatusBadRequest, dataNotObject)
}

// limits holds the body to the sizes and ranges that the server declares for
// it, and refuses everything that is beyond them in one text.
func limits(c *engine.Call, body gjson.Result) error {
	type limit struct {
		property, rule string
		broken         bool
		text           string
	}
	login, password := body.Get("login"), body.Get("password")
	role, status := body.Get("role").Int(), body.Get("status").Int()
	size := utf8.RuneCountInString(login.String())
	lines, rule := "", ""
	for _, l := range []limit{
		{"login", "DH-USER-12", given(login) && (size < 1 || size > 128), loginSize},
		{"role", "DH-USER-08", role > client, "The value of role should not be more than 1."},
		{"role", "DH-USER-08", role < administrator, "The value of role should not be less than 0."},
		{"status", "DH-USER-08", status > disabled+1, "The value of status should not be more than 3."},
		// The server declares 3, and fails when it is given; there is no such status.
		{"status", "DH-USER-08", status == disabled+1, "The value of status should not be more than 2."},
		{"status", "DH-USER-08", status < active, "The value of status should not be less than 0."},
		{"password", "DH-USER-12", utf8.RuneCountInString(password.String()) > 128, passwordSize},
	} {
		if !l.broken || c.Lifted(l.rule) {
			continue
		}
		if lines != "" {
			lines += "\n"
		}
		lines += violation(l.property, asText(body.Get(l.property)), l.text)
		rule = l.rule
	}
	return c.Check(lines == "", rule, http.StatusBadRequest, "%s", invalid(lines))
}

// loginFree refuses a login that another user has.
func loginFree(c *engine.Call, u *User) error {
	owner, taken := stateOf(c).logins.Get(u.Login)
	return c.Check(!taken || owner == u.ID, "DH-USER-07", http.StatusForbidden, duplicateLogin)
}

// The server counts characters within one line.
var passwordForm = regexp.MustCompile("^[^\n\r\u0085\u2028\u2029]{6,128}$")

func goodPassword(c *engine.Call, password string) error {
	return c.Check(passwordForm.MatchString(password), "DH-USER-12", http.StatusBadRequest, invalidPassword)
}

var loginForm = regexp.MustCompile(`^[\w@.-]+$`)

// goodLogin says everything that is wrong with a login in one text.
func goodLogin(c *engine.Call, login string) error {
	text := ""
	if size := utf8.RuneCountInString(login); size < 3 || size > 128 {
		text += loginLength
	}
	if !loginForm.MatchString(login) {
		text += loginAlphabet
	}
	return c.Check(text == "", "DH-USER-12", http.StatusBadRequest, "%s", text)
}
