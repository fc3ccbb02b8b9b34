package report

import (
	"fmt"
	"slices"
)

// Outcomes are what a reader is told of a rule, best first. They are the
// verdicts, with one more: a failure that a waiver covers.
var Outcomes = []string{"pass", "fail", "error", "waived", "skip", "not run"}

// Outcome is the rule's verdict as a reader is told it.
func (r Rule) Outcome() string {
	if r.Verdict >= Fail && r.Waived != "" {
		return "waived"
	}
	return r.Verdict.String()
}

// A Tally counts rules by outcome.
type Tally map[string]int

func (t Tally) total() int {
	n := 0
	for _, count := range t {
		n += count
	}
	return n
}

// Tally counts the rules of an API and a level by outcome; an empty API or
// level stands for all.
func (r *Report) Tally(api string, level Level) Tally {
	t := Tally{}
	for _, x := range r.Rules {
		if (api == "" || x.API == api) && (level == "" || x.Level == level) {
			t[x.Outcome()]++
		}
	}
	return t
}

// Levels are the levels, most binding first.
var Levels = []Level{Must, Should, Observed}

// APIs lists the APIs that the report speaks of, in the order of its targets.
func (r *Report) APIs() []string {
	var apis []string
	add := func(api string) {
		if !slices.Contains(apis, api) {
			apis = append(apis, api)
		}
	}
	for _, t := range r.Targets {
		add(t.API)
	}
	for _, x := range r.Rules {
		add(x.API)
	}
	return apis
}

// An Extent is how much of an API's contract a run met.
type Extent struct {
	Documented int // operation × status pairs of the contract
	Ineligible int // of those, never seen and not to be provoked on a real server
	Seen       int // of those, seen at least once
	Breached   int // pairs with an answer that broke the contract, documented or not
}

// Extent sums up the coverage of an API.
func (r *Report) Extent(api string) Extent {
	var e Extent
	for _, p := range r.Coverage {
		if p.API != api {
			continue
		}
		if p.Breached > 0 {
			e.Breached++
		}
		if !p.Documented {
			continue
		}
		e.Documented++
		switch {
		case p.Seen > 0:
			e.Seen++
		case p.Ineligible != "":
			e.Ineligible++
		}
	}
	return e
}

// Percent is how much was seen of what can be provoked.
func (e Extent) Percent() float64 {
	return 100 * float64(e.Seen) / float64(max(e.Documented-e.Ineligible, 1))
}

// Unmet says what of the gate's demands was not met: how much is to be seen, how
// little skipped, what must pass. A shard alone is not held to them.
func (r *Report) Unmet() (demands []string) {
	if r.Selected.Shard != "" {
		return nil
	}
	for _, api := range r.APIs() {
		if e := r.Extent(api); e.Percent() < r.Demanded {
			demands = append(demands, fmt.Sprintf("%s: %.1f %% of the answers that can be provoked were seen, %.1f %% are demanded", api, e.Percent(), r.Demanded))
		}
	}
	if most, skipped := r.MaxSkipped, r.Count(Skip); most != nil && skipped > *most {
		demands = append(demands, fmt.Sprintf("%s skipped, %d may be", plural(skipped, "rule"), *most))
	}
	for _, id := range r.Required {
		i := slices.IndexFunc(r.Rules, func(x Rule) bool { return x.ID == id })
		switch {
		case i < 0:
			demands = append(demands, fmt.Sprintf("%s is required and was not selected", id))
		case r.Rules[i].Verdict != Pass:
			demands = append(demands, fmt.Sprintf("%s is required and is %s", id, r.Rules[i].Verdict))
		}
	}
	return demands
}

func (e Extent) String() string {
	text := fmt.Sprintf("%d of %d documented answers seen", e.Seen, e.Documented)
	if e.Ineligible > 0 {
		text += fmt.Sprintf(", %d cannot be provoked", e.Ineligible)
	}
	if e.Breached > 0 {
		text += fmt.Sprintf(", %d breached", e.Breached)
	}
	return text
}
