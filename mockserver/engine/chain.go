package engine

import "github.com/rolecall/rolecall/schemas"

// chain is the way of every call, read top down. Faults and defects stand
// outside the response check because they must be able to break the contract;
// a change is published inside them and outside the check, so that an answer
// that the mock may not give leaves no trace in the state.
func (a *API) chain(op *schemas.Operation, o Operation) Handler {
	permissions, rest := o.split()
	way := []Middleware{
		a.fault(op),
		a.defect(op),
		decode,
		a.change(op),
		a.checkResponse(op),
		a.word,
		a.authenticate(op),
		a.guard(permissions),
		a.checkRequest,
		a.guard(rest),
	}
	handle := o.Effect
	for i := len(way) - 1; i >= 0; i-- {
		handle = way[i](handle)
	}
	return handle
}

// split takes the guards of permission that stand first from the others: a
// caller without permission learns nothing of what is wrong with the request.
func (o *Operation) split() (permissions, rest []Guard) {
	for i, g := range o.Guards {
		if g.Kind != Permission {
			return o.Guards[:i], o.Guards[i:]
		}
	}
	return o.Guards, nil
}
