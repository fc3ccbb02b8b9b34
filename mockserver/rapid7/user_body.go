package rapid7

import (
	"fmt"
	"net/http"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// fill sets the user's details from the body of a creation or an update, and
// refuses what does not hold together. Properties that are only read, such as
// id and locked, have no effect (R7-USER-07).
func fill(c *engine.Call, u *User, creation bool) error {
	body, s := c.JSON(), stateOf(c)
	u.Login, u.Name = body.Get("login").String(), body.Get("name").String()
	owner, taken := s.logins.Get(u.Login)
	rule := "R7-USER-13"
	if creation {
		rule = "R7-USER-05"
	}
	if err := c.Check(!taken || owner == u.ID, rule, http.StatusBadRequest, "login %q belongs to another user", u.Login); err != nil {
		return err
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
	if err := fillPassword(c, u, body.Get("password"), creation); err != nil {
		return err
	}
	if err := fillRole(c, u, body.Get("role")); err != nil {
		return err
	}
	return fillSource(c, u, body.Get("authentication"), creation)
}

func fillPassword(c *engine.Call, u *User, password gjson.Result, creation bool) error {
	settings := stateOf(c).settings
	if !password.Exists() {
		needed := creation || settings.PasswordOnUpdate == "required"
		return c.Check(!needed, "R7-USER-03", http.StatusBadRequest, "password is required")
	}
	if lack := settings.PasswordPolicy.lack(password.String()); lack != "" {
		if err := c.Check(false, "R7-USER-03", http.StatusBadRequest, "password %s", lack); err != nil {
			return err
		}
	}
	u.Password = password.String()
	return nil
}

func fillRole(c *engine.Call, u *User, role gjson.Result) error {
	id := role.Get("id").String()
	if err := c.Check(stateOf(c).roles.Has(id), "R7-USER-06", http.StatusBadRequest, "role %q does not exist", id); err != nil {
		return err
	}
	all := id == globalAdmin
	u.Role = id
	u.Superuser = all || role.Get("superuser").Bool()
	u.AllSites = all || role.Get("allSites").Bool()
	u.AllGroups = all || role.Get("allAssetGroups").Bool()
	return nil
}

// fillSource chooses the authentication source: the one that is named, the
// first of a type, or the console's own for this kind of user.
func fillSource(c *engine.Call, u *User, authentication gjson.Result, creation bool) error {
	s := stateOf(c)
	if !authentication.IsObject() {
		if creation {
			u.Source = s.firstOfType("normal")
			if u.Role == globalAdmin {
				u.Source = s.firstOfType("admin")
			}
		}
		return nil
	}
	wanted := authentication.Get("type").String()
	id := s.firstOfType(wanted)
	if given := authentication.Get("id"); given.Exists() && given.Type != gjson.Null {
		id = given.Int()
	}
	source, found := s.sources.Get(id)
	if err := c.Check(found, "R7-USER-06", http.StatusBadRequest, "no authentication source has %s", described(authentication)); err != nil {
		return err
	}
	if found {
		if err := c.Check(source.Type == wanted, "R7-USER-06", http.StatusBadRequest, "authentication source %d is of type %s, not %q", id, source.Type, wanted); err != nil {
			return err
		}
		u.Source = id
	}
	return nil
}

func described(authentication gjson.Result) string {
	if id := authentication.Get("id"); id.Exists() {
		return fmt.Sprintf("id %s and type %q", id.Raw, authentication.Get("type").String())
	}
	return fmt.Sprintf("type %q", authentication.Get("type").String())
}
