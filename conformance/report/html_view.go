package report

// The types below are what the page's template reads: the report, and what the
// page counts, groups or leaves out.

type htmlView struct {
	*Report
	APIs []htmlAPI
}

// Failing lists the failures that no waiver covers, those that decide first.
func (v htmlView) Failing() []Rule {
	var deciding, others []Rule
	for _, x := range v.Rules {
		switch {
		case x.Decides(v.Strict):
			deciding = append(deciding, x)
		case x.Failed():
			others = append(others, x)
		}
	}
	return append(deciding, others...)
}

// Clean tells whether the preflight has nothing to say.
func (v htmlView) Clean() bool {
	for _, c := range v.Checks {
		if c.Result != Pass {
			return false
		}
	}
	return true
}

type htmlGroups struct {
	Title   string
	Groups  []Group
	Outcome string
}

type htmlAPI struct {
	Name  string
	Bar   []htmlPart
	Rules []htmlRule
	Map   htmlMap
}

// htmlPart is a part of a bar, in percent.
type htmlPart struct {
	Outcome string
	N       int
	X, W    float64
}

type htmlRule struct {
	Rule
	Decisive bool
	Trials   []htmlTrial
}

type htmlTrial struct {
	trial
	Shown  []Exchange
	Hidden int // exchanges before those shown, or beyond the budget
}

func htmlAPIOf(r *Report, api string, budget *int) htmlAPI {
	a, tally, x := htmlAPI{Name: api, Map: htmlMapOf(r, api)}, r.Tally(api, ""), 0.0
	for _, outcome := range Outcomes {
		if n := tally[outcome]; n > 0 {
			width := 100 * float64(n) / float64(tally.total())
			a.Bar = append(a.Bar, htmlPart{outcome, n, x, width})
			x += width
		}
	}
	for _, x := range r.Rules {
		if x.API == api {
			a.Rules = append(a.Rules, htmlRuleOf(x, r.Strict, budget))
		}
	}
	return a
}

func htmlRuleOf(x Rule, strict bool, budget *int) htmlRule {
	rule := htmlRule{Rule: x, Decisive: x.Decides(strict)}
	for _, t := range trials(x) {
		shown := htmlTrial{trial: t}
		for _, e := range last(t.Exchanges, htmlExchanges) {
			if size := htmlSize(e); size <= *budget {
				*budget -= size
				shown.Shown = append(shown.Shown, e)
			}
		}
		shown.Hidden = len(t.Exchanges) - len(shown.Shown)
		rule.Trials = append(rule.Trials, shown)
	}
	return rule
}
