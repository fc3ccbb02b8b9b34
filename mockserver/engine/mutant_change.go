package engine

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"

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
				c.URL, c.query = &u, nil
				m.altered.Add(1)
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
					m.altered.Add(1)
					c.Body = after
				}
			}
			return next(c)
		}
	}
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
				m.count(c, r, before)
				store.Replace(before)
			}
			return r, err
		}
	}
}

// count notes that the mutant made a difference if the state is another than it
// was. What calls with secrets change the state does not show.
func (m *Mutant) count(c *Call, r Response, before State) {
	secrets := c.API.Contract.Redactor()
	hidden := bytes.HasPrefix(c.Body, []byte(`"`)) || len(secrets.Found(c.Body)) > 0 || len(secrets.Found(r.raw)) > 0
	if hidden || !reflect.DeepEqual(before.Show(), c.store().Current().Show()) {
		m.altered.Add(1)
	}
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
				m.count(&call, r, before)
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
