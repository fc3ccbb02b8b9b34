package conformance

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
	"sync/atomic"

	gherkin "github.com/cucumber/gherkin/go/v26"
	messages "github.com/cucumber/messages/go/v21"

	"github.com/rolecall/rolecall/conformance/report"
)

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

	invariant *invariant // nil for a Rule block of a feature
}

// A Scenario is one way of trying a rule: a scenario, or one row of an outline.
type Scenario struct {
	Rule  *Rule
	Name  string
	Line  int
	Tags  []string // inherited ones included
	Steps []PickledStep

	nodes []int // what it is known by to godog: see distances
	means atomic.Pointer[meaning]
}

// ruleID is what the tag of a rule looks like: prefix, topic, number.
var ruleID = regexp.MustCompile(`^@([A-Z][A-Z0-9]*-[A-Z0-9]+-\d\d)$`)

// NewCatalogue reads the features of the APIs. A scenario outside a rule, a
// rule without id, level, source or scenarios, and an id that is used twice are
// errors that name file and line.
func NewCatalogue(apis ...*API) (*Catalogue, error) {
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
		for _, i := range allInvariants {
			if !api.Unwatched || i != frame && i != views {
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
func (r *Rule) Invariant() bool { return r.invariant != nil }

// Rule finds a rule by its id; nil when there is none.
func (c *Catalogue) Rule(id string) *Rule { return c.byID[id] }

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

func (c *Catalogue) rule(api *API, file string, feature *messages.Feature, block *messages.Rule) (*Rule, error) {
	r := &Rule{API: api, Title: block.Name, File: file, Line: int(block.Location.Line), Source: sourceOf(block.Description)}
	for _, tag := range slices.Concat(feature.Tags, block.Tags) {
		switch id := ruleID.FindStringSubmatch(tag.Name); {
		case id != nil && r.ID != "":
			return nil, fmt.Errorf("the rule has two ids, %s and %s", r.ID, id[1])
		case id != nil:
			r.ID = id[1]
		case tag.Name == "@must" || tag.Name == "@should" || tag.Name == "@observed":
			if r.Level != "" {
				return nil, fmt.Errorf("the rule has two levels; write one of @must, @should, @observed")
			}
			r.Level = report.Level(tag.Name[1:])
		default:
			r.Tags = append(r.Tags, tag.Name)
		}
	}
	if api.Sources != nil && !api.Own && r.Source != "" {
		cited, err := api.Sources.Cite(r.Source)
		if err != nil {
			return nil, fmt.Errorf("rule %s: %w", r.ID, err)
		}
		r.Source, r.SourceURL = cited.Text, cited.URL
	}
	switch {
	case r.ID == "" || !api.Own && !strings.HasPrefix(r.ID, api.Prefix+"-"):
		return nil, fmt.Errorf("rule %q has no id; tag it as in @%s-TOPIC-01", block.Name, api.Prefix)
	case r.Level == "":
		return nil, fmt.Errorf("rule %s has no level; tag it @must, @should or @observed", r.ID)
	case r.Source == "":
		return nil, fmt.Errorf("rule %s has no source; begin its description with \"Source: \", document and operation", r.ID)
	}
	return r, nil
}

func sourceOf(description string) string {
	for _, line := range strings.Split(description, "\n") {
		if source, ok := strings.CutPrefix(strings.TrimSpace(line), "Source:"); ok {
			return strings.TrimSpace(source)
		}
	}
	return ""
}

// complete refuses what godog would pass over in silence: a rule that tries
// nothing, an outline without rows, a scenario that asserts nothing.
func (r *Rule) complete(block *messages.Rule) error {
	for _, child := range block.Children {
		if child.Scenario == nil {
			continue
		}
		if err := completeOutline(child.Scenario); err != nil {
			return err
		}
	}
	if len(r.Scenarios) == 0 {
		return fmt.Errorf("it has no scenarios")
	}
	for _, s := range r.Scenarios {
		if !slices.ContainsFunc(s.Steps, func(p PickledStep) bool { return p.Keyword == "Then" }) {
			return fmt.Errorf("scenario %q, line %d, has no Then; it could not fail", s.Name, s.Line)
		}
	}
	return nil
}

var placeholder = regexp.MustCompile(`<([^<>]+)>`)

// completeOutline refuses an outline whose steps would run with a placeholder
// in them, or not at all.
func completeOutline(s *messages.Scenario) error {
	outline := strings.HasSuffix(s.Keyword, "Outline") || strings.HasSuffix(s.Keyword, "Template")
	if outline && len(s.Examples) == 0 {
		return fmt.Errorf("the outline in line %d has no examples", s.Location.Line)
	}
	for _, examples := range s.Examples {
		if len(examples.TableBody) == 0 {
			return fmt.Errorf("the examples in line %d have no rows", examples.Location.Line)
		}
		for _, step := range s.Steps {
			for _, name := range placeholder.FindAllStringSubmatch(step.Text, -1) {
				if !slices.ContainsFunc(examples.TableHeader.Cells, func(c *messages.TableCell) bool { return c.Value == name[1] }) {
					return fmt.Errorf("the step in line %d has %s, which is no column of the examples in line %d", step.Location.Line, name[0], examples.Location.Line)
				}
			}
		}
	}
	return nil
}
