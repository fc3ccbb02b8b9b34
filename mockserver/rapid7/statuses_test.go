package rapid7_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/schemas"
)

// A provocation is a request that brings about a status by what the mock does.
type provocation struct{ method, path, body string }

// Every operation with a request that succeeds, and with those that fail, but
// for 401: that takes no more than leaving the credentials out.
var provocations = map[string]map[int]provocation{
	"getAuthenticationSources":          {200: {"GET", "/authentication_sources", ""}},
	"getAuthenticationSource":           {200: {"GET", "/authentication_sources/2", ""}, 404: {"GET", "/authentication_sources/99", ""}},
	"getAuthenticationSourceUsers":      {200: {"GET", "/authentication_sources/2/users", ""}, 404: {"GET", "/authentication_sources/99/users", ""}},
	"getPrivileges":                     {200: {"GET", "/privileges", ""}},
	"getPrivilege":                      {200: {"GET", "/privileges/create-reports", ""}, 404: {"GET", "/privileges/fly", ""}},
	"getUsersWithPrivilege":             {200: {"GET", "/privileges/create-reports/users", ""}, 404: {"GET", "/privileges/fly/users", ""}},
	"getRoles":                          {200: {"GET", "/roles", ""}},
	"getRole":                           {200: {"GET", "/roles/Report%20Reviewer", ""}, 404: {"GET", "/roles/nothing", ""}},
	"updateRole":                        {200: {"PUT", "/roles/ticket-desk", `{"name":"Desk","description":""}`}, 400: {"PUT", "/roles/ticket-desk", `{"name":"Desk"}`}, 404: {"PUT", "/roles/nothing", `{"name":"Desk","description":""}`}},
	"deleteRole":                        {200: {"DELETE", "/roles/exception-approver", ""}, 400: {"DELETE", "/roles/user", ""}, 404: {"DELETE", "/roles/nothing", ""}},
	"getRoleUsers":                      {200: {"GET", "/roles/user/users", ""}, 404: {"GET", "/roles/nothing/users", ""}},
	"getUsers":                          {200: {"GET", "/users", ""}, 404: {"GET", "/users?page=100", ""}},
	"createUser":                        {200: {"POST", "/users", newUser("jdoe")}, 400: {"POST", "/users", newUser("mgarcia")}},
	"getUser":                           {200: {"GET", "/users/3", ""}, 404: {"GET", "/users/99", ""}},
	"updateUser":                        {200: {"PUT", "/users/3", newUser("jdoe")}, 400: {"PUT", "/users/3", newUser("nxadmin")}, 404: {"PUT", "/users/99", newUser("jdoe")}},
	"deleteUser":                        {200: {"DELETE", "/users/3", ""}, 404: {"DELETE", "/users/99", ""}},
	"getTwoFactorAuthenticationKey":     {200: {"GET", "/users/10/2FA", ""}, 404: {"GET", "/users/3/2FA", ""}},
	"regenerateTwoFactorAuthentication": {200: {"POST", "/users/10/2FA", ""}, 400: {"POST", "/users/99/2FA", ""}},
	"setTwoFactorAuthentication":        {200: {"PUT", "/users/3/2FA", `"JBSWY3DPEHPK3PXP"`}, 400: {"PUT", "/users/3/2FA", `"1"`}, 404: {"PUT", "/users/99/2FA", `"JBSWY3DPEHPK3PXP"`}},
	"getUserAssetGroups":                {200: {"GET", "/users/3/asset_groups", ""}, 404: {"GET", "/users/99/asset_groups", ""}},
	"setUserAssetGroups":                {200: {"PUT", "/users/3/asset_groups", "[12]"}, 400: {"PUT", "/users/3/asset_groups", "{}"}, 404: {"PUT", "/users/3/asset_groups", "[99]"}},
	"removeAllUserAssetGroups":          {200: {"DELETE", "/users/3/asset_groups", ""}, 404: {"DELETE", "/users/99/asset_groups", ""}},
	"addUserAssetGroup":                 {200: {"PUT", "/users/3/asset_groups/12", ""}, 400: {"PUT", "/users/8/asset_groups/12", ""}, 404: {"PUT", "/users/3/asset_groups/99", ""}},
	"removeUserAssetGroup":              {200: {"DELETE", "/users/3/asset_groups/11", ""}, 404: {"DELETE", "/users/3/asset_groups/99", ""}},
	"unlockUser":                        {200: {"DELETE", "/users/5/lock", ""}, 404: {"DELETE", "/users/6/lock", ""}},
	"resetPassword":                     {200: {"PUT", "/users/1/password", `{"password":"N3w!"}`}, 400: {"PUT", "/users/1/password", `""`}, 404: {"PUT", "/users/99/password", `"N3w!"`}},
	"getUserPrivileges":                 {200: {"GET", "/users/3/privileges", ""}, 404: {"GET", "/users/99/privileges", ""}},
	"getUserSites":                      {200: {"GET", "/users/3/sites", ""}, 404: {"GET", "/users/99/sites", ""}},
	"setUserSites":                      {200: {"PUT", "/users/3/sites", "[8]"}, 400: {"PUT", "/users/3/sites", `["8"]`}, 404: {"PUT", "/users/99/sites", "[]"}},
	"removeAllUserSites":                {200: {"DELETE", "/users/3/sites", ""}, 404: {"DELETE", "/users/99/sites", ""}},
	"addUserSite":                       {200: {"PUT", "/users/3/sites/8", ""}, 400: {"PUT", "/users/7/sites/8", ""}, 404: {"PUT", "/users/99/sites/8", ""}},
	"removeUserSite":                    {200: {"DELETE", "/users/3/sites/1", ""}, 404: {"DELETE", "/users/3/sites/99", ""}},
}

