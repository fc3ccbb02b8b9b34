package socotra

import (
	"cmp"
	"net/http"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// viewUser is a user as answers show it. An e-mail that there is none of is left
// out: clients refuse one that is null or empty.
func viewUser(s *State, u *User) engine.View {
	return func(j *engine.JSON) {
		j.Open('{')
		j.Name("locator").Text(u.Locator)
		j.Name("userName").Text(u.UserName)
		j.Name("firstName").Text(u.FirstName)
		j.Name("lastName").Text(u.LastName)
		if u.Email != "" {
			j.Name("email").Text(u.Email)
		} else {
			s.unset(j, "email")
		}
		if s.settings.ServiceAccounts {
			j.Name("serviceAccount").Bool(u.Service)
		}
		s.optional(j, "roles", s.shownRoles(u))
		if s.settings.PermissionsOnUsers {
			s.optional(j, "permissions", s.shownPermissions(u))
		}
		j.Name("tenants").Texts(s.inOrder(u.Tenants)) // SO-USER-03
		j.Close('}')
	}
}

// unset writes what stands for an optional value that there is none of.
func (s *State) unset(j *engine.JSON, name string) {
	if s.settings.UnsetIsNull {
		j.Name(name).Null()
	}
}

// optional writes a list that is optional in the document.
func (s *State) optional(j *engine.JSON, name string, list []string) {
	if len(list) == 0 && s.settings.EmptyListsUnset {
		s.unset(j, name)
		return
	}
	j.Name(name).Texts(s.inOrder(list))
}

// inOrder sorts a list, where an edition does.
func (s *State) inOrder(list []string) []string {
	if s.settings.ListsSorted {
		return sorted(list)
	}
	return list
}

// shownRoles names the roles of a user. Never nil.
func (s *State) shownRoles(u *User) []string {
	shown := []string{}
	for _, id := range u.Roles {
		if r, ok := s.roles.Get(id); ok && s.settings.RolesShownBy == "locator" {
			shown = append(shown, r.Locator)
		} else if ok {
			shown = append(shown, r.Name)
		}
	}
	return shown
}

// viewBasicUser is a user in brief.
func viewBasicUser(s *State, u *User) engine.View {
	return func(j *engine.JSON) {
		j.Open('{')
		j.Name("locator").Text(u.Locator)
		j.Name("userName").Text(u.UserName)
		if s.settings.BasicUsersNamed {
			j.Name("firstName").Text(u.FirstName)
			j.Name("lastName").Text(u.LastName)
		}
		j.Close('}')
	}
}

// viewRole is a role as answers show it.
func viewRole(s *State, r *Role) engine.View {
	return func(j *engine.JSON) {
		j.Open('{')
		j.Name("locator").Text(r.Locator)
		j.Name("name").Text(r.Name)
		j.Name("description").Text(r.Description)
		j.Name("version").Int(r.Version)
		j.Name("createdAt").Text(s.timeText(r.CreatedAt))
		j.Name("createdBy").Text(r.CreatedBy)
		j.Name("permissions").Texts(s.inOrder(r.Permissions))
		if s.settings.ExtraProperties {
			j.Name("builtIn").Bool(r.BuiltIn)
		}
		j.Close('}')
	}
}

// viewEach shows each of a list.
func viewEach[R any](s *State, list []R, view func(*State, R) engine.View) engine.View {
	return func(j *engine.JSON) {
		j.Open('[')
		for _, one := range list {
			view(s, one)(j)
		}
		j.Close(']')
	}
}

// viewNames shows a list of names.
func viewNames(names []string) engine.View { return func(j *engine.JSON) { j.Texts(names) } }

// timeText writes a time in UTC, with Z, unless an edition writes it otherwise:
// the vendor's clients refuse any other way to write the zone.
func (s *State) timeText(t time.Time) string {
	return t.In(time.FixedZone("", s.settings.TimeOffsetMinutes*60)).Format(s.settings.TimeForm)
}

// done answers a success with the status that the edition gives it, and with
// nothing where that means that there is nothing.
func done(c *engine.Call, body any) (engine.Response, error) {
	status := cmp.Or(stateOf(c).settings.Successes[c.Operation.ID], http.StatusOK)
	if status == http.StatusNoContent {
		body = nil
	}
	return engine.Response{Status: status, Body: body}, nil
}
