package rapid7_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// everywhere lists the ids of users in every answer that names any.
func everywhere(c *console) map[string][]int64 {
	found := map[string][]int64{"/users": ids(c.admin("GET", "/users?size=500", "").get("resources.#.id"))}
	collect := func(path string) { found[path] = ids(c.want(200, c.admin("GET", path, "")).get("resources")) }
	for _, id := range texts(c.admin("GET", "/roles", "").get("resources.#.id")) {
		collect("/roles/" + escaped(id) + "/users")
	}
	for _, id := range texts(c.admin("GET", "/privileges", "").get("resources")) {
		collect("/privileges/" + id + "/users")
	}
	for _, id := range texts(c.admin("GET", "/authentication_sources", "").get("resources.#.id")) {
		collect("/authentication_sources/" + id + "/users")
	}
	return found
}

func TestADeletedUserIsNamedNowhere(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	before := everywhere(c)
	c.want(200, c.admin("DELETE", "/users/3", ""))
	named := 0
	for path, ids := range everywhere(c) {
		if slices.Contains(ids, 3) {
			t.Errorf("GET %s still names the deleted user", path)
		}
		if slices.Contains(before[path], 3) {
			named++
		}
		rest := slices.DeleteFunc(before[path], func(id int64) bool { return id == 3 })
		if !slices.Equal(rest, ids) {
			t.Errorf("GET %s names %v, want %v", path, ids, rest)
		}
	}
	if named < 9 { // the list, its role, its source, its six privileges
		t.Errorf("the user was named in %d places before; the test looks in too few", named)
	}
	c.refused(401, "R7-AUTH-02", c.do("mgarcia", "GET", "/users/3", ""))
	for id, p := range provocations {
		if p := p[200]; strings.HasPrefix(p.path, "/users/3") {
			if status := c.admin(p.method, p.path, p.body).status; status != 404 && (id != "regenerateTwoFactorAuthentication" || status != 400) {
				t.Errorf("%s of a deleted user answers %d", id, status)
			}
		}
	}
}

func TestADeletedUsersIdIsNotGivenAgainAndItsLoginIsFree(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	first := c.want(200, c.admin("POST", "/users", newUser("jdoe"))).get("id").Int()
	c.want(200, c.admin("DELETE", fmt.Sprintf("/users/%d", first), ""))
	if again := c.want(200, c.admin("POST", "/users", newUser("jdoe"))).get("id").Int(); again <= first {
		t.Errorf("the id of the deleted user was %d, the new one's is %d", first, again)
	}
}

func TestAnotherRoleIsSeenEverywhereAtOnce(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.want(200, c.admin("PUT", "/users/3", `{"login":"mgarcia","name":"Marta","role":{"id":"ticket-desk"},"authentication":{"type":"saml"}}`))
	found := everywhere(c)
	for path, want := range map[string]bool{
		"/roles/user/users": false, "/roles/ticket-desk/users": true, "/privileges/create-reports/users": false, "/privileges/create-tickets/users": true,
		"/authentication_sources/2/users": false, "/authentication_sources/6/users": true,
	} {
		if has := slices.Contains(found[path], 3); has != want {
			t.Errorf("GET %s names the user: %t, want %t", path, has, want)
		}
	}
	if user := c.admin("GET", "/users/3", ""); user.get("role.name").String() != "Ticket Desk" || user.get("authentication.id").Int() != 6 {
		t.Errorf("the user is %s", user)
	}
	if sites := ids(c.admin("GET", "/users/3/sites", "").get("resources")); !slices.Equal(sites, []int64{1, 2}) {
		t.Errorf("its sites have become %v", sites)
	}
}

func TestAnotherLoginFreesTheOldOne(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.want(200, c.admin("PUT", "/users/3", newUser("marta")))
	c.want(200, c.do("marta:Fake-new-1", "GET", "/users/3", ""))
	c.refused(401, "R7-AUTH-02", c.do("mgarcia", "GET", "/users/3", ""))
	c.want(200, c.admin("POST", "/users", newUser("mgarcia")))
	c.refused(400, "R7-USER-13", c.admin("PUT", "/users/4", newUser("marta")))
}

