package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"io"
	"regexp"
	"strings"
	"text/template"
)

// markdownLimit bounds the details: GitHub drops a job summary of more than
// 1 MiB altogether.
const markdownLimit = 900_000 // bytes

//go:embed markdown.tmpl
var markdownPage string

var markdownTemplate = template.Must(template.New("markdown").Funcs(template.FuncMap{
	"sign":  func(r Result) string { return map[Result]string{Success: "✅", Partial: "🟡", Failure: "❌"}[r] },
	"prose": prose, "code": code, "dash": dash, "spell": spell, "join": strings.Join, "kind": Target.kind,
	"outcomes": func() []string { return Outcomes }, "levels": func() []Level { return Levels },
	"left": (*Report).leftLines, "stale": (*Report).staleLines, "selection": (*Report).selection,
	"list": func(title string, of any) []any { return []any{title, of} },
}).Parse(markdownPage))

// Markdown writes the report as a job summary: the verdict and the counts to
// see at a glance, every failing rule to open.
func Markdown(w io.Writer, r *Report) error {
	view := struct {
		*Report
		Troubles, Failures []string
	}{Report: r}
	for _, c := range r.Checks {
		if c.Result != Pass {
			view.Troubles = append(view.Troubles, fmt.Sprintf("%s: %s, %s: %s", c.Result, c.API, c.What, c.Detail))
		}
	}
	size := 0
	for _, x := range r.Rules {
		if !x.Failed() {
			continue
		}
		text := fmt.Sprintf("- `%s`: %s; the details are in the other formats\n", x.ID, x.Verdict)
		if size < markdownLimit {
			text = markdownFailure(x)
		}
		size += len(text)
		view.Failures = append(view.Failures, text)
	}
	var b bytes.Buffer
	if err := markdownTemplate.Execute(&b, view); err != nil {
		return fmt.Errorf("writing the report as Markdown: %w", err)
	}
	_, err := w.Write(append(bytes.TrimRight(b.Bytes(), "\n"), '\n'))
	return err
}

func markdownFailure(x Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<details>\n<summary><b>%s</b> <code>%s</code> (%s) %s</summary>\n\n", x.Verdict,
		html.EscapeString(line(x.ID)), x.Level, html.EscapeString(line(x.Title)))
	fmt.Fprintf(&b, "Source: %s\n\n", prose(x.Source))
	if x.Reason != "" {
		fmt.Fprintf(&b, "Reason: %s\n\n", prose(x.Reason))
	}
	for _, t := range trials(x) {
		if t.Verdict < Fail {
			continue
		}
		fmt.Fprintf(&b, "**%s** at %s\n\n", prose(t.Name), code(x.at(t)))
		if text := t.account(); text != "" && !t.Own {
			b.WriteString(fence(text))
		}
	}
	return b.String() + "</details>\n\n"
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
