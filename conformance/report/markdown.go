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

// GitHub drops a job summary of more than 1 MiB altogether.
const (
	markdownLimit = 1 << 20 // bytes
	markdownHead  = 100_000 // of them, for the verdict and the counts
	markdownItem  = 20_000  // of one line from outside
)

//go:embed markdown.tmpl
var markdownPage string

var markdownTemplate = template.Must(template.New("markdown").Funcs(template.FuncMap{
	"sign":  func(r Result) string { return map[Result]string{Success: "✅", Partial: "🟡", Failure: "❌"}[r] },
	"prose": func(s string) string { return prose(clip(s, markdownItem/10)) },
	"code":  func(s string) string { return code(clip(s, markdownItem/10)) },
	"dash":  dash, "spell": spell, "kind": Target.kind, "outcomes": func() []string { return Outcomes },
	"levels": func() []Level { return Levels }, "selection": (*Report).selection,
}).Parse(markdownPage))

// A markdownSection is a list with a title, as far as there is room for it.
type markdownSection struct {
	Title, Head string
	Items       []string
}

// Markdown writes the report as a job summary: the verdict and the counts to
// see at a glance, every failing rule to open. Rules that failed for one reason
// stand together.
func Markdown(w io.Writer, r *Report) error {
	room := markdownLimit - markdownHead
	var troubles []string
	for _, c := range r.Checks {
		if c.Result != Pass {
			troubles = append(troubles, fmt.Sprintf("%s: %s, %s: %s", c.Result, c.API, c.What, c.Detail))
		}
	}
	var b bytes.Buffer
	err := markdownTemplate.Execute(&b, struct {
		*Report
		Sections []markdownSection
	}{r, []markdownSection{
		// What is short and matters most has its room first.
		markdownList("Left behind", r.leftLines(), &room), markdownList("Preflight", troubles, &room),
		markdownFailures(r, &room),
		markdownGroups("Skipped", r.Skips(), &room), markdownGroups("Not run", r.Unrun(), &room), markdownGroups("Waived", r.Waived(), &room),
		markdownList("Stale waivers", r.staleLines(), &room), markdownList("Notes", r.remarks(), &room),
	}})
	if err != nil {
		return fmt.Errorf("writing the report as Markdown: %w", err)
	}
	_, err = w.Write(append(bytes.TrimRight(b.Bytes(), "\n"), '\n'))
	return err
}

// fill adds items while there is room, and says how many there was none for.
func (s *markdownSection) fill(items []string, room *int, left string) {
	for i, item := range items {
		if *room -= len(item); *room < 0 {
			s.Items = append(s.Items, fmt.Sprintf(left, len(items)-i))
			*room = 0
			return
		}
		s.Items = append(s.Items, item)
	}
}

func markdownList(title string, texts []string, room *int) markdownSection {
	s := markdownSection{Title: title}
	for i, text := range texts {
		texts[i] = "- " + prose(clip(text, markdownItem)) + "\n"
	}
	s.fill(texts, room, "- and %d more, in the other formats\n")
	return s
}

func markdownGroups(title string, groups []Group, room *int) markdownSection {
	s := markdownSection{Title: title, Head: "| reason | rules | |\n|---|---|--:|\n"}
	var rows []string
	for _, g := range groups {
		rows = append(rows, fmt.Sprintf("| %s | %s | %d |\n", prose(clip(g.Reason, markdownItem)), prose(clip(strings.Join(g.Rules, ", "), markdownItem)), len(g.Rules)))
	}
	s.fill(rows, room, "| and %d more, in the other formats | | |\n")
	return s
}

// markdownFailures has every failing rule, those alike behind the first of them,
// and those for which there is no room by their ids.
func markdownFailures(r *Report, room *int) markdownSection {
	s := markdownSection{Title: "Failing rules"}
	groups := r.group(func(x Rule) (string, bool) { return x.Verdict.String() + " " + x.Reason, x.Failed() })
	rules := map[string]Rule{}
	for _, x := range r.Rules {
		rules[x.ID] = x
	}
	var items []string
	for _, g := range groups {
		for i, id := range g.Rules {
			text := markdownFailure(rules[id], i < shownFailures)
			if len(text) > markdownLimit/10 {
				text = markdownFailure(rules[id], false)
			}
			items = append(items, text)
		}
	}
	s.fill(items, room, "%d more rules failed; they are in the other formats\n\n")
	return s
}

func markdownFailure(x Rule, whole bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<details>\n<summary><b>%s</b> <code>%s</code> (%s) %s</summary>\n\n", x.Verdict,
		html.EscapeString(line(x.ID)), x.Level, html.EscapeString(clip(line(x.Title), markdownItem/10)))
	fmt.Fprintf(&b, "Source: %s\n\n", prose(clip(x.Source, markdownItem)))
	if x.Reason != "" {
		fmt.Fprintf(&b, "Reason: %s\n\n", prose(clip(x.Reason, markdownItem)))
	}
	for i, t := range failures(x) {
		if i == namedFailures {
			fmt.Fprintf(&b, "And %s more, in the other formats\n\n", plural(len(failures(x))-i, "reason"))
			break
		}
		fmt.Fprintf(&b, "**%s** at %s\n\n", prose(clip(t.Name, markdownItem/10)), code(x.at(t)))
		if whole && i < shownFailures && !t.Own {
			b.WriteString(fence(t.account()))
		}
		if len(t.Alike) > 0 {
			fmt.Fprintf(&b, "Likewise %s\n\n", prose(clip(x.alike(t), markdownItem)))
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
