package schemas_test

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rolecall/rolecall/schemas"
)

func strict(document string) error {
	_, err := schemas.Decode([]byte(document))
	return err
}

func TestDecodeAcceptsWhatHasOneMeaning(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ name, document string }{
		{"an object", `{"a":1,"b":[true,false,null]}`},
		{"white space around it", " \t\r\n{}\n "},
		{"a bare text", `"text"`},
		{"a bare number", `-0.5e+3`},
		{"null", `null`},
		{"the same name in two objects", `[{"a":1},{"a":1}]`},
		{"the same name above and below", `{"a":{"a":{"a":1}}}`},
		{"names that differ in case", `{"a":1,"A":2}`},
		{"an empty name", `{"":1}`},
		{"brackets within text", `{"a":"[[[[{{{{","b":"\"]]"}`},
		{"64 levels", strings.Repeat("[", 64) + strings.Repeat("]", 64)},
		{"escapes", `"\u00e9\n\\\/\ud83d\ude00"`},
		{"letters beyond ASCII", `"é😀"`},
		{"a large number", `1e308`},
		{"a small number", `1e-999`},
	} {
		if err := strict(x.document); err != nil {
			t.Errorf("%s is refused: %v", x.name, err)
		}
	}
}

func TestDecodeRefusesWhatTwoReadersReadDifferently(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ name, document, says string }{
		{"nothing", ``, "one JSON value"},
		{"white space", ` `, "one JSON value"},
		{"an open object", `{"a":1`, "one JSON value"},
		{"a comma at the end", `[1,]`, "one JSON value"},
		{"text after the end", `{} x`, "one JSON value"},
		{"two values", `{}{}`, "one JSON value"},
		{"a name without quotes", `{a:1}`, "one JSON value"},
		{"single quotes", `{'a':1}`, "one JSON value"},
		{"a comment", `{}/**/`, "one JSON value"},
		{"NaN", `NaN`, "one JSON value"},
		{"a leading zero", `01`, "one JSON value"},
		{"a plus sign", `+1`, "one JSON value"},
		{"a point at the end", `1.`, "one JSON value"},
		{"a hexadecimal number", `0x1`, "one JSON value"},
		{"a line break in text", "\"a\nb\"", "one JSON value"},
		{"an unknown escape", `"\x41"`, "one JSON value"},
		{"half an escape", `"\u12"`, "one JSON value"},
		{"a byte order mark", "\xef\xbb\xbf{}", "one JSON value"},
		{"invalid UTF-8", "\"\xff\"", "UTF-8"},
		{"half a letter", "\"\xc3\"", "UTF-8"},
		{"a name twice", `{"a":1,"a":2}`, `"a" twice in one object`},
		{"a name twice, once escaped", `{"a":1,"\u0061":2}`, `"a" twice`},
		{"a name twice further down", `{"x":[0,{"a":1,"a":1}]}`, "at /x/1"},
		{"65 levels", strings.Repeat("[", 65) + strings.Repeat("]", 65), "65 levels deep"},
		{"levels without end", strings.Repeat(`{"a":`, 500_000), "levels deep"},
		{"a number beyond floating point", `[1e309]`, "out of range, at /0"},
		{"a bare number beyond floating point", `-1e309`, "out of range"},
		{"a number with a huge exponent", `{"a":1e-1000}`, "out of range, at /a"},
	} {
		if err := strict(x.document); err == nil || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: the error is %v, want one that says %q", x.name, err, x.says)
		}
	}
}

// FuzzDecode: whatever is accepted, encoding/json accepts too, and no
// object in it has a name twice.
func FuzzDecode(f *testing.F) {
	for _, document := range []string{
		`{"a":[1,{"b":null}],"c":"\ud800"}`, `{"a":1,"a":2}`, `[1e999]`, `"\u0000"`, "\"\x7f\"", `{"\ud800":1,"\ufffd":2}`, `{} `, `-`, `[[[[`, `{"a\"":1,"a\u0022":2}`, `1E+05`,
	} {
		f.Add([]byte(document))
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		if strict(string(document)) != nil {
			return
		}
		if !json.Valid(document) || !utf8.Valid(document) {
			t.Fatalf("accepted, and encoding/json does not: %q", document)
		}
		var v any
		if err := json.Unmarshal(document, &v); err != nil {
			t.Fatalf("accepted, and encoding/json says %v: %q", err, document)
		}
		if name, twice := doubled(document); twice {
			t.Fatalf("accepted with the name %q twice: %q", name, document)
		}
	})
}

// doubled finds a name that one object has twice, by the tokens of encoding/json.
func doubled(document []byte) (string, bool) {
	d := json.NewDecoder(bytes.NewReader(document))
	type level struct {
		names map[string]bool // nil in arrays
		value bool            // the next token of an object is a value
	}
	var open []level
	for {
		token, err := d.Token()
		if err == io.EOF || err != nil {
			return "", false
		}
		var top *level
		if len(open) > 0 {
			top = &open[len(open)-1]
		}
		if name, ok := token.(string); ok && top != nil && top.names != nil && !top.value {
			if top.names[name] {
				return name, true
			}
			top.names[name], top.value = true, true
			continue
		}
		switch token {
		case json.Delim('{'):
			open = append(open, level{names: map[string]bool{}})
		case json.Delim('['):
			open = append(open, level{})
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
			if len(open) > 0 {
				open[len(open)-1].value = false
			}
			continue
		}
		if top != nil && token != json.Delim('{') && token != json.Delim('[') {
			top.value = false
		}
	}
}
