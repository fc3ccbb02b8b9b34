package rapid7

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// Defects of rules that look closer: at second and third items, at pairs of
// properties, at every kind of caller, at near misses.
var finerDefects = []engine.Defect{
	{ID: "r7-password-cut", Breaks: "R7-AUTH-02", Summary: "Only the first letters of a password count.", Wrap: passwordCut},
	{ID: "r7-managers-administer", Breaks: "R7-ADMIN-01", Summary: "Whoever has access to all sites may set those of others.", On: []string{"setUserSites"}, Wrap: byAdministrator(func(u *User) bool { return u.AllSites })},
	{ID: "r7-access-of-others-read", Breaks: "R7-ADMIN-04", Summary: "Every user may read the sites and asset groups of every other.", On: []string{"getUserSites", "getUserAssetGroups"}, Wrap: byAdministrator(func(u *User) bool { return !u.Superuser })},
	{ID: "r7-name-and-locale", Breaks: "R7-USER-01", Summary: "A new user with a locale has its login as its name.", On: []string{"createUser"}, Wrap: engine.EditRequest(nameAndLocale)},
	{ID: "r7-email-with-role", Breaks: "R7-USER-09", Summary: "An update that changes the role leaves the e-mail address.", On: []string{"updateUser"}, Wrap: updated(emailWithRole)},
	{ID: "r7-deleted-privileged", Breaks: "R7-USER-10", Summary: "The privileges of a deleted user can still be read.", On: []string{"getUserPrivileges"}, Wrap: deletedHas(`{"links":[],"resources":[]}`)},
	{ID: "r7-text-trimmed", Breaks: "R7-USER-15", Summary: "Blanks at the ends of a name are taken away.", On: []string{"createUser", "updateUser"}, Wrap: engine.EditRequest(engine.OnText("name", strings.TrimSpace))},
	{ID: "r7-list-without-locale", Breaks: "R7-PAGE-07", Summary: "Listed users have no locale.", On: []string{"getUsers"}, Wrap: engine.EditAnswer(withoutLocale)},
	{ID: "r7-sorts-first-page", Breaks: "R7-PAGE-04", Summary: "Only the first page is sorted.", On: []string{"getUsers"}, Wrap: engine.EditQuery(sortsFirstPage)},
	{ID: "r7-last-page-missing", Breaks: "R7-PAGE-02", Summary: "A page that all users fit on exactly holds one user fewer.", On: []string{"getUsers"}, Wrap: engine.EditAnswer(exactPageShort)},
	{ID: "r7-odd-query-empty", Breaks: "R7-PROTO-03", Summary: "Parameters that cannot be read are answered with an empty object.", On: []string{"getUsers"}, Wrap: emptyForMisread},
	{ID: "r7-bare-password", Breaks: "R7-PWD-04", Summary: "A new password must be an object.", On: []string{"resetPassword"}, Wrap: engine.RefuseWrongly(http.StatusBadRequest, func(c *engine.Call) bool { return !c.JSON().IsObject() })},
	{ID: "r7-third-site-lost", Breaks: "R7-SITE-01", Summary: "The third site that is granted is not.", On: []string{"addUserSite"}, Wrap: engine.Also(thirdSiteLost)},
	{ID: "r7-second-user-of-role", Breaks: "R7-ROLE-03", Summary: "A role can be deleted after one of its users was assigned another.", On: []string{"updateUser"}, Wrap: updated(roleLoosened)},
}

func renameByBody(c *engine.Call, next engine.State) {
	s, id := next.(*State), c.JSON().Get("id").Int()
	if u, ok := s.users.Get(id); ok && id != c.Int("id") {
		s.change(u, func(u *User) { u.Name = c.JSON().Get("name").String() })
	}
}

var selfLinkWrong = engine.OnList("resources", func(list []any) []any {
	for _, role := range list {
		role.(map[string]any)["links"] = list[0].(map[string]any)["links"]
	}
	return list
})

// passwordCut completes a password of which the beginning is right.
var passwordCut = engine.Asking(func(c *engine.Call) {
	given := accountOf(c)
	u := stateOf(c).userByLogin(given.login)
	if u != nil && len(given.password) >= 8 && strings.HasPrefix(u.Password, given.password[:8]) {
		signAs(c, u)
	}
})

func signAs(c *engine.Call, u *User) {
	r := http.Request{Header: c.Header.Clone()}
	r.SetBasicAuth(u.Login, u.Password)
	c.Header = r.Header
}

// byAdministrator does what some callers ask as if an administrator had asked.
func byAdministrator(some func(*User) bool) engine.Middleware {
	return engine.Asking(func(c *engine.Call) {
		given, s := accountOf(c), stateOf(c)
		if u := s.userByLogin(given.login); u != nil && u.Password == given.password && some(u) {
			signAs(c, s.userByLogin(s.Credentials()[0].Login))
		}
	})
}

var nameAndLocale = onObject(func(_ *engine.Call, doc map[string]any) {
	if _, given := doc["locale"]; given {
		doc["name"] = doc["login"]
	}
})

func emailWithRole(c *engine.Call, old *User, s *State) {
	if u, _ := s.users.Get(old.ID); givenRole(c) != old.Role {
		s.change(u, func(u *User) { u.Email = old.Email })
	}
}

func givenRole(c *engine.Call) string { return c.JSON().Get("role").Get("id").String() }

// updated is a defect that changes more than an update of a user was asked for,
// knowing the user as it was.
func updated(more func(c *engine.Call, old *User, s *State)) engine.Middleware {
	return engine.Afterwards(func(c *engine.Call, before, next engine.State) {
		if old, ok := before.(*State).users.Get(c.Int("id")); ok && c.Problem == nil {
			more(c, old, next.(*State))
		}
	})
}

// deletedHas answers for users that were deleted.
func deletedHas(body string) engine.Middleware {
	return engine.Answering(func(c *engine.Call, r engine.Response) engine.Response {
		if c.Int("id") >= stateOf(c).numbers.Next("users") {
			return r
		}
		return instead(r, http.StatusNotFound, body)
	})
}

// instead is a success where a refusal is right.
func instead(r engine.Response, refusal int, body string) engine.Response {
	if r.Status != refusal {
		return r
	}
	r.Status = http.StatusOK
	return r.WithBytes([]byte(body))
}

var withoutLocale = engine.OnList("resources", func(list []any) []any {
	for _, user := range list {
		delete(user.(map[string]any), "locale")
	}
	return list
})

func sortsFirstPage(q url.Values) {
	if page := q.Get("page"); page != "" && page != "0" {
		q.Del("sort")
	}
}

var exactPageShort = onObject(func(c *engine.Call, doc map[string]any) {
	page := doc["page"].(map[string]any)
	if page["size"] == page["totalResources"] {
		engine.OnList("resources", dropLast)(c, doc)
	}
})

var emptyForMisread = engine.Answering(func(_ *engine.Call, r engine.Response) engine.Response {
	return instead(r, http.StatusBadRequest, "{}")
})

func thirdSiteLost(c *engine.Call, next engine.State) {
	if s, u := userIn(c, next); u != nil && len(u.Sites) > 2 {
		s.change(u, func(u *User) { u.Sites = u.Sites[:2] })
	}
}

// roleLoosened forgets all holders of a role with the first that leaves it.
func roleLoosened(c *engine.Call, old *User, s *State) {
	if givenRole(c) != old.Role {
		for _, id := range s.byRole.IDs(old.Role) {
			s.byRole.Remove(old.Role, id)
		}
	}
}
