package engine_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func TestAViewIsWrittenPieceByPiece(t *testing.T) {
	t.Parallel()
	got := engine.Render(func(j *engine.JSON) {
		j.Open('[')
		j.Open('{')
		j.Close('}')
		j.Open('{')
		j.Name("a").Int(-7)
		j.Name("b").Texts(nil)
		j.Name("c").Texts([]string{"x", ":", "{"})
		j.Name("d").Ints([]int64{1, 2})
		j.Name("e").Open('{')
		j.Name("f").Bool(true)
		j.Name("g").Null()
		j.Close('}')
		j.Name("h").Raw([]byte(`{"i": 1}`))
		j.Close('}')
		j.Text("k", "", "l")
		j.Close(']')
	})
	want := `[{},{"a":-7,"b":[],"c":["x",":","{"],"d":[1,2],"e":{"f":true,"g":null},"h":{"i": 1}},"kl"]`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("want -, got +\n%s", diff)
	}
}

// Texts are escaped as encoding/json escapes them.
func FuzzTextsAreEscapedAsElsewhere(f *testing.F) {
	for _, text := range []string{"", "plain", "\"\\/", "\x00\b\f\n\r\t\x1f\x7f", "é😀", "\u2028\u2029\ufffd", "a\xffb\xc3", "<&>", strings.Repeat("long ", 99)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want, _ := engine.CompactJSON(text)
		if got := engine.Render(func(j *engine.JSON) { j.Text(text) }); string(got) != string(want) {
			t.Errorf("%q is written as %s, want %s", text, got, want)
		}
	})
}
