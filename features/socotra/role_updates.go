package socotra

import (
	"fmt"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance"
)

// updateOfRole is an update that says what was read, but for changes.
func (w *world) updateOfRole(r *role, changes fields) fields {
	body := fields{
		"name": r.noted.Get("name").String(), "description": r.noted.Get("description").String(), "version": r.noted.Get("version").Int(),
		"addPermissions": []string{}, "removePermissions": []string{},
	}
	return changed(body, changes)
}

// changed takes some properties of a body as they are in changes; without those
// that are nil there.
func changed(body, changes fields) fields {
	for property, value := range changes {
		if value == nil {
			delete(body, property)
		} else {
			body[property] = value
		}
	}
	return body
}

func (w *world) updatesRole(actor, name string, changes fields) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	return w.when(actor, conformance.Request{Operation: "updateRole", Path: at(r.locator), Body: w.updateOfRole(r, changes)})
}

func (w *world) updatesRoleWith(name string, table *godog.Table) error {
	changes, err := w.fromTable("role", table)
	if err != nil {
		return err
	}
	return w.updatesRole("the administrator", name, changes)
}

// renamesRole goes by the new name from then on.
func (w *world) renamesRole(name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	renamed := w.Tag() + "-renamed"
	if err := w.updatesRole("the administrator", name, fields{"name": renamed}); err != nil {
		return err
	}
	if w.asked.Succeeded() {
		r.name = renamed
	}
	return nil
}

func (w *world) addsPermissions(actor, permissions, name string) error {
	list, err := w.spell(permissions)
	if err != nil {
		return err
	}
	return w.updatesRole(actor, name, fields{"addPermissions": list})
}

func (w *world) removesPermissions(actor, permissions, name string) error {
	list, err := w.spell(permissions)
	if err != nil {
		return err
	}
	return w.updatesRole(actor, name, fields{"removePermissions": list})
}

func (w *world) updatesRoleWithout(name, property string) error {
	return w.updatesRole("the administrator", name, fields{property: nil})
}

// isUpdatedMeanwhile is a change by somebody else, after the role was noted.
func (w *world) isUpdatedMeanwhile(name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	if err := w.updatesRole("the administrator", name, fields{"description": "Changed meanwhile"}); err != nil {
		return err
	}
	if !w.asked.Succeeded() {
		return fmt.Errorf("updateRole is answered with %d", w.asked.Status)
	}
	stale := r.noted.Get("version").Int()
	if err := w.notesRole(r); err != nil {
		return err
	}
	r.given["staleVersion"] = stale
	return nil
}

// updatesFromStale updates with the version that was read before the other change.
func (w *world) updatesFromStale(name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	more, err := w.spell("roles.list")
	if err != nil {
		return err
	}
	return w.updatesRole("the administrator", name, fields{"version": r.given["staleVersion"], "description": "Changed from a stale version", "addPermissions": more})
}

// updatesFromFuture updates with a version that the role never had.
func (w *world) updatesFromFuture(name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	return w.updatesRole("the administrator", name, fields{"version": r.noted.Get("version").Int() + 1000, "description": "Changed from the future"})
}
