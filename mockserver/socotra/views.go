package socotra

import (
	"cmp"
	"encoding/json"
	"net/http"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// A userView is a user as answers show it. What is nil is left out: clients
// refuse an e-mail that is null or empty.
type userView struct {
	Locator        string   `json:"locator"`
	UserName       string   `json:"userName"`
	FirstName      string   `json:"firstName"`
	LastName       string   `json:"lastName"`
	Email          any      `json:"email,omitempty"`
	ServiceAccount *bool    `json:"serviceAccount,omitempty"`
	Roles          any      `json:"roles,omitempty"`
	Permissions    any      `json:"permissions,omitempty"`
	Tenants        []string `json:"tenants"`
}

func viewUser(s *State, u *User) userView {
	v := userView{
		Locator: u.Locator, UserName: u.UserName, FirstName: u.FirstName, LastName: u.LastName, Email: s.unset(),
		Roles: s.optional(s.shownRoles(u)), Tenants: s.inOrder(append([]string{}, u.Tenants...)), // SO-USER-03
	}
	if u.Email != "" {
		v.Email = u.Email
	}
	if s.settings.PermissionsOnUsers {
		v.Permissions = s.optional(s.shownPermissions(u))
	}
	if s.settings.ServiceAccounts {
		v.ServiceAccount = &u.Service
	}
	return v
}

// unset is what stands for an optional value that there is none of.
func (s *State) unset() any {
	if s.settings.UnsetIsNull {
		return json.RawMessage("null")
	}
	return nil
}

// optional is a list that is optional in the document.
func (s *State) optional(list []string) any {
	if len(list) == 0 && s.settings.EmptyListsUnset {
		return s.unset()
	}
	return s.inOrder(list)
}

// inOrder sorts a list, where an edition does.
func (s *State) inOrder(list []string) []string {
	if s.settings.ListsSorted {
		return sorted(list)
	}
	return list
}

// extra is a property that the document does not know; nil for none.
func (s *State) extra(value bool) *bool {
	if !s.settings.ExtraProperties {
		return nil
	}
	return &value
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

// A basicUserView is a user in brief.
type basicUserView struct {
	Locator   string  `json:"locator"`
	UserName  string  `json:"userName"`
	FirstName *string `json:"firstName,omitempty"`
	LastName  *string `json:"lastName,omitempty"`
}

func viewBasicUser(s *State, u *User) basicUserView {
	v := basicUserView{Locator: u.Locator, UserName: u.UserName}
	if s.settings.BasicUsersNamed {
		v.FirstName, v.LastName = &u.FirstName, &u.LastName
	}
	return v
}

// A roleView is a role as answers show it.
type roleView struct {
	Locator     string   `json:"locator"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Version     int64    `json:"version"`
	CreatedAt   string   `json:"createdAt"`
	CreatedBy   string   `json:"createdBy"`
	Permissions []string `json:"permissions"`
	BuiltIn     *bool    `json:"builtIn,omitempty"`
}

func viewRole(s *State, r *Role) roleView {
	return roleView{
		Locator: r.Locator, Name: r.Name, Description: r.Description, Version: r.Version,
		CreatedAt: s.timeText(r.CreatedAt), CreatedBy: r.CreatedBy,
		Permissions: s.inOrder(append([]string{}, r.Permissions...)), BuiltIn: s.extra(r.BuiltIn),
	}
}

// timeText writes a time in UTC, with Z, unless an edition writes it otherwise:
// the vendor's clients refuse any other way to write the zone.
func (s *State) timeText(t time.Time) string {
	return t.In(time.FixedZone("", s.settings.TimeOffsetMinutes*60)).Format(s.settings.TimeForm)
}

// A pageView is a page of a list.
type pageView[V any] struct {
	ListCompleted bool `json:"listCompleted"`
	Items         []V  `json:"items"`
	TotalCount    *int `json:"totalCount,omitempty"`
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
