package socotra

import (
	"fmt"
	"net/http"

	"github.com/rolecall/rolecall/conformance"
)

// Steps about the answer to the newest When. The document lists no status of a
// refusal, so that only the class is asserted, but for what HTTP says itself.

// isRefusedForToken takes 401, which HTTP has for that, and 403.
func (w *world) isRefusedForToken() error {
	return conformance.ShouldBeRefusedWith(w.asked, http.StatusUnauthorized, http.StatusForbidden)
}

// isRefusedForPermission takes 403, and 404 of servers that say nothing more.
func (w *world) isRefusedForPermission() error {
	return conformance.ShouldBeRefusedWith(w.asked, http.StatusForbidden, http.StatusNotFound)
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
