package rules

import (
	"slices"
	"strconv"
	"strings"

	messages "github.com/cucumber/messages/go/v21"
)

// A PickledStep is one step of a scenario, with placeholders filled in.
type PickledStep struct {
	Keyword string // Given, When or Then; "And" is resolved
	Text    string
	Line    int
	Doc     *string    // the doc string, if there is one
	Table   [][]string // the data table, if there is one
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
		s := &Scenario{Rule: r, Name: p.Name, Line: lines[p.AstNodeIds[len(p.AstNodeIds)-1]], nodes: distances(p, r.ID)}
		for _, tag := range p.Tags {
			s.Tags = append(s.Tags, tag.Name)
		}
		for _, step := range p.Steps {
			s.Steps = append(s.Steps, pickled(step, lines[step.AstNodeIds[0]]))
		}
		r.Scenarios = append(r.Scenarios, s)
	}
}

// distances are those of a pickle's nodes, a scenario and perhaps a row of its
// examples, from the tag of its rule: the same whatever was read before the file.
func distances(p *messages.Pickle, rule string) (all []int) {
	for _, tag := range p.Tags {
		if tag.Name != "@"+rule {
			continue
		}
		from, _ := strconv.Atoi(tag.AstNodeId) // the reader counts
		for _, id := range p.AstNodeIds {
			node, _ := strconv.Atoi(id)
			all = append(all, node-from)
		}
	}
	return all
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

// Of finds the scenario that godog was given as a pickle; nil when it
// is none of the catalogue's. Where its nodes are in the file, the ids of nodes
// tell: they count on from file to file, so they are counted from the rule's tag.
func (c *Catalogue) Of(pickle *messages.Pickle) *Scenario {
	for _, tag := range pickle.Tags {
		rule := c.Rule(strings.TrimPrefix(tag.Name, "@"))
		if rule == nil {
			continue
		}
		nodes := distances(pickle, rule.ID)
		if i := slices.IndexFunc(rule.Scenarios, func(s *Scenario) bool { return slices.Equal(s.nodes, nodes) }); i >= 0 {
			return rule.Scenarios[i]
		}
	}
	return nil
}
