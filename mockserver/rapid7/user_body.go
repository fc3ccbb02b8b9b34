package rapid7

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// fill sets the details that the body of a creation or an update gives. The id
// and, in most editions, the lock are only read (R7-USER-07).
func (u *User) fill(s *State, body schemas.Value) {
	for _, p := range []struct {
		name string
		text *string
	}{{"login", &u.Login}, {"name", &u.Name}, {"password", &u.Password}, {"email", &u.Email}} {
		if given := body.Get(p.name); given.Exists() {
			*p.text = given.String()
		}
	}
	if enabled := body.Get("enabled"); enabled.Exists() {
		u.Enabled = enabled.Bool()
	}
	if reset := body.Get("passwordResetOnLogin"); reset.Exists() {
		u.ResetOnLogin = reset.Bool()
	}
	if locked := body.Get("locked"); locked.Exists() && s.settings.LockedInBody == "obey" {
		u.Locked, u.Failed = locked.Bool(), 0
	}
	if locale := body.Get("locale"); locale.IsObject() {
		u.Locale = &Locale{Default: locale.Get("default").String(), Reports: locale.Get("reports").String()}
	}
	if role := body.Get("role"); role.Exists() {
		u.Role = role.Get("id").String()
		all := u.Role == s.globalAdmin()
		u.Superuser = all || role.Get("superuser").Bool()
		u.AllSites = all || role.Get("allSites").Bool()
		u.AllGroups = all || role.Get("allAssetGroups").Bool()
	}
	if authentication := body.Get("authentication"); authentication.IsObject() {
		u.Source = s.sourceMeant(authentication)
	}
}

// lacks tells which property is missing of those that an edition requires.
func lacks(required func(*Settings) []string) func(*engine.Call) string {
	return func(c *engine.Call) string {
		for _, name := range required(stateOf(c).settings) {
			if hasBody(c) && !c.JSON().Get(name).Exists() {
				return name + " is required"
			}
		}
		return ""
	}
}

func toCreate(s *Settings) []string     { return s.CreateRequires }
func toUpdate(s *Settings) []string     { return s.UpdateRequires }
func toUpdateRole(s *Settings) []string { return s.RoleRequires }

// onlyRead are the properties that bodies may have and that have no effect.
var onlyRead = []string{"id", "links", "locked"}

func unknownProperty(c *engine.Call) string {
	if stateOf(c).settings.UnknownProperties == "ignore" {
		return ""
	}
	var names []string
	for _, u := range c.Operation.Body.Schema.Unnamed(c.JSON()) {
		if !strings.Contains(u.Path, ".") && !slices.Contains(onlyRead, u.Path) {
			names = append(names, u.Path)
		}
	}
	if len(names) == 0 {
		return ""
	}
	slices.Sort(names)
	return fmt.Sprintf("%s takes no %s", c.Operation.ID, strings.Join(names, ", "))
}

// sourceMeant is the source that is named, or the first of the type.
func (s *State) sourceMeant(authentication schemas.Value) int64 {
	if id := authentication.Get("id"); id.Kind() == schemas.Number {
		return id.Int()
	}
	return s.firstOfType(authentication.Get("type").String())
}

// usualSource is the console's own for this kind of user.
func (s *State) usualSource(u *User) int64 {
	if u.Role == s.globalAdmin() {
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
	role := c.JSON().Get("role")
	return role.Exists() && !stateOf(c).roles.Has(role.Get("id").String())
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

func accountPasswordLacks(c *engine.Call) string {
	if password := c.JSON().Get("password"); password.Exists() {
		return lack(c, password.String())
	}
	return ""
}
