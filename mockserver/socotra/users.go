package socotra

import "github.com/rolecall/rolecall/mockserver/engine"

func userOf(c *engine.Call) *User { return c.Record.(*User) }

func fetchUserByLocator(c *engine.Call) (engine.Response, error) {
	return done(c, viewUser(stateOf(c), userOf(c)))
}

func fetchMyUserDetails(c *engine.Call) (engine.Response, error) {
	return done(c, viewUser(stateOf(c), callerOf(c).user))
}

func nobodyIsCalled(c *engine.Call) bool {
	return stateOf(c).settings.UnknownNameRefused && len(stateOf(c).usersCalled(c.Text("username"))) == 0
}

func fetchUserByName(c *engine.Call) (engine.Response, error) {
	return done(c, viewEach(stateOf(c), stateOf(c).usersCalled(c.Text("username")), viewUser))
}

func userNameTaken(c *engine.Call) bool {
	s, name := stateOf(c), c.JSON().Get("userName").String()
	return s.settings.UserNamesUnique && len(s.usersCalled(name)) > 0 || s.spent.Has(s.fold(name))
}

// becomes is the effect of putting a user, new or not, as the request has it.
func becomes(next func(*engine.Call) *User) engine.Handler {
	return func(c *engine.Call) (engine.Response, error) {
		s, u := stateOf(c), next(c)
		if u.Locator == "" {
			u.number, u.Locator = s.nextUser, newUUID(c)
		}
		s.putUser(u)
		return done(c, viewUser(s, u))
	}
}

func created(c *engine.Call) *User {
	s, body := stateOf(c), c.JSON()
	u := &User{
		UserName: body.Get("userName").String(), FirstName: body.Get("firstName").String(), LastName: body.Get("lastName").String(),
		Email: body.Get("email").String(), Password: body.Get("password").String(), Temporary: body.Get("temporaryPassword").Bool(),
		Service: s.settings.ServiceAccounts && body.Get("serviceAccount").Bool(),
	}
	u.Roles, _ = s.readRoles(body.Get("roles"))
	u.Tenants, _ = s.readTenants(body.Get("tenants"))
	return u
}

func isCaller(c *engine.Call) bool {
	u := userOf(c)
	return u != nil && u.Locator == callerOf(c).user.Locator && stateOf(c).settings.SelfDeleteRefused
}

func isLastAdmin(c *engine.Call) bool {
	s, u := stateOf(c), userOf(c)
	if u == nil || !s.settings.LastAdminDeleteRefused {
		return false
	}
	for _, id := range s.roleNames.IDs(adminRole) {
		if admins := s.byRole.IDs(roleKey(id)); len(admins) == 1 && admins[0] == u.number {
			return true
		}
	}
	return false
}

// deleteUser leaves nothing behind but the tokens, which are good for nothing
// without their user (SO-AUTH-04).
func deleteUser(c *engine.Call) (engine.Response, error) {
	if u := userOf(c); u != nil {
		stateOf(c).deleteUser(u)
	}
	return done(c, nil)
}
