package world

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/schemas"
)

// judgeAnswer holds an answer to the contract and looks for secrets in it. The
// invariants are charged with what is wrong, not the rule whose scenario met
// it; otherwise a rule that asserts nothing would still seem to find defects.
func (w *World) judgeAnswer(x *Exchange) {
	if w.watch.looking && w.seenBefore(x) {
		return // it was judged when it was seen first
	}
	for _, b := range w.API.Contract.Check(x.Operation, x.Status, x.Header, x.Body) {
		kind, why := rules.Contract, b.String()
		if b.Silent {
			kind = rules.Silent
		}
		if b.Kind != schemas.StatusBreach {
			why = fmt.Sprintf("%d: %s", x.Status, why)
		}
		x.Breaches = append(x.Breaches, why)
		w.chargeAnswer(x, kind, why, b.Cause)
	}
	if x.Status >= http.StatusInternalServerError && x.Status != http.StatusServiceUnavailable && wellFormed(w.API.Contract, x) {
		why := "a well-formed request is answered with " + http.StatusText(x.Status)
		x.Breaches = append(x.Breaches, why)
		w.chargeAnswer(x, rules.Contract, why, why)
	}
	if allow := x.Header.Get("Allow"); x.Status == http.StatusMethodNotAllowed && (allow == "" || strings.Contains(allow, x.Method)) {
		w.chargeAnswer(x, rules.Silent, fmt.Sprintf("405 to %s: the header Allow is %q", x.Method, allow), "the header Allow of 405")
	}
	if w.API.Odd != nil && x.Succeeded() && x.Operation != nil && len(x.Breaches) == 0 {
		if why := w.API.Odd(x); why != "" {
			w.chargeAnswer(x, rules.Silent, why, why)
		}
	}
	if why, cause := w.telling(x); why != "" {
		w.chargeAnswer(x, rules.Secrets, why, cause)
	}
}

// judgeDenied charges every 401 to the administrator, whose credentials are taken
// before and after it.
func (w *World) judgeDenied() {
	var denied []*Exchange
	for _, x := range w.exchanges {
		switch {
		case x.As != Administrator || x.Operation == nil:
		case x.Succeeded():
			for _, d := range denied {
				w.chargeAnswer(d, rules.Silent, "401: the administrator, who is let in before and after, is told that nobody has signed in", "the administrator is answered with 401")
			}
			denied = nil
		case x.Status == http.StatusUnauthorized && !slices.Contains(w.API.Denied, x.Operation.ID):
			denied = append(denied, x)
		}
	}
}

func (w *World) chargeAnswer(x *Exchange, kind *rules.Invariant, why, cause string) {
	w.charge(breach{invariant: kind, operation: x.Name(), cause: cause,
		Breach: invariants.Breach{Why: x.Name() + " " + why, View: x.Name()}}, []*Exchange{x})
}

// wellFormed tells whether nothing is wrong with a request that the contract
// could say: a server may fail over nonsense, which is another rule's matter.
func wellFormed(c *schemas.Contract, x *Exchange) bool {
	if x.Operation == nil {
		return false
	}
	return x.Operation.Body == nil || len(x.Request) == 0 || len(x.Operation.Body.Schema.Validate(x.Request)) == 0
}
