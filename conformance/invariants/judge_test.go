package invariants_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/invariants"
)

var (
	ann   = invariants.Record{Kind: "user", ID: "1"}
	bob   = invariants.Record{Kind: "user", ID: "2"}
	shape = invariants.Shape{Sets: []string{"roles"}, Whole: []string{"data"}, Leave: []string{"seen"}, Links: "links"}
)

// sees is a sight of a record by a view that shows a JSON object; "" for one
// that does not show it.
func sees(view string, of invariants.Record, object string) invariants.Sight {
	s := invariants.Sight{View: view, Of: of, Shown: object != ""}
	if s.Shown {
		s.Properties = shape.Read(gjson.Parse(object))
	}
	return s
}

// told is a breach in a line.
func told(breaches []invariants.Breach) []string {
	lines := []string{}
	for _, b := range breaches {
		lines = append(lines, strings.Join([]string{b.Of.String(), b.View, b.Property, b.Want, b.Got}, "|"))
	}
	return lines
}

func TestWhichValuesAreEqual(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, a, b string
		equal      bool
	}{
		{"what is missing, null and empty", `{}`, `{"a": null, "b": "", "c": [], "d": {}}`, true},
		{"numbers in another form", `{"n": 1, "m": 10}`, `{"n": 1.0, "m": 1e1}`, true},
		{"large numbers to the last digit", `{"n": 9007199254740993}`, `{"n": 9007199254740992}`, false},
		{"a number and a text", `{"n": 1}`, `{"n": "1"}`, false},
		{"false and nothing", `{"n": false}`, `{}`, false},
		{"zero and nothing", `{"n": 0}`, `{}`, false},
		{"texts in another case", `{"n": "Ann"}`, `{"n": "ann"}`, false},
		{"texts with blanks", `{"n": "ann"}`, `{"n": "ann "}`, false},
		{"texts that are escaped in another way", `{"n": "é"}`, `{"n": "\u00e9"}`, true},
		{"a set in another order", `{"roles": ["a", "b"]}`, `{"roles": ["b", "a"]}`, true},
		{"a set with an item twice", `{"roles": ["a", "b"]}`, `{"roles": ["a", "b", "b"]}`, false},
		{"a list in another order", `{"list": [1, 2]}`, `{"list": [2, 1]}`, false},
		{"an object's names in another order", `{"data": {"a": 1, "b": 2}}`, `{"data": {"b": 2, "a": 1}}`, true},
		{"what is left out of the comparison", `{"seen": 1}`, `{"seen": 2}`, true},
		{"links in another order", `{"links": [{"rel": "self", "href": "x"}, {"rel": "a", "href": "y"}]}`, `{"links": [{"rel": "a", "href": "y"}, {"rel": "self", "href": "x"}]}`, true},
		{"a link that leads elsewhere", `{"links": [{"rel": "self", "href": "x"}]}`, `{"links": [{"rel": "self", "href": "z"}]}`, false},
	} {
		before, now := invariants.Snapshot{sees("get", ann, c.a)}, invariants.Snapshot{sees("get", ann, c.b)}
		if found := now.Changes(before, nil); (len(found) == 0) != c.equal {
			t.Errorf("%s: %v", c.name, told(found))
		}
	}
}

