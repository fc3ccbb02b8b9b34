package rapid7

import (
	"fmt"
	"slices"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// everyRolesPrivilegeIsListed compares the list that was asked for with the roles.
func (w *world) everyRolesPrivilegeIsListed() error {
	listed := texts(w.asked.JSON().Get("resources"))
	roles, err := w.read("getRoles", nil)
	if err != nil {
		return err
	}
	for _, role := range roles.Get("resources").Array() {
		for _, privilege := range texts(role.Get("privileges")) {
			if !slices.Contains(listed, privilege) {
				return fmt.Errorf("role %s has privilege %s, which is not listed", role.Get("id"), privilege)
			}
		}
	}
	return nil
}

func (w *world) eachPrivilegeAnswers() error {
	listed := texts(w.asked.JSON().Get("resources"))
	if len(listed) == 0 {
		return fmt.Errorf("no privilege is listed")
	}
	for _, privilege := range listed {
		if _, err := w.read("getPrivilege", map[string]string{"id": privilege}); err != nil {
			return fmt.Errorf("privilege %s: %w", privilege, err)
		}
	}
	return nil
}

func (w *world) asksWhoHas(privilege string) error {
	return w.when("the administrator", conformance.Request{Operation: "getUsersWithPrivilege", Path: map[string]string{"id": privilege}})
}

// areExactlyThoseWhoseRoleGrants compares with the roles and the users.
func (w *world) areExactlyThoseWhoseRoleGrants(privilege string) error {
	roles, err := w.read("getRoles", nil)
	if err != nil {
		return err
	}
	var granting []string
	for _, role := range roles.Get("resources").Array() {
		if slices.Contains(texts(role.Get("privileges")), privilege) {
			granting = append(granting, role.Get("id").String())
		}
	}
	want, err := w.usersWhere(func(u gjson.Result) bool { return slices.Contains(granting, u.Get("role.id").String()) })
	if err != nil {
		return err
	}
	return wantIDs("the users with privilege "+privilege, ints(w.asked.JSON().Get("resources")), want)
}

// hasThePrivilegesOfRole reads both and compares.
func (w *world) hasThePrivilegesOfRole(name, id string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	role, err := w.read("getRole", map[string]string{"id": id})
	if err != nil {
		return err
	}
	granted, err := w.read("getUserPrivileges", idOf(p.id))
	if err != nil {
		return err
	}
	if got, want := texts(granted.Get("resources")), texts(role.Get("privileges")); !slices.Equal(got, want) {
		return fmt.Errorf("the privileges of %s are %v; those of role %s are %v", name, got, id, want)
	}
	return nil
}

func (w *world) hasThePrivilegesOfThatRole(name string) error {
	return w.hasThePrivilegesOfRole(name, w.noted())
}

// hasExactlyThePrivileges compares with what the feature says, not with the role.
func (w *world) hasExactlyThePrivilege(name, privilege string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	granted, err := w.read("getUserPrivileges", idOf(p.id))
	if err != nil {
		return err
	}
	if got := texts(granted.Get("resources")); !slices.Equal(got, []string{privilege}) {
		return fmt.Errorf("the privileges of %s are %v; they should be %s", name, got, privilege)
	}
	return nil
}

// sourcesHaveExactlyTheirUsers compares each listed source with what the users
// themselves say.
func (w *world) sourcesHaveExactlyTheirUsers() error {
	for _, source := range w.asked.JSON().Get("resources").Array() {
		list, err := w.read("getAuthenticationSourceUsers", map[string]string{"id": source.Get("id").Raw})
		if err != nil {
			return err
		}
		want, err := w.usersWhere(func(u gjson.Result) bool { return u.Get("authentication.id").Int() == source.Get("id").Int() })
		if err != nil {
			return err
		}
		if err := wantIDs("the users of authentication source "+source.Get("id").Raw, ints(list.Get("resources")), want); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) isAmongUsersOfItsSource(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	user, err := w.read("getUser", idOf(p.id))
	if err != nil {
		return err
	}
	return w.isNamedBy(name, "getAuthenticationSourceUsers", user.Get("authentication.id").Raw, true)
}
