package engine_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func TestACallThatFailsLeavesTheStateAsItWas(t *testing.T) {
	t.Parallel()
	change := func(c *engine.Call) { c.State().(*things).table.Put("two", 2) }
	for _, x := range []struct {
		name   string
		put    engine.Handler
		status int
	}{
		{"a refusal", func(c *engine.Call) (engine.Response, error) {
			change(c)
			return engine.Response{}, &engine.Problem{Status: 400, Rule: "TOY-02", Message: "no"}
		}, 400},
		{"a refusal that is answered, not returned", func(c *engine.Call) (engine.Response, error) {
			change(c)
			return engine.Response{Status: 400, Body: map[string]string{"error": "no"}}, nil
		}, 400},
		{"a failure", func(c *engine.Call) (engine.Response, error) {
			change(c)
			return engine.Response{}, errors.New("disk full")
		}, 500},
		{"a panic", func(c *engine.Call) (engine.Response, error) {
			change(c)
			panic("oops")
		}, 500},
		{"an undocumented status", func(c *engine.Call) (engine.Response, error) {
			change(c)
			return engine.Response{Status: 201, Body: thing{1}}, nil
		}, 500},
		{"a body that breaks its schema", func(c *engine.Call) (engine.Response, error) {
			change(c)
			return engine.OK(thing{"two"})
		}, 500},
		{"a body that cannot be written", func(c *engine.Call) (engine.Response, error) {
			change(c)
			return engine.OK(thing{func() {}})
		}, 500},
	} {
		t.Run(x.name, func(t *testing.T) {
			toy := newToy(t, map[string]engine.Handler{"putThing": x.put})
			toy.want(x.status, toy.do("PUT", "/things/one", `{"n":5}`))
			if names := toy.names(); names != "one" {
				t.Errorf("there are now %s", names)
			}
			// The store is not left locked.
			toy.want(204, toy.do("DELETE", "/things/one", ""))
		})
	}
}

// TestWhatARefusalBringsAboutIsKept: an attempt counts because it fails, and
// nothing else of the call does; whether the call reads or changes.
func TestWhatARefusalBringsAboutIsKept(t *testing.T) {
	t.Parallel()
	count := func(c *engine.Call) {
		c.Update(func(next engine.State) { next.(*things).table.Put("attempt", 1) })
	}
	always := func(*engine.Call) bool { return true }
	for _, on := range []string{"getThing", "putThing"} {
		for lifted, want := range map[bool]string{false: "attempt one", true: "one"} {
			toy := newToy(t, nil, func(a *engine.API) {
				a.SignIn.Guards = []engine.Guard{engine.Refuse("TOY-03", 404, engine.Stranger, always, "who are you?").Then("TOY-05", count)}
				a.Defects = []engine.Defect{{ID: "d", Breaks: "TOY-05", On: []string{on}}}
			})
			if lifted {
				toy.sandbox.SetDefects(toy.api.Defects[:1])
			}
			method := map[string]string{"getThing": "GET", "putThing": "PUT"}[on]
			a := toy.do(method, "/things/one", `{"n":5}`)
			if a.message() != "who are you?" || toy.names() != want {
				t.Errorf("%s: answered with %s; there are %q, want %q", on, a.body, toy.names(), want)
			}
		}
	}
}

func TestParallelWritesWaitForOneAnother(t *testing.T) {
	t.Parallel()
	toy := newToy(t, map[string]engine.Handler{"putThing": func(c *engine.Call) (engine.Response, error) {
		table := c.State().(*things).table
		n, _ := table.Get("one")
		table.Put("one", n+1)
		table.Put(c.Text("id"), 0)
		return engine.OK(thing{n})
	}})
	var all sync.WaitGroup
	const writers, each = 8, 25
	for w := range writers {
		all.Go(func() {
			for i := range each {
				toy.do("PUT", fmt.Sprintf("/things/w%d-%d", w, i), `{"n":0}`)
				toy.do("GET", "/things", "")
				toy.sandbox.Store("toy").Update(func(s engine.State) { s.(*things).table.Delete("nothing") })
				_ = toy.sandbox.Change(func(s map[string]engine.State) error { s["toy"] = s["toy"].Copy(); return nil })
				toy.sandbox.Fork("", 1)
			}
		})
	}
	all.Wait()
	s := toy.sandbox.Store("toy").Current().(*things)
	if n, _ := s.table.Get("one"); n != 1+writers*each || s.table.Len() != 1+writers*each {
		t.Errorf("%d writes were counted and %d things made, want %d", n-1, s.table.Len()-1, writers*each)
	}
}

func TestAStateThatWasReadDoesNotChange(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	before := toy.sandbox.Store("toy").Current().(*things)
	for i := range 100 {
		toy.want(200, toy.do("PUT", fmt.Sprintf("/things/n%d", i), `{"n":1}`))
	}
	toy.want(204, toy.do("DELETE", "/things/one", ""))
	if before.table.Len() != 1 || !before.table.Has("one") {
		t.Errorf("what was read has become %d things", before.table.Len())
	}
}

func TestAChangeThatFailsIsNotPublished(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	err := toy.sandbox.Change(func(s map[string]engine.State) error {
		s["toy"] = s["toy"].Copy()
		s["toy"].(*things).table.Put("two", 2)
		return errors.New("no")
	})
	if err == nil || toy.names() != "one" {
		t.Errorf("error %v; there are %s", err, toy.names())
	}
}

func TestForksAreIndependentOfOneAnother(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	fork := toy.sandbox.Fork("fork", 1)
	add := func(s *engine.Sandbox, name string) {
		s.Store("toy").Update(func(s engine.State) { s.(*things).table.Put(name, 1) })
	}
	add(fork, "fork")
	add(toy.sandbox, "origin")
	fork.Faults.Add(engine.Fault{API: "toy", Operation: "getThing", Status: 503})
	fork.SetDefects([]engine.Defect{{ID: "d"}})
	fork.Journal.Add(engine.Entry{})
	has := func(s *engine.Sandbox) string {
		var names []string
		for name := range s.Store("toy").Current().(*things).table.All {
			names = append(names, name)
		}
		_, calls := s.Journal.Entries()
		return fmt.Sprint(names, s.Defects(), len(s.Faults.List()), calls)
	}
	if got := has(toy.sandbox); got != "[one origin] [] 0 0" {
		t.Errorf("the origin has %s", got)
	}
	if got := has(fork); got != "[fork one] [d] 1 1" {
		t.Errorf("the fork has %s", got)
	}
	fork.Reset(toy.sandbox, 1)
	if got := has(fork); got != "[one origin] [] 0 0" {
		t.Errorf("after a reset the fork has %s", got)
	}
}

func TestChanceIsTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	toy := newToy(t, nil)
	draw := func(s *engine.Sandbox) string {
		b := make([]byte, 8)
		s.Random(b)
		return string(b)
	}
	a, b, other := toy.sandbox.Fork("a", 7), toy.sandbox.Fork("b", 7), toy.sandbox.Fork("c", 8)
	first := draw(a)
	if first != draw(b) || first == draw(other) || first == draw(a) || strings.Trim(first, "\x00") == "" {
		t.Error("draws of one seed differ, or those of two do not")
	}
	a.Reset(toy.sandbox, 7)
	if draw(a) != first {
		t.Error("after a reset the draw is another")
	}
}
