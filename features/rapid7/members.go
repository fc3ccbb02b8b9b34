package rapid7

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// A userList is the users of one role, privilege or source.
type userList struct {
	id     string
	answer *world.Exchange
	belong func(user gjson.Result) bool
}

// usersOfEach reads the users of all roles, privileges or sources.
func (c *console) usersOfEach(noun string) ([]userList, error) {
	operations := map[string][2]string{"role": {"getRoles", "getRoleUsers"}, "privilege": {"getPrivileges", "getUsersWithPrivilege"}, "authentication source": {"getAuthenticationSources", "getAuthenticationSourceUsers"}}[noun]
	all, err := c.read(operations[0], nil)
	if err != nil {
		return nil, world.CouldNotJudge("%w", err)
	}
	c.known = nil
	if _, err := c.roles(); err != nil {
		return nil, err
	}
	var lists []userList
	for _, id := range idsIn(all) {
		x, err := c.Ask(steps.Administrator, world.Request{Operation: operations[1], Path: at(id)})
		if err != nil {
			return nil, err
		}
		lists = append(lists, userList{id, x, c.belongs(noun, id)})
	}
	return lists, nil
}

func (c *console) listsUsersOfEach(k *steps.Kind) (err error) {
	c.lists, err = c.usersOfEach(k.Noun)
	c.ofEach = k.Noun
	return err
}

// beside reads everybody, to hold the lists to. Elsewhere than on a mock both are
// read until they stand still.
func (c *console) beside() (everyone []gjson.Result, err error) {
	_, err = world.Stable(c.World, "the users of each "+c.ofEach, func() (ids []string, err error) {
		if !c.Endpoint.Mock {
			if c.lists, err = c.usersOfEach(c.ofEach); err != nil {
				return nil, err
			}
		}
		for _, list := range c.lists {
			ids = append(ids, list.answer.JSON().Get("resources").Raw)
		}
		everyone, err = c.everybody()
		for _, user := range everyone {
			ids = append(ids, user.Get("id").Raw)
		}
		return ids, err
	})
	return everyone, err
}

// belongs tells whose list it is by what users and roles say themselves.
func (c *console) belongs(noun, id string) func(gjson.Result) bool {
	switch noun {
	case "role":
		return func(u gjson.Result) bool { return u.Get("role.id").String() == id }
	case "authentication source":
		return func(u gjson.Result) bool { return u.Get("authentication.id").String() == id }
	}
	return func(u gjson.Result) bool { return slices.Contains(c.privilegesOf(u.Get("role.id").String()), id) }
}

// eachListIsExact wants every list to have exactly its users, and the
// administrator, who is there for certain, in one at least.
func (c *console) eachListIsExact() error {
	self, noSelf := c.administrator()
	everyone, err := c.beside()
	if err := cmp.Or(noSelf, err); err != nil {
		return err
	}
	named := 0
	listed := map[string]bool{}
	for _, list := range c.lists {
		users, err := steps.Answered(list.answer)
		if err != nil {
			return err
		}
		want := []string{}
		for _, user := range everyone {
			if list.belong(user) {
				want = append(want, user.Get("id").Raw)
				listed[user.Get("id").Raw] = true
			}
		}
		got := slices.Sorted(slices.Values(idsIn(users)))
		slices.Sort(want)
		if !slices.Equal(got, want) {
			return fmt.Errorf("the users of %s are %v; they should be %v", list.id, got, want)
		}
		if slices.Contains(got, self.Get("id").Raw) {
			named++
		}
	}
	for _, user := range everyone {
		if id := user.Get("id").Raw; c.ofEach != "privilege" && !listed[id] {
			return fmt.Errorf("user %s belongs in none of the lists", id)
		}
	}
	if named == 0 {
		return fmt.Errorf("no list names the administrator, whose id is %s", self.Get("id"))
	}
	return nil
}

func (c *console) isNamedInOneList(p *steps.Record) error {
	var named []string
	for _, list := range c.lists {
		if itemOf(list.answer.JSON(), p.ID).Exists() {
			named = append(named, list.id)
		}
	}
	if len(named) != 1 {
		return fmt.Errorf("%s is named by the lists of %v; it should be one", p, named)
	}
	return nil
}
