package rapid7

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
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

// isRefusedAsForbidden takes what a faithful console may say to a caller
// without permission: 401 is documented, 403 and 404 are in the vendor's overview.
func (w *world) isRefusedAsForbidden() error {
	if !slices.Contains([]int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound}, w.asked.Status) {
		return fmt.Errorf("the request is answered with %d; it should be refused with 401, 403 or 404", w.asked.Status)
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

// errorSaysStatus accepts the three forms in which consoles of different age
// give the status.
func (w *world) errorSaysStatus() error {
	status := w.asked.Status
	said := w.asked.JSON().Get("status")
	name := strings.ToUpper(strings.ReplaceAll(http.StatusText(status), " ", "_"))
	if s := said.String(); s != strconv.Itoa(status) && s != name {
		return fmt.Errorf("the body says status %s; the answer has %d", said.Raw, status)
	}
	if w.asked.JSON().Get("message").String() == "" {
		return fmt.Errorf("the body has no message")
	}
	return nil
}

// noAnswerContains looks through every answer of the scenario for the passwords
// that it used, and for properties by that name.
func (w *world) noAnswerContainsPassword() error {
	for _, x := range w.Exchanges() {
		for name, p := range w.people {
			if strings.Contains(string(x.Body), p.password) {
				w.Blame(x)
				return fmt.Errorf("the answer to %s %s contains the password of %s", x.Method, x.URL, name)
			}
		}
		if at := propertyNamed(x.JSON(), "password"); at != "" {
			w.Blame(x)
			return fmt.Errorf("the answer to %s %s has a property %s", x.Method, x.URL, at)
		}
	}
	return nil
}

func (w *world) onlyTwoFactorAnswersContainKey(name string) error {
	p, err := w.person(name)
	if err != nil {
		return err
	}
	for _, x := range w.Exchanges() {
		if !strings.HasSuffix(x.URL, "/2FA") && strings.Contains(string(x.Body), p.key) {
			w.Blame(x)
			return fmt.Errorf("the answer to %s %s contains the two-factor key of %s", x.Method, x.URL, name)
		}
	}
	return nil
}

// propertyNamed finds the path of a property whose name contains a word; ""
// when there is none.
func propertyNamed(v gjson.Result, word string) string {
	found := ""
	v.ForEach(func(key, member gjson.Result) bool {
		name := key.String()
		if v.IsObject() && strings.Contains(strings.ToLower(name), word) && member.Type == gjson.String {
			found = name
		} else if member.IsObject() || member.IsArray() {
			if inner := propertyNamed(member, word); inner != "" {
				found = name + "." + inner
			}
		}
		return found == ""
	})
	return found
}