func TestViewsThatDisagree(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		seen invariants.Snapshot
		want []string
	}{
		{"all agree", invariants.Snapshot{sees("get", ann, `{"n": "x", "m": 1}`), sees("list", ann, `{"n": "x"}`), sees("get", bob, `{"n": "y"}`)}, nil},
		{"a list shows another value", invariants.Snapshot{sees("get", ann, `{"n": "x"}`), sees("list", ann, `{"n": "y"}`)}, []string{`user 1|list|n|"x"|"y"`}},
		{"a property that only one view shows", invariants.Snapshot{sees("get", ann, `{"n": "x"}`), sees("list", ann, `{"m": "y"}`)}, nil},
		{"two views beside the first show what it does not", invariants.Snapshot{sees("get", ann, `{}`), sees("list", ann, `{"m": 1}`), sees("part", ann, `{"m": 2}`)}, []string{"user 1|part|m|1|2"}},
		{"a deleted record lives on in a list", invariants.Snapshot{sees("get", ann, ""), sees("list", ann, `{"n": "x"}`)}, []string{"user 1|list||not there|there"}},
		{"a list forgets a record", invariants.Snapshot{sees("get", ann, `{"n": "x"}`), sees("list", ann, "")}, []string{"user 1|list||there|not there"}},
		{"a set that repeats an item", invariants.Snapshot{sees("get", ann, `{"roles": ["a"]}`), sees("list", ann, `{"roles": ["a", "a"]}`)}, []string{`user 1|list|roles|["a"]|["a","a"]`}},
	} {
		want := c.want
		if want == nil {
			want = []string{}
		}
		if diff := cmp.Diff(want, told(c.seen.Disagreements())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestWhatAChangeMayTouch(t *testing.T) {
	t.Parallel()
	before := invariants.Snapshot{sees("get", ann, `{"n": "x", "role": {"id": 1, "name": "r"}}`), sees("get", bob, `{"n": "y"}`), sees("list", ann, `{"n": "x"}`)}
	for _, c := range []struct {
		name string
		now  invariants.Snapshot
		may  []invariants.Touch
		want []string
	}{
		{"nothing changed", before, nil, nil},
		{"what it names", invariants.Snapshot{sees("get", ann, `{"n": "z", "role": {"id": 1, "name": "r"}}`)}, []invariants.Touch{{Kind: "user", ID: "1", Properties: []string{"n"}}}, nil},
		{"another property", invariants.Snapshot{sees("get", ann, `{"n": "x", "role": {"id": 2, "name": "r"}}`)}, []invariants.Touch{{Kind: "user", ID: "1", Properties: []string{"n"}}}, []string{"user 1|get|role.id|1|2"}},
		{"all that begins alike", invariants.Snapshot{sees("get", ann, `{"n": "x", "role": {"id": 2}}`)}, []invariants.Touch{{Kind: "user", ID: "1", Properties: []string{"role.*"}}}, nil},
		{"another record", invariants.Snapshot{sees("get", bob, `{"n": "z"}`)}, []invariants.Touch{{Kind: "user", ID: "1", Properties: []string{"*"}}}, []string{`user 2|get|n|"y"|"z"`}},
		{"every record of a kind", invariants.Snapshot{sees("get", bob, `{"n": "z"}`)}, []invariants.Touch{{Kind: "user", Properties: []string{"n"}}}, nil},
		{"a record that goes", invariants.Snapshot{sees("get", ann, "")}, []invariants.Touch{{Kind: "user", ID: "1", Existence: true}}, nil},
		{"a record that must not go", invariants.Snapshot{sees("get", ann, "")}, []invariants.Touch{{Kind: "user", ID: "1", Properties: []string{"*"}}}, []string{"user 1|get||there|not there"}},
		{"a new property, told once", invariants.Snapshot{sees("get", ann, `{"n": "x", "role": {"id": 1, "name": "r"}, "k": 1}`), sees("list", ann, `{"n": "x", "k": 1}`)}, nil, []string{"user 1|get|k||1"}},
		{"a record that was not seen before", invariants.Snapshot{sees("other", ann, `{"n": "z"}`)}, nil, nil},
	} {
		want := c.want
		if want == nil {
			want = []string{}
		}
		if diff := cmp.Diff(want, told(c.now.Changes(before, c.may))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestNewAndThenOldAgain(t *testing.T) {
	t.Parallel()
	was, is := invariants.Snapshot{sees("get", ann, `{"n": "x"}`)}, invariants.Snapshot{sees("get", ann, `{"n": "y"}`)}
	if found := was.Returned(was, is); len(found) != 1 || !strings.Contains(found[0].Why, "the old one again") {
		t.Errorf("old again is %v", told(found))
	}
	third := invariants.Snapshot{sees("get", ann, `{"n": "z"}`)}
	if found := third.Returned(was, is); len(found) != 0 {
		t.Errorf("a third value is %v", told(found))
	}
	if found := is.Returned(was, was); len(found) != 0 {
		t.Errorf("old and then new is %v", told(found))
	}
}
