package rules

import (
	"fmt"
	"slices"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/schemas"
)

// A Selection says which rules to run. The zero value selects all.
type Selection struct {
	APIs  []string
	Rules []string // ids
	Tags  string   // expression
	Shard Shard    // the part of the rules to run
	Allow Allow
}

// Allow is what a run may do to a target beside reading.
type Allow struct{ Writes, Disruptive bool }

// Names lists what is allowed, as --allow takes it.
func (a Allow) Names() []string {
	var names []string
	if a.Writes {
		names = append(names, "writes")
	}
	if a.Disruptive {
		names = append(names, "disruptive")
	}
	return names
}

// A Chosen rule is one that was selected, with those of its scenarios that are
// to run. A rule without any is skipped, for a reason.
type Chosen struct {
	Rule      *Rule
	Scenarios []*Scenario
	Skip      string // why nothing of it runs
	LeftOut   int    // scenarios that were wanted and may not run on the target
	Unjudged  bool   // it runs only because an invariant was asked for
}

// Select chooses from the catalogue. Names that mean nothing are refused; they
// would select nothing in silence. What the target cannot or may not take is
// chosen and skipped, with the reason. Of the target it is told which APIs it
// has, and of each whether that is our mock.
func (c *Catalogue) Select(s Selection, mocks map[string]bool) ([]Chosen, error) {
	tags, err := c.check(s, mocks)
	if err != nil {
		return nil, err
	}
	var chosen []Chosen
	for _, rule := range c.Rules {
		mock, there := mocks[rule.API.Name]
		if !there || len(s.APIs) > 0 && !slices.Contains(s.APIs, rule.API.Name) {
			continue
		}
		if rule.Invariant() {
			continue // below: it goes along with whatever runs
		}
		named := len(s.Rules) == 0 || slices.Contains(s.Rules, rule.ID)
		if !named && !c.asksInvariant(s, rule.API) || !s.Shard.holds(rule) {
			continue
		}
		x := Chosen{Rule: rule, Unjudged: !named}
		wanted := false
		for _, scenario := range rule.Scenarios {
			if !tags.Evaluate(scenario.Tags) {
				continue
			}
			wanted = true
			if reason := s.Allow.refusal(scenario.Tags, mock); reason != "" {
				x.Skip = reason
				x.LeftOut++
				continue
			}
			x.Scenarios = append(x.Scenarios, scenario)
		}
		if len(x.Scenarios) > 0 {
			x.Skip = ""
		}
		if wanted {
			chosen = append(chosen, x)
		}
	}
	return c.WithInvariants(chosen, s), nil
}

// asksInvariant tells whether the selection names an invariant of the API: then
// all of its scenarios run, and what they are about is not judged.
func (c *Catalogue) asksInvariant(s Selection, api *API) bool {
	return slices.ContainsFunc(s.Rules, func(id string) bool {
		rule := c.Rule(id)
		return rule != nil && rule.API == api && rule.Invariant()
	})
}

// Alongside tells whether an invariant only goes along with rules that were
// chosen: that these gave it nothing to judge is no news then.
func (s Selection) Alongside(rule *Rule) bool {
	return rule.Kind != Contract && (len(s.Rules) > 0 || s.Tags != "") && !slices.Contains(s.Rules, rule.ID)
}

// WithInvariants puts the invariants first: an answer that breaks the contract
// may be what makes the others fail. Those of an API go along with whatever
// runs, unless some of them are named.
func (c *Catalogue) WithInvariants(chosen []Chosen, s Selection) []Chosen {
	var all []Chosen
	for _, rule := range c.Rules {
		runs := slices.ContainsFunc(chosen, func(x Chosen) bool { return x.Rule.API == rule.API })
		if rule.Invariant() && runs && (!c.asksInvariant(s, rule.API) || slices.Contains(s.Rules, rule.ID)) {
			all = append(all, Chosen{Rule: rule})
		}
	}
	return append(all, chosen...)
}

// refusal says why a scenario does not run on the target; "" when it does.
func (a Allow) refusal(tags []string, mock bool) string {
	switch {
	case mock:
		return ""
	case slices.Contains(tags, "@mock"):
		return "it needs the mock's control plane"
	case slices.Contains(tags, "@disruptive") && !a.Disruptive:
		return "it may harm a deployment; --allow disruptive lets it run"
	case !slices.Contains(tags, "@safe") && !a.Writes:
		return "it writes; --allow writes lets it run"
	}
	return ""
}

func (c *Catalogue) check(s Selection, mocks map[string]bool) (*TagExpression, error) {
	var ids, tags []string
	apis := c.Names()
	for _, rule := range c.Rules {
		ids = append(ids, rule.ID)
		for _, scenario := range rule.Scenarios {
			tags = append(tags, scenario.Tags...)
		}
	}
	for _, name := range s.APIs {
		if !slices.Contains(apis, name) {
			return nil, fmt.Errorf("there is no API %q%s", name, schemas.Suggest(name, apis))
		}
		if _, there := mocks[name]; !there {
			return nil, fmt.Errorf("the target does not have the API %q", name)
		}
	}
	for _, id := range s.Rules {
		if !slices.Contains(ids, id) {
			return nil, fmt.Errorf("there is no rule %q%s (\"rolecall rules\" lists them)", id, schemas.Suggest(id, ids))
		}
		api := c.Rule(id).API.Name
		switch _, there := mocks[api]; {
		case !there:
			return nil, fmt.Errorf("rule %s is of the API %q, which the target does not have", id, api)
		case len(s.APIs) > 0 && !slices.Contains(s.APIs, api):
			return nil, fmt.Errorf("rule %s is of the API %q, which is not among those selected", id, api)
		}
	}
	expression, err := ParseTags(s.Tags)
	if err != nil {
		return nil, err
	}
	for _, tag := range expression.Tags {
		if !slices.Contains(tags, tag) {
			return nil, fmt.Errorf("no scenario has the tag %s%s", tag, schemas.Suggest(tag, tags))
		}
	}
	return expression, nil
}

// Reported is the selection as a report has it.
func (s Selection) Reported() report.Selected {
	return report.Selected{APIs: s.APIs, Rules: s.Rules, Tags: s.Tags, Allow: s.Allow.Names(), Shard: s.Shard.String()}
}
