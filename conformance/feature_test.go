package conformance_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/cucumber/godog"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rolecall/rolecall/conformance"
	"github.com/rolecall/rolecall/conformance/report"
)

// A scenario reaches its steps as it stands in the feature: it is read by the
// catalogue, written again for godog and read once more.

type heard struct {
	mu    sync.Mutex
	words []string
	docs  []string
	table [][]string
}

func (h *heard) steps(*conformance.World) []conformance.Step {
	note := func(do func()) error { h.mu.Lock(); defer h.mu.Unlock(); do(); return nil }
	return []conformance.Step{
		conformance.When(`^it is said: (.*)$`, ``, func(text string) error {
			return note(func() { h.words = append(h.words, text) })
		}),
		conformance.When(`^it is written$`, ``, func(text *godog.DocString) error {
			return note(func() { h.docs = append(h.docs, text.Content) })
		}),
		conformance.When(`^it is tabled$`, ``, func(table *godog.Table) error {
			return note(func() {
				for _, row := range table.Rows {
					var cells []string
					for _, c := range row.Cells {
						cells = append(cells, c.Value)
					}
					h.table = append(h.table, cells)
				}
			})
		}),
	}
}

// hear runs a scenario and returns what its steps were given.
func hear(t testing.TB, address, steps string) *heard {
	h := &heard{}
	api := fakeAPI(t, rule("@must", steps+"\nThen all is well"), h.steps)
	r := run(t, api, realTarget(address), conformance.Options{Selection: allowAll})
	if x := ruleOf(t, r, "FK-THING-01"); x.Verdict != report.Pass || len(r.Notes) > 0 {
		t.Fatalf("the scenario is %s: %s %q", x.Verdict, x.Reason, r.Notes)
	}
	return h
}

func TestWordsReachTheStepAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	_, server := serve(t, nil)
	for _, text := range []string{
		`plain`, `"quoted"`, `'single'`, `back\slash`, `<angle> brackets`, `a | pipe`, `# no comment`, `@no-tag`, `Grüße, 世界 🙂`,
		`"""`, "```", `100 %d %s`, `$HOME`, "tab\there", `Given When Then`, `*`, `{"json": [1, "two"]}`,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			if h := hear(t, server.URL, "When it is said: "+text); !cmp.Equal(h.words, []string{text}) {
				t.Errorf("the step heard %q; the feature says %q", h.words, text)
			}
		})
	}
}

func TestDocStringsReachTheStepAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	_, server := serve(t, nil)
	for _, c := range []struct{ name, doc, want string }{
		{"one line", "\"\"\"\nhello\n\"\"\"", "hello"},
		{"none", "\"\"\"\n\"\"\"", ""},
		{"indented lines", "\"\"\"\na\n  b\n\n c\n\"\"\"", "a\n  b\n\n c"},
		{"an empty line at either end", "\"\"\"\n\na\n\n\"\"\"", "\na\n"},
		{"backslashes", "\"\"\"\na\\b \\n \\\\ \\\" end\n\"\"\"", `a\b \n \\ \" end`},
		{"its own quotes", "\"\"\"\n\\\"\\\"\\\" and \\\"\\\"\\\"\n\"\"\"", `""" and """`},
		{"the other quotes", "\"\"\"\n```\n\"\"\"", "```"},
		{"between the other quotes", "```\nits \"\"\" and \\`\\`\\`\n```", "its \"\"\" and ```"},
		{"pipes, tags, comments and keywords", "\"\"\"\n| a |\n@tag\n# no comment\nScenario: none\n\"\"\"", "| a |\n@tag\n# no comment\nScenario: none"},
		{"with a media type", "\"\"\"json\n{\"a\": \"ü\"}\n\"\"\"", `{"a": "ü"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if h := hear(t, server.URL, "When it is written\n"+c.doc); !cmp.Equal(h.docs, []string{c.want}) {
				t.Errorf("the step was given %q; the feature says %q", h.docs, c.want)
			}
		})
	}
}

func TestTablesReachTheStepAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	_, server := serve(t, nil)
	h := hear(t, server.URL, "When it is tabled\n"+`| a | b \| c | \\ | \\n | x\ny | "q" | ü🙂 |  | <z> |`+"\n"+`| 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | \|\\ |`)
	want := [][]string{{"a", "b | c", `\`, `\n`, "x\ny", `"q"`, "ü🙂", "", "<z>"}, {"1", "2", "3", "4", "5", "6", "7", "8", `|\`}}
	if diff := cmp.Diff(want, h.table); diff != "" {
		t.Errorf("the step was given another table (-want +got):\n%s", diff)
	}
}

// Any cell and any line of a doc string, drawn from what is hard to write.
func TestAnyTextSurvives(t *testing.T) {
	t.Parallel()
	_, server := serve(t, nil)
	hard := rapid.SampledFrom([]rune("ab \\|\"`\n#@<>*üé世🙂nrt:"))
	escapeCell := strings.NewReplacer(`\`, `\\`, "|", `\|`, "\n", `\n`)
	rapid.Check(t, func(r *rapid.T) {
		cell := strings.Trim(rapid.StringOfN(hard, 0, 12, -1).Draw(r, "cell"), " \n")
		doc := strings.ReplaceAll(rapid.StringOfN(hard, 0, 20, -1).Draw(r, "doc"), "```", "'")
		doc = strings.ReplaceAll(doc, "\\`", "'") // an escape of the quotes used here
		h := hear(t, server.URL, "When it is tabled\n| "+escapeCell.Replace(cell)+" |\nAnd it is written\n```\n"+doc+"\n```")
		if len(h.table) != 1 || h.table[0][0] != cell {
			r.Fatalf("the cell %q came as %q", cell, h.table)
		}
		if h.docs[0] != doc {
			r.Fatalf("the doc string %q came as %q", doc, h.docs[0])
		}
	})
}
