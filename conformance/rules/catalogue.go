// Package rules is the catalogue: the rules of some APIs, read from features as
// Gherkin, and which of them are chosen.
//
// It runs nothing, and does not know what a step does.
package rules

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	gherkin "github.com/cucumber/gherkin/go/v26"
	messages "github.com/cucumber/messages/go/v21"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/schemas"
)

// An API is what its rules are read from.
type API struct {
	Name      string // as in "rapid7"
	Prefix    string // of its rules' ids, as in "R7"
	Contract  *schemas.Contract
	Sources   schemas.Sources // that rules may cite; nil for any text
	Features  fs.FS           // the *.feature files
	Path      string          // where they are in the repository, as in "features/rapid7"
	Own       bool            // they are a team's own: their rules have ids of another prefix
	Unwatched bool            // its steps give no adapter, so frame and views are not judged
}

// A Catalogue is every rule of every API, in the order of the files.
type Catalogue struct {
	APIs  []*API
	Rules []*Rule
	Hash  string // SHA-256 over the feature files, in hexadecimal

	byID  map[string]*Rule
	texts map[string][]byte // of the feature files
}

// A Rule is one documented fact: a Rule block of a feature file.
type Rule struct {
	ID        string
	API       *API
	Level     report.Level
	Title     string
	Source    string // for people
	SourceURL string // "" where it cannot be opened
	File      string
	Line      int
	Tags      []string // its own and the feature's, without id and level
	Scenarios []*Scenario

	Kind *Invariant // nil for a Rule block of a feature
}

// A Scenario is one way of trying a rule: a scenario, or one row of an outline.
type Scenario struct {
	Rule  *Rule
	Name  string
	Line  int
	Tags  []string // inherited ones included
	Steps []PickledStep

	nodes []int // what it is known by to godog: see distances
}

// ruleID is what the tag of a rule looks like: prefix, topic, number.
var ruleID = regexp.MustCompile(`^@([A-Z][A-Z0-9]*-[A-Z0-9]+-\d\d)$`)

// Read reads the features of the APIs. A scenario outside a rule, a
// rule without id, level, source or scenarios, and an id that is used twice are
// errors that name file and line.
func Read(apis ...*API) (*Catalogue, error) {
	c := &Catalogue{APIs: apis, byID: map[string]*Rule{}, texts: map[string][]byte{}}
	hash := sha256.New()
	for _, api := range apis {
		files, err := fs.Glob(api.Features, "*.feature")
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			text, err := fs.ReadFile(api.Features, file)
			if err != nil {
				return nil, err
			}
			place := api.place(file)
			c.texts[place] = text
			fmt.Fprintf(hash, "%s %d\n%s", place, len(text), text)
			if err := c.read(api, place, text); err != nil {
				return nil, err
			}
		}
		for _, i := range invariants {
			if !api.Unwatched || i != Frame && i != Views {
				c.Rules = append(c.Rules, i.rule(api))
			}
		}
	}
	c.Hash = hex.EncodeToString(hash.Sum(nil))
	return c, c.unique()
}

// place is where a feature file is, for messages and reports.
func (a *API) place(file string) string {
	return path.Join(a.Path, strings.ReplaceAll(file, "\u2215", "/"))
}

func (c *Catalogue) unique() error {
	for _, r := range c.Rules {
		if first := c.byID[r.ID]; first != nil {
			return fmt.Errorf("%s:%d: rule %s stands at %s:%d already; ids are permanent and used once", r.File, r.Line, r.ID, first.File, first.Line)
		}
		c.byID[r.ID] = r
	}
	return nil
}

// Invariant tells whether the rule is none of a feature's: every scenario is
// held to it.
func (r *Rule) Invariant() bool { return r.Kind != nil }

// Rule finds a rule by its id; nil when there is none.
func (c *Catalogue) Rule(id string) *Rule { return c.byID[id] }

// Scenarios are all of an API.
func (c *Catalogue) Scenarios(api string) (all []*Scenario) {
	for _, r := range c.Rules {
		if r.API.Name == api {
			all = append(all, r.Scenarios...)
		}
	}
	return all
}

// Text is what a feature file says.
func (c *Catalogue) Text(file string) []byte { return c.texts[file] }

// Names are those of the APIs.
func (c *Catalogue) Names() (names []string) {
	for _, api := range c.APIs {
		names = append(names, api.Name)
	}
	return names
}

// API finds an API of the catalogue by its name; nil when there is none.
func (c *Catalogue) API(name string) *API {
	i := slices.IndexFunc(c.APIs, func(a *API) bool { return a.Name == name })
	if i < 0 {
		return nil
	}
	return c.APIs[i]
}

func (c *Catalogue) read(api *API, file string, text []byte) error {
	ids := (&messages.Incrementing{}).NewId
	document, err := gherkin.ParseGherkinDocument(bytes.NewReader(text), ids)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if document.Feature == nil {
		return fmt.Errorf("%s: there is no Feature in this file", file)
	}
	before := len(c.Rules)
	pickles := gherkin.Pickles(*document, file, ids)
	for _, child := range document.Feature.Children {
		if child.Scenario != nil {
			return fmt.Errorf("%s:%d: scenario %q is outside a Rule; every scenario tries a rule", file, child.Scenario.Location.Line, child.Scenario.Name)
		}
		if child.Rule == nil {
			continue
		}
		r, err := c.rule(api, file, document.Feature, child.Rule)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", file, child.Rule.Location.Line, err)
		}
		r.scenarios(child.Rule, pickles, linesOf(document))
		if err := r.complete(child.Rule); err != nil {
			return fmt.Errorf("%s:%d: rule %s: %w", file, child.Rule.Location.Line, r.ID, err)
		}
		c.Rules = append(c.Rules, r)
	}
	if len(c.Rules) == before {
		return fmt.Errorf("%s:%d: the feature has no rules", file, document.Feature.Location.Line)
	}
	return nil
}
