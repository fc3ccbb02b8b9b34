package rapid7

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// Lists of resources, and the users that belong to each of them.

func (w *world) listsAll(operation string) error {
	return w.when("the administrator", conformance.Request{Operation: operation})
}

// listed is what the newest When listed: at least one, each with an id.
func (w *world) listed() ([]gjson.Result, error) {
	list, err := answered(w.asked)
	if err != nil {
		return nil, err
	}
	all := list.Get("resources").Array()
	if len(all) == 0 {
		return nil, fmt.Errorf("the list is empty")
	}
	for _, one := range all {
		if one.IsObject() && one.Get("id").String() == "" {
			return nil, fmt.Errorf("%s is listed without an id", one.Raw)
		}
	}
	return all, nil
}

// eachReadsBack reads every resource of the list by its id and compares.
func (w *world) eachReadsBack(operation string) error {
	list, err := w.listed()
	if err != nil {
		return err
	}
	op, unknown := w.API.Contract.Operation(operation), map[string]string{}
	if op == nil {
		return conformance.CouldNotJudge("the contract has no operation %q", operation)
	}
	w.sampleUnknown(op, unknown)
	if _, err := w.read(operation, unknown); err == nil {
		return fmt.Errorf("%s answers for something that does not exist, too", operation)
	}
	seen := map[string]bool{}
	for _, listed := range list {
		id := listed.Get("id").String()
		if seen[id] {
			return fmt.Errorf("%s is listed twice", id)
		}
		seen[id] = true
		one, err := w.read(operation, map[string]string{"id": id})
		if err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		for _, property := range op.Response(http.StatusOK).Schema.Properties() {
			in, by := listed.Get(property), one.Get(property)
			if property != "links" && (in.Exists() || by.Exists()) && !conformance.Same(in, by.Value()) {
				return fmt.Errorf("%s of %s is %s in the list and %s by its id", property, id, conformance.Shown(in), conformance.Shown(by))
			}
		}
	}
	return nil
}

// everyRolesPrivilegeIsListed compares the list that was asked for with the roles.
func (w *world) everyRolesPrivilegeIsListed() error {
	listed := texts(w.asked.JSON().Get("resources"))
	roles, err := w.allRoles()
	if err != nil {
		return err
	}
	some := false
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

func (w *world) eachPrivilegeAnswers() error {
	list, err := w.listed()
	if err != nil {
		return err
	}
	for _, privilege := range list {
		if _, err := w.read("getPrivilege", map[string]string{"id": privilege.String()}); err != nil {
			return fmt.Errorf("privilege %s: %w", privilege, err)
		}
	}
	return nil
}

// A userList is the users of one role, privilege or source.
type userList struct {
	id     string
	answer *conformance.Exchange
	users  []int64
	belong func(user gjson.Result) bool
}

// listsUsersOfEach reads those of all roles, privileges or sources, and who
// there is.
func (w *world) listsUsersOfEach(by string) error {
	operations := map[string][2]string{"role": {"getRoles", "getRoleUsers"}, "privilege": {"getPrivileges", "getUsersWithPrivilege"}, "source": {"getAuthenticationSources", "getAuthenticationSourceUsers"}}[by]
	all, err := w.read(operations[0], nil)
	if err != nil {
		return conformance.CouldNotJudge("%w", err)
	}
	w.lists, w.roles = nil, nil
	if _, err := w.allRoles(); err != nil {
		return err
	}
	for _, one := range all.Get("resources").Array() {
		id := one.String()
		if one.IsObject() {
			id = one.Get("id").String()
		}
		x, err := w.call("the administrator", conformance.Request{Operation: operations[1], Path: map[string]string{"id": id}})
		if err != nil {
			return err
		}
		w.lists = append(w.lists, userList{id, x, ints(x.JSON().Get("resources")), w.belongs(by, id)})
	}
	w.everyone, err = w.everybody()
	return err
}

// belongs tells whose list it is by what users and roles say themselves.
func (w *world) belongs(by, id string) func(gjson.Result) bool {
	switch by {
	case "role":
		return func(u gjson.Result) bool { return u.Get("role.id").String() == id }
	case "source":
		return func(u gjson.Result) bool { return u.Get("authentication.id").String() == id }
	}
	return func(u gjson.Result) bool { return slices.Contains(w.privilegesOf(u.Get("role.id").String()), id) }
}

// eachListIsExact wants every list to have exactly its users, and the
// administrator, who is there for certain, in one at least.
func (w *world) eachListIsExact() error {
	self, err := w.administrator()
	if err != nil {
		return err
	}
	named := 0
	for _, list := range w.lists {
		if _, err := answered(list.answer); err != nil {
			return err
		}
		want := []int64{}
		for _, user := range w.everyone {
			if list.belong(user) {
				want = append(want, user.Get("id").Int())
			}
		}
		if err := wantIDs("the users of "+list.id, list.users, want); err != nil {
			return err
		}
		if slices.Contains(list.users, self.Get("id").Int()) {
			named++
		}
	}
	if named == 0 {
		return fmt.Errorf("no list names the administrator, whose id is %s", self.Get("id"))
	}
	return nil
}

func (w *world) isNamedInOneList(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	var named []string
	for _, list := range w.lists {
		if slices.Contains(list.users, p.id) {
			named = append(named, list.id)
		}
	}
	if len(named) != 1 {
		return fmt.Errorf("user %d is named by the lists of %v; it should be one", p.id, named)
	}
	return nil
}
