package run

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/rules"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
)

// A Session judges the scenarios that somebody else's godog runs, each by
// itself as a run would, and tells godog the verdict. godog knows no levels: a
// should rule that fails fails its scenario, and so does an invariant.
type Session struct {
	catalogue *Catalogue
	target    *target.Target

	mu  sync.Mutex
	own map[string]*Catalogue // of files that are none of the catalogue's
}

// Session makes one; target is our mock.
func (c *Catalogue) Session(t *target.Target) *Session {
	if t.Client == nil {
		t.Client = target.Client()
	}
	return &Session{catalogue: c, target: t, own: map[string]*Catalogue{}}
}

// Initialize sets one scenario up.
func (s *Session) Initialize(g *godog.ScenarioContext) {
	r := newRun(plan{target: s.target, tag: drawTag()})
	which := func(pickle *godog.Scenario) (*rules.Scenario, int, error) {
		c, scenario, err := s.find(pickle)
		if err != nil {
			return nil, 0, err
		}
		r.catalogue = c
		r.chosen = c.WithInvariants([]rules.Chosen{{Rule: scenario.Rule, Scenarios: []*rules.Scenario{scenario}}}, rules.Selection{})
		return scenario, 1, nil
	}
	r.initialize(context.Background(), g, which, func(p *played) error {
		var failed []error
		for _, rule := range aggregate(r.plan, nil, r.outcome(), span{began: p.began, took: time.Since(p.began)}).Rules {
			if rule.Verdict >= report.Fail {
				failed = append(failed, errors.New(report.Account(rule)))
			}
		}
		return errors.Join(failed...)
	})
}

// lineOf ends the name of a file of which godog is to run one scenario.
var lineOf = regexp.MustCompile(`:\d+$`)

// find finds a scenario in the catalogue, or in its file, if that is a team's
// own: whose steps it is written in, its folder's name tells.
func (s *Session) find(pickle *godog.Scenario) (*Catalogue, *rules.Scenario, error) {
	if known := s.catalogue.Of(pickle); known != nil {
		return s.catalogue, known, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	file := lineOf.ReplaceAllString(pickle.Uri, "")
	if s.own[file] == nil {
		c, err := s.read(file)
		if err != nil {
			return nil, nil, err
		}
		s.own[file] = c
	}
	scenario := s.own[file].Of(pickle)
	if scenario == nil {
		return nil, nil, world.CouldNotJudge("%s: the scenario %q is of no rule", file, pickle.Name)
	}
	return s.own[file], scenario, nil
}

func (s *Session) read(file string) (*Catalogue, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	folders := strings.Split(filepath.ToSlash(filepath.Dir(file)), "/")
	for _, name := range s.catalogue.Names() {
		if slices.Contains(folders, name) {
			own, err := s.catalogue.WithFile(name, filepath.ToSlash(file), text)
			return &Catalogue{Catalogue: own, APIs: s.catalogue.APIs}, err
		}
	}
	return nil, fmt.Errorf("%s: whose steps are these? Put the file into a folder with the name of its API, one of %s", file, strings.Join(s.catalogue.Names(), ", "))
}
