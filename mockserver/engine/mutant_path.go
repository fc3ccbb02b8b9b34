package engine

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

// A jsonPath is a place in answers; "*" is every item of a list.
type jsonPath struct {
	steps []string
	kinds map[string]bool // of the values seen there: "text", "number", "truth", "list", "texts", "object"
}

func (p jsonPath) String() string { return strings.Join(p.steps, ".") }

// pathsOf are the places in the examples of the operation's successes.
func pathsOf(op *schemas.Operation) []jsonPath {
	found := map[string]map[string]bool{}
	for _, r := range op.Responses {
		if r.Status/100 != 2 || r.Schema == nil || r.Observed {
			continue
		}
		for _, example := range r.Schema.Examples {
			if body, ok := decoded(example); ok {
				walk(body, nil, found)
			}
		}
	}
	var all []jsonPath
	for path, kinds := range found {
		all = append(all, jsonPath{strings.Split(path, "\x00"), kinds})
	}
	slices.SortFunc(all, func(a, b jsonPath) int { return strings.Compare(a.String(), b.String()) })
	return all
}

func walk(v any, steps []string, found map[string]map[string]bool) {
	if len(steps) > 0 && steps[len(steps)-1] != "*" || len(steps) == 0 && kindOf(v) != "object" {
		key := strings.Join(steps, "\x00")
		if found[key] == nil {
			found[key] = map[string]bool{}
		}
		found[key][kindOf(v)] = true
	}
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			walk(member, append(slices.Clone(steps), name), found)
		}
	case []any:
		for _, item := range v {
			walk(item, append(slices.Clone(steps), "*"), found)
		}
	}
}

func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "text"
	case json.Number:
		return "number"
	case bool:
		return "truth"
	case []any:
		return "list"
	case map[string]any:
		return "object"
	}
	return "null"
}

// each edits the value at the path in every item of the lists on the way. At is
// the same for the same property of the same record.
func (p jsonPath) each(edit func(m *Mutant, c *Call, at string, v any) any) func(*Mutant, *Call, any) any {
	return func(m *Mutant, c *Call, body any) any {
		if len(p.steps) == 1 && p.steps[0] == "" {
			return unless(edit(m, c, c.URL.Path, body), body)
		}
		p.descend(m, c, c.URL.Path, p.steps, body, edit)
		return body
	}
}

// any tells whether an edit would change anything, and changes nothing.
func (p jsonPath) any(m *Mutant, c *Call, body any, edit func(m *Mutant, c *Call, at string, v any) any) (differs bool) {
	p.visit(c.URL.Path, p.steps, body, func(at string, v any) {
		if !differs || m.stateful() {
			edited := edit(m, c, at, v)
			differs = differs || edited == (gone{}) || !same(edited, v)
		}
	})
	return differs
}

// stateful tells whether the mutant remembers what it sees.
func (m *Mutant) stateful() bool {
	return m.Kind == "time" || strings.HasSuffix(m.What, ways[0].name) || strings.HasSuffix(m.What, ways[1].name)
}

func (p jsonPath) visit(at string, steps []string, v any, see func(at string, v any)) {
	switch {
	case len(steps) == 1 && steps[0] == "" && len(p.steps) == 1:
		see(at, v)
	case steps[0] == "*":
		list, _ := v.([]any)
		for _, item := range list {
			p.visit(at+"/"+identity(item), steps[1:], item, see)
		}
	default:
		object, _ := v.(map[string]any)
		if value, there := object[steps[0]]; there && len(steps) > 1 {
			p.visit(at, steps[1:], value, see)
		} else if there {
			see(at, value)
		}
	}
}

// unless keeps what cannot be missing.
func unless(v, otherwise any) any {
	if v == (gone{}) {
		return otherwise
	}
	return v
}

func (p jsonPath) descend(m *Mutant, c *Call, at string, steps []string, v any, edit func(m *Mutant, c *Call, at string, v any) any) {
	if steps[0] == "*" {
		list, _ := v.([]any)
		for i, item := range list {
			p.descend(m, c, at+"/"+identity(item), steps[1:], list[i], edit)
		}
		return
	}
	object, ok := v.(map[string]any)
	value, there := object[steps[0]]
	switch {
	case !ok || !there:
	case len(steps) > 1:
		p.descend(m, c, at, steps[1:], value, edit)
	default:
		if edited := edit(m, c, at, value); edited == (gone{}) {
			delete(object, steps[0])
		} else {
			object[steps[0]] = edited
		}
	}
}
