package socotra

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

var roleProperties = []string{"locator", "name", "description", "version", "createdAt", "createdBy", "permissions"}

// roleNow reads a role as it is now.
func (w *world) roleNow(name string) (*role, gjson.Result, error) {
	r, err := w.role(name)
	if err != nil {
		return nil, gjson.Result{}, err
	}
	now, err := w.read("getRole", at(r.locator))
	return r, now, err
}

func (w *world) roleIsAsNoted(r *role) error {
	now, err := w.read("getRole", at(r.locator))
	if err != nil {
		return fmt.Errorf("role %s: %w", r.name, err)
	}
	if err := w.allShowSame(roleProperties, now, r.noted); err != nil {
		return fmt.Errorf("role %s has changed: %w", r.name, err)
	}
	return nil
}

func (w *world) roleIsUnchanged(name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	return w.roleIsAsNoted(r)
}

func (w *world) roleReadsBack(name string) error {
	r, now, err := w.roleNow(name)
	if err != nil {
		return err
	}
	return w.allShowSame([]string{"name", "description", "permissions"}, now, asJSON(r.given))
}

// rolePermits wants exactly these permissions.
func (w *world) rolePermits(name, permissions string) error {
	_, now, err := w.roleNow(name)
	if err != nil {
		return err
	}
	wanted, err := w.spell(permissions)
	if err != nil {
		return err
	}
	return showsSame("permissions", now.Get("permissions"), asJSON(wanted))
}

func (w *world) roleShows(name, property, value string) error {
	_, now, err := w.roleNow(name)
	if err != nil {
		return err
	}
	return showsSame(property, now.Get(property), asJSON(value))
}

func (w *world) roleShowsAsBefore(name, properties string) error {
	r, now, err := w.roleNow(name)
	if err != nil {
		return err
	}
	return w.allShowSame(split(strings.ReplaceAll(properties, " and ", ", ")), now, r.noted)
}

func (w *world) roleHasAnotherVersion(name string) error {
	r, now, err := w.roleNow(name)
	if err != nil {
		return err
	}
	if version := now.Get("version"); version.Type != gjson.Number || version.Raw == r.noted.Get("version").Raw {
		return fmt.Errorf("version is %s; before the update, it was %s", conformance.Shown(version), conformance.Shown(r.noted.Get("version")))
	}
	return nil
}

func (w *world) roleIsListedTimes(name string, times int) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	all, err := w.everything("fetchMultipleRoles", 100)
	if err != nil {
		return err
	}
	found := 0
	for _, listed := range all {
		if listed.Get("name").String() == r.name {
			found++
		}
	}
	if found != times {
		return fmt.Errorf("role %s is listed %d times; it should be %d", r.name, found, times)
	}
	return nil
}

func (w *world) roleIsGone(name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	if err := w.isGoneFrom("getRole", r.locator); err != nil {
		return err
	}
	if err := w.noRoleIsNamed(r.name); err != nil {
		return err
	}
	w.Forget("role", r.locator)
	return nil
}

func (w *world) thereIsNoRole(name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	return w.noRoleIsNamed(r.name)
}

// roleLacks takes a refusal, or a role that leaves the permission out.
func (w *world) isRefusedOrRoleLacks(name, permission string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	if w.asked.Refused() && r.noted.Exists() {
		return w.roleIsAsNoted(r)
	}
	if w.asked.Refused() {
		return w.noRoleIsNamed(r.name)
	}
	if err := conformance.ShouldSucceed(w.asked); err != nil {
		return err
	}
	now, err := w.read("getRole", at(r.locator))
	if err == nil {
		err = onlyTexts("permissions", now.Get("permissions"))
	}
	if err == nil && slices.Contains(texts(now.Get("permissions")), permission) {
		err = fmt.Errorf("the role has the permission %s, which does not exist", permission)
	}
	return err
}
