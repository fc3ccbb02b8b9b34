package schemas_test

import (
	"strings"
	"testing"

	"github.com/rolecall/rolecall/schemas"
)

func TestASuggestionEndsTheSentence(t *testing.T) {
	t.Parallel()
	few := []string{"rapid7", "devicehive", "socotra"}
	many := strings.Fields("one two three four five six seven eight nine ten")
	for _, x := range []struct {
		name, typed string
		known       []string
		want        string
	}{
		{"a letter that is missing", "rapd7", few, `; did you mean "rapid7"?`},
		{"a letter too many", "socottra", few, `; did you mean "socotra"?`},
		{"a wrong letter", "devicehibe", few, `; did you mean "devicehive"?`},
		{"two letters that changed places", "sococtar", few, `; did you mean "socotra"?`},
		{"other capitals", "RAPID7", few, `; did you mean "rapid7"?`},
		{"half of it", "rapid", few, `; did you mean "rapid7"?`},
		{"something else, of few", "salesforce", few, "; known are devicehive, rapid7, socotra"},
		{"something else, of many", "salesforce", many, ""},
		{"the nearer of two", "seven!", many, `; did you mean "seven"?`},
		{"nothing typed", "", few, "; known are devicehive, rapid7, socotra"},
		{"nothing known", "rapid7", nil, ""},
		{"the same name twice", "x", []string{"abc", "abc"}, "; known are abc"},
		{"letters beyond ASCII", "café", []string{"cafe"}, `; did you mean "cafe"?`},
	} {
		if got := schemas.Suggest(x.typed, x.known); got != x.want {
			t.Errorf("%s: %q gives %q, want %q", x.name, x.typed, got, x.want)
		}
	}
}

func TestTheKnownNamesStayInTheirOrder(t *testing.T) {
	t.Parallel()
	known := []string{"b", "a", "a"}
	schemas.Suggest("c", known)
	if strings.Join(known, "") != "baa" {
		t.Errorf("the names are now %v", known)
	}
}
