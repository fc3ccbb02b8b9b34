package socotra

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// verify reads what the target file says of an account, one check a fact.
func verify(c *world.World) []report.Check {
	a := newAccount(c)
	checks := []report.Check{a.permissionsFact()}
	if _, err := a.Credential(expired); err == nil {
		checks = append(checks, a.expiredFact())
	}
	if account, err := world.Get[string](c, factAccount); err == nil {
		checks = append(checks, a.accountFact(account))
	}
	return append(checks, a.tenantsFact())
}

func verified(what, format string, args ...any) report.Check {
	return report.Check{What: what, Result: report.Pass, Detail: fmt.Sprintf(format, args...)}
}

func refuted(what, format string, args ...any) report.Check {
	return report.Check{What: what, Result: report.Fail, Detail: fmt.Sprintf(format, args...)}
}

// permissionsFact finds out how permissions are written here.
func (a *account) permissionsFact() report.Check {
	available, err := a.available()
	if err != nil {
		return refuted("administrator", "the administrator of your target file cannot read the permissions that there are: %v", err)
	}
	var lacking []string
	for _, op := range a.API.Contract.Documented() {
		for _, p := range a.permissionsFor(op.ID) {
			if _, known := available[keyOf(p)]; !known && p != "custom" && !slices.Contains(lacking, p) {
				lacking = append(lacking, p)
			}
		}
	}
	if len(lacking) > 0 {
		return report.Check{What: "permissions", Result: report.Skip, Detail: "the target has none like " + strings.Join(lacking, ", ") + "; scenarios that need them will be skipped"}
	}
	return verified("permissions", "all that the document names are there, as in %s", available[keyOf("users.read")])
}

func (a *account) expiredFact() report.Check {
	x, err := a.Ask(steps.Actor{Name: "a stranger", With: "an expired token"}, world.Request{Operation: "fetchMyUserDetails"})
	switch {
	case err != nil:
		return refuted("credentials.expired", "%v", err)
	case x.Succeeded():
		return refuted("credentials.expired", "the expired token of your target file is still good; wait until it has expired, or leave it out")
	}
	return verified("credentials.expired", "it is refused with %d", x.Status)
}

// accountFact signs in as the administrator, or as nobody that there is: either
// way the identity provider tells whether it knows the account and the client.
func (a *account) accountFact(account string) report.Check {
	c, _ := a.Credential(administrator)
	known := c.Login != "" && c.Password != ""
	if !known {
		c.Login, c.Password = a.Tag()+".nobody@example.com", a.newPassword()
	}
	r, err := a.tokenRequest(c.Login, c.Password)
	if err != nil {
		return refuted(factAccount, "%v", err)
	}
	x, err := a.Do(r)
	switch {
	case err != nil:
		return refuted(factAccount, "%v", err)
	case x.Status == http.StatusNotFound:
		return refuted(factAccount, "the identity provider at %s knows no business account %q of your target file", strings.Split(x.URL, "/realms")[0], account)
	case known && !x.Succeeded():
		return refuted(factAccount, "the administrator of your target file cannot sign in with its password (%d %s); look at account, %s, login and password", x.Status, x.JSON().Get("error").String(), factClient)
	case x.JSON().Get("error").String() == "invalid_client" || x.JSON().Get("error").String() == "unauthorized_client":
		return refuted(factClient, "the identity provider takes no passwords from the client of your target file (%s)", x.JSON().Get("error").String())
	}
	return verified(factAccount, "the identity provider knows %s", account)
}

// tenantsFact looks for the tenants among those that users are in: no operation
// lists them.
func (a *account) tenantsFact() report.Check {
	_, err := world.Get[[]string](a.World, factTenants)
	known, trouble := a.tenants()
	switch {
	case trouble != nil:
		return refuted(factTenants, "%v", trouble)
	case err != nil && len(known) < 2:
		return report.Check{What: factTenants, Result: report.Skip, Detail: "not given, and users are in fewer than two; scenarios that need two will be skipped"}
	case err != nil:
		return verified(factTenants, "not given; taken are %s, which users are in", strings.Join(known, ", "))
	}
	shown, trouble := a.tenantsShown()
	if trouble != nil {
		return refuted(factTenants, "%v", trouble)
	}
	if unseen := lacking(known, shown); len(unseen) > 0 {
		return report.Check{What: factTenants, Result: report.Skip, Detail: "no user that was read is in " + strings.Join(unseen, ", ") + " of your target file; if there is no such tenant, rules about tenants will fail"}
	}
	return verified(factTenants, "users are in all of them")
}
