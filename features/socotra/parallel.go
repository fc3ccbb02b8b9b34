package socotra

import (
	"fmt"

	"github.com/rolecall/rolecall/conformance"
)

// updatesInParallel sends a number of updates that are all based on the
// version that was noted, each with a description of its own.
func (w *world) updatesInParallel(n int, name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	token, err := w.tokenOf("the administrator")
	if err != nil {
		return err
	}
	var requests []conformance.Request
	for i := range n {
		requests = append(requests, conformance.Request{Operation: "updateRole", Path: at(r.locator), Sign: bearer(token),
			Body: w.updateOfRole(r, fields{"description": fmt.Sprintf("Changed by number %d", i)})})
	}
	w.told, err = w.Together(requests...)
	return err
}

// oneOfThemWon wants one success at most; what it said is what the role says.
func (w *world) oneOfThemWon(name string) error {
	r, err := w.role(name)
	if err != nil {
		return err
	}
	var won []*conformance.Exchange
	for _, x := range w.told {
		if x.Succeeded() {
			won = append(won, x)
		} else if !x.Refused() {
			return fmt.Errorf("an update is answered with %d; it should succeed or be refused", x.Status)
		}
	}
	if len(won) != 1 {
		return fmt.Errorf("%d of %d updates that are based on one version succeeded; it should be one", len(won), len(w.told))
	}
	now, err := w.read("getRole", at(r.locator))
	if err != nil {
		return err
	}
	for _, property := range []string{"description", "version"} {
		if err := showsSame(property, now.Get(property), won[0].JSON().Get(property)); err != nil {
			return fmt.Errorf("the update that succeeded is not what is read: %w", err)
		}
	}
	return nil
}