func TestAChangedRoleChangesWhatItsUsersMay(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.want(200, c.admin("PUT", "/roles/ticket-desk", `{"name":"Desk","description":"d","privileges":["manage-tags","close-tickets","manage-tags"]}`))
	if got := c.admin("GET", "/users/30/privileges", "").get("resources").Raw; got != `["close-tickets","manage-tags"]` {
		t.Errorf("the user's privileges are %s", got)
	}
	if !slices.Contains(everywhere(c)["/privileges/manage-tags/users"], 31) {
		t.Error("a user of the role does not have the new privilege")
	}
	if name := c.admin("GET", "/users/30", "").get("role.name").String(); name != "Desk" {
		t.Errorf("the user's role is called %q", name)
	}
}

func TestARoleIsDeletableOnceItsUsersAreGone(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.refused(400, "R7-ROLE-03", c.admin("DELETE", "/roles/ticket-desk", ""))
	c.want(200, c.admin("DELETE", "/users/30", ""))
	c.refused(400, "R7-ROLE-03", c.admin("DELETE", "/roles/ticket-desk", ""))
	c.want(200, c.admin("PUT", "/users/31", newUser("nbauer")))
	c.want(200, c.admin("DELETE", "/roles/ticket-desk", ""))
	c.refused(404, "R7-ROLE-05", c.admin("GET", "/roles/ticket-desk", ""))
	if roles := texts(c.admin("GET", "/roles", "").get("resources.#.id")); slices.Contains(roles, "ticket-desk") {
		t.Errorf("the roles are still %v", roles)
	}
}

func TestGrantsOfOneKindDoNotTouchTheOther(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	list := func(kind string) []int64 { return ids(c.admin("GET", "/users/9/"+kind, "").get("resources")) }
	for _, x := range []struct {
		method, path, body string
		sites, groups      []int64
	}{
		{"PUT", "/users/9/sites", "[8,1,8,4]", []int64{1, 4, 8}, []int64{11, 13}},
		{"PUT", "/users/9/sites/4", "", []int64{1, 4, 8}, []int64{11, 13}},
		{"DELETE", "/users/9/sites/4", "", []int64{1, 8}, []int64{11, 13}},
		{"DELETE", "/users/9/sites/4", "", []int64{1, 8}, []int64{11, 13}},
		{"PUT", "/users/9/asset_groups/15", "", []int64{1, 8}, []int64{11, 13, 15}},
		{"DELETE", "/users/9/asset_groups", "", []int64{1, 8}, []int64{}},
		{"PUT", "/users/9/sites", "[]", []int64{}, []int64{}},
	} {
		c.want(200, c.admin(x.method, x.path, x.body))
		if s, g := list("sites"), list("asset_groups"); !slices.Equal(s, x.sites) || !slices.Equal(g, x.groups) {
			t.Errorf("%s %s %s: sites %v, asset groups %v, want %v and %v", x.method, x.path, x.body, s, g, x.sites, x.groups)
		}
	}
}

func TestOneUnknownSiteInAListLeavesTheListAsItWas(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.unchanged(func() { c.refused(404, "R7-SITE-07", c.admin("PUT", "/users/9/sites", "[8,99]")) })
}

func TestNoAnswerContainsASecret(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	for id, p := range provocations {
		if p := p[200]; p.method == "GET" && id != "getTwoFactorAuthenticationKey" {
			body := c.admin("GET", p.path, "").body
			for _, secret := range []string{"nxpassword", "Fake-", "JBSWY3DPEHPK3PXP", `"password"`, `"key"`} {
				if strings.Contains(body, secret) {
					t.Errorf("%s shows %s: %s", id, secret, body)
				}
			}
		}
	}
	if state := c.state(); strings.Contains(state, "Fake-") || strings.Contains(state, "nxpassword") || strings.Contains(state, "JBSWY") || !gjson.Valid(state) {
		t.Error("the exported state shows a secret")
	}
}
