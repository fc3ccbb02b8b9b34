package schemas_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/schemas"
)

// parameter loads a contract whose only query parameter is of a type, and
// gives that.
func parameter(t *testing.T, schema string) *schemas.ParameterType {
	t.Helper()
	text := strings.Replace(minimal, "      parameters:\n", "      parameters:\n        - {name: q, in: query, schema: "+schema+"}\n", 1)
	c, err := schemas.LoadFS("small", fstest.MapFS{"openapi.yaml": {Data: []byte(text)}, "thing.json": {Data: []byte(thing)}})
	if err != nil {
		t.Fatal(err)
	}
	return &c.Operation("getThing").Parameter("query", "q").Type
}

func TestParametersAreReadAsTheirTypesSay(t *testing.T) {
	t.Parallel()
	const narrow, wide = "{type: integer, format: int32}", "{type: integer}"
	for _, x := range []struct {
		name, schema string
		given        []string
		want         any
		says         string // of the error; "" for none
	}{
		{"an integer", wide, []string{"42"}, int64(42), ""},
		{"a negative integer", wide, []string{"-1"}, int64(-1), ""},
		{"the greatest int32", narrow, []string{"2147483647"}, int64(2147483647), ""},
		{"the least int32", narrow, []string{"-2147483648"}, int64(-2147483648), ""},
		{"one above int32", narrow, []string{"2147483648"}, nil, `is "2147483648"; write an integer from -2147483648 to 2147483647`},
		{"one below int32", narrow, []string{"-2147483649"}, nil, "write an integer"},
		{"the greatest int64", wide, []string{"9223372036854775807"}, int64(9223372036854775807), ""},
		{"one above int64", wide, []string{"9223372036854775808"}, nil, "write an integer"},
		{"a minimum", "{type: integer, format: int32, minimum: 1}", []string{"0"}, nil, "write an integer from 1 to 2147483647"},
		{"a maximum", "{type: integer, maximum: 5}", []string{"6"}, nil, "to 5"},
		{"an integer within both", "{type: integer, minimum: 1, maximum: 5}", []string{"5"}, int64(5), ""},
		{"no integer", wide, []string{"1.0"}, nil, "write an integer"},
		{"an integer with an exponent", wide, []string{"1e3"}, nil, "write an integer"},
		{"an integer with a plus sign", wide, []string{"+1"}, nil, "write an integer"},
		{"an integer with a leading zero", wide, []string{"01"}, nil, "write an integer"},
		{"an integer with a space", wide, []string{" 1"}, nil, "write an integer"},
		{"an integer with underscores", wide, []string{"1_000"}, nil, "write an integer"},
		{"a hexadecimal integer", wide, []string{"0x1"}, nil, "write an integer"},
		{"no text for an integer", wide, []string{""}, nil, "write an integer"},
		{"an integer twice", wide, []string{"1", "2"}, nil, "is given 2 times; give it once"},
		{"nothing", wide, nil, nil, ""},
		{"a default", "{type: integer, default: 10}", nil, int64(10), ""},
		{"a value despite a default", "{type: integer, default: 10}", []string{"3"}, int64(3), ""},
		{"true", "{type: boolean}", []string{"true"}, true, ""},
		{"false in capitals", "{type: boolean}", []string{"FALSE"}, false, ""},
		{"one for true", "{type: boolean}", []string{"1"}, nil, "write true or false"},
		{"a default of false", "{type: boolean, default: false}", nil, false, ""},
		{"text", "{type: string}", []string{"a b"}, "a b", ""},
		{"no letters", "{type: string}", []string{""}, "", ""},
		{"too little text", "{type: string, minLength: 1}", []string{""}, nil, "at least 1"},
		{"too much text", "{type: string, maxLength: 3}", []string{"abcd"}, nil, "at most 3"},
		{"as many letters as are allowed", "{type: string, maxLength: 3}", []string{"äöü"}, "äöü", ""},
		{"one of a list", "{type: string, enum: [ASC, DESC]}", []string{"ASC"}, "ASC", ""},
		{"none of a list", "{type: string, enum: [ASC, DESC]}", []string{"asc"}, nil, "write one of ASC, DESC"},
		{"a pattern", "{type: string, pattern: '^[a-z]+$'}", []string{"abc"}, "abc", ""},
		{"no match", "{type: string, pattern: '^[a-z]+$'}", []string{"ABC"}, nil, "it must match ^[a-z]+$"},
		{"a format", "{type: string, format: uuid}", []string{"7b0c4f0e-2d55-4e0a-9a51-3f6f1c8f2a10"}, "7b0c4f0e-2d55-4e0a-9a51-3f6f1c8f2a10", ""},
		{"not of a format", "{type: string, format: uuid}", []string{"7b0c"}, nil, "write a uuid"},
		{"a list", "{type: array, items: {type: integer}}", []string{"2", "1", "2"}, []any{int64(2), int64(1), int64(2)}, ""},
		{"a list with a wrong item", "{type: array, items: {type: integer}}", []string{"1", "x"}, nil, `is "x"`},
		{"an empty list", "{type: array, items: {type: string}}", nil, nil, ""},
		{"a very long value", wide, []string{strings.Repeat("9", 1000)}, nil, "…"},
	} {
		got, err := parameter(t, x.schema).Parse(x.given)
		if x.says == "" && err != nil || x.says != "" && (err == nil || !strings.Contains(err.Error(), x.says)) {
			t.Errorf("%s: the error is %v, want %q", x.name, err, x.says)
		}
		if diff := cmp.Diff(x.want, got); diff != "" {
			t.Errorf("%s is read otherwise:\n%s", x.name, diff)
		}
		if err != nil && len(err.Error()) > 200 {
			t.Errorf("%s: the error goes on for %d letters", x.name, len(err.Error()))
		}
	}
}

