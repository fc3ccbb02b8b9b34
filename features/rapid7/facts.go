package rapid7

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
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

var facts = []target.Fact{
	{Name: factSites, Kind: target.IDs, Meaning: "Ids of three or more sites. They are granted to users that the run creates; the sites themselves are not touched.", Example: "[1, 2, 3]"},
	{Name: factAssetGroups, Kind: target.IDs, Meaning: "Ids of three or more asset groups, used like the sites.", Example: "[11, 12, 13]"},
	{Name: factBuiltInRoles, Kind: target.Texts, Meaning: "Ids of roles that are built into the console. With --allow disruptive the run tries to delete and to change them, which must be refused.", Example: "[user, security-manager]"},
	{Name: factDisposableRole, Kind: target.Text, Meaning: "Id of a custom role that no user has and that the run may change. It is as before afterwards.", Example: "rolecall-disposable"},
	{Name: factDeletableRole, Kind: target.Text, Meaning: "Id of a custom role that no user has and that the run may delete. It is used up, unless an update makes it again.", Example: "rolecall-deletable"},
	{Name: factLockThreshold, Kind: target.Integer, Meaning: "Number of failed attempts to sign in that lock an account.", Example: "5"},
}

// roles lists the console's roles, once a scenario.
func (c *console) roles() ([]gjson.Result, error) {
	if c.known == nil {
		list, err := c.read("getRoles", nil)
		if err != nil {
			return nil, world.CouldNotJudge("no role can be found: %w", err)
		}
		c.known = list.Get("resources").Array()
	}
	return c.known, nil
}

