package engine

import (
	"github.com/rolecall/rolecall/schemas"
)

// A CallerKind is a kind of caller, as far as permissions tell callers apart.
type CallerKind struct {
	Name string // as in "a security manager"
	Is   func(*Call) bool
}

// callerMutants leave out the guards of permission, for each kind of caller by
// itself.
func (a *API) callerMutants(op *schemas.Operation) []*Mutant {
	var all []*Mutant
	seen := map[string]bool{}
	for _, o := range a.Operations {
		if o.ID != op.ID {
			continue
		}
		for _, g := range o.Guards {
			if g.Kind != Permission || seen[g.Rule] {
				continue
			}
			seen[g.Rule] = true
			for _, kind := range a.Callers {
				m := &Mutant{Kind: "caller", What: g.Rule + " not held to " + kind.Name}
				m.altered = cmpOr(nil)
				m.Breaks, m.On = g.Rule, []string{op.ID}
				m.For = func(c *Call) bool {
					if kind.Is(c) {
						m.altered.Add(1)
						return true
					}
					return false
				}
				all = append(all, m)
			}
		}
	}
	return all
}
