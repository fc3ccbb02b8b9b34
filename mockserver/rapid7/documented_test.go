package rapid7_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"
)

// The documented edition: what the documents say, and the most natural thing
// where they are silent.

func TestNoOperationAnswersAPlainUserWith403(t *testing.T) {
	t.Parallel()
	forItself := map[string]bool{}
	for _, op := range contract(t).Documented() {
		p := provocations[op.ID][200]
		c := newConsole(t, "documented")
		a := c.do("lcosta", p.method, p.path, p.body)
		switch a.status {
		case 401:
			if op.Method != "GET" {
				continue
			}
		case 200:
			forItself[op.ID] = true
		default:
			t.Errorf("%s answers a plain user with %s, want 200 or 401", op.ID, a)
		}
	}
	for id := range forItself {
		if !strings.HasPrefix(id, "get") {
			t.Errorf("%s does for a plain user what it does for an administrator", id)
		}
	}
}

func TestAnUnknownUserIsA400WhereNo404IsDocumented(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.unchanged(func() { c.refused(400, "R7-USER-11", c.admin("POST", "/users/99/2FA", "")) })
}

func TestADisabledAccountIsNotUnlocked(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.unchanged(func() { c.refused(404, "R7-LOCK-02", c.admin("DELETE", "/users/6/lock", "")) })
}

func TestUnlockingLetsTheOwnerInAgain(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	for range 5 {
		c.refused(401, "R7-AUTH-02", c.do("mgarcia:wrong", "GET", "/users/3", ""))
	}
	c.refused(401, "R7-AUTH-05", c.do("mgarcia", "GET", "/users/3", ""))
	c.want(200, c.admin("DELETE", "/users/3/lock", ""))
	c.want(200, c.do("mgarcia", "GET", "/users/3", ""))
}

func TestASuccessStartsTheCountOfFailuresAgain(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	for range 3 {
		for range 4 {
			c.want(401, c.do("mgarcia:wrong", "GET", "/users/3", ""))
		}
		c.want(200, c.do("mgarcia", "GET", "/users/3", ""))
	}
}

func TestLinksAreBuiltFromTheRequestsHost(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	a := c.raw(c.head("GET /api/3/roles/Site%20Admin%20Custom"), nil)
	want := []string{"http://console.example.com/api/3/roles/Site%20Admin%20Custom", "http://console.example.com/api/3/roles/Site%20Admin%20Custom/users"}
	if diff := cmp.Diff(want, texts(a.get("links.#.href"))); diff != "" {
		t.Error(diff)
	}
}

func texts(r gjson.Result) []string {
	found := []string{}
	for _, s := range r.Array() {
		found = append(found, s.String())
	}
	return found
}

func TestWhatIsUnknownIsIgnored(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.want(200, c.admin("GET", "/roles?page=0&size=100&nonsense=1", ""))
	body := strings.Replace(newUser("jdoe"), "{", `{"nonsense":{"a":[1]},"id":1,"locked":true,"links":[],`, 1)
	id := c.want(200, c.admin("POST", "/users?size=100", body)).get("id").Int()
	user := c.admin("GET", fmt.Sprintf("/users/%d", id), "")
	if id == 1 || user.get("locked").Bool() || !user.get("enabled").Bool() || user.get("nonsense").Exists() {
		t.Errorf("the new user is %s", user)
	}
	unread := gjson.Get(c.control("GET", "journal", ""), "entries.1.unread")
	if diff := cmp.Diff([]string{"?size", "id", "links", "locked", "nonsense"}, texts(unread)); diff != "" {
		t.Errorf("the journal notes other things as not read:\n%s", diff)
	}
}

func TestWhatWasReadIsAcceptedAsAnUpdateAndChangesNothing(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	all := c.admin("GET", "/users?size=500", "").get("resources").Array()
	c.unchanged(func() {
		for _, user := range all {
			c.want(200, c.admin("PUT", "/users/"+user.Get("id").String(), user.Raw))
		}
	})
	for _, role := range c.admin("GET", "/roles", "").get("resources").Array() {
		if builtIn := c.admin("PUT", "/roles/"+escaped(role.Get("id").String()), role.Raw).status == 400; builtIn {
			continue
		}
		if got := c.admin("GET", "/roles/"+escaped(role.Get("id").String()), "").body; got != role.Raw {
			t.Errorf("the role has changed:\n%s\n%s", role.Raw, got)
		}
	}
}

