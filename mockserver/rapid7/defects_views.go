package rapid7

import (
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// Defects that no rule looks for, because they can be anywhere: what a change
// does beside what it was asked, what views of one record tell differently, and
// secrets in answers.
var invariantDefects = []engine.Defect{
	{ID: "r7-misread-plain", Breaks: "R7-CONTRACT-SILENT", Summary: "What cannot be read is refused in plain text where no 400 is documented.", Wrap: plainMisread},

	{ID: "r7-stale-sites", Breaks: "R7-VIEWS", Summary: "Who has read a user's sites before a change reads the new ones once, and then the old ones.", On: []string{"getUserSites"}, Wrap: engine.Stale},
	{ID: "r7-stale-groups", Breaks: "R7-VIEWS", Summary: "Who has read a user's asset groups before a change reads the new ones once, and then the old ones.", On: []string{"getUserAssetGroups"}, Wrap: engine.Stale},
	{ID: "r7-stale-user", Breaks: "R7-VIEWS", Summary: "Who has read a user before a change reads its new role once, and then the old one.", On: []string{"getUser"}, Wrap: engine.Stale},
	{ID: "r7-stale-privileges", Breaks: "R7-VIEWS", Summary: "Who has read a user's privileges before a change reads the new ones once, and then the old ones.", On: []string{"getUserPrivileges"}, Wrap: engine.Stale},
	{ID: "r7-stale-roles", Breaks: "R7-VIEWS", Summary: "Who has listed the roles before a change lists it once, and then the old ones.", On: []string{"getRoles"}, Wrap: engine.Stale},
	{ID: "r7-list-cuts-names", Breaks: "R7-VIEWS", Summary: "The list of users shows the first word of each name.", On: []string{"getUsers"}, Wrap: engine.EditAnswer(cutNames)},
	{ID: "r7-deleted-has-sites", Breaks: "R7-VIEWS", Summary: "The sites of a deleted user can still be read.", On: []string{"getUserSites"}, Wrap: deletedHas(`{"links":[],"resources":[]}`)},
	{ID: "r7-role-users-late", Breaks: "R7-VIEWS", Summary: "A role names users that are assigned another one.", On: []string{"updateUser"}, Wrap: updated(keepInRole)},

	{ID: "r7-sites-for-all-alike", Breaks: "R7-FRAME", Summary: "Setting a user's sites sets those of every user with the same role.", On: []string{"setUserSites"}, Wrap: engine.Also(sitesForAllAlike)},
	{ID: "r7-grant-clears-groups", Breaks: "R7-FRAME", Summary: "Granting a site takes the asset groups away.", On: []string{"addUserSite"}, Wrap: toUser(assetGroups.clear)},
	{ID: "r7-update-drops-sites", Breaks: "R7-FRAME", Summary: "An update takes the sites away.", On: []string{"updateUser"}, Wrap: toUser(sites.clear)},
	{ID: "r7-update-drops-password", Breaks: "R7-FRAME", Summary: "An update without a password empties it.", On: []string{"updateUser"}, Wrap: engine.Also(dropPassword)},
	{ID: "r7-unlock-drops-key", Breaks: "R7-FRAME", Summary: "Unlocking an account removes its two-factor key.", On: []string{"unlockUser"}, Wrap: toUser(dropKey)},
	{ID: "r7-role-update-spreads", Breaks: "R7-FRAME", Summary: "Updating a role describes all custom roles alike.", On: []string{"updateRole"}, Wrap: engine.Also(describeAll)},
	{ID: "r7-refused-and-renamed", Breaks: "R7-FRAME", Summary: "An update that is refused renames the user.", On: []string{"updateUser"}, Wrap: engine.AlsoRefused(http.StatusBadRequest, rename)},

	{ID: "r7-password-shown", Breaks: "R7-SECRETS", Summary: "A user's password is shown.", On: []string{"getUser"}, Wrap: engine.EditAnswer(showPassword)},
	{ID: "r7-key-shown", Breaks: "R7-SECRETS", Summary: "A user's two-factor key is shown.", On: []string{"getUsers"}, Wrap: engine.EditAnswer(showKeys)},
	{ID: "r7-refusal-repeats", Breaks: "R7-SECRETS", Summary: "A refusal repeats what was sent, in base 64.", Wrap: engine.EditRefusal(onObject(repeatPassword))},
}

var plainMisread = engine.Answering(func(c *engine.Call, r engine.Response) engine.Response {
	if r.Status != http.StatusBadRequest || c.Operation.Response(r.Status) != nil {
		return r
	}
	return r.WithBytes([]byte("this cannot be read"))
})

var cutNames = engine.OnList("resources", func(list []any) []any {
	for _, user := range list {
		view := user.(map[string]any)
		view["name"], _, _ = strings.Cut(view["name"].(string), " ")
	}
	return list
})

// keepInRole names a user beside its new role in the old one.
func keepInRole(_ *engine.Call, old *User, s *State) { s.byRole.Add(old.Role, old.ID) }

func sitesForAllAlike(c *engine.Call, next engine.State) {
	s, u := userIn(c, next)
	if u == nil {
		return
	}
	for _, id := range s.byRole.IDs(u.Role) {
		other, _ := s.users.Get(id)
		s.change(other, func(other *User) { other.Sites = u.Sites })
	}
}

func dropPassword(c *engine.Call, next engine.State) {
	if s, u := userIn(c, next); u != nil && !c.JSON().Get("password").Exists() {
		s.change(u, func(u *User) { u.Password = "" })
	}
}

func describeAll(c *engine.Call, next engine.State) {
	s := next.(*State)
	described := s.roles.Copy()
	for id, role := range s.roles.All {
		if !role.BuiltIn {
			changed := *role
			changed.Description = c.JSON().Get("description").String()
			described.Put(id, &changed)
		}
	}
	s.roles = described
}

func rename(c *engine.Call, next engine.State) {
	if s, u := userIn(c, next); u != nil {
		s.change(u, func(u *User) { u.Name = "Renamed" })
	}
}

func repeatPassword(c *engine.Call, doc map[string]any) {
	if password := c.JSON().Get("password").String(); password != "" {
		doc["message"] = "cannot take " + base64.StdEncoding.EncodeToString([]byte(password))
	}
}

// userIn is the state of an API and the user in the path; nil where there is none.
func userIn(c *engine.Call, state engine.State) (*State, *User) {
	s := state.(*State)
	u, _ := s.users.Get(c.Int("id"))
	return s, u
}
