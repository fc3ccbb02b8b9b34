package socotra

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// Steps about the answer to the newest When. The document lists no status of a
// refusal, so that only the class is asserted, but for what HTTP says itself.

func (w *world) isRefused() error {
	if !w.asked.Refused() {
		return fmt.Errorf("the request is answered with %d; it should be refused with a 4xx", w.asked.Status)
	}
	return nil
}

// isRefusedForToken takes 401, which HTTP has for that, and 403.
func (w *world) isRefusedForToken() error {
	return w.isOneOf(http.StatusUnauthorized, http.StatusForbidden)
}

// isRefusedForPermission takes 403, and 404 of servers that say nothing more.
func (w *world) isRefusedForPermission() error {
	return w.isOneOf(http.StatusForbidden, http.StatusNotFound)
}

func (w *world) isOneOf(statuses ...int) error {
	if !slices.Contains(statuses, w.asked.Status) {
		return fmt.Errorf("the request is answered with %d; it should be refused with one of %v", w.asked.Status, statuses)
	}
	return nil
}

func (w *world) succeeds() error {
	if !w.asked.Succeeded() {
		return fmt.Errorf("the request is answered with %d; it should succeed", w.asked.Status)
	}
	return nil
}

// isRefusedOrHasNoEffect only keeps failures of the server out; the effect is
// for the next step to look at.
func (w *world) isRefusedOrHasNoEffect() error {
	if !w.asked.Succeeded() && !w.asked.Refused() {
		return fmt.Errorf("the request is answered with %d; it should be ignored (2xx) or refused (4xx)", w.asked.Status)
	}
	return nil
}

// areRefusedAlike compares the two newest answers.
func (w *world) areRefusedAlike() error {
	if len(w.told) < 2 {
		return fmt.Errorf("there are not two answers to compare")
	}
	first, second := w.told[len(w.told)-2], w.told[len(w.told)-1]
	if !first.Refused() || first.Status != second.Status {
		return fmt.Errorf("what exists is answered with %d and what does not with %d; both should be refused alike", first.Status, second.Status)
	}
	return nil
}

// noAnswerContainsPassword looks through every answer of the scenario for the
// passwords that it used, and for properties by that name.
func (w *world) noAnswerContainsPassword() error {
	for _, x := range w.Exchanges() {
		for name, p := range w.people {
			if strings.Contains(string(x.Body), p.password) {
				return fmt.Errorf("the answer to %s %s contains the password of %s", x.Method, x.URL, name)
			}
		}
		if at := passwordIn(x.JSON()); at != "" {
			return fmt.Errorf("the answer to %s %s has a property %s", x.Method, x.URL, at)
		}
	}
	return nil
}

// passwordIn finds the path of a property that is called password and is a
// text; "" when there is none.
func passwordIn(v gjson.Result) (found string) {
	v.ForEach(func(key, member gjson.Result) bool {
		name := key.String()
		switch {
		case v.IsObject() && strings.EqualFold(name, "password") && member.Type == gjson.String:
			found = name
		case member.IsObject() || member.IsArray():
			if inner := passwordIn(member); inner != "" {
				found = name + "." + inner
			}
		}
		return found == ""
	})
	return found
}
