package rapid7

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// The records of a console, and what its users have.

const (
	// unknownID is an id that no user, site or source has, on any console that is
	// not about to run out of ids.
	unknownID   = "2147483000"
	unknownName = "rolecall-no-such-thing"
)

func resources(list gjson.Result) []gjson.Result { return list.Get("resources").Array() }

func (c *console) allKinds() []*steps.Kind {
	return []*steps.Kind{{
		Noun: "user", Plural: "users", Param: "id", Named: "login", Unknown: unknownID,
		Create: "createUser", Read: "getUser", Change: "updateUser", Delete: "deleteUser", List: "getUsers",
		Reset: "resetPassword", Resets: []string{`{"password": "(a new password)"}`, `"(a new password)"`},
		Schemas: map[string][]string{
			"": {"user-create", "user"}, "role": {"user-create-role", "user-role"}, "locale": {"locale-preferences"},
			"authentication": {"create-authentication-source", "authentication-source"},
		},
		Shape: userShape, Moving: []string{"links"},
		Unshown: []string{"password", "passwordResetOnLogin", "id", "locked"},
		Derived: map[string]string{"role.id": "role.", "authentication.id": "authentication."},
		Draft:   c.draftOfUser,
		Body:    func(r *steps.Record, _ fields) (fields, error) { return c.bodyOfUser(r), nil },
		Items:   resources, All: c.everybody, Gone: c.isNamedNowhere,
		Page: pageOf, Sorted: sortedBy, More: more,
	}, {
		Noun: "role", Plural: "roles", Param: "id", Named: "name", Unknown: unknownName, ChangeMakes: true,
		Read: "getRole", Change: "updateRole", Delete: "deleteRole", List: "getRoles",
		Schemas: map[string][]string{"": {"role"}}, Shape: roleShape, Moving: []string{"links"},
		Body:  func(r *steps.Record, _ fields) (fields, error) { return bodyOfRole(r), nil },
		Items: resources, All: func() ([]gjson.Result, error) { c.known = nil; return c.roles() },
	}, {
		Noun: "privilege", Plural: "privileges", Param: "id", Unknown: unknownName, Read: "getPrivilege", List: "getPrivileges", Items: resources,
	}, {
		Noun: "authentication source", Plural: "authentication sources", Param: "id", Unknown: unknownID,
		Read: "getAuthenticationSource", List: "getAuthenticationSources", Items: resources, Moving: []string{"links"},
	}}
}

// draftOfUser has all that some console may ask for, which no document does.
func (c *console) draftOfUser(p *steps.Record) (fields, error) {
	role, err := c.role("a role")
	if err != nil {
		return nil, err
	}
	body := fields{
		"login": p.Called, "name": strings.ToUpper(p.Name[:1]) + p.Name[1:] + " Test", "password": c.Password(),
		"email": p.Name + "." + c.Tag() + "@example.com", "role": fields{"id": role},
	}
	if source, err := c.source(internal); err == nil {
		body["authentication"] = source
	}
	return body, nil
}

// bodyOfUser is a whole user as an update takes it. The password goes along
// because some documents require it.
func (c *console) bodyOfUser(p *steps.Record) fields {
	body := fields{"password": p.Password}
	for _, property := range []string{"login", "name", "email", "enabled", "role.id", "role.allSites", "role.allAssetGroups", "authentication.type", "authentication.id", "locale.default", "locale.reports"} {
		if value := p.Is[property]; value != "" {
			steps.Into(body, steps.Setting{Property: property, Value: gjson.Parse(value).Value()})
		}
	}
	return body
}

func bodyOfRole(r *steps.Record) fields {
	body := fields{"id": r.ID, "privileges": []any{}}
	for _, property := range []string{"name", "description", "privileges"} {
		if value := r.Is[property]; value != "" {
			body[property] = gjson.Parse(value).Value()
		}
	}
	return body
}

