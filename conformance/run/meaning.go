package run

import (
	"fmt"
	"regexp"
	"sync"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/schemas"
)

// A meaning is which definitions a scenario's steps have: each exactly one.
type meaning struct {
	patterns map[string]*regexp.Regexp // by keyword and pattern
	err      error                     // of the first step that has none, or two
	at       int                       // which that is
}

// meaning is found once: every world defines the same steps.
func (c *Catalogue) meaning(s *rules.Scenario, steps []world.Step) *meaning {
	if known, ok := c.means.Load(s); ok {
		return known.(*meaning)
	}
	m := &meaning{patterns: map[string]*regexp.Regexp{}}
	for i, step := range s.Steps {
		found := 0
		for _, known := range steps {
			if pattern := compiled(known.Pattern); known.Keyword == step.Keyword && pattern.MatchString(step.Text) {
				m.patterns[known.Keyword+known.Pattern] = pattern
				found++
			}
		}
		if found != 1 {
			m.err, m.at = world.CouldNotJudge("%s: %s", report.Incomplete, unclear(s.Rule.API.Name, step, steps, found)), i
			break
		}
	}
	c.means.Store(s, m)
	return m
}

// unclear says what to write instead of a step that means nothing, or two things.
func unclear(api string, step rules.PickledStep, steps []world.Step, found int) string {
	if found > 1 {
		return fmt.Sprintf("the step \"%s %s\" has %d definitions", step.Keyword, step.Text, found)
	}
	var near []string
	for _, known := range steps {
		if known.Keyword == step.Keyword {
			near = append(near, known.Example)
		}
	}
	return fmt.Sprintf("there is no step \"%s %s\"%s (\"rolecall steps --api %s\" lists them)", step.Keyword, step.Text, schemas.Suggest(step.Text, near), api)
}

var patterns sync.Map // pattern -> *regexp.Regexp

func compiled(pattern string) *regexp.Regexp {
	known, ok := patterns.Load(pattern)
	if !ok {
		known, _ = patterns.LoadOrStore(pattern, regexp.MustCompile(pattern))
	}
	return known.(*regexp.Regexp)
}
