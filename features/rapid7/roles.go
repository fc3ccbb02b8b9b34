package rapid7

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// notesRole remembers a role as it is.
func (w *world) notesRole(id string) (err error) {
	w.Watch("role", id)
	w.before, err = w.read("getRole", map[string]string{"id": id})
	return err
}

// disposableRole remembers the role that the run may change.
func (w *world) disposableRole() error {
	return w.roleOf(factDisposableRole)
}

// roleOf remembers the role that the target file names; an earlier run may
// have used it up.
func (w *world) roleOf(fact string) error {
	id, err := conformance.Get[string](w.World, fact)
	if err != nil {
		return err
	}
	if err := w.notesRole(id); err != nil {
		return fmt.Errorf("the role %q, which the target file names as %s, cannot be read: %w; name another or make it again", id, fact, err)
	}
	return nil
}

func (w *world) deletableRole() error {
	return w.roleOf(factDeletableRole)
}

func (w *world) noted() string { return w.before.Get("id").String() }

// aUserWithThatRole creates a user with the role that was noted.
func (w *world) aUserWithThatRole(name string) error { return w.aUserWithRole(name, w.noted()) }

func (w *world) deletesRole(id string) error {
	return w.when("the administrator", conformance.Request{Operation: "deleteRole", Path: map[string]string{"id": id}})
}

func (w *world) deletesThatRole() error { return w.deletesRole(w.noted()) }

func (w *world) updatesRole(id string, table *godog.Table) error {
	body := fields{"id": id, "name": w.before.Get("name").String(), "description": w.before.Get("description").String(), "privileges": texts(w.before.Get("privileges"))}
	for property, v := range fromTable(table) {
		if v == "(left out)" {
			delete(body, property)
		} else {
			body[property] = v
		}
	}
	return w.when("the administrator", conformance.Request{Operation: "updateRole", Path: map[string]string{"id": id}, Body: body})
}

func (w *world) updatesThatRole(table *godog.Table) error { return w.updatesRole(w.noted(), table) }

// roleIs holds the role that was noted to what it was, for refusals.
func (w *world) roleIsUnchanged() error {
	role, err := w.read("getRole", map[string]string{"id": w.noted()})
	if err != nil {
		return fmt.Errorf("role %q cannot be read any more: %w", w.noted(), err)
	}
	for _, property := range []string{"id", "name", "description"} {
		if got, want := role.Get(property).String(), w.before.Get(property).String(); got != want {
			return fmt.Errorf("%s of role %q is %q; it was %q", property, w.noted(), got, want)
		}
	}
	if got, want := texts(role.Get("privileges")), texts(w.before.Get("privileges")); !slices.Equal(got, want) {
		return fmt.Errorf("privileges of role %q are %v; they were %v", w.noted(), got, want)
	}
	return nil
}

func (w *world) roleShows(table *godog.Table) error {
	role, err := w.read("getRole", map[string]string{"id": w.noted()})
	if err != nil {
		return err
	}
	for property, want := range fromTable(table) {
		got := role.Get(property)
		if list, ok := want.([]any); ok {
			var names []string
			for _, x := range list {
				names = append(names, fmt.Sprint(x))
			}
			slices.Sort(names)
			if !slices.Equal(texts(got), names) {
				return fmt.Errorf("%s of role %q are %v; they should be %v", property, w.noted(), texts(got), names)
			}
		} else if !conformance.Same(got, want) {
			return fmt.Errorf("%s of role %q is %s; it should be %v", property, w.noted(), conformance.Shown(got), want)
		}
	}
	return nil
}

func (w *world) roleIsGone() error {
	x, err := w.call("the administrator", conformance.Request{Operation: "getRole", Path: map[string]string{"id": w.noted()}})
	if err != nil {
		return err
	}
	if x.Status != http.StatusNotFound {
		return fmt.Errorf("getRole is answered with %d; a deleted role is 404", x.Status)
	}
	roles, err := w.read("getRoles", nil)
	if err != nil {
		return err
	}
	for _, role := range roles.Get("resources").Array() {
		if role.Get("id").String() == w.noted() {
			return fmt.Errorf("role %q is deleted and still listed", w.noted())
		}
	}
	return nil
}

func (w *world) listsAll(operation string) error {
	return w.when("the administrator", conformance.Request{Operation: operation})
}

// eachReadsBack reads every resource of the list by its id and compares.
func (w *world) eachReadsBack(operation string) error {
	list := w.asked.JSON().Get("resources").Array()
	if len(list) == 0 {
		return fmt.Errorf("the list is empty")
	}
	for _, listed := range list {
		one, err := w.read(operation, map[string]string{"id": listed.Get("id").String()})
		if err != nil {
			return fmt.Errorf("%s: %w", listed.Get("id"), err)
		}
		var different string
		listed.ForEach(func(key, want gjson.Result) bool {
			if key.String() != "links" && !conformance.Same(one.Get(key.String()), want.Value()) {
				different = key.String()
			}
			return different == ""
		})
		if different != "" {
			return fmt.Errorf("%s of %s is %s in the list and %s by its id", different, listed.Get("id"), listed.Get(different).Raw, conformance.Shown(one.Get(different)))
		}
	}
	return nil
}

// roleHasExactlyItsUsers compares with what the users themselves say.
func (w *world) roleHasExactlyItsUsers(id string) error {
	list, err := w.read("getRoleUsers", map[string]string{"id": id})
	if err != nil {
		return err
	}
	want, err := w.usersWhere(func(u gjson.Result) bool { return u.Get("role.id").String() == id })
	if err != nil {
		return err
	}
	return wantIDs("the users of role "+id, ints(list.Get("resources")), want)
}

func (w *world) isAmongUsersOfRole(name, id string) error {
	return w.isNamedBy(name, "getRoleUsers", id, true)
}
func (w *world) isNotAmongUsersOfRole(name, id string) error {
	return w.isNamedBy(name, "getRoleUsers", id, false)
}
