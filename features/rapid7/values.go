package rapid7

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cucumber/godog"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance"
)

// Values as features give them. A cell in parentheses is looked up on the
// target, "(another role)"; any other is JSON, or text as it stands.

type fields = map[string]any

// A setting is one row of a table of property and value.
type setting struct {
	property string // with dots
	value    any
}

// leftOut is the value of a property that a body is to lack.
const leftOut = "(left out)"

// schemasOf are those that name the properties of a record: of what is sent and
// of what is shown.
var schemasOf = map[string][]string{
	"user": {"user-create", "user"}, "user.role": {"user-create-role", "user-role"}, "user.locale": {"locale-preferences"},
	"user.authentication": {"create-authentication-source", "authentication-source"}, "role": {"role"},
}

// settings reads a table of property and value for a kind of record.
func (w *world) settings(kind string, table *godog.Table) ([]setting, error) {
	var all []setting
	for _, row := range table.Rows {
		s := setting{property: row.Cells[0].Value}
		if err := w.named(kind, s.property); err != nil {
			return nil, err
		}
		var err error
		if s.value, err = w.lookUp(conformance.Value(row.Cells[1].Value)); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// named refuses a property that no schema of the record has: a misspelt one
// would say nothing of the target.
func (w *world) named(kind, property string) error {
	for _, name := range strings.Split(property, ".") {
		if err := conformance.KnownProperty(w.API.Contract, name, schemasOf[kind]...); err != nil {
			return err
		}
		kind += "." + name
	}
	return nil
}

// lookUp finds what cells in parentheses stand for, also inside of JSON.
func (w *world) lookUp(value any) (_ any, err error) {
	switch v := value.(type) {
	case fields:
		for name := range v {
			if v[name], err = w.lookUp(v[name]); err != nil {
				return nil, err
			}
		}
	case string:
		if strings.HasPrefix(v, "(") && strings.HasSuffix(v, ")") && v != leftOut {
			return w.standsFor(strings.Trim(v, "()"))
		}
	}
	return value, nil
}

func (w *world) standsFor(words string) (any, error) {
	switch words {
	case "a role", "another role":
		return w.role(words)
	case "an internal source":
		return w.source(func(s gjson.Result) bool { return !s.Get("external").Bool() && s.Get("type").String() == "normal" })
	case "an unknown source":
		return fields{"type": "normal", "id": unknownID}, nil
	case "a source by another type than its own":
		s, err := w.source(func(s gjson.Result) bool { return s.Get("type").String() != "normal" })
		return fields{"type": "normal", "id": s["id"]}, err
	case "an unknown name":
		return unknownName, nil
	case "a new password":
		return w.newPassword(), nil
	case "no privileges":
		return []any{}, nil
	case "an unknown privilege":
		return []any{unknownName}, nil
	case "a known and an unknown privilege":
		some, err := w.privileges(1)
		return append(some, unknownName), err
	}
	if n := slices.Index([]string{"", "one privilege", "two privileges", "three privileges"}, words); n > 0 {
		return w.privileges(n)
	}
	if name, ok := strings.CutPrefix(words, "the id of "); ok {
		p, err := w.person(name)
		if err != nil {
			return nil, err
		}
		return p.id, nil
	}
	return nil, conformance.CouldNotJudge("nothing is known as (%s)", words)
}

// body makes an object of settings.
func body(settings []setting) fields {
	into := fields{}
	for _, s := range settings {
		put(into, strings.Split(s.property, "."), s.value)
	}
	return into
}

func put(body fields, path []string, v any) {
	for _, name := range path[:len(path)-1] {
		inner, ok := body[name].(fields)
		if !ok {
			inner = fields{}
			body[name] = inner
		}
		body = inner
	}
	if v == leftOut {
		delete(body, path[len(path)-1])
	} else {
		body[path[len(path)-1]] = v
	}
}

// flatten notes what an object holds by paths with dots.
func flatten(into fields, prefix string, body fields) {
	for property, value := range body {
		if inner, ok := value.(fields); ok {
			flatten(into, prefix+property+".", inner)
		} else {
			into[prefix+property] = value
		}
	}
}

// aloneAndInPairs are the settings one by one, and every two of them.
func aloneAndInPairs(all []setting) (combinations [][]setting) {
	for i, a := range all {
		combinations = append(combinations, []setting{a})
		for _, b := range all[i+1:] {
			combinations = append(combinations, []setting{a, b})
		}
	}
	return combinations
}

func described(combination []setting) string {
	var names []string
	for _, s := range combination {
		names = append(names, s.property)
	}
	return strings.Join(names, " and ")
}

// textOf reads a cell that is a text, whatever it looks like.
func textOf(cell string) string {
	var quoted string
	switch {
	case cell == "a long text of 200 letters":
		return strings.Repeat("abcdefghij", 20)
	case json.Unmarshal([]byte(cell), &quoted) == nil && strings.HasPrefix(cell, `"`):
		return quoted
	}
	return cell
}

// sees holds an object to values by paths; lists of texts are sets.
func sees(object gjson.Result, want fields) error {
	for _, property := range slices.Sorted(maps.Keys(want)) {
		got, ok := object.Get(property), false
		if list, isList := want[property].([]any); isList {
			ok = slices.Equal(texts(got), sortedTexts(list)) // absent where there is none
		} else {
			ok = conformance.Same(got, want[property])
		}
		if !ok {
			return fmt.Errorf("%s is %s; it should be %v", property, conformance.Shown(got), want[property])
		}
	}
	return nil
}

func sorted(ids []int64) []int64 { return slices.Sorted(slices.Values(ids)) }

// ints reads an array of ids, ascending. What is no whole number is an id that
// nobody has.
func ints(array gjson.Result) []int64 {
	ids := []int64{}
	for _, id := range array.Array() {
		n := int64(-1)
		if id.Type == gjson.Number && conformance.Same(id, id.Int()) {
			n = id.Int()
		}
		ids = append(ids, n)
	}
	return sorted(ids)
}

func texts(array gjson.Result) []string {
	list := []string{}
	for _, s := range array.Array() {
		list = append(list, s.String())
	}
	slices.Sort(list)
	return list
}

func sortedTexts(list []any) []string {
	all := []string{}
	for _, x := range list {
		all = append(all, fmt.Sprint(x))
	}
	slices.Sort(all)
	return all
}

func wantIDs(what string, got, want []int64) error {
	if !slices.Equal(sorted(got), sorted(want)) {
		return fmt.Errorf("%s are %v; they should be %v", what, sorted(got), sorted(want))
	}
	return nil
}

// newPassword makes a password that most policies accept and no report shows.
func (w *world) newPassword() string { return w.Secret("Pw9!" + rand.Text()[:16]) }

// newKey makes the seed of two-factor codes.
func (w *world) newKey() string {
	seed := make([]byte, 20)
	rand.Read(seed) // never fails, by its documentation
	return w.Secret(base32.StdEncoding.EncodeToString(seed))
}
