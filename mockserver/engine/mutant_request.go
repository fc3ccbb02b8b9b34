package engine

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/rolecall/rolecall/schemas"
)

// requestMutants read less than was asked: a parameter or a property of the
// body that counts for nothing.
func requestMutants(op *schemas.Operation) []*Mutant {
	var all []*Mutant
	for _, p := range op.Parameters {
		if p.In == "query" {
			all = append(all, mutant(op, "request", p.Name+" ignored", func(m *Mutant) Middleware { return withoutParameter(m, p.Name) }))
		}
	}
	for _, name := range bodyProperties(op) {
		all = append(all, mutant(op, "request", name+" of the body ignored", func(m *Mutant) Middleware {
			return readingOther(m, func(body any) any {
				if object, ok := body.(map[string]any); ok {
					delete(object, name)
				}
				return body
			})
		}))
	}
	return all
}

func withoutParameter(m *Mutant, name string) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			query := c.URL.Query()
			if query.Has(name) {
				query.Del(name)
				u := *c.URL
				u.RawQuery = query.Encode()
				return m.instead(c, next, func() { c.URL, c.query = &u, nil })
			}
			return next(c)
		}
	}
}

// readingOther is a mutant that reads another body than was sent.
func readingOther(m *Mutant, edit func(body any) any) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			if body, ok := decoded(c.Body); ok {
				before, _ := CompactJSON(body)
				if after, err := CompactJSON(edit(body)); err == nil && string(after) != string(before) {
					return m.instead(c, next, func() { c.Body = after })
				}
			}
			return next(c)
		}
	}
}

// instead carries out another call than the one that was made. It makes a
// difference if answer or state are not what the right one makes of a copy of
// the sandbox.
func (m *Mutant) instead(c *Call, next Handler, change func()) (Response, error) {
	right := *c
	right.Sandbox = c.Sandbox.Fork(c.Sandbox.Name, 0)
	wanted, _ := next(&right)
	change()
	r, err := next(c)
	if r.Status != wanted.Status || !bytes.Equal(r.raw, wanted.raw) {
		m.altered.Add(1)
	} else {
		m.count(c, right.Body, wanted, right.store().Current())
	}
	return r, err
}

// bodyProperties are the names in the examples of what the operation reads.
func bodyProperties(op *schemas.Operation) []string {
	if op.Body == nil || op.Body.Schema == nil {
		return nil
	}
	var names []string
	for _, example := range op.Body.Schema.Examples {
		var members map[string]json.RawMessage
		if json.Unmarshal(example, &members) != nil {
			continue
		}
		for name := range members {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}
