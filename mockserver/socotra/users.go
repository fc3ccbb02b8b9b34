package socotra

import (
	"net/http"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

type userView struct {
	Locator        string   `json:"locator"`
	UserName       string   `json:"userName"`
	FirstName      string   `json:"firstName"`
	LastName       string   `json:"lastName"`
	Email          string   `json:"email,omitempty"` // absent when unset: clients refuse "" and null
	ServiceAccount *bool    `json:"serviceAccount,omitempty"`
	Roles          []string `json:"roles"`
	Permissions    []string `json:"permissions"`
	Tenants        []string `json:"tenants"`
}

func viewUser(s *State, u *User) userView {
	v := userView{
		Locator: u.Locator, UserName: u.UserName, FirstName: u.FirstName, LastName: u.LastName, Email: u.Email,
		Roles: []string{}, Permissions: s.shownPermissions(u), Tenants: append([]string{}, u.Tenants...), // SO-USER-03
	}
	if s.settings.ServiceAccounts {
		v.ServiceAccount = &u.Service
	}
	for _, id := range u.Roles {
		if r, ok := s.roles.Get(id); ok {
			v.Roles = append(v.Roles, r.Name)
		}
	}
	return v
}

// lookup finds the user that the path names.
func lookup(c *engine.Call) (*User, error) {
	locator := c.Text("locator")
	u := stateOf(c).userAt(locator)
	if err := knownUser(c, u, locator); err != nil {
		return nil, err
	}
	if u == nil {
		u = &User{number: stateOf(c).nextUser, Locator: locator}
	}
	return u, nil
}

func fetchUserByLocator(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	return engine.OK(viewUser(stateOf(c), u))
}

func fetchMyUserDetails(c *engine.Call) (engine.Response, error) {
	return engine.OK(viewUser(stateOf(c), callerOf(c).user))
}

func fetchUserByName(c *engine.Call) (engine.Response, error) {
	found := []userView{}
	if u := stateOf(c).userNamed(c.Text("username")); u != nil {
		found = append(found, viewUser(stateOf(c), u))
	}
	return engine.OK(found)
}

func createUser(c *engine.Call) (engine.Response, error) {
	s, body := stateOf(c), c.JSON()
	u := &User{
		number: s.nextUser, Locator: newUUID(c), UserName: body.Get("userName").String(),
		FirstName: body.Get("firstName").String(), LastName: body.Get("lastName").String(), Email: body.Get("email").String(),
		Temporary: body.Get("temporaryPassword").Bool(), Service: s.settings.ServiceAccounts && body.Get("serviceAccount").Bool(),
	}
	taken := s.userNamed(u.UserName) != nil
	if err := c.Check(!taken, "SO-USER-06", http.StatusConflict, "userName %q belongs to another user", u.UserName); err != nil {
		return engine.Response{}, err
	}
	if password := body.Get("password"); password.Type != gjson.Null {
		if err := checkPassword(c, password.String()); err != nil {
			return engine.Response{}, err
		}
		u.Password = password.String()
	}
	roles, err := rolesIn(c, body.Get("roles"), "SO-USER-16")
	if err != nil {
		return engine.Response{}, err
	}
	if err := withinCeilingOf(c, roles); err != nil {
		return engine.Response{}, err
	}
	if u.Tenants, err = tenantsIn(c, body.Get("tenants"), "SO-USER-16"); err != nil {
		return engine.Response{}, err
	}
	u.Roles = roles
	s.putUser(u)
	return engine.OK(viewUser(s, u))
}

// deleteUser leaves nothing behind but the tokens, which are good for nothing
// without their user (SO-AUTH-04).
func deleteUser(c *engine.Call) (engine.Response, error) {
	u, err := lookup(c)
	if err != nil {
		return engine.Response{}, err
	}
	s := stateOf(c)
	itself := u.Locator == callerOf(c).user.Locator
	if err := c.Check(!itself || !s.settings.SelfDeleteRefused, "SO-USER-15", http.StatusConflict, "users do not delete themselves"); err != nil {
		return engine.Response{}, err
	}
	last := s.settings.LastAdminDeleteRefused && s.lastAdmin(u)
	if err := c.Check(!last, "SO-USER-15", http.StatusConflict, "user %s is the last one with the role %s", u.Locator, adminRole); err != nil {
		return engine.Response{}, err
	}
	s.deleteUser(u)
	return void()
}

func (s *State) lastAdmin(u *User) bool {
	id, ok := s.roleNames.Get(adminRole)
	if !ok {
		return false
	}
	admins := s.byRole.IDs(roleKey(id))
	return len(admins) == 1 && admins[0] == u.number
}

// void is a success that says nothing: status 200 and no body.
func void() (engine.Response, error) { return engine.Response{Status: http.StatusOK}, nil }
