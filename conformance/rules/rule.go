package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	messages "github.com/cucumber/messages/go/v21"

	"github.com/rolecall/rolecall/conformance/report"
)

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
