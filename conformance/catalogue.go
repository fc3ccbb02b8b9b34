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

	gherkin "github.com/cucumber/gherkin/go/v26"
	messages "github.com/cucumber/messages/go/v21"

	"github.com/rolecall/rolecall/conformance/report"
)

// A Catalogue is every rule of every API, in the order of the files.
type Catalogue struct {
	APIs  []*API
	Rules []*Rule
	Hash  string // SHA-256 over the feature files, in hexadecimal
}

// A Rule is one documented fact: a Rule block of a feature file.
type Rule struct {
	ID        string
	API       *API
	Level     report.Level
	Title     string
	Source    string
	File      string
	Line      int
	Tags      []string // its own and the feature's, without id and level
	Scenarios []*Scenario
}

// A Scenario is one way of trying a rule: a scenario, or one row of an outline.
type Scenario struct {
	Rule  *Rule
	Name  string
	Line  int
	Tags  []string // inherited ones included
	Steps []PickledStep
}

// A PickledStep is one step of a scenario, with placeholders filled in.
type PickledStep struct {
	Keyword string // Given, When or Then; "And" is resolved
	Text    string
	Line    int
	Doc     *string    // the doc string, if there is one
	Table   [][]string // the data table, if there is one
}

// ruleID is what the tag of a rule looks like: prefix, topic, number.
var ruleID = regexp.MustCompile(`^@([A-Z][A-Z0-9]*-[A-Z0-9]+-\d\d)$`)

// NewCatalogue reads the features of the APIs. A scenario outside a rule, a
// rule without id, level, source or scenarios, and an id that is used twice are
// errors that name file and line.
func NewCatalogue(apis ...*API) (*Catalogue, error) {
	c := &Catalogue{APIs: apis}
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
			fmt.Fprintf(hash, "%s %d\n%s", api.place(file), len(text), text)
			if err := c.read(api, api.place(file), text); err != nil {
				return nil, err
			}
		}
		c.Rules = append(c.Rules, contractRule(api))
	}
	c.Hash = hex.EncodeToString(hash.Sum(nil))
	return c, c.unique()
}

// place is where a feature file is, for messages and reports.
func (a *API) place(file string) string {
	return path.Join(a.Path, strings.ReplaceAll(file, "\u2215", "/"))
}

// contractRule is no Rule block: every answer of every scenario is held to it.
func contractRule(api *API) *Rule {
	return &Rule{
		ID: api.ContractRule(), API: api, Level: report.Must,
		Title:  "Every answer is what the contract says",
		Source: "schemas/" + api.Name + "/openapi.yaml", File: "schemas/" + api.Name + "/openapi.yaml", Line: 1,
		Tags: []string{"@" + api.Name, "@contract", "@safe"},
	}
}

func (r *Rule) contract() bool { return r.ID == r.API.ContractRule() }

func (c *Catalogue) unique() error {
	seen := map[string]*Rule{}
	for _, r := range c.Rules {
		if first := seen[r.ID]; first != nil {
			return fmt.Errorf("%s:%d: rule %s stands at %s:%d already; ids are permanent and used once", r.File, r.Line, r.ID, first.File, first.Line)
		}
		seen[r.ID] = r
	}
	return nil
}

// Rule finds a rule by its id; nil when there is none.
func (c *Catalogue) Rule(id string) *Rule {
	i := slices.IndexFunc(c.Rules, func(r *Rule) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return c.Rules[i]
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

// scenarios takes in the pickles of a rule's scenarios; an outline's rows are
// one each.
func (r *Rule) scenarios(block *messages.Rule, pickles []*messages.Pickle, lines map[string]int) {
	mine := map[string]bool{}
	for _, child := range block.Children {
		if child.Scenario != nil {
			mine[child.Scenario.Id] = true
		}
	}
	for _, p := range pickles {
		if !mine[p.AstNodeIds[0]] {
			continue
		}
		s := &Scenario{Rule: r, Name: p.Name, Line: lines[p.AstNodeIds[len(p.AstNodeIds)-1]]}
		for _, tag := range p.Tags {
			s.Tags = append(s.Tags, tag.Name)
		}
		for _, step := range p.Steps {
			s.Steps = append(s.Steps, pickled(step, lines[step.AstNodeIds[0]]))
		}
		r.Scenarios = append(r.Scenarios, s)
	}
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

var keywordOf = map[messages.PickleStepType]string{
	messages.PickleStepType_CONTEXT: "Given", messages.PickleStepType_ACTION: "When", messages.PickleStepType_OUTCOME: "Then",
}

func pickled(step *messages.PickleStep, line int) PickledStep {
	p := PickledStep{Keyword: keywordOf[step.Type], Text: step.Text, Line: line}
	if p.Keyword == "" {
		p.Keyword = "Given"
	}
	if a := step.Argument; a != nil && a.DocString != nil {
		p.Doc = &a.DocString.Content
	} else if a != nil && a.DataTable != nil {
		for _, row := range a.DataTable.Rows {
			var cells []string
			for _, cell := range row.Cells {
				cells = append(cells, cell.Value)
			}
			p.Table = append(p.Table, cells)
		}
	}
	return p
}

// linesOf finds the line of every scenario, step and row of examples by its id.
func linesOf(d *messages.GherkinDocument) map[string]int {
	lines := map[string]int{}
	steps := func(list []*messages.Step) {
		for _, s := range list {
			lines[s.Id] = int(s.Location.Line)
		}
	}
	scenario := func(s *messages.Scenario) {
		lines[s.Id] = int(s.Location.Line)
		steps(s.Steps)
		for _, e := range s.Examples {
			for _, row := range e.TableBody {
				lines[row.Id] = int(row.Location.Line)
			}
		}
	}
	for _, child := range d.Feature.Children {
		if child.Background != nil {
			steps(child.Background.Steps)
		}
		if child.Rule == nil {
			continue
		}
		for _, c := range child.Rule.Children {
			if c.Background != nil {
				steps(c.Background.Steps)
			}
			if c.Scenario != nil {
				scenario(c.Scenario)
			}
		}
	}
	return lines
}
