package socotra

import (
	"time"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What the defects do wrong about roles.

func bumpVersion(c *engine.Call, next engine.State) {
	editRole(c, next.(*State), func(r *Role) { r.Version++ })
}

func takeOver(c *engine.Call, next engine.State) {
	if who, ok := c.Caller.(*Caller); ok {
		editRole(c, next.(*State), func(r *Role) { r.CreatedBy = who.user.Locator })
	}
}

func editRole(c *engine.Call, s *State, edit func(*Role)) {
	if old := s.roleAt(c.Path.Get("locator")); old != nil {
		r := *old
		edit(&r)
		s.putRole(&r)
	}
}

func permissionsNow(c *engine.Call) []string {
	if r := stateOf(c).roleAt(c.Path.Get("locator")); r != nil {
		return r.Permissions
	}
	return []string{}
}

// leaveGhost keeps the role's number, and what it permits, with whoever had it.
func leaveGhost(c *engine.Call, before, next engine.State) {
	was, s := before.(*State), next.(*State)
	role := was.roleAt(c.Path.Get("locator"))
	if role == nil || c.Problem != nil {
		return
	}
	s.roles.Put(role.Number, role)
	for _, id := range was.byRole.IDs(roleKey(role.Number)) {
		u, _ := s.users.Get(id)
		s.change(u, func(u *User) { u.Roles = with(u.Roles, []int64{role.Number}) })
	}
}

// compareTooEarly compares the version outside the change, as a server does
// that reads, compares and writes in three steps.
func compareTooEarly(next engine.Handler) engine.Handler {
	overwrite := engine.EditRequest(func(c *engine.Call, body any) any {
		if role := stateOf(c).roleAt(c.Path.Get("locator")); role != nil {
			return engine.Set("version", role.Version)(c, body)
		}
		return body
	})(next)
	return func(c *engine.Call) (engine.Response, error) {
		role := stateOf(c).roleAt(c.Path.Get("locator"))
		if role == nil || gjson.GetBytes(c.Body, "version").Int() != role.Version {
			return next(c)
		}
		time.Sleep(150 * time.Millisecond) // for whoever else is on the way to get as far
		r, err := next(c)
		for c.Problem != nil && c.Problem.Rule == "SO-ROLE-06" { // somebody else was faster
			c.Problem = nil
			r, err = overwrite(c)
		}
		return r, err
	}
}