func escaped(segment string) string { return strings.ReplaceAll(segment, " ", "%20") }

func TestAPasswordIsAcceptedInBothForms(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"password":"N3w!"}`, `"N3w!"`} {
		c := newConsole(t, "documented")
		c.want(200, c.do("mgarcia", "PUT", "/users/3/password", body))
		c.want(200, c.do("mgarcia:N3w!", "GET", "/users/3", ""))
		c.refused(401, "R7-AUTH-02", c.do("mgarcia", "GET", "/users/3", ""))
	}
}

func TestNobodyChangesAnothersPassword(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.unchanged(func() {
		c.refused(401, "R7-PWD-02", c.admin("PUT", "/users/3/password", `"N3w!"`))
		c.refused(401, "R7-PWD-02", c.do("mgarcia", "PUT", "/users/1/password", `"N3w!"`))
	})
	c.want(200, c.do("mgarcia", "GET", "/users/3", ""))
}

func TestASeedIsABareTextOfBase32(t *testing.T) {
	t.Parallel()
	for key, status := range map[string]int{
		"JBSWY3DPEHPK3PXP": 200, "MFRGG===": 200, "MFRGG": 200, "": 400, "jbswy3dpehpk3pxp": 400, "JBSWY3DPEHPK3PX1": 400, "====": 400, "JBSW Y3DP": 400,
	} {
		c := newConsole(t, "documented")
		c.want(status, c.admin("PUT", "/users/3/2FA", `"`+key+`"`))
		read := c.admin("GET", "/users/3/2FA", "")
		if status == 200 && read.get("key").String() != key || status == 400 && read.status != 404 {
			t.Errorf("key %q is read as %s", key, read)
		}
	}
}

func TestARegeneratedSeedIsTheSameInEveryRun(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	first := c.want(200, c.admin("POST", "/users/3/2FA", "")).get("key").String()
	second := c.want(200, c.admin("POST", "/users/3/2FA", "")).get("key").String()
	if first == second || len(first) != 32 || c.admin("GET", "/users/3/2FA", "").get("key").String() != second {
		t.Errorf("the seeds are %q and %q", first, second)
	}
	c.control("POST", "reset", "")
	if again := c.admin("POST", "/users/3/2FA", "").get("key").String(); again != first {
		t.Errorf("after a reset the seed is %q, before it was %q", again, first)
	}
}

func TestPagesAreOfTenAndNeverOfMoreThanFiveHundred(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	for path, size := range map[string]int64{"/users": 10, "/users?size=3": 3, "/users?size=501": 500, "/users?size=2147483647": 500} {
		a := c.want(200, c.admin("GET", path, ""))
		if got := a.get("page.size").Int(); got != size || int64(len(a.get("resources").Array())) > size {
			t.Errorf("GET %s has pages of %d, want %d", path, got, size)
		}
	}
	c.refused(404, "R7-PAGE-06", c.admin("GET", "/users?size=500&page=1", ""))
	c.refused(404, "R7-PAGE-06", c.admin("GET", "/users?size=500&page=2147483647", ""))
}

func TestSortingTakesSeveralCriteriaInOrder(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	for _, x := range []struct{ query, want string }{
		{"sort=login", "akim,asato,bjones"},
		{"sort=login,ASC", "akim,asato,bjones"},
		{"sort=login%2Cdesc", "zhaddad,yharada,xkim"},
		{"sort=id,DESC", "tyilmaz,bjones,ejones"},
		{"sort=name&sort=login,DESC", "asato,xkim,akim"},
		{"sort=name&sort=login,ASC", "asato,akim,xkim"},
		{"sort=enabled,login", "bstone,dnovak,tyilmaz"},
		{"sort=locked,enabled,DESC&sort=id", "lfischer,bstone,nxadmin"},
		{"sort=email", "vtran,wnoor"},
	} {
		a := c.want(200, c.admin("GET", "/users?size=3&"+x.query, ""))
		got := strings.Join(texts(a.get("resources.#.login")), ",")
		if x.query == "sort=email" { // those without an address come first, in the order of their ids
			x.want, got = "wnoor,vtran", strings.Join(strings.Split(got, ",")[:2], ",")
		}
		if got != x.want {
			t.Errorf("%s begins with %s, want %s", x.query, got, x.want)
		}
	}
}
