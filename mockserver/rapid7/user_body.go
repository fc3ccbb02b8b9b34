package rapid7

import (
	"fmt"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// fill sets the details that the body of a creation or an update gives.
// Properties that are only read, such as id and locked, have no effect (R7-USER-07).
func (u *User) fill(s *State, body gjson.Result) {
	u.Login, u.Name = body.Get("login").String(), body.Get("name").String()
	if password := body.Get("password"); password.Exists() {
		u.Password = password.String()
	}
	if email := body.Get("email"); email.Exists() {
		u.Email = email.String()
	}
	if enabled := body.Get("enabled"); enabled.Exists() {
		u.Enabled = enabled.Bool()
	}
	u.ResetOnLogin = body.Get("passwordResetOnLogin").Bool()
	if locale := body.Get("locale"); locale.IsObject() {
		u.Locale = &Locale{Default: locale.Get("default").String(), Reports: locale.Get("reports").String()}
	}
	role := body.Get("role")
	u.Role = role.Get("id").String()
	all := u.Role == globalAdmin
	u.Superuser = all || role.Get("superuser").Bool()
	u.AllSites = all || role.Get("allSites").Bool()
	u.AllGroups = all || role.Get("allAssetGroups").Bool()
	if authentication := body.Get("authentication"); authentication.IsObject() {
		u.Source = s.sourceMeant(authentication)
	}
}

// sourceMeant is the source that is named, or the first of the type.
func (s *State) sourceMeant(authentication gjson.Result) int64 {
	if id := authentication.Get("id"); id.Type == gjson.Number {
		return id.Int()
	}
	return s.firstOfType(authentication.Get("type").String())
}

// usualSource is the console's own for this kind of user.
func (s *State) usualSource(u *User) int64 {
	if u.Role == globalAdmin {
		return s.firstOfType("admin")
	}
	return s.firstOfType("normal")
}

func loginIsTaken(c *engine.Call) bool {
	owner, taken := stateOf(c).logins.Get(c.JSON().Get("login").String())
	u, updated := c.Record.(*User)
	return taken && !(updated && owner == u.ID)
}

func roleIsUnknown(c *engine.Call) bool {
	return hasBody(c) && !stateOf(c).roles.Has(c.JSON().Get("role.id").String())
}

func sourceLacks(c *engine.Call) string {
	authentication := c.JSON().Get("authentication")
	if !authentication.IsObject() {
		return ""
	}
	id, wanted := stateOf(c).sourceMeant(authentication), authentication.Get("type").String()
	source, found := stateOf(c).sources.Get(id)
	switch {
	case !found && id != 0:
		return fmt.Sprintf("there is no authentication source %d", id)
	case !found:
		return fmt.Sprintf("there is no authentication source of type %q", wanted)
	case source.Type != wanted:
		return fmt.Sprintf("authentication source %d is of type %s, not %q", id, source.Type, wanted)
	}
	return ""
}

func newPasswordLacks(c *engine.Call) string {
	password := c.JSON().Get("password")
	if !password.Exists() {
		return "password is required"
	}
	return lack(c, password.String())
}

func updatedPasswordLacks(c *engine.Call) string {
	absent := !c.JSON().Get("password").Exists()
	if absent && (!hasBody(c) || stateOf(c).settings.PasswordOnUpdate == "optional") {
		return ""
	}
	return newPasswordLacks(c)
}
