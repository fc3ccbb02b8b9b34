package engine

import "github.com/rolecall/rolecall/schemas"

// chain is the way of every call, read top down. Faults and defects stand
// outside the response check because they must be able to break the contract;
// a change is published inside them and outside the check, so that an answer
// that the mock may not give leaves no trace in the state.
func (a *API) chain(op *schemas.Operation, handle Handler) Handler {
	way := []Middleware{
		record,
		a.fault(op),
		a.defect(op),
		publish,
		a.checkResponse(op),
		a.word,
		a.authenticate(op),
		a.checkRequest(op),
		change(op),
	}
	for i := len(way) - 1; i >= 0; i-- {
		handle = way[i](handle)
	}
	return handle
}
