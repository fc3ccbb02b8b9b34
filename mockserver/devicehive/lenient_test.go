package devicehive_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// TestLenientBodiesAreReadAsGsonReadsThem: what is within data is kept, and what
// is at the top is turned into the types that are looked for.
func TestLenientBodiesAreReadAsGsonReadsThem(t *testing.T) {
	t.Parallel()
	m := newMock(t, "server-4.1")
	admin := m.admin()
	const refused = "refused"
	for name, c := range map[string]struct{ data, want string }{
		"strict JSON":                         {`{"a": [1, 2.50, -0, 1e2, true, null, "x"]}`, `{"a":[1,2.50,-0,1e2,true,null,"x"]}`},
		"single quotes":                       {`{'a': 'it\'s "so"'}`, `{"a":"it's \"so\""}`},
		"names without quotes":                {`{a: 1, true: 2, 3: 4, -: 5}`, `{"-":5,"3":4,"a":1,"true":2}`},
		"words without quotes":                {`{a: b, c: 01, d: 1.2.3, e: NaN, f: x"y}`, `{"a":"b","c":"01","d":"1.2.3","e":"NaN","f":"x\"y"}`},
		"literals in any letter case":         {`{a: TRUE, b: False, c: nUll}`, `{"a":true,"b":false,"c":null}`},
		"equal signs and arrows":              {`{a = 1, b => 2}`, `{"a":1,"b":2}`},
		"semicolons":                          {`{a: 1; b: [2; 3]}`, `{"a":1,"b":[2,3]}`},
		"comments":                            {"{/* one */ a: // two\n 1, # three\n b: 2 /* four **/}", `{"a":1,"b":2}`},
		"nothing for null in lists":           {`{a: [,], b: [1,], c: [], d: [;2]}`, `{"a":[null,null],"b":[1,null],"c":[],"d":[null,2]}`},
		"control characters in strings":       {"{\"a\": \"b\tc\nd\x01\"}", `{"a":"b\tc\nd\u0001"}`},
		"escapes":                             {`{a: "\u0041\n\/\\\"", b: "\ud83d\ude00"}`, `{"a":"A\n/\\\"","b":"😀"}`},
		"a line that goes on":                 {"{a: 'b\\\nc'}", `{"a":"b\nc"}`},
		"names given twice":                   {`{a: 1, b: 2, "\u0061": 3, c: {d: 1, d: 2}}`, `{"a":3,"b":2,"c":{"d":2}}`},
		"two hundred levels":                  {strings.Repeat(`{"a":`, 200) + "1" + strings.Repeat("}", 200), strings.Repeat(`{"a":`, 200) + "1" + strings.Repeat("}", 200)},
		"a number that costs its value":       {`{a: 1e999999999}`, `{"a":"1e999999999"}`},
		"bytes that are no UTF-8":             {"{a: \"\xff\"}", "{\"a\":\"\uFFFD\"}"},
		"a comma before the end of an object": {`{a: 1,}`, refused},
		"no comma":                            {`{a: 1 b: 2}`, refused},
		"no value":                            {`{a: }`, refused},
		"no colon":                            {`{a 1}`, refused},
		"two colons":                          {`{a:: 1}`, refused},
		"a string that does not end":          {`{a: "}`, refused},
		"a comment that does not end":         {`{a: 1 /* }`, refused},
		"an unknown escape":                   {`{a: "\x"}`, refused},
		"half an escape":                      {`{a: "\u00"}`, refused},
		"brackets that do not match":          {`{a: [1}`, refused},
		"a slash":                             {`{a: /}`, refused},
		"a backslash":                         {`{a: \}`, refused},
		"far too many levels":                 {strings.Repeat(`[`, 100_000), refused},
	} {
		got := m.ask(admin, "PUT /user/2", `{"data": `+c.data+`}`).String()
		if got == "204" {
			got = gjson.Get(m.ask(admin, "GET /user/2", "").body, "data").Raw
		} else if got == `400 {"error":400,"message":"Invalid request parameters"}` {
			got = refused
		}
		if same(got) != same(c.want) {
			t.Errorf("%s: %.200s gives %.200s, want %.200s", name, c.data, got, c.want)
		}
	}
}

// same spells JSON in one way.
func same(text string) string {
	var value any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if d.Decode(&value) != nil {
		return text
	}
	return fmt.Sprint(value)
}

func TestWhatStandsAroundALenientBody(t *testing.T) {
	t.Parallel()
	m := newMock(t, "server-4.1")
	admin := m.admin()
	for body, want := range map[string]string{
		"\uFEFF{introReviewed: true}":          "204",
		" \n)]}'\n {introReviewed: true}":      "204",
		"# a comment\n{introReviewed: true}//": "204",
		"":                                     "204",
		" \t\n ":                               "204",
		"# nothing else":                       "204",
		"null":                                 "204",
		"{} {}":                                "400",
		"{},":                                  "400",
		")]}' {}":                              "400",
		"word":                                 "400",
		"[]":                                   "400",
		"\"":                                   "400",
	} {
		if got := m.ask(admin, "PUT /user/2", body); fmt.Sprint(got.status) != want {
			t.Errorf("%q: %s, want %s", body, got, want)
		}
	}
}

func TestPropertiesAreTurnedIntoTheTypesThatAreLookedFor(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"login": 12345}`:           `"login":"12345"`,
		`{"login": 1.50}`:            `"login":"1.50"`,
		`{"login": true}`:            `"login":"true"`,
		`{"role": "0"}`:              `"role":0`,
		`{"role": " 0.0 "}`:          `"role":0`,
		`{"status": 1e0}`:            `"status":1`,
		`{"status": 2.0}`:            `"status":2`,
		`{"introReviewed": "TRUE"}`:  `"introReviewed":true`,
		`{"introReviewed": "yes"}`:   `"introReviewed":false`,
		`{"introReviewed": 1}`:       "400",
		`{"introReviewed": []}`:      "400",
		`{"login": {}}`:              "400",
		`{"login": []}`:              "400",
		`{"role": true}`:             "400",
		`{"role": ""}`:               "400",
		`{"role": 0.5}`:              "400",
		`{"role": NaN}`:              "400",
		`{"role": 99999999999}`:      "400",
		`{"role": "Infinity"}`:       "400",
		`{"role": null, "status":0}`: `"role":1,"status":0`,
	} {
		m := newMock(t, "server-4.1")
		admin := m.admin()
		got := m.ask(admin, "PUT /user/2", body)
		if got.status == 204 {
			got = m.ask(admin, "GET /user/2", "")
		}
		if !strings.Contains(got.String(), want) {
			t.Errorf("%s: %s, want %s in it", body, got, want)
		}
	}
}

func TestOtherEditionsReadStrictJSONOnly(t *testing.T) {
	t.Parallel()
	for _, edition := range []string{"documented", "server-3.5"} {
		m := newMock(t, edition)
		for _, body := range []string{`{introReviewed: true}`, `{"role": "0"}`, `{"role": 0, "role": 1}`, " "} {
			m.expect(m.admin(), "PUT /user/2", body, refusal(400, "Invalid request parameters"))
		}
	}
}
