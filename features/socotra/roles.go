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

// notesRole reads a role as it is now, which must be the one that is meant.
func (w *world) notesRole(r *role) (err error) {
	if r.noted, err = w.read("getRole", at(r.locator)); err != nil {
		return err
	}
	return w.allShowSame([]string{"locator", "name"}, r.noted, asJSON(fields{"locator": r.locator, "name": r.name}))
}

func (w *world) notesRoleNamed(name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	return w.notesRole(r)
}

// createsRole takes permissions with commas between them; "nothing" for none.
func (w *world) createsRole(actor, name, permissions string) error {
	if permissions == "nothing" {
		permissions = ""
	}
	list, err := w.spell(permissions)
	if err != nil {
		return err
	}
	return w.createRole(actor, name, fields{"permissions": list})
}

func (w *world) createsRoleWith(name string, table *godog.Table) error {
	details, err := w.fromTable("role", table)
	if err != nil {
		return err
	}
	return w.createRole("the administrator", name, details)
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
	permissions, err := w.spell("users.list")
	if err != nil {
		return err
	}
	r := &role{name: w.Tag() + "-" + name, given: fields{"description": "A role of a test", "permissions": permissions}}
	r.given["name"] = r.name
	changed(r.given, details)
	if chosen, ok := r.given["name"].(string); ok {
		r.name = chosen
	}
	w.roles[name] = r
	err = w.when(actor, conformance.Request{Operation: "createRole", Body: r.given})
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
	w.Watch("role", r.locator)
	if err := w.notesRole(r); err != nil {
		return err
	}
	w.Restore("role "+name, func() error { return w.restoreRole(r) })
	return nil
}

// restoreRole gives a role of the target back what it was noted with, if it has
// lost it.
func (w *world) restoreRole(r *role) error {
	now, err := w.read("getRole", at(r.locator))
	if err != nil {
		return err
	}
	if w.allShowSame([]string{"name", "description", "permissions"}, now, r.noted) == nil {
		return nil
	}
	was, is := texts(r.noted.Get("permissions")), texts(now.Get("permissions"))
	x, err := w.call("the administrator", conformance.Request{Operation: "updateRole", Path: at(r.locator), Body: w.updateOfRole(r, fields{
		"version": now.Get("version").Int(), "addPermissions": lacking(was, is), "removePermissions": lacking(is, was),
	})})
	if err == nil {
		err = conformance.ShouldSucceed(x)
	}
	return err
}

// lacking are the items of one list that another lacks.
func lacking(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(item string) bool { return slices.Contains(other, item) })
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
	if slices.Contains(w.rolesShown(user), r.name) {
		return fmt.Errorf("%s still has the role", name)
	}
	allowed, err := w.allowedOf(p)
	if err != nil {
		return err
	}
	for _, ghost := range texts(r.noted.Get("permissions")) {
		if slices.Contains(allowed, ghost) {
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
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	if err := w.hasNothingOf(name, roleName); err != nil {
		return err
	}
	return w.roleIsGone(roleName)
}
