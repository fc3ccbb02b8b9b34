package rapid7

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// Roles are the target's: no operation makes one. Those that may be changed or
// deleted are facts.

// aRole takes the role that the target file names as one that may be changed,
// or deleted.
func (c *console) aRole(name, may string) error {
	fact := map[string]string{"changed": factDisposableRole, "deleted": factDeletableRole}[may]
	if fact == "" {
		return world.CouldNotJudge("a role may be changed or deleted, not %s", may)
	}
	id, err := world.Get[string](c.World, fact)
	if err != nil {
		return err
	}
	if err := c.take(name, id, fact == factDeletableRole); err != nil {
		return fmt.Errorf("the role %q, which the target file names as %s, cannot be read: %w; name another or make it again", id, fact, err)
	}
	return nil
}

// take makes a role of the target one of the scenario's, and what it was after it.
func (c *console) take(name, id string, expendable bool) error {
	r := c.Add(&steps.Record{Kind: c.kinds[1], Name: name, ID: id})
	was, err := c.Read(r)
	if err != nil {
		return err
	}
	r.Called = was.Get("name").String()
	c.World.Watch("role", id)
	if err := c.Note(r); err != nil {
		return err
	}
	body := bodyOfRole(r) // as it was
	c.Restore("role "+id, func() error { return c.restoreRole(r, was, body, expendable) })
	return nil
}

// restoreRole makes a role what it was, however the scenario ends. One that the
// run may use up is made again where an update can do that.
func (c *console) restoreRole(r *steps.Record, was gjson.Result, body fields, expendable bool) error {
	now, err := c.Ask(steps.Administrator, world.Request{Operation: "getRole", Path: r.Path()})
	if err != nil || now.Succeeded() && steps.Same(now.JSON(), was.Value()) {
		return err
	}
	x, err := c.Ask(steps.Administrator, world.Request{Operation: "updateRole", Path: r.Path(), Body: body})
	if err != nil || x.Succeeded() {
		return err
	}
	if expendable && now.Status == http.StatusNotFound {
		c.World.Tell("the role %q is used up, as the target file allows; give another as %s before the next run", r.ID, factDeletableRole)
		return nil
	}
	return fmt.Errorf("updateRole is answered with %d", x.Status)
}

func (c *console) builtInRoles() error {
	ids, err := world.Get[[]string](c.World, factBuiltInRoles)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := c.take(id, id, false); err != nil {
			return world.CouldNotJudge("role %q, which the target file names as built-in: %w", id, err)
		}
	}
	return nil
}

// mostCallers bounds how many roles are tried: a console may have many.
const mostCallers = 8

// everyKindOfCaller creates a user of each role but the Global Administrators',
// and those with access to everything of a kind. A role that a plain account
// may not have is left out.
func (c *console) everyKindOfCaller() error {
	roles, err := c.ordinaryRoles()
	if err != nil {
		return err
	}
	plain, err := c.role("a role")
	if err != nil {
		return err
	}
	flags := [][]steps.Setting{
		{{Property: "role.allSites", Value: true}}, {{Property: "role.allAssetGroups", Value: true}},
		{{Property: "role.allSites", Value: true}, {Property: "role.allAssetGroups", Value: true}},
	}
	for i, settings := range flags {
		p, err := c.Exists("user", fmt.Sprintf("all%c", 'a'+i), append(settings, steps.Setting{Property: "role.id", Value: plain})...)
		if err != nil {
			return err
		}
		c.AddCaller(p)
	}
	for i, role := range roles[:min(len(roles), mostCallers)] {
		p, body, err := c.Draft(steps.Ref{Noun: "user", Name: fmt.Sprintf("role%c", 'a'+i)}, steps.Setting{Property: "role.id", Value: role})
		if err != nil {
			return err
		}
		x, err := c.Make(steps.Administrator, p, body)
		if err != nil {
			return err
		}
		if !x.Succeeded() {
			continue
		}
		if err := c.Note(p); err != nil {
			return err
		}
		c.AddCaller(p)
	}
	return nil
}

// everyRolesPrivilegeIsListed compares the list that was asked for with the roles.
func (c *console) everyRolesPrivilegeIsListed() error {
	answer, noAnswer := c.Answer()
	roles, err := c.roles()
	if err := cmp.Or(noAnswer, err); err != nil {
		return err
	}
	listed, some := idsIn(answer), false
	for _, role := range roles {
		for _, privilege := range texts(role.Get("privileges")) {
			some = true
			if !slices.Contains(listed, privilege) {
				return fmt.Errorf("role %s has privilege %s, which is not listed", role.Get("id"), privilege)
			}
		}
	}
	if !some {
		return fmt.Errorf("no role has any privilege")
	}
	return nil
}

// hasThePrivilegesOfItsRole compares with the role as it is read, and with what
// the scenario has made of it.
func (c *console) hasThePrivilegesOfItsRole(p *steps.Record) error {
	id := gjson.Parse(p.Is["role.id"]).String()
	role, noRole := c.read("getRole", at(id))
	granted, err := c.read("getUserPrivileges", p.Path())
	if err := cmp.Or(noRole, err); err != nil {
		return err
	}
	if !granted.Get("resources").IsArray() {
		return fmt.Errorf("the privileges of %s are %s; they should be a list", p, steps.Shown(granted.Get("resources")))
	}
	want := map[string]string{"shows": invariants.Set(role.Get("privileges"))}
	for _, r := range c.Cast("role") {
		if r.ID == id {
			want["was given"] = r.Is["privileges"]
		}
	}
	for how, privileges := range want {
		if got := invariants.Set(granted.Get("resources")); got != privileges {
			return fmt.Errorf("the privileges of %s are %s; its role %s %s", p, got, how, privileges)
		}
	}
	return nil
}

func texts(array gjson.Result) []string {
	list := []string{}
	for _, s := range array.Array() {
		list = append(list, s.String())
	}
	slices.Sort(list)
	return list
}
