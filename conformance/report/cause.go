package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ShownPlaces is how many places a report names of what was met in many.
const ShownPlaces = 3

// Sum joins what an invariant is charged with by its cause: one wrong status shows
// in every operation, and is one thing to mend. What a waiver covers stays apart.
func (r *Rule) Sum() {
	if !r.Invariant() || len(r.Scenarios) == 0 {
		return
	}
	var causes []Scenario
	for _, s := range r.Scenarios {
		i := slices.IndexFunc(causes, func(x Scenario) bool { return s.Cause != "" && x.Cause == s.Cause && x.Waived == s.Waived })
		if i < 0 {
			s.Places = append([]string(nil), s.Places...) // the caller's stay as they are
			causes = append(causes, s)
			continue
		}
		c := &causes[i]
		c.Count += s.Count
		c.Operation, c.View = both(c.Operation, s.Operation), both(c.View, s.View)
		for _, place := range append([]string{s.Name}, s.Places...) {
			if place != c.Name && len(c.Places)+1 < ShownPlaces && !slices.Contains(c.Places, place) {
				c.Places = append(c.Places, place)
			}
		}
	}
	slices.SortStableFunc(causes, func(a, b Scenario) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Operation, b.Operation))
	})
	r.Scenarios = causes
	if r.Verdict == Fail && causes[0].Cause != "" {
		r.Reason = r.account()
	}
}

// both are two lists of names as one.
func both(a, b string) string {
	names := strings.Split(a, ", ")
	for _, name := range strings.Split(b, ", ") {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.TrimPrefix(strings.Join(names, ", "), ", ")
}

// account is what an invariant is charged with in a sentence.
func (r Rule) account() string {
	first := r.Scenarios[0]
	text := fmt.Sprintf("%s: %s, for example %s", first.Cause, r.met(first), first.Reason)
	if others := len(r.Scenarios) - 1; others > 0 {
		text += "; and " + plural(others, "other cause")
	}
	return text
}

// causes lists what an invariant is charged with, the most frequent first.
func (r Rule) causes() (all []string) {
	for i, s := range r.Scenarios {
		switch {
		case !r.Invariant() || s.Cause == "":
		case i == namedFailures:
			return append(all, fmt.Sprintf("and %d more", len(r.Scenarios)-i))
		default:
			all = append(all, line(s.Cause+": "+r.met(s)))
		}
	}
	return all
}

// met says how often a cause was met: "48 answers of 21 operations".
func (r Rule) met(s Scenario) string {
	times, operations := plural(s.Count, "answer"), " of "
	if strings.HasSuffix(r.ID, FrameSuffix) || strings.HasSuffix(r.ID, ViewsSuffix) {
		times, operations = plural(s.Count, "time"), " after "
	}
	if n := len(strings.Split(s.Operation, ", ")); n > 1 {
		operations += plural(n, "operation")
	} else {
		operations += s.Operation
	}
	if s.Operation == "" {
		operations = ""
	}
	return times + operations
}
