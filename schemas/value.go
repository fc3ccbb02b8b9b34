package schemas

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// A Value is one value of a decoded document, or none: the zero Value.
type Value struct {
	text  []byte
	nodes []node // itself, and what is within
}

// A Kind is what a value is.
type Kind uint8

// The kinds of value. No value is Null, too: ask Exists.
const (
	Null Kind = iota
	False
	True
	Number
	String
	Array
	Object
)

// Exists tells whether there is a value.
func (v Value) Exists() bool { return len(v.nodes) > 0 }

// Kind is what the value is; Null where there is none.
func (v Value) Kind() Kind {
	if len(v.nodes) == 0 {
		return Null
	}
	return v.nodes[0].kind
}

// IsObject tells whether the value is an object.
func (v Value) IsObject() bool { return v.Kind() == Object }

// IsArray tells whether the value is an array.
func (v Value) IsArray() bool { return v.Kind() == Array }

// Raw is the value as it was written; empty where there is none.
func (v Value) Raw() []byte {
	if len(v.nodes) == 0 {
		return nil
	}
	return v.text[v.nodes[0].from:v.nodes[0].to]
}

// String is a string's text, and any other value as it was written; "" for null.
func (v Value) String() string {
	switch {
	case v.Kind() == Null:
		return ""
	case v.Kind() == String && v.nodes[0].escaped:
		var text string
		_ = json.Unmarshal(v.Raw(), &text) // it was read
		return text
	case v.Kind() == String:
		return string(v.text[v.nodes[0].from+1 : v.nodes[0].to-1])
	}
	return v.scalar().String()
}

// Int is a number as far as it is an integer, or what a text says as one; 0 for
// what is neither.
func (v Value) Int() int64 { return v.scalar().Int() }

// Bool tells whether the value is true, in whatever form.
func (v Value) Bool() bool { return v.scalar().Bool() }

func (v Value) scalar() gjson.Result { return gjson.ParseBytes(v.Raw()) }

// Get finds a member of an object; none of any other value.
func (v Value) Get(name string) Value {
	for key, member := range v.Members() {
		if key.is(name) {
			return member
		}
	}
	return Value{}
}

func (v Value) is(name string) bool {
	n := &v.nodes[0]
	return !n.escaped && string(v.text[n.from+1:n.to-1]) == name || n.escaped && v.String() == name
}

// Members are the names and values of an object, in the order of the document;
// none of any other value.
func (v Value) Members() iter.Seq2[Value, Value] {
	return func(yield func(name, member Value) bool) {
		if !v.IsObject() {
			return
		}
		for rest := v.nodes[1:]; len(rest) > 0; {
			name, size := Value{v.text, rest[:1]}, rest[1].size
			if !yield(name, Value{v.text, rest[1 : 1+size]}) {
				return
			}
			rest = rest[1+size:]
		}
	}
}

// Array lists the items of an array. Null has none, and any other value is one.
func (v Value) Array() []Value {
	if v.Kind() == Null {
		return []Value{}
	}
	if !v.IsArray() {
		return []Value{v}
	}
	items := []Value{}
	for rest := v.nodes[1:]; len(rest) > 0; rest = rest[rest[0].size:] {
		items = append(items, Value{v.text, rest[:rest[0].size]})
	}
	return items
}

// unambiguous refuses a name given twice in one object, and a number that
// readers hold differently.
func (v Value) unambiguous(at string) error {
	switch v.Kind() {
	case Number:
		if !holds(string(v.Raw())) {
			return fmt.Errorf("the body has a number that is out of range%s", where(at))
		}
	case Array:
		for place, item := range v.Array() {
			if item.Kind() >= Number && item.Kind() != String {
				if err := item.unambiguous(at + "/" + strconv.Itoa(place)); err != nil {
					return err
				}
			}
		}
	case Object:
		if name, found := v.repeated(); found {
			return fmt.Errorf("the body gives the name %q twice in one object%s", name, where(at))
		}
		for key, member := range v.Members() {
			if member.Kind() >= Number && member.Kind() != String {
				if err := member.unambiguous(at + "/" + key.String()); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// repeated finds a name that an object has twice. Most have few and plain ones,
// which are compared as they stand.
func (v Value) repeated() (name string, found bool) {
	var few [8][]byte
	var seen map[string]bool
	n := 0
	for key := range v.Members() {
		raw := key.Raw()
		if n < len(few) && !key.nodes[0].escaped && seen == nil {
			if slices.ContainsFunc(few[:n], func(one []byte) bool { return bytes.Equal(one, raw) }) {
				return key.String(), true
			}
			few[n] = raw
			n++
			continue
		}
		if seen == nil {
			seen = map[string]bool{}
			for _, raw := range few[:n] {
				seen[string(raw[1:len(raw)-1])] = true
			}
		}
		if name := key.String(); seen[name] {
			return name, true
		} else {
			seen[name] = true
		}
	}
	return "", false
}

// holds tells whether floating point holds a number. Exact readers take the
// exponent as it is, at the cost of as many digits.
func holds(number string) bool {
	_, err := strconv.ParseFloat(number, 64)
	e := strings.IndexAny(number, "eE")
	return err == nil && (e < 0 || len(strings.TrimLeft(number[e+1:], "+-0")) <= 3)
}

func where(at string) string {
	if at == "" {
		return ""
	}
	return ", at " + at
}