func TestFormatsAreStrict(t *testing.T) {
	t.Parallel()
	for format, values := range map[string]map[string]bool{
		"date-time": {
			`"2026-01-31T12:00:00Z"`: true, `"2026-01-31T12:00:00.123+01:00"`: true, `"2026-01-31"`: false, `"2026-01-31T12:00:00"`: false,
			`"2026-02-30T12:00:00Z"`: false, `"2026-01-31 12:00:00Z"`: false, `""`: false, `7`: true, `null`: true,
		},
		"email": {
			`"jane@example.com"`: true, `"jane+x@example.com"`: true, `"Jane <jane@example.com>"`: false, `"jane"`: false, `"@example.com"`: false,
			`"jane@"`: false, `"<jane@example.com>"`: false, `" jane@example.com"`: false, `""`: false,
		},
		"uri":   {`"https://example.com/a?b"`: true, `"urn:a:b"`: true, `"/users/3"`: false, `"example.com"`: false, `"://x"`: false, `""`: false},
		"uuid":  {`"7b0c4f0e-2d55-4e0a-9a51-3f6f1c8f2a10"`: true, `"7B0C4F0E-2D55-4E0A-9A51-3F6F1C8F2A10"`: true, `"7b0c4f0e2d554e0a9a513f6f1c8f2a10"`: false, `"{7b0c4f0e-2d55-4e0a-9a51-3f6f1c8f2a10}"`: false, `""`: false},
		"int32": {`2147483647`: true, `-2147483648`: true, `2147483648`: false, `-2147483649`: false, `1.5`: false, `1.0`: true, `1e3`: true, `1e10`: false, `"1"`: true},
		"int64": {`9223372036854775807`: true, `-9223372036854775808`: true, `9223372036854775808`: false, `0.5`: false, `1e30`: false},
	} {
		c, err := schemas.LoadFS("small", small(minimal, `{"format": "`+format+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		for value, valid := range values {
			if got := len(c.Schema("thing").Validate([]byte(value))) == 0; got != valid {
				t.Errorf("%s is a %s: %t, want %t", value, format, got, valid)
			}
		}
	}
}
