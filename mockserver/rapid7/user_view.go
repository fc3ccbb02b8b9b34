package rapid7

import (
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// Views are what answers show, with properties in the order of recorded
// answers. What has no value is left out, as consoles do.

type userView struct {
	Authentication *sourceView  `json:"authentication,omitempty"`
	Email          *string      `json:"email,omitempty"`
	Enabled        bool         `json:"enabled"`
	ID             int64        `json:"id"`
	Links          []Link       `json:"links"`
	Locale         *Locale      `json:"locale,omitempty"`
	Locked         bool         `json:"locked"`
	Login          string       `json:"login"`
	Name           string       `json:"name"`
	Role           userRoleView `json:"role"`
}

type userRoleView struct {
	AllAssetGroups bool     `json:"allAssetGroups"`
	AllSites       bool     `json:"allSites"`
	ID             string   `json:"id"`
	Name           string   `json:"name"`
	Privileges     []string `json:"privileges,omitzero"`
	Superuser      bool     `json:"superuser"`
}

// A viewer shows users to one call. What many users have in common it makes once.
type viewer struct {
	call    *engine.Call
	sources []*sourceView
	roles   []roleRef
}

type roleRef struct{ id, path string }

func (v *viewer) source(id int64) *sourceView {
	for _, shown := range v.sources {
		if shown.ID == id {
			return shown
		}
	}
	source, ok := stateOf(v.call).sources.Get(id)
	if !ok {
		return nil
	}
	shown := viewSource(v.call, source)
	v.sources = append(v.sources, shown)
	return shown
}

func (v *viewer) rolePath(id string) string {
	for _, r := range v.roles {
		if r.id == id {
			return r.path
		}
	}
	path := rolePath(v.call, id)
	v.roles = append(v.roles, roleRef{id, path})
	return path
}

func (v *viewer) user(u *User) userView {
	c, s := v.call, stateOf(v.call)
	self := userPath(c, u.ID)
	view := userView{
		Authentication: v.source(u.Source),
		Enabled:        u.Enabled, ID: u.ID, Locale: u.Locale,
		Locked: u.Locked, Login: u.Login, Name: u.Name,
		Role: userRoleView{AllAssetGroups: u.AllGroups, AllSites: u.AllSites, ID: u.Role, Superuser: u.Superuser},
		Links: linked(c,
			Link{self, "self"},
			Link{sourcePath(c, u.Source), "Authentication Source"},
			Link{self + "/asset_groups", "Asset Groups"},
			Link{self + "/sites", "Sites"},
			Link{self + "/privileges", "Privileges"},
			Link{v.rolePath(u.Role), "Role"}),
	}
	if u.Email != "" || s.settings.EmptyProperties == "show" {
		view.Email = &u.Email
	}
	if role, ok := s.roles.Get(u.Role); ok {
		view.Role.Name, view.Role.Privileges = role.Name, privilegesOf(c, role)
	}
	return view
}

// inOrder is a list that nobody can sort, as the edition orders such lists.
func inOrder[T any](c *engine.Call, ascending []T) []T {
	if stateOf(c).settings.ListOrder == "ascending" {
		return ascending
	}
	list := slices.Clone(ascending)
	slices.Reverse(list)
	return list
}

// A references answer lists ids of other resources.
type references struct {
	Links     []Link  `json:"links"`
	Resources []int64 `json:"resources"`
}

func refer(c *engine.Call, ids []int64, self string) (engine.Response, error) {
	if ids == nil {
		ids = []int64{} // "resources" is never null
	}
	return engine.OK(references{linked(c, Link{self, "self"}), inOrder(c, ids)})
}
