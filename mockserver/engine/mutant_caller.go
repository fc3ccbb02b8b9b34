package engine

import (
	"slices"
	"strings"
)

// A CallerKind is a kind of caller, as far as permissions tell callers apart, or
// of what callers sign in with.
type CallerKind struct {
	Name string // as in "security managers"
	// Rule is whose guards take one of the kind for another; "" for those of
	// permission, of every operation.
	Rule string
	Is   func(*Call) bool // of a call that such a guard refuses
}

// NearMisses are the passwords that a careless comparison takes for the right
// one, and those of others. The rule is that of the guard which refuses a wrong
// password.
func NearMisses(rule string, passwords func(*Call) (right, given string, of []string)) (kinds []CallerKind) {
	for _, near := range []struct {
		what string
		is   func(right, given string) bool
	}{
		{"a password in other letters", strings.EqualFold},
		{"a password with blanks around", func(right, given string) bool { return strings.TrimSpace(right) == strings.TrimSpace(given) }},
		{"a password that begins so", strings.HasPrefix},
		{"a password that goes on", func(right, given string) bool { return strings.HasPrefix(given, right) }},
		{"no password", func(_, given string) bool { return given == "" }},
	} {
		kinds = append(kinds, CallerKind{near.what, rule, func(c *Call) bool {
			right, given, _ := passwords(c)
			return right != "" && (given == "") == (near.what == "no password") && near.is(right, given)
		}})
	}
	return append(kinds, CallerKind{"the password of another", rule, func(c *Call) bool {
		right, given, of := passwords(c)
		return right != "" && given != "" && slices.Contains(of, given)
	}})
}

// callerMutants leave out guards of one operation for each kind of caller by
// itself.
func (a *API) callerMutants(guards []Guard, on ...string) (all []*Mutant) {
	for _, kind := range a.Callers {
		var rules []string
		for _, g := range guards {
			held := g.Kind == Permission && kind.Rule == "" || kind.Rule == g.Rule
			if held && !slices.Contains(rules, g.Rule) {
				rules = append(rules, g.Rule)
				all = append(all, leavingOut(g.Rule, "caller", g.Rule+" not held to for "+kind.Name, kind.Is, on...))
			}
		}
	}
	return all
}

// guardMutants leave out the guards of one operation, those of one rule at a
// time, and what refusals bring about.
func guardMutants(guards []Guard, on ...string) (all []*Mutant) {
	for _, rule := range rulesOf(guards) {
		all = append(all, leavingOut(rule, "guard", rule+" not held to", func(*Call) bool { return true }, on...))
	}
	return all
}

// leavingOut is a mutant without Wrap: the guards of its rule are left out.
func leavingOut(rule, kind, what string, is func(*Call) bool, on ...string) *Mutant {
	m := &Mutant{Kind: kind, What: what, altered: cmpOr(nil), is: is}
	m.Breaks, m.On = rule, on
	m.For = func(c *Call) bool {
		if is(c) {
			m.altered.Add(1)
			return true
		}
		return false
	}
	return m
}

// rulesOf are the rules that some guards obey, each once.
func rulesOf(guards []Guard) (rules []string) {
	for _, g := range guards {
		rules = append(append(rules, g.Rule), slices.Sorted(slices.Values(g.rules))...)
		if g.after != nil {
			rules = append(rules, g.after.rule)
		}
	}
	var each []string
	for _, rule := range rules {
		if !slices.Contains(each, rule) {
			each = append(each, rule)
		}
	}
	return each
}
