package rapid7

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/conformance"
)

// Steps about the answer to the newest When.

// isRefusedAsForbidden takes what a faithful console may say to a caller
// without permission: 401 is documented, 403 and 404 are in the vendor's overview.
func (w *world) isRefusedAsForbidden() error {
	return conformance.ShouldBeRefusedWith(w.asked, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound)
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
