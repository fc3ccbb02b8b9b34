package devicehive

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/steps"
	"github.com/rolecall/rolecall/conformance/world"
)

// verify reads what a target file says of a server.
func verify(w *world.World) []report.Check {
	s := newServer(w)
	return slices.Concat(s.check(factPasswordlessUser, s.verifyPasswordlessUser), s.check(factLockThreshold, s.verifyLockThreshold), s.check(factTokenService, s.verifyTokenService))
}

func (s *server) check(fact string, verify func() (string, error)) []report.Check {
	if _, given := s.Endpoint.Facts[fact]; !given {
		return nil
	}
	detail, err := verify()
	if err != nil {
		return []report.Check{{What: fact, Result: report.Fail, Detail: err.Error()}}
	}
	return []report.Check{{What: fact, Result: report.Pass, Detail: detail}}
}

func (s *server) verifyPasswordlessUser() (string, error) {
	id, err := world.Get[int64](s.World, factPasswordlessUser)
	if err != nil {
		return "", err
	}
	x, err := s.Ask(steps.Administrator, world.Request{Operation: "get", Path: at(strconv.FormatInt(id, 10))})
	if err != nil {
		return "", err
	}
	user := x.JSON()
	switch {
	case !x.Succeeded():
		return "", fmt.Errorf("user %d of your target file does not exist: get is answered with %d", id, x.Status)
	case !steps.Same(user.Get("role"), 1):
		return "", fmt.Errorf("user %d of your target file is no client: its role is %s", id, steps.Shown(user.Get("role")))
	case !steps.Same(user.Get("status"), 0):
		return "", fmt.Errorf("user %d of your target file is not active: its status is %s", id, steps.Shown(user.Get("status")))
	}
	return fmt.Sprintf("user %d is an active client; that it has no password nobody can read", id), nil
}

func (s *server) verifyLockThreshold() (string, error) {
	threshold, err := world.Get[int64](s.World, factLockThreshold)
	if err == nil && (threshold < 1 || threshold > mostAttempts) {
		err = fmt.Errorf("%d wrong passwords are no threshold that can be tried; write 1 to %d", threshold, mostAttempts)
	}
	return fmt.Sprintf("%d wrong passwords, which a scenario tries out", threshold), err
}

// mostAttempts is how many wrong passwords a scenario gives at most.
const mostAttempts = 100

func (s *server) verifyTokenService() (string, error) {
	base := s.Endpoint.Facts[factTokenService]
	x, err := s.Do(s.login(s.Tag(), s.Password()))
	if err == nil && (x.Succeeded() || !x.Refused() || x.Status == http.StatusNotFound) {
		err = fmt.Errorf("there is no token service at %s: a login that nobody has is answered with %d", base, x.Status)
	}
	return fmt.Sprintf("%s answers", base), err
}
