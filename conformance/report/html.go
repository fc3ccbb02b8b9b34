package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"io"
	"strings"
)

var (
	//go:embed html.tmpl
	htmlPage string
	//go:embed html.css
	htmlStyle string
	//go:embed html.js
	htmlScript string
)

// htmlBudget bounds the exchanges of all failures together, in bytes as they
// stand in the file, so that a run in which everything fails can still be
// opened on a phone. JSON holds everything.
const (
	htmlBudget    = 1_200_000
	htmlExchanges = 6    // of a scenario
	htmlBody      = 4000 // bytes
)

var htmlTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"clean": clean, "line": line, "spell": spell, "plural": plural, "at": at, "curl": curl, "answer": answerLine,
	"css":    func(outcome string) string { return strings.ReplaceAll(outcome, " ", "-") },
	"body":   func(text string) string { return clip(pretty(text), htmlBody) },
	"join":   func(lines []string) string { return clip(strings.Join(lines, "\n"), htmlBody) },
	"style":  func() template.CSS { return template.CSS(htmlStyle) },
	"script": func() template.JS { return template.JS(htmlScript) },
	"policy": func() string {
		return "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src 'sha256-" +
			sourceHash(htmlStyle) + "'; script-src 'sha256-" + sourceHash(htmlScript) + "'"
	},
	"icon":     func(r Result) string { return map[Result]string{Success: "✓", Partial: "◐", Failure: "✗"}[r] },
	"outcomes": func() []string { return Outcomes }, "levels": func() []Level { return Levels },
	"left": (*Report).leftLines, "stale": (*Report).staleLines, "selection": (*Report).selection,
	"group": func(title string, groups []Group, outcome string) htmlGroups {
		return htmlGroups{title, groups, outcome}
	},
}).Parse(htmlPage))

// HTML writes the report as one page that needs nothing else: no network, no
// fonts, no other file. It opens with the verdict; rules, exchanges and
// coverage follow. Its content policy lets nothing run or load but its own
// style and script, so that an answer of a target that slipped through the
// escaping could do nothing either.
func HTML(w io.Writer, r *Report) error {
	view := htmlView{Report: r}
	budget := htmlBudget
	for _, api := range r.APIs() {
		view.APIs = append(view.APIs, htmlAPIOf(r, api, &budget))
	}
	var b bytes.Buffer
	if err := htmlTemplate.Execute(&b, view); err != nil {
		return fmt.Errorf("writing the report as HTML: %w", err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// sourceHash is a hash as a content security policy names it.
func sourceHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// htmlSize estimates what an exchange takes in the file.
func htmlSize(e Exchange) int {
	size := 800
	for _, text := range []string{
		e.URL, strings.Join(e.RequestHeader, "\n"), pretty(e.Request), strings.Join(e.ResponseHeader, "\n"),
		pretty(e.Response), curl(e), strings.Join(e.Breaches, "\n"),
	} {
		size += len(html.EscapeString(clip(text, htmlBody)))
	}
	return size
}

// pretty indents JSON and leaves everything else as it is.
func pretty(text string) string {
	var b bytes.Buffer
	if len(text) > 64*htmlBody || json.Indent(&b, []byte(text), "", "  ") != nil {
		return text
	}
	return b.String()
}
