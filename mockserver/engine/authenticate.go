package engine

import "github.com/rolecall/rolecall/schemas"

// A SignIn is how callers are known, in every operation that is not public.
type SignIn struct {
	// Who finds out whose request it is; nil for nobody's. In public operations
	// too, whose guards may ask for Call.Caller.
	Who func(*Call) any
	// Name is what a caller is called in the journal, and by faults: its login.
	Name func(caller any) string
	// Guards are tried before those of the operation. A stranger whom a defect
	// lets in is taken for State.Administrator.
	Guards []Guard
	// Done notes a success; nil for nothing.
	Done func(*Call)
}

// authenticate finds out who calls. Requests without the right credentials
// learn nothing else, so this comes before anything of them is looked at.
func (a *API) authenticate(op *schemas.Operation) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			c.Caller = a.SignIn.Who(c)
			for i := range a.SignIn.Guards {
				g := &a.SignIn.Guards[i]
				if op.Public && !g.all {
					continue
				}
				p := g.try(c)
				if p == nil {
					continue
				}
				if !c.lifted(p.Rule) {
					return g.refuse(c, p)
				}
				if c.Caller == nil {
					c.Caller = c.State().Administrator()
					return next(c)
				}
			}
			if a.SignIn.Done != nil && !op.Public {
				a.SignIn.Done(c)
			}
			return next(c)
		}
	}
}

// turnedAway is why a request that is no operation's is refused before anything
// is said of its path and method; nil when nothing speaks against it.
func (a *API) turnedAway(c *Call) *Problem {
	c.Caller = a.SignIn.Who(c)
	for i := range a.SignIn.Guards {
		if g := &a.SignIn.Guards[i]; g.all {
			if p := g.try(c); p != nil && !c.lifted(p.Rule) {
				return p
			}
		}
	}
	return nil
}
