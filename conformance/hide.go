package conformance

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

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
func (r *run) clean(w *World, text string) string {
	for _, secret := range w.secrets {
		if len(secret) >= 4 { // a shorter one would take every text apart
			text = strings.ReplaceAll(text, secret, hidden)
		}
	}
	return text
}

func (r *run) shown(w *World, exchanges []*Exchange) []report.Exchange {
	var all []report.Exchange
	for _, x := range exchanges {
		e := report.Exchange{
			Operation: x.operationName(), Method: x.Method, URL: r.clean(w, x.URL), Status: x.Status,
			RequestHeader: r.headers(w, x.RequestHeader), ResponseHeader: r.headers(w, x.Header),
			Request: r.body(w, x.Request), Response: r.body(w, x.Body),
			Trouble: r.clean(w, x.Trouble), Took: report.Duration(x.Took),
		}
		for _, b := range x.Breaches {
			e.Breaches = append(e.Breaches, r.clean(w, b))
		}
		e.Curl = r.curl(w, x, e)
		all = append(all, e)
	}
	return all
}

func (r *run) headers(w *World, h http.Header) []string {
	var lines []string
	for name, values := range h {
		for _, value := range values {
			if secretName(name) {
				value = hidden
			}
			lines = append(lines, name+": "+r.clean(w, value))
		}
	}
	slices.Sort(lines)
	return lines
}

// bodyShown is up to which size in bytes a report shows a body.
const bodyShown = 4 << 10

func (r *run) body(w *World, body []byte) string {
	if len(body) == 0 {
		return ""
	}
	text := string(body)
	var v any
	if json.Unmarshal(body, &v) == nil {
		if clean, err := json.Marshal(hideIn(v, true)); err == nil {
			text = string(clean)
		}
	}
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	text = r.clean(w, text)
	if len(text) > bodyShown {
		cut := strings.ToValidUTF8(text[:bodyShown], "")
		text = fmt.Sprintf("%s… (%d bytes in all)", cut, len(body))
	}
	return text
}

// hideIn replaces values under the names of secrets. A document that is a bare
// string is one: only passwords, keys and tokens travel that way.
func hideIn(v any, document bool) any {
	switch v := v.(type) {
	case string:
		if document {
			return hidden
		}
	case map[string]any:
		for name, member := range v {
			if _, text := member.(string); text && secretName(name) {
				v[name] = hidden
			} else {
				v[name] = hideIn(member, false)
			}
		}
	case []any:
		for i, member := range v {
			v[i] = hideIn(member, false)
		}
	}
	return v
}

// curl writes the command that repeats a request. Secrets are shell variables,
// which whoever repeats it sets.
func (r *run) curl(w *World, x *Exchange, shown report.Exchange) string {
	api := strings.ToUpper(w.API.Name)
	parts := append([]string{"curl", "--include"}, r.target.CurlOptions...)
	if x.Method != http.MethodGet {
		parts = append(parts, "--request", x.Method)
	}
	parts = append(parts, shellQuote(shown.URL))
	for _, line := range shown.RequestHeader {
		name, _, _ := strings.Cut(line, ":")
		authorization := x.RequestHeader.Get("Authorization")
		switch {
		case name == "Authorization" && strings.HasPrefix(authorization, "Basic "):
			parts = append(parts, fmt.Sprintf(`--user "$%s_LOGIN:$%s_PASSWORD"`, api, api))
		case name == "Authorization" && strings.HasPrefix(authorization, "Bearer "):
			parts = append(parts, fmt.Sprintf(`--header "Authorization: Bearer $%s_TOKEN"`, api))
		case strings.HasSuffix(line, hidden):
			parts = append(parts, fmt.Sprintf(`--header "%s: $SECRET"`, name))
		default:
			parts = append(parts, "--header "+shellQuote(line))
		}
	}
	if len(x.Request) > 0 {
		parts = append(parts, "--data-binary "+strings.ReplaceAll(shellQuote(shown.Request), hidden, `'"$SECRET"'`))
	}
	return strings.Join(parts, " ")
}

func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
