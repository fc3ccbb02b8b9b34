package rapid7

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
)

// What a scenario needs of a console is found by reading its lists, or given in
// the target file and verified before the run.

// What a target file may say of a console.
const (
	factSites          = "sites"
	factAssetGroups    = "assetGroups"
	factBuiltInRoles   = "builtInRoles"
	factDisposableRole = "disposableRole"
	factDeletableRole  = "deletableRole"
	factLockThreshold  = "lockThreshold"
)

var facts = []conformance.Fact{
	{Name: factSites, Kind: conformance.IDs, Meaning: "Ids of three or more sites. They are granted to users that the run creates; the sites themselves are not touched.", Example: "[1, 2, 3]"},
	{Name: factAssetGroups, Kind: conformance.IDs, Meaning: "Ids of three or more asset groups, used like the sites.", Example: "[11, 12, 13]"},
	{Name: factBuiltInRoles, Kind: conformance.Texts, Meaning: "Ids of roles that are built into the console. With --allow disruptive the run tries to delete and to change them, which must be refused.", Example: "[user, security-manager]"},
	{Name: factDisposableRole, Kind: conformance.Text, Meaning: "Id of a custom role that no user has and that the run may change. It is as before afterwards.", Example: "rolecall-disposable"},
	{Name: factDeletableRole, Kind: conformance.Text, Meaning: "Id of a custom role that no user has and that the run may delete. It is used up, unless an update makes it again.", Example: "rolecall-deletable"},
	{Name: factLockThreshold, Kind: conformance.Integer, Meaning: "Number of failed attempts to sign in that lock an account.", Example: "5"},
}

// allRoles lists the console's roles, once a scenario.
func (w *world) allRoles() ([]gjson.Result, error) {
	if w.roles == nil {
		list, err := w.read("getRoles", nil)
		if err != nil {
			return nil, conformance.CouldNotJudge("no role can be found: %w", err)
		}
		w.roles = list.Get("resources").Array()
	}
	return w.roles, nil
}

// ordinaryRoles are the ids of those that users of the run may have, the one
// with the fewest privileges first and built-in ones before custom ones. The
// role with the most is the Global Administrators'.
func (w *world) ordinaryRoles() ([]string, error) {
	all, err := w.allRoles()
	if err != nil {
		return nil, err
	}
	size := func(r gjson.Result) int { return len(r.Get("privileges").Array()) }
	most := 0
	for _, r := range all {
		most = max(most, size(r))
	}
	builtIn, _ := w.Endpoint.Facts[factBuiltInRoles].([]string)
	custom := func(r gjson.Result) int {
		if len(builtIn) == 0 || slices.Contains(builtIn, r.Get("id").String()) {
			return 0
		}
		return 1
	}
	all = slices.DeleteFunc(slices.Clone(all), func(r gjson.Result) bool {
		id := r.Get("id").String()
		return id == "" || size(r) == most || id == w.Endpoint.Facts[factDisposableRole] || id == w.Endpoint.Facts[factDeletableRole]
	})
	slices.SortStableFunc(all, func(a, b gjson.Result) int { return cmp.Or(custom(a)-custom(b), size(a)-size(b)) })
	var ids []string
	for _, r := range all {
		ids = append(ids, r.Get("id").String())
	}
	return ids, nil
}

// role finds the id that words stand for. A role has privileges, and another
// role has others.
func (w *world) role(words string) (string, error) {
	if words == "that role" {
		return w.noted(), nil
	}
	ids, err := w.ordinaryRoles()
	if err != nil {
		return "", err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return len(w.privilegesOf(id)) == 0 })
	place := 0
	if words == "another role" {
		place = 1
	}
	if place >= len(ids) {
		return "", conformance.SkipBecause("the console has fewer than %d roles that an ordinary user could have", place+1)
	}
	return ids[place], nil
}

func (w *world) privilegesOf(role string) []string {
	for _, r := range w.roles {
		if r.Get("id").String() == role {
			return texts(r.Get("privileges"))
		}
	}
	return nil
}

// privileges are some that an ordinary role has, so that a custom role can.
func (w *world) privileges(n int) ([]any, error) {
	if _, err := w.allRoles(); err != nil {
		return nil, err
	}
	ids, err := w.ordinaryRoles()
	if err != nil {
		return nil, err
	}
	var some []any
	for _, id := range ids {
		for _, privilege := range w.privilegesOf(id) {
			if len(some) < n && !slices.Contains(some, any(privilege)) {
				some = append(some, privilege)
			}
		}
	}
	if len(some) < n {
		return nil, conformance.SkipBecause("the console's ordinary roles have fewer than %d privileges", n)
	}
	return some, nil
}

// source finds an authentication source, as a body names one, in the list that is
// read once a scenario.
func (w *world) source(fits func(gjson.Result) bool) (fields, error) {
	if w.sources == nil {
		list, err := w.read("getAuthenticationSources", nil)
		if err != nil {
			return nil, conformance.CouldNotJudge("no authentication source can be found: %w", err)
		}
		w.sources = list.Get("resources").Array()
	}
	for _, s := range w.sources {
		if fits(s) {
			return fields{"type": s.Get("type").String(), "id": s.Get("id").Int()}, nil
		}
	}
	return nil, conformance.SkipBecause("the console has no authentication source of the kind")
}

