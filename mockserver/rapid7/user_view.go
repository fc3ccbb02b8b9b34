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

func viewUser(c *engine.Call, u *User) userView {
	s := stateOf(c)
	self := userPath(c, u.ID)
	v := userView{
		Email: u.Email, Enabled: u.Enabled, ID: u.ID, Locale: u.Locale,
		Locked: u.Locked, Login: u.Login, Name: u.Name,
		Role: userRoleView{AllAssetGroups: u.AllGroups, AllSites: u.AllSites, ID: u.Role, Superuser: u.Superuser},
		Links: []Link{
			{self, "self"},
			{sourcePath(c, u.Source), "Authentication Source"},
			{self + "/asset_groups", "Asset Groups"},
			{self + "/sites", "Sites"},
			{self + "/privileges", "Privileges"},
			{rolePath(c, u.Role), "Role"},
		},
	}
	if source, ok := s.sources.Get(u.Source); ok {
		v.Authentication = viewSource(c, source)
	}
	if role, ok := s.roles.Get(u.Role); ok {
		v.Role.Name, v.Role.Privileges = role.Name, role.Privileges
	}
	return v
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
