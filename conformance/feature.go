package conformance

import (
	"fmt"
	"strings"
)

// scenarioTag marks a scenario so that it is known again in godog's hooks.
func scenarioTag(number int) string { return fmt.Sprintf("@rolecall-%d", number) }

// feature writes chosen scenarios as the text of one feature for godog: each
// as a plain scenario under a tag of its own, with placeholders filled in.
// What to run is decided before, by the catalogue; godog gets that and nothing
// else. With withoutThen it gets no Then steps.
func feature(scenarios []*Scenario, first int, withoutThen bool) []byte {
	var b strings.Builder
	b.WriteString("Feature: chosen scenarios\n")
	for i, s := range scenarios {
		fmt.Fprintf(&b, "\n  %s\n  Scenario: %d\n", scenarioTag(first+i), first+i)
		for _, step := range s.Steps {
			if withoutThen && step.Keyword == "Then" {
				continue
			}
			fmt.Fprintf(&b, "    %s %s\n", step.Keyword, step.Text)
			writeArgument(&b, step)
		}
	}
	return []byte(b.String())
}

var escapeCell = strings.NewReplacer(`\`, `\\`, "|", `\|`, "\n", `\n`)

func writeArgument(b *strings.Builder, step PickledStep) {
	if step.Doc != nil {
		writeDoc(b, *step.Doc)
	}
	for _, row := range step.Table {
		b.WriteString("      |")
		for _, cell := range row {
			b.WriteString(" " + escapeCell.Replace(cell) + " |")
		}
		b.WriteString("\n")
	}
}

// writeDoc writes a doc string. Its own quotes are all that Gherkin escapes in
// it, so a text that has them in their escaped form needs the other quotes.
func writeDoc(b *strings.Builder, text string) {
	quotes, escaped := `"""`, `\"\"\"`
	if strings.Contains(text, escaped) {
		quotes, escaped = "```", "\\`\\`\\`"
	}
	text = strings.NewReplacer(quotes, escaped, "\n", "\n      ").Replace(text)
	fmt.Fprintf(b, "      %s\n      %s\n      %s\n", quotes, text, quotes)
}