// verify holds what the target file says of the console to the console.
func verify(cw *conformance.World) (checks []report.Check) {
	w := &world{World: cw}
	add := func(fact string, problems ...string) {
		c := report.Check{What: "fact " + fact, Result: report.Pass, Detail: "as the target file says"}
		if len(problems) > 0 {
			c.Result, c.Detail = report.Fail, strings.Join(problems, "; ")
		}
		checks = append(checks, c)
	}
	for _, fact := range []string{factDisposableRole, factDeletableRole} {
		if id, given := w.Endpoint.Facts[fact].(string); given {
			add(fact, w.problemsOfRole(fact, id)...)
		}
	}
	if ids, given := w.Endpoint.Facts[factBuiltInRoles].([]string); given {
		var problems []string
		for _, id := range ids {
			if _, err := w.read("getRole", map[string]string{"id": id}); err != nil {
				problems = append(problems, fmt.Sprintf("role %q of your target file does not exist (%v)", id, err))
			}
		}
		add(factBuiltInRoles, problems...)
	}
	for _, k := range []kind{kinds["sites"], kinds["asset groups"]} {
		if ids, given := w.Endpoint.Facts[k.fact].([]int64); given {
			add(k.fact, w.problemsOfGrants(k, ids)...)
		}
	}
	if n, given := w.Endpoint.Facts[factLockThreshold].(int64); given && n < 0 {
		add(factLockThreshold, fmt.Sprintf("lockThreshold is %d; write 0 where no account is locked, or the failed attempts that lock one", n))
	}
	return checks
}

func (w *world) problemsOfRole(fact, id string) (problems []string) {
	path := map[string]string{"id": id}
	if _, err := w.read("getRole", path); err != nil {
		return []string{fmt.Sprintf("role %q of your target file does not exist (%v); make it again or name another", id, err)}
	}
	if builtIn, _ := w.Endpoint.Facts[factBuiltInRoles].([]string); slices.Contains(builtIn, id) {
		problems = append(problems, fmt.Sprintf("role %q stands under builtInRoles, too; name a custom role", id))
	}
	if fact == factDeletableRole && id == w.Endpoint.Facts[factDisposableRole] {
		problems = append(problems, fmt.Sprintf("role %q is the disposable one, too; name another", id))
	}
	held, err := w.read("getRoleUsers", path)
	if err != nil {
		return append(problems, fmt.Sprintf("whether role %q is held cannot be read: %v", id, err))
	}
	if users := ints(held.Get("resources")); len(users) > 0 {
		problems = append(problems, fmt.Sprintf("role %q is held by user %d: it is not disposable; name a role that nobody has", id, users[0]))
	}
	return problems
}

// problemsOfGrants knows what the administrator has access to. A console that
// lists nothing for somebody with access to all cannot be asked.
func (w *world) problemsOfGrants(k kind, ids []int64) (problems []string) {
	if distinct := len(slices.Compact(sorted(ids))); distinct < 3 {
		problems = append(problems, fmt.Sprintf("%s has %d different ids; give three or more", k.fact, distinct))
	}
	self, err := w.administrator()
	if err != nil {
		return append(problems, fmt.Sprintf("the administrator cannot be found: %v", err))
	}
	list, err := w.read(k.read, map[string]string{"id": self.Get("id").Raw})
	has := ints(list.Get("resources"))
	for _, id := range ids {
		if err == nil && len(has) > 0 && !slices.Contains(has, id) {
			problems = append(problems, fmt.Sprintf("%s %d of your target file does not exist", k.one, id))
		}
	}
	return problems
}

// administrator is the account that the run signs in with, as listed.
func (w *world) administrator() (gjson.Result, error) {
	c, err := w.Credential("administrator")
	if err != nil {
		return gjson.Result{}, err
	}
	user, err := w.findByLogin(c.Login)
	if err == nil && !user.Exists() {
		err = fmt.Errorf("the administrator is not in the list of users")
	}
	return user, err
}

// restoreRole makes a role what it was, however the scenario ends. One that the
// run may use up is made again where an update can do that.
func (w *world) restoreRole(role gjson.Result, expendable bool) {
	path := map[string]string{"id": role.Get("id").String()}
	w.Restore("role "+path["id"], func() error {
		now, err := w.call("the administrator", conformance.Request{Operation: "getRole", Path: path})
		if err != nil || now.Succeeded() && conformance.Same(now.JSON(), role.Value()) {
			return err
		}
		x, err := w.call("the administrator", conformance.Request{Operation: "updateRole", Path: path, Body: bodyOfRole(role)})
		if err != nil || x.Succeeded() {
			return err
		}
		if expendable && now.Status == http.StatusNotFound {
			w.Tell("the role %q is used up, as the target file allows; give another as %s before the next run", path["id"], factDeletableRole)
			return nil
		}
		return fmt.Errorf("updateRole is answered with %d", x.Status)
	})
}

// bystander makes the user that no scenario is about.
func bystander(cw *conformance.World) error { return newWorld(cw).aUserWithEverything("bystander") }