// ordinaryRoles are the ids of those that users of the run may have, the one
// with the fewest privileges first and built-in ones before custom ones. The
// role with the most is the Global Administrators'.
func (c *console) ordinaryRoles() ([]string, error) {
	all, err := c.roles()
	if err != nil {
		return nil, err
	}
	size := func(r gjson.Result) int { return len(r.Get("privileges").Array()) }
	most := 0
	for _, r := range all {
		most = max(most, size(r))
	}
	builtIn, _ := c.Endpoint.Facts[factBuiltInRoles].([]string)
	custom := func(r gjson.Result) int {
		if len(builtIn) == 0 || slices.Contains(builtIn, r.Get("id").String()) {
			return 0
		}
		return 1
	}
	all = slices.DeleteFunc(slices.Clone(all), func(r gjson.Result) bool {
		id := r.Get("id").String()
		return id == "" || size(r) == most || id == c.Endpoint.Facts[factDisposableRole] || id == c.Endpoint.Facts[factDeletableRole]
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
func (c *console) role(words string) (string, error) {
	ids, err := c.ordinaryRoles()
	if err != nil {
		return "", err
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return len(c.privilegesOf(id)) == 0 })
	place := map[string]int{"another role": 1}[words]
	if place >= len(ids) {
		return "", world.SkipBecause("the console has fewer than %d roles that an ordinary user could have", place+1)
	}
	return ids[place], nil
}

func (c *console) privilegesOf(role string) []string {
	for _, r := range c.known {
		if r.Get("id").String() == role {
			return texts(r.Get("privileges"))
		}
	}
	return nil
}

// privileges are some that an ordinary role has, so that a custom role can.
func (c *console) privileges(n int) ([]any, error) {
	ids, err := c.ordinaryRoles()
	if err != nil {
		return nil, err
	}
	var some []any
	for _, id := range ids {
		for _, privilege := range c.privilegesOf(id) {
			if len(some) < n && !slices.Contains(some, any(privilege)) {
				some = append(some, privilege)
			}
		}
	}
	if len(some) < n {
		return nil, world.SkipBecause("the console's ordinary roles have fewer than %d privileges", n)
	}
	return some, nil
}

// source finds an authentication source, as a body names one, in the list that is
// read once a scenario.
func (c *console) source(fits func(gjson.Result) bool) (fields, error) {
	if c.given == nil {
		list, err := c.read("getAuthenticationSources", nil)
		if err != nil {
			return nil, world.CouldNotJudge("no authentication source can be found: %w", err)
		}
		c.given = list.Get("resources").Array()
	}
	for _, s := range c.given {
		if fits(s) {
			return fields{"type": s.Get("type").String(), "id": s.Get("id").Int()}, nil
		}
	}
	return nil, world.SkipBecause("the console has no authentication source of the kind")
}

// verify holds what the target file says of the console to the console.
func verify(w *world.World) (checks []report.Check) {
	c := newConsole(w)
	add := func(fact string, problems ...string) {
		c := report.Check{What: "fact " + fact, Result: report.Pass, Detail: "as the target file says"}
		if len(problems) > 0 {
			c.Result, c.Detail = report.Fail, strings.Join(problems, "; ")
		}
		checks = append(checks, c)
	}
	for _, fact := range []string{factDisposableRole, factDeletableRole} {
		if id, given := c.Endpoint.Facts[fact].(string); given {
			add(fact, c.problemsOfRole(fact, id)...)
		}
	}
	if ids, given := c.Endpoint.Facts[factBuiltInRoles].([]string); given {
		var problems []string
		for _, id := range ids {
			if _, err := c.read("getRole", at(id)); err != nil {
				problems = append(problems, fmt.Sprintf("role %q of your target file does not exist (%v)", id, err))
			}
		}
		add(factBuiltInRoles, problems...)
	}
	for noun, fact := range factOf {
		if ids, given := c.Endpoint.Facts[fact].([]int64); given {
			add(fact, c.problemsOfGrants(noun, ids)...)
		}
	}
	if n, given := c.Endpoint.Facts[factLockThreshold].(int64); given && n < 0 {
		add(factLockThreshold, fmt.Sprintf("lockThreshold is %d; write 0 where no account is locked, or the failed attempts that lock one", n))
	}
	return checks
}

func (c *console) problemsOfRole(fact, id string) (problems []string) {
	if _, err := c.read("getRole", at(id)); err != nil {
		return []string{fmt.Sprintf("role %q of your target file does not exist (%v); make it again or name another", id, err)}
	}
	if builtIn, _ := c.Endpoint.Facts[factBuiltInRoles].([]string); slices.Contains(builtIn, id) {
		problems = append(problems, fmt.Sprintf("role %q stands under builtInRoles, too; name a custom role", id))
	}
	if fact == factDeletableRole && id == c.Endpoint.Facts[factDisposableRole] {
		problems = append(problems, fmt.Sprintf("role %q is the disposable one, too; name another", id))
	}
	held, err := c.read("getRoleUsers", at(id))
	if err != nil {
		return append(problems, fmt.Sprintf("whether role %q is held cannot be read: %v", id, err))
	}
	if users := idsIn(held); len(users) > 0 {
		problems = append(problems, fmt.Sprintf("role %q is held by user %s: it is not disposable; name a role that nobody has", id, users[0]))
	}
	return problems
}

// problemsOfGrants knows what the administrator has access to. A console that
// lists nothing for somebody with access to all cannot be asked.
func (c *console) problemsOfGrants(noun string, ids []int64) (problems []string) {
	if distinct := len(slices.Compact(slices.Sorted(slices.Values(ids)))); distinct < 3 {
		problems = append(problems, fmt.Sprintf("%s has %d different ids; give three or more", factOf[noun], distinct))
	}
	self, err := c.administrator()
	if err != nil {
		return append(problems, fmt.Sprintf("the administrator cannot be found: %v", err))
	}
	list, err := c.read(readOf[noun], at(self.Get("id").Raw))
	has := idsIn(list)
	for _, id := range ids {
		if err == nil && len(has) > 0 && !slices.Contains(has, fmt.Sprint(id)) {
			problems = append(problems, fmt.Sprintf("%s %d of your target file does not exist", noun, id))
		}
	}
	return problems
}

// StandsFor is what words in parentheses mean on a console.
func (c *console) StandsFor(words string) (any, error) {
	switch words {
	case "a role", "another role":
		return c.role(words)
	case "an internal source":
		return c.source(internal)
	case "an unknown source":
		return fields{"type": "normal", "id": json.Number(unknownID)}, nil
	case "a source by another type than its own":
		s, err := c.source(func(s gjson.Result) bool { return s.Get("type").String() != "normal" })
		return fields{"type": "normal", "id": s["id"]}, err
	case "an unknown name":
		return unknownName, nil
	case "no privileges":
		return []any{}, nil
	case "an unknown privilege":
		return []any{unknownName}, nil
	case "a known and an unknown privilege":
		some, err := c.privileges(1)
		return append(some, unknownName), err
	}
	if n := slices.Index([]string{"", "one privilege", "two privileges", "three privileges"}, words); n > 0 {
		return c.privileges(n)
	}
	return nil, world.CouldNotJudge("nothing is known as (%s)", words)
}

func internal(s gjson.Result) bool {
	return !s.Get("external").Bool() && s.Get("type").String() == "normal"
}
