package rapid7

import (
	"fmt"
	"net/http"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// aRole remembers the role that the target file names as one that may be
// changed, or deleted.
func (w *world) aRole(may string) error {
	fact := map[string]string{"changed": factDisposableRole, "deleted": factDeletableRole}[may]
	id, err := conformance.Get[string](w.World, fact)
	if err != nil {
		return err
	}
	w.Watch("role", id)
	if w.before, err = w.read("getRole", map[string]string{"id": id}); err != nil {
		return fmt.Errorf("the role %q, which the target file names as %s, cannot be read: %w; name another or make it again", id, fact, err)
	}
	w.restoreRole(w.before, fact == factDeletableRole)
	return nil
}

func (w *world) noted() string { return w.before.Get("id").String() }

func bodyOfRole(role gjson.Result) fields {
	privileges := []any{}
	for _, p := range texts(role.Get("privileges")) {
		privileges = append(privileges, p)
	}
	return fields{"id": role.Get("id").String(), "name": role.Get("name").String(), "description": role.Get("description").String(), "privileges": privileges}
}

func (w *world) sendsRole(role gjson.Result, changes []setting) error {
	given := bodyOfRole(role)
	for _, s := range changes {
		put(given, []string{s.property}, s.value)
	}
	return w.when("the administrator", conformance.Request{Operation: "updateRole", Path: map[string]string{"id": role.Get("id").String()}, Body: given})
}

func (w *world) updatesThatRole(table *godog.Table) error {
	changes, err := w.settings("role", table)
	if err != nil {
		return err
	}
	return w.sendsRole(w.before, changes)
}

// updatesRoleCombinations changes each property alone and each pair, and makes
// the role what it was in between.
func (w *world) updatesRoleCombinations(table *godog.Table) error {
	all, err := w.settings("role", table)
	if err != nil {
		return err
	}
	for _, combination := range aloneAndInPairs(all) {
		if err := w.sendsRole(w.before, combination); err != nil {
			return err
		}
		answer, want := w.asked, with(bodyOfRole(w.before), combination)
		want["id"] = w.noted()
		now, err := w.call("the administrator", conformance.Request{Operation: "getRole", Path: map[string]string{"id": w.noted()}})
		if err != nil {
			return err
		}
		w.try("an update of "+described(combination), func() error {
			if err := conformance.ShouldSucceed(answer); err != nil {
				return err
			}
			role, err := answered(now)
			if err == nil {
				err = sees(role, want)
			}
			return err
		})
		if err := w.sendsRole(w.before, nil); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) deletesThatRole() error {
	return w.when("the administrator", conformance.Request{Operation: "deleteRole", Path: map[string]string{"id": w.noted()}})
}

// onEachBuiltInRole tries a change of every role that is built in.
func (w *world) onEachBuiltInRole(change func(role gjson.Result) error) error {
	ids, err := conformance.Get[[]string](w.World, factBuiltInRoles)
	if err != nil {
		return err
	}
	w.walked, w.builtIn = nil, nil
	for _, id := range ids {
		role, err := w.read("getRole", map[string]string{"id": id})
		if err != nil {
			return conformance.CouldNotJudge("role %q, which the target file names as built-in: %w", id, err)
		}
		w.builtIn = append(w.builtIn, role)
		w.Watch("role", id)
		w.restoreRole(role, false)
	}
	for _, role := range w.builtIn {
		if err := change(role); err != nil {
			return err
		}
		w.walked = append(w.walked, w.asked)
	}
	return nil
}

func (w *world) deletesEachBuiltInRole() error {
	return w.onEachBuiltInRole(func(role gjson.Result) error {
		return w.when("the administrator", conformance.Request{Operation: "deleteRole", Path: map[string]string{"id": role.Get("id").String()}})
	})
}

func (w *world) describesEachBuiltInRole() error {
	return w.onEachBuiltInRole(func(role gjson.Result) error {
		return w.sendsRole(role, []setting{{"description", "Changed by a test"}})
	})
}

func (w *world) builtInRolesAreUnchanged() error {
	for _, role := range w.builtIn {
		if err := w.roleIs(role); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) roleIsUnchanged() error { return w.roleIs(w.before) }

// roleIs holds a role to what it was.
func (w *world) roleIs(before gjson.Result) error {
	id := before.Get("id").String()
	role, err := w.read("getRole", map[string]string{"id": id})
	if err == nil {
		err = sees(role, bodyOfRole(before))
	}
	if err != nil {
		return fmt.Errorf("role %q: %w", id, err)
	}
	return nil
}

func (w *world) roleIsGone() error {
	x, err := w.call("the administrator", conformance.Request{Operation: "getRole", Path: map[string]string{"id": w.noted()}})
	if err == nil {
		err = conformance.ShouldBeRefusedWith(x, http.StatusNotFound)
	}
	if err != nil {
		return err
	}
	w.roles = nil
	all, err := w.allRoles()
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("no role is listed any more")
	}
	for _, role := range all {
		if role.Get("id").String() == w.noted() {
			return fmt.Errorf("role %q is deleted and still listed", w.noted())
		}
	}
	return err
}

// hasThePrivilegesOfItsRole reads both and compares.
func (w *world) hasThePrivilegesOfItsRole(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	role, err := w.read("getRole", map[string]string{"id": fmt.Sprint(p.details["role.id"])})
	if err != nil {
		return err
	}
	return w.hasPrivileges(p, texts(role.Get("privileges")))
}

// hasExactly compares with what the feature says, not with the role.
func (w *world) hasExactlyThePrivileges(name, words string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	want, err := w.standsFor(words)
	if err != nil {
		return err
	}
	list, _ := want.([]any)
	return w.hasPrivileges(p, sortedTexts(list))
}

func (w *world) hasPrivileges(p *person, want []string) error {
	granted, err := w.read("getUserPrivileges", idOf(p.id))
	if err != nil {
		return err
	}
	var list []any
	for _, privilege := range want {
		list = append(list, privilege)
	}
	if !granted.Get("resources").IsArray() {
		return fmt.Errorf("the privileges of %s are %s; they should be a list", p.login, conformance.Shown(granted.Get("resources")))
	}
	return sees(granted, fields{"resources": list})
}
