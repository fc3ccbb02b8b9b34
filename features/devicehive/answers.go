package devicehive

import (
	"fmt"
	"strings"
)

// Steps about the answer to the newest When.

func (w *world) isRefused() error {
	if !w.asked.Refused() {
		return fmt.Errorf("the request is answered with %d; it should be refused with a 4xx", w.asked.Status)
	}
	return nil
}

func (w *world) isRefusedWith(status int) error {
	if w.asked.Status != status {
		return fmt.Errorf("the request is answered with %d; it should be refused with %d", w.asked.Status, status)
	}
	return nil
}

func (w *world) succeeds() error {
	if !w.asked.Succeeded() {
		return fmt.Errorf("the request is answered with %d; it should succeed", w.asked.Status)
	}
	return nil
}

// isRefusedOrIgnored is for requests that may be refused or have no effect,
// but must not break the server.
func (w *world) isRefusedOrIgnored() error {
	if !w.asked.Succeeded() && !w.asked.Refused() {
		return fmt.Errorf("the request is answered with %d; it should be ignored (2xx) or refused (4xx)", w.asked.Status)
	}
	return nil
}

// noAnswerContainsPassword looks through every answer of the scenario for the
// passwords that it used, and for properties by that name.
func (w *world) noAnswerContainsPassword() error {
	for _, x := range w.Exchanges() {
		for name, p := range w.people {
			if p.password != "" && strings.Contains(string(x.Body), p.password) {
				return fmt.Errorf("the answer to %s %s contains the password of %s", x.Method, x.URL, name)
			}
		}
		if at := propertyNamed(x.JSON(), "password"); at != "" {
			return fmt.Errorf("the answer to %s %s has a property %s", x.Method, x.URL, at)
		}
	}
	return nil
}