// isNamedNowhere looks for a deleted user in the lists of users that roles,
// privileges and sources have.
func (c *console) isNamedNowhere(p *steps.Record) error {
	for _, of := range []string{"role", "privilege", "authentication source"} {
		lists, err := c.usersOfEach(of)
		if err != nil {
			return err
		}
		for _, list := range lists {
			if itemOf(list.answer.JSON(), p.ID).Exists() {
				return fmt.Errorf("%s %s still names the deleted user %s", of, list.id, p.ID)
			}
		}
	}
	return nil
}

// factOf is where the target file says which of a thing there are.
var factOf = map[string]string{"site": factSites, "asset group": factAssetGroups}

func (c *console) allThings() []*steps.Thing {
	return []*steps.Thing{
		c.grants("site", "sites", "siteId", "role.allSites", map[steps.Verb]string{
			steps.Grant: "addUserSite", steps.Revoke: "removeUserSite", steps.Set: "setUserSites", steps.RevokeAll: "removeAllUserSites"}),
		c.grants("asset group", "asset groups", "assetGroupId", "role.allAssetGroups", map[steps.Verb]string{
			steps.Grant: "addUserAssetGroup", steps.Revoke: "removeUserAssetGroup", steps.Set: "setUserAssetGroups", steps.RevokeAll: "removeAllUserAssetGroups"}),
		{Noun: "privilege", Plural: "privileges", Of: func(p *steps.Record) ([]string, error) { return c.listOf("getUserPrivileges", p) }},
		{Noun: key, Plural: key + "s", Of: c.keysOf},
	}
}

// listOf reads a list of a user's; what is no list is none.
func (c *console) listOf(operation string, p *steps.Record) ([]string, error) {
	list, err := c.read(operation, p.Path())
	if err == nil && !list.Get("resources").IsArray() {
		err = fmt.Errorf("%s shows %s; it should be a list", operation, steps.Shown(list.Get("resources")))
	}
	return idsIn(list), err
}

// readOf are the operations that list what somebody has.
var readOf = map[string]string{"site": "getUserSites", "asset group": "getUserAssetGroups"}

// grants are sites or asset groups, which have the same rules.
func (c *console) grants(noun, plural, param, flag string, operations map[steps.Verb]string) *steps.Thing {
	return &steps.Thing{
		Noun: noun, Plural: plural, Flag: flag,
		Find: func(name string) (string, error) { return c.pick(noun, name) },
		Of:   func(p *steps.Record) ([]string, error) { return c.listOf(readOf[noun], p) },
		Request: func(verb steps.Verb, p *steps.Record, ids []string) (world.Request, error) {
			r := world.Request{Operation: operations[verb], Path: p.Path()}
			switch {
			case verb == steps.GrantAll:
				r.Operation, r.Body = "updateUser", steps.Into(c.bodyOfUser(p), steps.Setting{Property: flag, Value: true})
			case verb == steps.Set:
				r.Body = numbers(ids)
			case (verb == steps.Grant || verb == steps.Revoke) && len(ids) != 1:
				return r, world.CouldNotJudge("a console %s one of the %s at a time", verb, plural)
			case len(ids) == 1:
				r.Path[param] = ids[0]
			}
			return r, nil
		},
	}
}

func numbers(ids []string) []any {
	all := []any{}
	for _, id := range ids {
		all = append(all, gjson.Parse(id).Value())
	}
	return all
}

// pick finds the id of the "first", "second" or "third" of the target's sites
// or asset groups; "unknown" is one that nobody has.
func (c *console) pick(noun, name string) (string, error) {
	known, err := world.Get[[]int64](c.World, factOf[noun])
	if err != nil {
		return "", err
	}
	switch place := slices.Index([]string{"first", "second", "third"}, name); {
	case name == "unknown":
		return unknownID, nil
	case place < 0:
		return "", world.CouldNotJudge("%q is none of first, second, third and unknown", name)
	case place >= len(known):
		return "", world.SkipBecause("the target file gives fewer than %d %s", place+1, factOf[noun])
	default:
		return fmt.Sprint(known[place]), nil
	}
}
