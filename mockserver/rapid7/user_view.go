package rapid7

import (
	"github.com/rolecall/rolecall/mockserver/engine"
)

// Views are what answers show, with properties in the order of recorded
// answers. What has no value is left out, as consoles do.

type userView struct {
	Authentication *sourceView  `json:"authentication,omitempty"`
	Email          string       `json:"email,omitempty"`
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
	Privileges     []string `json:"privileges,omitempty"`
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
		Email:          u.Email, Enabled: u.Enabled, ID: u.ID, Locale: u.Locale,
		Locked: u.Locked, Login: u.Login, Name: u.Name,
		Role: userRoleView{AllAssetGroups: u.AllGroups, AllSites: u.AllSites, ID: u.Role, Superuser: u.Superuser},
		Links: []Link{
			{self, "self"},
			{sourcePath(c, u.Source), "Authentication Source"},
			{self + "/asset_groups", "Asset Groups"},
			{self + "/sites", "Sites"},
			{self + "/privileges", "Privileges"},
			{v.rolePath(u.Role), "Role"},
		},
	}
	if role, ok := s.roles.Get(u.Role); ok {
		view.Role.Name, view.Role.Privileges = role.Name, role.Privileges
	}
	return view
}

// A references answer lists ids of other resources.
type references struct {
	Links     []Link  `json:"links"`
	Resources []int64 `json:"resources"`
}

func refer(ids []int64, self string) (engine.Response, error) {
	if ids == nil {
		ids = []int64{} // "resources" is never null
	}
	return engine.OK(references{[]Link{{self, "self"}}, ids})
}
