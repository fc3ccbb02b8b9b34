package steps

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/world"
)

// Values as features give them. A cell in parentheses is looked up, "(another
// role)"; any other is JSON, or text as it stands.

// A Setting is one property of a body.
type Setting struct {
	Property string // with dots
	Value    any
}

// LeftOut is the value of a property that a body is to lack.
const LeftOut = "(left out)"

// Settings reads a table of property and value for a kind of record.
func (s *Scene) Settings(k *Kind, table Table) ([]Setting, error) {
	var all []Setting
	for _, row := range table {
		if len(row) != 2 {
			return nil, world.CouldNotJudge("the table has %d columns; it should have property and value", len(row))
		}
		one, err := s.setting(k, row[0], row[1])
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func (s *Scene) setting(k *Kind, property, cell string) (Setting, error) {
	if err := s.named(k, property); err != nil {
		return Setting{}, err
	}
	value, err := s.Value(cell)
	if text, ok := value.(string); ok && property == "password" {
		s.Secret(text)
	}
	return Setting{property, value}, err
}

// named refuses a property that no schema of the record has: a misspelt one
// would say nothing of the target.
func (s *Scene) named(k *Kind, property string) error {
	way := ""
	for _, name := range strings.Split(property, ".") {
		if err := KnownProperty(s.API.Contract, name, k.Schemas[way]...); err != nil {
			return err
		}
		way = strings.TrimPrefix(way+"."+name, ".")
	}
	return nil
}

// Value reads a cell.
func (s *Scene) Value(cell string) (any, error) { return s.lookUp(Value(cell)) }

// lookUp finds what texts in parentheses stand for, also inside of JSON.
func (s *Scene) lookUp(value any) (_ any, err error) {
	switch v := value.(type) {
	case Fields:
		for name := range v {
			if v[name], err = s.lookUp(v[name]); err != nil {
				return nil, err
			}
		}
	case string:
		if v = strings.ReplaceAll(v, "(tag)", s.Tag()); strings.HasPrefix(v, "(") && strings.HasSuffix(v, ")") && v != LeftOut {
			return s.standsFor(v[1 : len(v)-1])
		}
		return v, nil
	}
	return value, nil
}

// standsFor knows what words in parentheses mean for every API.
func (s *Scene) standsFor(words string) (any, error) {
	if words == "a new password" {
		return s.Password(), nil
	}
	property, of, ok := strings.Cut(strings.TrimPrefix(words, "the "), " of ")
	if !ok || !isRecord.MatchString(of) {
		return s.adapter.StandsFor(words)
	}
	r, err := s.Known(refOf(of))
	if err != nil {
		return nil, err
	}
	if property == "id" {
		property = r.Kind.Param
	}
	return s.propertyOf(r, property), nil
}

var isRecord = regexp.MustCompile(`^(?:the (?:` + nouns + `) )?` + quotedName + `$`)

// Into makes an object of settings, or changes one.
func Into(body Fields, settings ...Setting) Fields {
	for _, setting := range settings {
		put(body, strings.Split(setting.Property, "."), setting.Value)
	}
	return body
}

func put(body Fields, path []string, v any) {
	for _, name := range path[:len(path)-1] {
		inner, ok := body[name].(Fields)
		if !ok {
			inner = Fields{}
			body[name] = inner
		}
		body = inner
	}
	if v == LeftOut {
		delete(body, path[len(path)-1])
	} else {
		body[path[len(path)-1]] = v
	}
}

// AloneAndInPairs are the settings one by one, and every two of them.
func AloneAndInPairs(all []Setting) (combinations [][]Setting) {
	for i, a := range all {
		combinations = append(combinations, []Setting{a})
		for _, b := range all[i+1:] {
			if a.Property != b.Property {
				combinations = append(combinations, []Setting{a, b})
			}
		}
	}
	return combinations
}

func described(combination []Setting) string {
	var names []string
	for _, s := range combination {
		names = append(names, s.Property)
	}
	return strings.Join(names, " and ")
}

// text reads a cell that is a text, whatever it looks like.
func text(cell string) string {
	var quoted string
	var letters int
	if n, _ := fmt.Sscanf(cell, "a long text of %d letters", &letters); n == 1 {
		return strings.Repeat("abcdefghij", letters/10+1)[:letters]
	}
	if strings.HasPrefix(cell, `"`) && json.Unmarshal([]byte(cell), &quoted) == nil {
		return quoted
	}
	return cell
}

// AsJSON is a value as an answer would show it.
func AsJSON(value any) gjson.Result {
	encoded, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("a value of a feature is no JSON: %v", err)) // they are read from JSON
	}
	return gjson.ParseBytes(encoded)
}
