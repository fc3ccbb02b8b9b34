package engine

import (
	"fmt"
	"strings"
)

// An Operation is what one operation of the contract refuses, and what it does
// otherwise. It is written so that it reads like the document:
//
//	engine.Op("deleteRole", deleteRole,
//		engine.Refuse("R7-ADMIN-03", 401, engine.Permission, isPlain, "only administrators delete roles"),
//		engine.Find("R7-ROLE-05", 404, roleInPath, `there is no role "{id}"`),
//		engine.Refuse("R7-ROLE-02", 400, engine.WrongState, isBuiltIn, `role "{id}" is built-in`),
//		engine.Refuse("R7-ROLE-03", 400, engine.Conflict, isHeld, `role "{id}" is assigned to users`))
//
// The guards are tried in this order, after those of API.SignIn, and each names
// its rule; the effect runs when none refuses. Tests of guards read call and
// state and change neither, so that any guard can be left out. What the request
// itself is held to comes in between: its path, query and headers after the
// guards of permission that stand first, its body where Body stands.
//
// A defect leaves guards out by their rule. No effect takes care of that: it
// runs on what there is. What there is not, the engine supplies: a stranger who
// is let in counts as State.Administrator, a record that is not found leaves
// the operation nothing to do, and it answers with the contract's example of a
// success; a parameter that cannot be read counts as not given.
type Operation struct {
	ID     string
	Effect Handler
	Guards []Guard
}

// Op is the operation of an id.
func Op(id string, effect Handler, guards ...Guard) Operation { return Operation{id, effect, guards} }

// A Guard is one reason for which an operation refuses.
type Guard struct {
	Operation string // whose it is; "" for a guard of API.SignIn
	Rule      string // that it obeys
	Status    int    // that it answers, before the API words the problem
	Kind      Kind

	try   func(*Call) *Problem // what is refused; nil for nothing
	find  bool                 // what is refused is that there is no record
	all   bool                 // tried for every request, see Everywhere
	rules []string             // others that it obeys, for parts of a body
	after *consequence
}

// A consequence is what a refusal brings about, under a rule of its own.
type consequence struct {
	rule string
	do   func(*Call)
}

// Refuse is a guard that refuses when a test says so. In the message, {name}
// stands for the parameter of that name or else for that property of the body,
// as in {role.id}.
func Refuse(rule string, status int, kind Kind, when func(*Call) bool, message string) Guard {
	return Explain(rule, status, kind, func(c *Call) string {
		if !when(c) {
			return ""
		}
		return c.fill(message)
	})
}

// Explain is a guard whose test says itself what is wrong; "" for nothing.
func Explain(rule string, status int, kind Kind, says func(*Call) string) Guard {
	return Guard{Rule: rule, Status: status, Kind: kind, try: func(c *Call) *Problem {
		what := says(c)
		if what == "" {
			return nil
		}
		return &Problem{Status: status, Rule: rule, Kind: kind, Message: what}
	}}
}

// Find is a guard that refuses when there is no record, and otherwise leaves
// it in Call.Record for the guards after it and for the effect.
func Find(rule string, status int, find func(*Call) (record any, found bool), message string) Guard {
	g := Explain(rule, status, Unknown, func(c *Call) string {
		record, found := find(c)
		if !found {
			return c.fill(message)
		}
		c.Record = record
		return ""
	})
	g.find = true
	return g
}

// Then adds what a refusal brings about, as too many of them lock an account.
// It uses Call.Update, and is left out by a defect of its own rule.
func (g Guard) Then(rule string, do func(*Call)) Guard {
	g.after = &consequence{rule, do}
	return g
}

// Everywhere makes a guard of API.SignIn one that is tried for every request:
// those to public operations, and those to paths and methods that are none's.
func (g Guard) Everywhere() Guard {
	g.all = true
	return g
}

// refuse notes what the refusal brings about.
func (g *Guard) refuse(c *Call, p *Problem) (Response, error) {
	if g.after != nil && !c.lifted(g.after.rule) {
		g.after.do(c)
	}
	return Response{}, p
}

// guard tries guards in their order and goes on if none refuses.
func (a *API) guard(guards []Guard) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			for i := range guards {
				g := &guards[i]
				p := g.try(c)
				switch {
				case p == nil || a.forgives(c, p):
				case !c.lifted(p.Rule):
					return g.refuse(c, p)
				case g.find:
					return c.example()
				case g.Kind == Stranger && c.Caller == nil:
					c.Caller = c.State().Administrator()
				}
			}
			return next(c)
		}
	}
}

// example is the contract's own example of a success of the operation.
func (c *Call) example() (Response, error) {
	for _, r := range c.Operation.Responses {
		if r.Status/100 != 2 || r.Observed {
			continue
		}
		if r.Schema == nil || len(r.Schema.Examples) == 0 {
			return Response{Status: r.Status}, nil
		}
		return Response{Status: r.Status}.WithBytes(r.Schema.Examples[0]), nil
	}
	return Response{}, fmt.Errorf("%s documents no success", c.Operation.ID)
}

// fill puts what the request said into a message.
func (c *Call) fill(message string) string {
	var out strings.Builder
	for {
		before, rest, open := strings.Cut(message, "{")
		out.WriteString(before)
		if !open {
			return out.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		out.WriteString(c.said(name))
		message = after
	}
}

func (c *Call) said(name string) string {
	if c.Path.Has(name) {
		return c.Path.Get(name)
	}
	if value := c.Value(name); value != nil {
		return fmt.Sprint(value)
	}
	value := c.JSON()
	for part := range strings.SplitSeq(name, ".") {
		value = value.Get(part)
	}
	return value.String()
}
