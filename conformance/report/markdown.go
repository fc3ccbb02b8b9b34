package report

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
)

// markdownLimit bounds the details: GitHub drops a job summary of more than
// 1 MiB altogether.
const markdownLimit = 900_000 // bytes

// Markdown writes the report as a job summary: the verdict and the counts to
// see at a glance, every failing rule to open.
func Markdown(w io.Writer, r *Report) error {
	var b bytes.Buffer
	sign := map[Result]string{Success: "✅", Partial: "🟡", Failure: "❌"}[r.Result()]
	fmt.Fprintf(&b, "## %s %s\n\n%s. Exit status %d: %s.\n\n", sign, r.Headline(), r.Because(), r.ExitStatus(), r.ExitMeaning())
	markdownTargets(&b, r)
	markdownCounts(&b, r)
	failing := 0
	for _, x := range r.Rules {
		if !x.Failed() {
			continue
		}
		if failing++; failing == 1 {
			b.WriteString("### Failing rules\n\n")
		}
		if b.Len() < markdownLimit {
			markdownFailure(&b, x)
		} else {
			fmt.Fprintf(&b, "- `%s`: %s; the details are in the other formats\n", x.ID, x.Verdict)
		}
	}
	markdownGroups(&b, "Skipped", r.Skips())
	markdownGroups(&b, "Not run", r.Unrun())
	markdownGroups(&b, "Waived", r.Waived())
	markdownList(&b, "Stale waivers", r.staleLines())
	markdownList(&b, "Left behind", r.leftLines())
	markdownList(&b, "Notes", r.Notes)
	_, err := w.Write(append(bytes.TrimRight(b.Bytes(), "\n"), '\n'))
	return err
}

func markdownTargets(b *bytes.Buffer, r *Report) {
	b.WriteString("| API | target | kind | coverage |\n|---|---|---|---|\n")
	for _, t := range r.Targets {
		fmt.Fprintf(b, "| %s | %s | %s | %s |\n", prose(t.API), code(t.URL), prose(t.kind()), r.Extent(t.API))
	}
	fmt.Fprintf(b, "\nSelected: %s. Suite %s, run %s, %s, took %s.\n\n", prose(r.selection()), prose(r.Suite.Version),
		code(r.Run), r.Started.UTC().Format("2006-01-02 15:04:05 MST"), spell(r.Took))
	var checks []string
	for _, c := range r.Checks {
		if c.Result != Pass {
			checks = append(checks, fmt.Sprintf("%s: %s, %s: %s", c.Result, c.API, c.What, c.Detail))
		}
	}
	markdownList(b, "Preflight", checks)
}

func markdownCounts(b *bytes.Buffer, r *Report) {
	fmt.Fprintf(b, "| API | level | %s |\n|---|---|%s\n", strings.Join(Outcomes, " | "), strings.Repeat("--:|", len(Outcomes)))
	for _, api := range r.APIs() {
		for _, level := range Levels {
			counts := r.Tally(api, level)
			if counts.total() == 0 {
				continue
			}
			fmt.Fprintf(b, "| %s | %s |", prose(api), level)
			for _, outcome := range Outcomes {
				fmt.Fprintf(b, " %s |", dash(counts[outcome]))
			}
			b.WriteString("\n")
		}
	}
	b.WriteString("\n")
}

func markdownFailure(b *bytes.Buffer, x Rule) {
	fmt.Fprintf(b, "<details>\n<summary><b>%s</b> <code>%s</code> (%s) %s</summary>\n\n", x.Verdict,
		html.EscapeString(line(x.ID)), x.Level, html.EscapeString(line(x.Title)))
	fmt.Fprintf(b, "Source: %s\n\n", prose(x.Source))
	if x.Reason != "" {
		fmt.Fprintf(b, "Reason: %s\n\n", prose(x.Reason))
	}
	for _, t := range trials(x) {
		if t.Verdict < Fail {
			continue
		}
		fmt.Fprintf(b, "**%s** at %s\n\n", prose(t.Name), code(x.at(t)))
		if text := t.account(); text != "" && !t.Own {
			b.WriteString(fence(text))
		}
	}
	b.WriteString("</details>\n\n")
}

func markdownGroups(b *bytes.Buffer, title string, groups []Group) {
	if len(groups) == 0 {
		return
	}
	fmt.Fprintf(b, "### %s\n\n| reason | rules | |\n|---|---|--:|\n", title)
	for _, g := range groups {
		fmt.Fprintf(b, "| %s | %s | %d |\n", prose(g.Reason), prose(strings.Join(g.Rules, ", ")), len(g.Rules))
	}
	b.WriteString("\n")
}

func markdownList(b *bytes.Buffer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "### %s\n\n", title)
	for _, text := range lines {
		fmt.Fprintf(b, "- %s\n", prose(text))
	}
	b.WriteString("\n")
}

var (
	punctuation = regexp.MustCompile("^[-+]|[\\\\`*_{}\\[\\]()#!|~@:]")
	backticks   = regexp.MustCompile("`+")
)

// prose is text from outside as Markdown that shows it as it is, on one line:
// neither markup, nor HTML, nor a mention, nor the end of a table's cell.
func prose(s string) string {
	s = punctuation.ReplaceAllString(html.EscapeString(line(s)), `\$0`)
	return strings.ReplaceAll(s, `&\#`, "&#")
}

// code is text as a code span, also within a table.
func code(s string) string {
	return "<code>" + prose(s) + "</code>"
}

// fence is text as a code block that nothing within it can end.
func fence(text string) string {
	marks := "```"
	for _, run := range backticks.FindAllString(text, -1) {
		if len(run) >= len(marks) {
			marks = run + "`"
		}
	}
	return marks + "text\n" + strings.TrimRight(text, "\n") + "\n" + marks + "\n\n"
}
