package world

import (
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/schemas"
)

// Secrets are hidden before anything enters a report: by the names of headers
// and properties, and by the values that the run knows.

// Redact takes known secrets out of a text.
func (w *World) Redact(text string) string { return w.cleaner().Text(text) }

// Transcript is the scenario's exchanges as a report shows them.
func (w *World) Transcript() []report.Exchange { return w.shown(w.exchanges) }

func (w *World) shown(exchanges []*Exchange) []report.Exchange {
	var all []report.Exchange
	known := w.cleaner()
	for _, x := range exchanges {
		e := report.Exchange{
			Operation: x.Name(), Method: x.Method, URL: known.URL(x.URL), Status: x.Status,
			RequestHeader: known.Header(x.RequestHeader), ResponseHeader: known.Header(x.Header),
			Request: body(known, x.Request), Response: body(known, x.Body),
			Trouble: known.Text(x.Trouble), Took: report.Duration(x.Took), As: x.As, Blamed: x.Blamed,
		}
		for _, b := range x.Breaches {
			e.Breaches = append(e.Breaches, known.Text(b))
		}
		e.Curl = w.curl(known, x, e)
		all = append(all, e)
	}
	return all
}

// bodyShown is up to which size in bytes a report shows a body.
const bodyShown = 4 << 10

func body(known *schemas.Redactor, body []byte) string {
	if len(body) == 0 {
		return ""
	}
	text := strings.ToValidUTF8(known.Body(body), "\uFFFD")
	if len(text) > bodyShown {
		cut := strings.ToValidUTF8(text[:bodyShown], "")
		text = fmt.Sprintf("%s… (%d bytes in all)", cut, len(body))
	}
	return text
}

// curl writes the command that repeats a request. Secrets are shell variables,
// which whoever repeats it sets; their names say whose they are.
func (w *World) curl(known *schemas.Redactor, x *Exchange, shown report.Exchange) string {
	parts := append([]string{"curl", "--include"}, w.shared.target.CurlOptions...)
	if x.Method != http.MethodGet {
		parts = append(parts, "--request", x.Method)
	}
	parts = append(parts, shellQuote(shown.URL))
	for _, line := range shown.RequestHeader {
		name, _, _ := strings.Cut(line, ":")
		login, _, basic := (&http.Request{Header: x.RequestHeader}).BasicAuth()
		switch {
		case name == "Authorization" && basic:
			parts = append(parts, fmt.Sprintf(`--user %s:"$%s"`, shellQuote(login), variable(w, x, "PASSWORD")))
		case name == "Authorization" && strings.HasPrefix(x.RequestHeader.Get(name), "Bearer "):
			parts = append(parts, fmt.Sprintf(`--header "Authorization: Bearer $%s"`, variable(w, x, "TOKEN")))
		case strings.HasSuffix(line, schemas.Hidden):
			parts = append(parts, fmt.Sprintf(`--header "%s: $SECRET"`, name))
		default:
			parts = append(parts, "--header "+shellQuote(line))
		}
	}
	if len(x.Request) > 0 {
		parts = append(parts, "--data-binary "+strings.ReplaceAll(shellQuote(known.Body(x.Request)), schemas.Hidden, `'"$SECRET"'`))
	}
	return strings.Join(parts, " ")
}

// variable names the shell variable of a secret: RAPID7_PASSWORD is the
// administrator's, PASSWORD_OF_ANN that of ann.
func variable(w *World, x *Exchange, what string) string {
	if len(w.API.Roles) == 0 || x.As == "" || strings.Contains(x.As, w.API.Roles[0]) {
		return strings.ToUpper(w.API.Name) + "_" + what
	}
	who := strings.Map(func(c rune) rune {
		if c < 128 && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
			return unicode.ToUpper(c)
		}
		return '_'
	}, x.As)
	return what + "_OF_" + who
}

// shellQuote quotes a text for a shell; bytes that are no text are escaped as
// bash and zsh read them.
func shellQuote(s string) string {
	if utf8.ValidString(s) {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	var b strings.Builder
	b.WriteString("$'")
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\'' || c == '\\':
			b.WriteString(`\` + string(c))
		case c < ' ' || c > '~':
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String() + "'"
}
