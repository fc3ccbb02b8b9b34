package rapid7

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/conformance"
)

// Steps about the answer to the newest When, or to each of its requests.

// each holds every request of the newest When to something.
func (w *world) each(judge func(*conformance.Exchange) error) error {
	if len(w.walked) == 0 {
		return conformance.CouldNotJudge("the scenario has sent no requests to judge")
	}
	for _, x := range w.walked {
		if err := judge(x); err != nil {
			w.Blame(x)
			return fmt.Errorf("%s by %s: %w", x.Operation.ID, x.As, err)
		}
	}
	return nil
}

func (w *world) eachIsRefused() error   { return w.each(conformance.ShouldBeRefused) }
func (w *world) eachSucceeds() error    { return w.each(conformance.ShouldSucceed) }
func (w *world) eachIsForbidden() error { return w.each(forbidden) }

func (w *world) eachIsRefusedWith(status int) error {
	return w.each(func(x *conformance.Exchange) error { return conformance.ShouldBeRefusedWith(x, status) })
}

func (w *world) isForbidden() error { return forbidden(w.asked) }

// forbidden takes what a faithful console may say to a caller without
// permission: 401 is documented, 403 and 404 are in the vendor's overview.
func forbidden(x *conformance.Exchange) error {
	return conformance.ShouldBeRefusedWith(x, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound)
}

// eachIsRefusedAsUnknown wants 404 where the document lists it. Who changes a
// password may be told first that it is another's.
func (w *world) eachIsRefusedAsUnknown() error {
	return w.each(func(x *conformance.Exchange) error {
		switch {
		case x.Operation.ID == "resetPassword":
			return conformance.ShouldBeRefusedWith(x, http.StatusNotFound, http.StatusUnauthorized)
		case x.Operation.Response(http.StatusNotFound) == nil:
			return conformance.ShouldBeRefused(x)
		}
		return conformance.ShouldBeRefusedWith(x, http.StatusNotFound)
	})
}

// eachSucceedsWithKnown calls the operations once more, for something that
// exists: a console that knows nothing refuses everything.
func (w *world) eachSucceedsWithKnown() error {
	return w.each(func(x *conformance.Exchange) error {
		id, err := w.listedFirst(x.Operation)
		if err == nil {
			_, err = w.read(x.Operation.ID, map[string]string{"id": id})
		}
		return err
	})
}

func (w *world) isRefusedWith(first, second string) error {
	var statuses []int
	for _, s := range []string{first, second} {
		if n, err := strconv.Atoi(s); err == nil {
			statuses = append(statuses, n)
		}
	}
	return conformance.ShouldBeRefusedWith(w.asked, statuses...)
}

// errorSaysStatus accepts the three forms in which consoles of different age
// give the status.
func (w *world) errorSaysStatus() error {
	status := w.asked.Status
	said := w.asked.JSON().Get("status")
	name := strings.ToUpper(strings.ReplaceAll(http.StatusText(status), " ", "_"))
	if s := said.String(); s != strconv.Itoa(status) && s != name {
		return fmt.Errorf("the body says status %s; the answer has %d", conformance.Shown(said), status)
	}
	if w.asked.JSON().Get("message").String() == "" {
		return fmt.Errorf("the body has no message")
	}
	return nil
}
