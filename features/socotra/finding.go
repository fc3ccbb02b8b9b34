package socotra

import (
	"fmt"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// findUser looks for a user by its name; the result does not exist when nobody
// has it.
func (w *world) findUser(userName string) (gjson.Result, error) {
	found, err := w.usersNamed(userName)
	if err != nil || len(found) == 0 {
		return gjson.Result{}, err
	}
	return found[0], nil
}

// usersNamed takes an empty list and a refusal for the same: nobody.
func (w *world) usersNamed(userName string) ([]gjson.Result, error) {
	x, err := w.get("fetchUserByName", map[string]string{"username": userName}, nil)
	switch {
	case err != nil:
		return nil, err
	case x.Refused():
		return nil, nil
	case !x.Succeeded():
		return nil, fmt.Errorf("fetchUserByName is answered with %d", x.Status)
	case !x.JSON().IsArray():
		return nil, fmt.Errorf("fetchUserByName is answered with %s; it should be a list", conformance.Shown(x.JSON()))
	}
	return x.JSON().Array(), nil
}

// nobodyIsNamed looks with eyes that see: the administrator is found.
func (w *world) nobodyIsNamed(userName string) error {
	found, err := w.usersNamed(userName)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		return fmt.Errorf("there is a user %s now", userName)
	}
	return w.administratorKnown()
}

// noRoleIsNamed wants a list of roles that has some.
func (w *world) noRoleIsNamed(name string) error {
	all, err := w.everything("fetchMultipleRoles", 100)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Get("name").String() == name {
			return fmt.Errorf("there is a role %s now", name)
		}
	}
	if len(all) == 0 || all[0].Get("name").String() == "" {
		return fmt.Errorf("fetchMultipleRoles lists no role with a name; it should list those that there are")
	}
	return nil
}

// findRole looks for a role by its name in the list of roles.
func (w *world) findRole(name string) (gjson.Result, error) {
	found, err := w.everything("fetchMultipleRoles", 100)
	for _, r := range found {
		if r.Get("name").String() == name {
			return r, nil
		}
	}
	return gjson.Result{}, err
}