func contract(t testing.TB) *schemas.Contract {
	t.Helper()
	c, err := schemas.Load("rapid7")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryDocumentedStatusIsAnswered(t *testing.T) {
	pairs, behaved := 0, 0
	for _, op := range contract(t).Documented() {
		for _, status := range op.Statuses() {
			pairs++
			p, login, byBehaviour := provocations[op.ID][200], "nxadmin", true
			switch provoked, found := provocations[op.ID][status]; {
			case status == 401:
				login = ""
			case found:
				p = provoked
			default:
				byBehaviour = false
			}
			if byBehaviour {
				behaved++
				c := newConsole(t, "documented")
				answersAs(t, op, status, c.do(login, p.method, p.path, p.body))
			}
			if status >= 400 {
				c := newConsole(t, "documented")
				c.unchanged(func() {
					a := c.admin(p.method, p.path, p.body, "Prefer", fmt.Sprintf("code=%d", status))
					answersAs(t, op, status, a)
					if applied := a.header.Get("Preference-Applied"); applied != fmt.Sprintf("code=%d", status) {
						t.Errorf("%s: Preference-Applied is %q", op.ID, applied)
					}
				})
			}
		}
	}
	if pairs != 169 {
		t.Errorf("%d pairs of operation and status were tried, want 169", pairs)
	}
	t.Logf("%d of %d pairs come about by behaviour alone, the others by Prefer", behaved, pairs)
}

func answersAs(t *testing.T, op *schemas.Operation, status int, a answer) {
	t.Helper()
	if a.status != status {
		t.Errorf("%s: %s, want status %d", op.ID, a, status)
		return
	}
	documented := op.Response(status)
	if violations := documented.Schema.Validate([]byte(a.body)); len(violations) > 0 {
		t.Errorf("%s %d: %v in %s", op.ID, status, violations, a.body)
	}
	if got := a.header.Get("Content-Type"); got != documented.MediaType {
		t.Errorf("%s %d: Content-Type is %q, want %q", op.ID, status, got, documented.MediaType)
	}
	if status >= 400 && (a.get("status").String() != fmt.Sprint(status) || a.get("message").String() == "" || a.get("links.0.rel").String() != "self") {
		t.Errorf("%s %d: no error of the console: %s", op.ID, status, a.body)
	}
}

func TestAnUndocumentedStatusIsNotProducedOnDemand(t *testing.T) {
	t.Parallel()
	for _, op := range contract(t).Documented() {
		p := provocations[op.ID][200]
		for _, code := range []string{"403", "418", "999", "-1", "abc", ""} {
			c := newConsole(t, "documented")
			a := c.admin(p.method, p.path, p.body, "Prefer", "code="+code)
			c.refused(400, "R7-PROTO-01", a)
			if !strings.Contains(a.get("message").String(), "it documents 200") {
				t.Errorf("%s code=%s: the message does not say which statuses there are: %s", op.ID, code, a)
			}
		}
	}
}

func TestAStatusIsPreferredInTheFormsOfRFC7240(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name, prefer string
		status       int
	}{
		{"plain", "code=503", 503},
		{"quoted", `code="503"`, 503},
		{"in capitals and with spaces", "CODE = 503", 503},
		{"among others", "respond-async, code=503; x=y, wait=10", 503},
		{"another preference only", "return=minimal", 200},
		{"the success that comes anyway", "code=200", 200},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := newConsole(t, "documented")
			c.want(x.status, c.admin("GET", "/users/3", "", "Prefer", x.prefer))
		})
	}
}

func TestASuccessThatDoesNotComeIsNotPretended(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "documented")
	c.want(400, c.admin("GET", "/users/99", "", "Prefer", "code=200"))
}

// TestPreferringAnotherSuccess: an edition may answer a creation with 201 where
// 200 is documented; refusing the call after it took effect would be a lie.
func TestPreferringAnotherSuccessDoesNotRefuseWhatTookEffect(t *testing.T) {
	t.Parallel()
	c := newConsole(t, "console-6.6")
	c.want(201, c.admin("POST", "/users", newUser("jdoe"), "Prefer", "code=200"))
}
