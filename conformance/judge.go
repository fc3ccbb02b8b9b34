package conformance

import (
	"fmt"
	"net/http"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/schemas"
)

// judgeAnswer holds an answer to the contract and looks for secrets in it. The
// invariants are charged with what is wrong, not the rule whose scenario met
// it; otherwise a rule that asserts nothing would still seem to find defects.
func (r *run) judgeAnswer(w *World, x *Exchange) {
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
		r.chargeAnswer(w, x, kind, why, b.Cause)
	}
	if x.Status >= http.StatusInternalServerError && x.Status != http.StatusServiceUnavailable && wellFormed(w.API.Contract, x) {
		why := "a well-formed request is answered with " + http.StatusText(x.Status)
		x.Breaches = append(x.Breaches, why)
		r.chargeAnswer(w, x, rules.Contract, why, why)
	}
	if why, cause := w.telling(x); why != "" {
		r.chargeAnswer(w, x, rules.Secrets, why, cause)
	}
}

func (r *run) chargeAnswer(w *World, x *Exchange, kind *rules.Invariant, why, cause string) {
	r.charge(w, breach{invariant: kind, operation: x.operationName(), cause: cause,
		Breach: invariants.Breach{Why: x.operationName() + " " + why, View: x.operationName()}}, []*Exchange{x})
}

// wellFormed tells whether nothing is wrong with a request that the contract
// could say: a server may fail over nonsense, which is another rule's matter.
func wellFormed(c *schemas.Contract, x *Exchange) bool {
	if x.Operation == nil {
		return false
	}
	return x.Operation.Body == nil || len(x.Request) == 0 || len(x.Operation.Body.Schema.Validate(x.Request)) == 0
}
