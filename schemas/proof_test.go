package schemas_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rolecall/rolecall/schemas"
)

// What is proved is what the library finds valid: examples of every message with
// each part in turn replaced by something else, or left out.
func TestNothingIsProvedThatTheLibraryRefuses(t *testing.T) {
	t.Parallel()
	others := []any{nil, true, 0, -1, 1.5, 2147483647, 2147483648, 1e30, "", " ", "a", "A-1", "é", "7b0c4f0e-2d55-4e0a-9a51-3f6f1c8f2a10",
		"jane@example.com", "\"\\\n\u2028", strings.Repeat("é", 300), []any{}, []any{nil}, []any{"a", 1}, map[string]any{}, map[string]any{"a": 1}}
	for _, api := range schemas.APIs() {
		c, broken := load(t, api), brokenOnes(t, api)
		for _, name := range c.SchemaNames() {
			s := c.Schema(name)
			hold := func(document any) {
				text, err := json.Marshal(document)
				if err != nil {
					t.Fatal(err)
				}
				if violations := s.Judge(text); s.Shows(text) && len(violations) > 0 {
					t.Errorf("%s/%s.json: %s is proved, although %v", api, name, text, violations)
				}
			}
			for i, example := range s.Examples {
				if !s.Shows(example) {
					t.Errorf("%s/%s.json: example %d is not proved", api, name, i)
				}
				whole := decoded(t, example)
				each(whole, func(edited any) { whole = edited }, func(put func(any)) {
					for _, other := range others {
						put(other)
						hold(whole)
					}
				}, func() { hold(whole) })
			}
			for _, b := range broken[name] {
				hold(b.Value)
			}
		}
	}
}

// each visits every value within a value, to be replaced, and every member of an
// object, left out; and puts back what was there.
func each(v any, put func(any), visit func(put func(any)), without func()) {
	visit(put)
	put(v)
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			member := v[name]
			delete(v, name)
			without()
			v[name] = member
			each(member, func(other any) { v[name] = other }, visit, without)
		}
	case []any:
		for i := range v {
			each(v[i], func(other any) { v[i] = other }, visit, without)
		}
	}
}

func TestWhatIsDecodedIsValidatedAsItWasWritten(t *testing.T) {
	t.Parallel()
	s := load(t, "rapid7").Schema("user-create")
	for text, valid := range map[string]bool{
		`{"login":"a","name":"b","password":"c","role":{"id":"user"}}`:           true,
		` {"login":"\u0061","name":"b","password":"c","role":{"id":"u","x":{}}}`: true,
		`{"login":"a","name":"b","password":"c","role":{"id":7}}`:                false,
		`{"login":"\n","name":"b","password":"c","role":{"id":"user"}}`:          false,
		`null`: false,
	} {
		v, err := schemas.Decode([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := len(s.ValidateValue(v)) == 0; got != valid {
			t.Errorf("%s is valid: %t, want %t", text, got, valid)
		}
	}
}

func TestAValueIsReadAsItIs(t *testing.T) {
	t.Parallel()
	v, err := schemas.Decode([]byte(` {"t": "a\"\u00e9", "\u006e": -7, "b": true, "f": 1e2, "z": null, "o": {"i": [1, [2], {}]}} `))
	if err != nil {
		t.Fatal(err)
	}
	i := v.Get("o").Get("i")
	for _, x := range []struct {
		name      string
		got, want any
	}{
		{"a text", v.Get("t").String(), `a"é`},
		{"a number under an escaped name", v.Get("n").Int(), int64(-7)},
		{"a number as text", v.Get("n").String(), "-7"},
		{"a number in another spelling", v.Get("f").String() + string(v.Get("f").Raw()), "1001e2"},
		{"true", v.Get("b").Bool(), true},
		{"null", v.Get("z").Exists() && v.Get("z").Kind() == schemas.Null && v.Get("z").String() == "", true},
		{"what is not there", v.Get("x").Exists() || v.Get("t").Get("x").Exists() || v.Get("x").String() != "" || v.Get("x").Int() != 0, false},
		{"an array", string(i.Raw()), "[1, [2], {}]"},
		{"items of an array", len(i.Array()), 3},
		{"the item of an item", i.Array()[1].Array()[0].Int(), int64(2)},
		{"an item that is an object", i.Array()[2].IsObject() && !i.Array()[2].IsArray(), true},
		{"items of what is no array", len(v.Get("b").Array()) - len(v.Get("z").Array()), 1},
	} {
		if x.got != x.want {
			t.Errorf("%s is read as %v, want %v", x.name, x.got, x.want)
		}
	}
}
