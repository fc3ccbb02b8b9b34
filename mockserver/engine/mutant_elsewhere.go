package engine

import (
	"slices"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

// elsewhere does to another record what was asked for one, or to both. Others
// are those that the sandbox was asked about before.
func (a *API) elsewhere(m *Mutant, parameter string, too bool) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			ids := remembered(m, c, newKnown)
			kind, id := collection(c.Operation, parameter), c.Path.Get(parameter)
			if c.Operation.ID != m.Operation {
				r, err := next(c)
				ids.note(c, r, err)
				return r, err
			}
			other, ok := ids.other(kind, id)
			if !ok {
				return next(c)
			}
			before := c.store().Current()
			call := *c
			call.Path, call.Body = c.Path.With(parameter, other), slices.Clone(c.Body)
			r, err := next(&call)
			if too {
				m.count(&call, call.Body, r, before)
				return next(c)
			}
			m.altered.Add(1)
			c.Problem = call.Problem
			return r, err
		}
	}
}

// collection is what stands before a parameter in the path: /users/ of {id}.
func collection(op *schemas.Operation, parameter string) string {
	before, _, _ := strings.Cut(op.Path, "{"+parameter+"}")
	if i := strings.LastIndex(before, "{"); i >= 0 { // of another record's: /users/{id}/sites/
		before = before[i:]
	}
	return before
}

// note keeps the ids of records that were read with success.
func (k *known) note(c *Call, r Response, err error) {
	if err != nil || !isSuccess(r) {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, p := range c.Operation.Parameters {
		if p.In != "path" {
			continue
		}
		key := collection(c.Operation, p.Name) + "\x00" + c.Path.Get(p.Name)
		if k.now[key] == nil {
			k.order = append(k.order, key)
		}
		k.now[key] = c.Path.Get(p.Name)
	}
}

// other is a record of the same kind, of those read the one read last for the
// first time: it is most likely to be such as the change is about.
func (k *known) other(kind, id string) (string, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, key := range slices.Backward(k.order) {
		if of, other, _ := strings.Cut(key, "\x00"); of == kind && other != id {
			return other, true
		}
	}
	return "", false
}
