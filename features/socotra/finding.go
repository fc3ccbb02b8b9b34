package socotra

import (
	"fmt"
	"net/http"

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

// usersNamed takes an empty list and a 404 for the same: nobody.
func (w *world) usersNamed(userName string) ([]gjson.Result, error) {
	x, err := w.call("the administrator", conformance.Request{Operation: "fetchUserByName", Path: map[string]string{"username": userName}})
	switch {
	case err != nil:
		return nil, err
	case x.Status == http.StatusNotFound:
		return nil, nil
	case !x.Succeeded():
		return nil, fmt.Errorf("fetchUserByName is answered with %d", x.Status)
	}
	return x.JSON().Array(), nil
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
