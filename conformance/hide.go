package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"github.com/rolecall/rolecall/conformance/report"
)

// Secrets are hidden before anything enters a report: by the names of headers
// and properties, and by the values that the run knows.

const hidden = "(hidden)"

// secretWords are what the names of secrets contain.
var secretWords = []string{"password", "token", "secret", "authorization", "cookie", "apikey", "api-key"}

// secretNames are names of secrets that are too short to look for in others.
var secretNames = []string{"key"}

func secretName(name string) bool {
	name = strings.ToLower(name)
	return slices.Contains(secretNames, name) ||
		slices.ContainsFunc(secretWords, func(w string) bool { return strings.Contains(name, w) })
}

// clean takes known secrets out of a text.
func (r *run) clean(w *World, text string) string { return w.cleaner().Replace(text) }

func (r *run) shown(w *World, exchanges []*Exchange) []report.Exchange {
	var all []report.Exchange
	known := w.cleaner()
	for _, x := range exchanges {
		e := report.Exchange{
			Operation: x.operationName(), Method: x.Method, URL: known.Replace(x.URL), Status: x.Status,
			RequestHeader: headers(known, x.RequestHeader), ResponseHeader: headers(known, x.Header),
			Request: body(known, x.Request), Response: body(known, x.Body),
			Trouble: known.Replace(x.Trouble), Took: report.Duration(x.Took), As: x.As, Blamed: x.Blamed,
		}
		for _, b := range x.Breaches {
			e.Breaches = append(e.Breaches, known.Replace(b))
		}
		e.Curl = r.curl(w, known, x, e)
		all = append(all, e)
	}
	return all
}

func headers(known *strings.Replacer, h http.Header) []string {
	var lines []string
	for name, values := range h {
		for _, value := range values {
			if secretName(name) {
				value = hidden
			}
			lines = append(lines, name+": "+known.Replace(value))
		}
	}
	slices.Sort(lines)
	return lines
}

// bodyShown is up to which size in bytes a report shows a body.
const bodyShown = 4 << 10

func body(known *strings.Replacer, body []byte) string {
	if len(body) == 0 {
		return ""
	}
	text := strings.ToValidUTF8(hideBody(known, body), "\uFFFD")
	if len(text) > bodyShown {
		cut := strings.ToValidUTF8(text[:bodyShown], "")
		text = fmt.Sprintf("%s… (%d bytes in all)", cut, len(body))
	}
	return text
}

// hideBody takes the secrets out of a body. What is wrong with a request must
// still be seen, and be sent by the command that repeats it: a body that
// decoding would mend is not decoded.
func hideBody(known *strings.Replacer, body []byte) string {
	text := string(body)
	if v, ok := parsed(body); !ok || !utf8.Valid(body) || namesTwice(body) {
		text = namedInText.ReplaceAllString(text, "${1}"+hidden)
	} else if clean, err := json.Marshal(hideIn(v, true, false)); err == nil {
		text = string(clean)
	}
	return known.Replace(text)
}

// namesTwice tells whether an object gives a name twice.
func namesTwice(body []byte) (twice bool) {
	var look func(v gjson.Result)
	look = func(v gjson.Result) {
		seen := map[string]bool{}
		v.ForEach(func(key, member gjson.Result) bool {
			twice = twice || v.IsObject() && seen[key.String()]
			seen[key.String()] = true
			if member.IsObject() || member.IsArray() {
				look(member)
			}
			return !twice
		})
	}
	look(gjson.ParseBytes(body))
	return twice
}

// parsed reads a JSON document, with its numbers as they are written.
func parsed(body []byte) (v any, ok bool) {
	if !json.Valid(body) {
		return nil, false
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	return v, d.Decode(&v) == nil
}

// namedInText finds secrets by their names in what is no JSON: a form, or JSON
// that is cut off.
var namedInText = regexp.MustCompile(`(?i)((?:password|token|secret|authorization|cookie|apikey|api-key)[\w.-]*(?:=|"\s*:\s*"?))(?:\\.|[^"\\&\s])+`)

// hideIn replaces values under the names of secrets, however deep. A document
// that is a bare string is one: only passwords, keys and tokens travel that way.
func hideIn(v any, document, secret bool) any {
	switch v := v.(type) {
	case string, json.Number:
		if _, text := v.(string); secret || document && text {
			return hidden
		}
	case map[string]any:
		for name, member := range v {
			v[name] = hideIn(member, false, secret || secretName(name))
		}
	case []any:
		for i, member := range v {
			v[i] = hideIn(member, false, secret)
		}
	}
	return v
}

// curl writes the command that repeats a request. Secrets are shell variables,
// which whoever repeats it sets; their names say whose they are.
func (r *run) curl(w *World, known *strings.Replacer, x *Exchange, shown report.Exchange) string {
	parts := append([]string{"curl", "--include"}, r.target.CurlOptions...)
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
		case strings.HasSuffix(line, hidden):
			parts = append(parts, fmt.Sprintf(`--header "%s: $SECRET"`, name))
		default:
			parts = append(parts, "--header "+shellQuote(line))
		}
	}
	if len(x.Request) > 0 {
		parts = append(parts, "--data-binary "+strings.ReplaceAll(shellQuote(hideBody(known, x.Request)), hidden, `'"$SECRET"'`))
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
