package devicehive

import (
	"fmt"
	"net/http"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
)

// verify reads what a target file says of a server.
func verify(c *conformance.World) []report.Check {
	w := newWorld(c)
	var checks []report.Check
	for _, fact := range []struct {
		name  string
		check func() (string, error)
	}{
		{factPasswordlessUser, w.verifyPasswordlessUser}, {factLockThreshold, w.verifyLockThreshold}, {factTokenService, w.verifyTokenService},
	} {
		if _, given := w.Endpoint.Facts[fact.name]; !given {
			continue
		}
		one := report.Check{What: fact.name, Result: report.Pass}
		var err error
		if one.Detail, err = fact.check(); err != nil {
			one.Result, one.Detail = report.Fail, err.Error()
		}
		checks = append(checks, one)
	}
	return checks
}

func (w *world) verifyPasswordlessUser() (string, error) {
	id, err := conformance.Get[int64](w.World, factPasswordlessUser)
	if err != nil {
		return "", err
	}
	x, err := w.call("the administrator", conformance.Request{Operation: "get", Path: idOf(id)})
	if err != nil {
		return "", err
	}
	user := x.JSON()
	switch {
	case !x.Succeeded():
		return "", fmt.Errorf("user %d of your target file does not exist: get is answered with %d", id, x.Status)
	case !conformance.Same(user.Get("role"), 1):
		return "", fmt.Errorf("user %d of your target file is no client: its role is %s", id, conformance.Shown(user.Get("role")))
	case !conformance.Same(user.Get("status"), 0):
		return "", fmt.Errorf("user %d of your target file is not active: its status is %s", id, conformance.Shown(user.Get("status")))
	}
	return fmt.Sprintf("user %d is an active client; that it has no password nobody can read", id), nil
}

func (w *world) verifyLockThreshold() (string, error) {
	threshold, err := conformance.Get[int64](w.World, factLockThreshold)
	if err == nil && (threshold < 1 || threshold > mostAttempts) {
		err = fmt.Errorf("%d wrong passwords are no threshold that can be tried; write 1 to %d", threshold, mostAttempts)
	}
	return fmt.Sprintf("%d wrong passwords, which a scenario tries out", threshold), err
}

// mostAttempts is how many wrong passwords a scenario gives at most.
const mostAttempts = 100

func (w *world) verifyTokenService() (string, error) {
	base := w.Endpoint.Facts[factTokenService]
	x, err := w.signsInWith(w.Tag(), w.newPassword())
	if err == nil && (x.Succeeded() || !x.Refused() || x.Status == http.StatusNotFound) {
		err = fmt.Errorf("there is no token service at %s: a login that nobody has is answered with %d", base, x.Status)
	}
	return fmt.Sprintf("%s answers", base), err
}
