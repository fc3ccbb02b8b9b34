package engine

import (
	"bytes"
	"net/http"
	"reflect"
	"slices"
	"sync"

	"github.com/rolecall/rolecall/schemas"
)

// changeMutants do something else than was asked, and say that they did it.
func (a *API) changeMutants(op *schemas.Operation) []*Mutant {
	if op.Method == http.MethodGet {
		return nil
	}
	var all []*Mutant
	add := func(what string, wrap func(*Mutant) Middleware, on ...string) {
		all = append(all, mutant(op, "change", what, wrap, on...))
	}
	add("answered and not done", func(m *Mutant) Middleware { return undone(m, func(*Call, int) bool { return true }) })
	add("the second call not done", func(m *Mutant) Middleware { return undone(m, func(_ *Call, n int) bool { return n == 2 }) })
	add("the third call not done", func(m *Mutant) Middleware { return undone(m, func(_ *Call, n int) bool { return n == 3 }) })
	add("undone after one read", undoneLater(op), everyOperation)
	if to, ok := otherStatus(op, 0); ok {
		add("refused and done", func(m *Mutant) Middleware {
			return replaced(m, isSuccess, func(c *Call, _ Response) Response {
				r, _ := c.API.answer(c, &Problem{Status: to, Message: "a mutant says so"})
				return r
			})
		})
	}
	for _, p := range op.Parameters {
		if p.In == "path" {
			add("done to another "+p.Name, func(m *Mutant) Middleware { return a.elsewhere(m, p.Name, false) }, everyOperation)
			add("done to another "+p.Name+", too", func(m *Mutant) Middleware { return a.elsewhere(m, p.Name, true) }, everyOperation)
		}
	}
	for _, way := range []way{
		onItems("the first item not done", func(l []any) []any { return l[1:] }),
		onItems("the second item not done", func(l []any) []any { return slices.Delete(l, min(1, len(l)), min(2, len(l))) }),
		onItems("the third item not done", func(l []any) []any { return slices.Delete(l, min(2, len(l)), min(3, len(l))) }),
	} {
		if lists := listsOf(op); len(lists) > 0 {
			add(way.name, func(m *Mutant) Middleware {
				return readingOther(m, func(body any) any { return editLists(body, lists, way) })
			})
		}
	}
	return all
}

// listsOf are the properties of the body that are lists; "" is the body itself.
func listsOf(op *schemas.Operation) []string {
	if op.Body == nil || op.Body.Schema == nil {
		return nil
	}
	var names []string
	for _, example := range op.Body.Schema.Examples {
		body, _ := decoded(example)
		switch v := body.(type) {
		case []any:
			names = append(names, "")
		case map[string]any:
			for name, member := range v {
				if kindOf(member) == "list" {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

func editLists(body any, names []string, w way) any {
	if object, ok := body.(map[string]any); ok {
		for _, name := range names {
			if list, there := object[name]; there {
				object[name] = w.edit(nil, nil, "", list)
			}
		}
		return body
	}
	return w.edit(nil, nil, "", body)
}

// undone forgets the change of some calls: the nth to the same operation.
func undone(m *Mutant, which func(c *Call, n int) bool) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			store := c.store()
			before := store.Current()
			r, err := next(c)
			if err != nil || !isSuccess(r) {
				return r, err
			}
			n := remembered(m, c, func() *counter { return &counter{} }).next()
			if which(c, n) {
				m.count(c, c.Body, r, before)
				store.Replace(before)
			}
			return r, err
		}
	}
}

// count notes that the mutant made a difference if the state is another than it
// was. What calls with secrets change the state does not show.
func (m *Mutant) count(c *Call, body []byte, r Response, before State) {
	secrets := c.API.Contract.Redactor()
	hidden := bytes.HasPrefix(body, []byte(`"`)) || len(secrets.Found(body)) > 0 || len(secrets.Found(r.raw)) > 0
	if hidden || !reflect.DeepEqual(records(before), records(c.store().Current())) {
		m.altered.Add(1)
	}
}

// records are those that answers show.
func records(s State) (all [][]any) {
	for _, table := range s.Tables() {
		if !table.Apart {
			all = append(all, table.List())
		}
	}
	return all
}

type counter struct {
	mu sync.Mutex
	n  int
}

func (n *counter) next() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.n++
	return n.n
}

// undoneLater shows the change once and then takes it back.
func undoneLater(op *schemas.Operation) func(*Mutant) Middleware {
	type pending struct {
		mu     sync.Mutex
		before State
		reads  int
	}
	return func(m *Mutant) Middleware {
		return func(next Handler) Handler {
			return func(c *Call) (Response, error) {
				store, p := c.store(), remembered(m, c, func() *pending { return &pending{} })
				p.mu.Lock()
				defer p.mu.Unlock()
				if c.Operation.Method == http.MethodGet && p.before != nil {
					if p.reads++; p.reads > 1 {
						store.Replace(p.before)
						p.before = nil
						m.altered.Add(1)
					}
				}
				before := store.Current()
				r, err := next(c)
				if err == nil && c.Operation.ID == op.ID && isSuccess(r) {
					p.before, p.reads = before, 0
				}
				return r, err
			}
		}
	}
}
