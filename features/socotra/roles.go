package socotra

import (
	"fmt"
	"slices"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// aRole creates a role, knows it by a name from then on, and notes how it reads.
func (w *world) aRole(name, permissions string) error {
	if err := w.createsRole("the administrator", name, permissions); err != nil {
		return err
	}
	r := w.roles[name]
	if r.locator == "" {
		return fmt.Errorf("createRole is answered with %d", w.asked.Status)
	}
	return w.notesRole(r)
}

func (w *world) notesRole(r *role) (err error) {
	r.noted, err = w.read("getRole", at(r.locator))
	return err
}

// createsRole takes permissions with commas between them; "nothing" for none.
func (w *world) createsRole(actor, name, permissions string) error {
	list := []string{}
	if permissions != "nothing" {
		list = split(permissions)
	}
	return w.createRole(actor, name, fields{"permissions": list})
}

func (w *world) createsRoleWith(name string, table *godog.Table) error {
	return w.createRole("the administrator", name, w.fromTable(table))
}

// createsRoleLike gives a new role the name of another.
func (w *world) createsRoleLike(name, other string) error {
	r, err := w.role(other)
	if err != nil {
		return err
	}
	return w.createRole("the administrator", name, fields{"name": r.name})
}

// createsRoleWithEverything takes every permission that is available.
func (w *world) createsRoleWithEverything(name string) error {
	available, err := w.read("fetchAvailablePermissions", nil)
	if err != nil {
		return err
	}
	return w.createRole("the administrator", name, fields{"permissions": texts(available)})
}

func (w *world) createRole(actor, name string, details fields) error {
	r := &role{name: w.Tag() + "-" + name, given: fields{"description": "A role of a test", "permissions": []string{"users.list"}}}
	r.given["name"] = r.name
	for property, value := range details {
		r.given[property] = value
	}
	w.roles[name] = r
	err := w.when(actor, conformance.Request{Operation: "createRole", Body: r.given})
	if err == nil && w.asked.Succeeded() {
		r.locator = w.asked.JSON().Get("locator").String()
	}
	return err
}

func (w *world) readsRole(name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	return w.when("the administrator", conformance.Request{Operation: "getRole", Path: at(r.locator)})
}

func (w *world) deletesRole(actor, name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	return w.when(actor, conformance.Request{Operation: "deleteRole", Path: at(r.locator)})
}

// theBuiltInRole notes a role that the run did not make.
func (w *world) theBuiltInRole(name string) error {
	found, err := w.findRole(name)
	if err != nil {
		return err
	}
	if !found.Exists() {
		return conformance.SkipBecause("the server lists no role %q", name)
	}
	r := &role{name: name, locator: found.Get("locator").String(), given: fields{}}
	w.roles[name] = r
	return w.notesRole(r)
}

// hasNothingOf takes a deleted role and what it permitted.
func (w *world) hasNothingOf(name, roleName string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	r, err := w.role(roleName)
	if err != nil {
		return err
	}
	user, err := w.read("fetchUserByLocator", at(p.locator))
	if err != nil {
		return err
	}
	if slices.Contains(texts(user.Get("roles")), r.name) {
		return fmt.Errorf("%s still has the role", name)
	}
	permissions, err := w.read("fetchUserPermissions", at(p.locator))
	if err != nil {
		return err
	}
	for _, ghost := range texts(r.noted.Get("permissions")) {
		if slices.Contains(texts(permissions), ghost) {
			return fmt.Errorf("%s may still do %s", name, ghost)
		}
	}
	return nil
}

// hasNothingOfOrAllAsBefore takes either: the role is gone and with it what it
// gave, or the server keeps roles in use and nothing has changed.
func (w *world) hasNothingOfOrAllAsBefore(name, roleName string) error {
	if w.asked.Refused() {
		if err := w.isUnchanged(name); err != nil {
			return err
		}
		return w.roleIsUnchanged(roleName)
	}
	if err := w.hasNothingOf(name, roleName); err != nil {
		return err
	}
	return w.roleIsGone(roleName)
}
