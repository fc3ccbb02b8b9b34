// Package invariants judges what every scenario is held to, whatever it is
// about: that a change changes what it names and nothing else (frame), that all
// views of a record agree (views), and that no answer tells a secret.
//
// It sends nothing and knows no API. What was seen comes in as sights, what a
// request may change as touches; what goes out is breaches.
package invariants

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// A Record is one record of the target.
type Record struct{ Kind, ID string }

func (r Record) String() string { return r.Kind + " " + r.ID }

// A Sight is what one view shows of one record to somebody who looks.
type Sight struct {
	View  string // the operation that was asked
	By    string // who looked; "" for the administrator
	Of    Record
	Shown bool // false: the view answers, and the record is not there
	// Properties are what it shows, by name, in canonical form: equal values are
	// equal texts, and nothing, null and what is empty are "".
	Properties map[string]string
	Evidence   any // the caller's: what was asked and answered
}

// by names the view and who looked.
func (s Sight) by() string {
	if s.By == "" {
		return s.View
	}
	return s.View + " as " + s.By
}

// A Snapshot is everything that was seen at one moment, in the order in which
// it was asked: the first sight of a record is the one that others are held to.
type Snapshot []Sight

// A Shape says how the properties of an answer compare.
type Shape struct {
	ID    string   // the property that says which record it is; "" where none does
	Sets  []string // lists whose order means nothing; an item twice stays two items
	Whole []string // objects that are one value rather than properties by dots
	Leave []string // what is not the record's own, or changes by itself
	// Links is the list of links; each compares by its "rel". "" for none.
	Links string
}

// Read makes the properties of a JSON object, in canonical form. Objects
// inside it become properties with dots, as in "role.id".
func (s Shape) Read(object gjson.Result) map[string]string {
	into := map[string]string{}
	s.read(into, "", object)
	return into
}

func (s Shape) read(into map[string]string, prefix string, object gjson.Result) {
	object.ForEach(func(key, value gjson.Result) bool {
		name := prefix + key.String()
		switch {
		case slices.Contains(s.Leave, name):
		case s.Links != "" && name == s.Links:
			value.ForEach(func(_, link gjson.Result) bool {
				into[name+"."+link.Get("rel").String()] = Canonical(link.Get("href"))
				return true
			})
		case value.IsObject() && !slices.Contains(s.Whole, name):
			s.read(into, name+".", value)
		case slices.Contains(s.Sets, name):
			into[name] = Set(value)
		default:
			into[name] = Canonical(value)
		}
		return true
	})
}

// Canonical is a JSON value as a text that equal values have in common: names
// sorted, numbers as numbers, "" for what is missing, null or empty.
func Canonical(v gjson.Result) string {
	if empty(v) {
		return ""
	}
	return canonical(v)
}

func empty(v gjson.Result) bool {
	switch {
	case v.IsObject():
		return len(v.Map()) == 0
	case v.IsArray():
		return len(v.Array()) == 0
	}
	return v.Type == gjson.Null || v.Type == gjson.String && v.Str == ""
}

func canonical(v gjson.Result) string {
	switch {
	case v.IsObject():
		var members []string
		v.ForEach(func(key, value gjson.Result) bool {
			members = append(members, strconv.Quote(key.String())+":"+canonical(value))
			return true
		})
		slices.Sort(members)
		return "{" + strings.Join(members, ",") + "}"
	case v.IsArray():
		return "[" + strings.Join(items(v), ",") + "]"
	case v.Type == gjson.Number:
		return number(v.Raw)
	case v.Type == gjson.String:
		text, _ := json.Marshal(v.Str) // a string always encodes
		return string(text)
	}
	return v.Raw
}

func items(list gjson.Result) []string {
	var all []string
	for _, item := range list.Array() {
		all = append(all, canonical(item))
	}
	return all
}

// number writes 1, 1.0 and 1e0 alike, and large integers to the last digit.
func number(raw string) string {
	if n, err := strconv.ParseInt(raw, 10, 64); err == nil {
		return strconv.FormatInt(n, 10)
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// Set is a list whose order means nothing, in canonical form.
func Set(list gjson.Result) string {
	if !list.IsArray() {
		return Canonical(list)
	}
	return SetOf(items(list))
}

// SetOf is a set of values that are in canonical form already.
func SetOf(values []string) string {
	if len(values) == 0 {
		return ""
	}
	values = slices.Sorted(slices.Values(values))
	return "[" + strings.Join(values, ",") + "]"
}

// Text is a text in canonical form.
func Text(s string) string { return Canonical(gjson.Result{Type: gjson.String, Str: s}) }

// Exact is Canonical, but that null, an empty object, list and text differ.
func Exact(v gjson.Result) string { return canonical(v) }
