package conformance

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A secret is hidden by its value wherever it turns up: in a message, in an
// address, in an answer that repeats it. Known are those of the target file,
// those that steps note, and those that the exchanges themselves carry under a
// secret's name.

const (
	shortestSecret = 4 // a shorter one would take every text apart
	shortestFound  = 8 // what is only taken for a secret by its name
)

// cleaner replaces every secret of the world in every form in which it may be
// written.
func (w *World) cleaner() *strings.Replacer {
	var all []string
	add := func(shortest int, secrets ...string) {
		for _, s := range secrets {
			if len(s) >= shortest {
				all = append(all, spellings(s)...)
			}
		}
	}
	add(shortestSecret, w.secrets...)
	for _, x := range w.exchanges {
		add(shortestFound, secretsIn(x)...)
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pairs []string
	for _, s := range slices.Compact(all) {
		pairs = append(pairs, s, hidden)
	}
	return strings.NewReplacer(pairs...)
}

// spellings are a secret as text, in JSON, in an address and in base 64.
func spellings(secret string) []string {
	var plain bytes.Buffer
	e := json.NewEncoder(&plain)
	e.SetEscapeHTML(false)
	_ = e.Encode(secret)              // a string always encodes
	quoted, _ := json.Marshal(secret) // likewise
	inner := func(s string) string { return s[1 : len(s)-1] }
	return []string{
		secret, inner(string(quoted)), inner(strings.TrimSpace(plain.String())),
		url.QueryEscape(secret), url.PathEscape(secret),
		base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte(secret)),
	}
}

// secretsIn are the values that an exchange carries under the names of secrets.
func secretsIn(x *Exchange) (found []string) {
	for _, h := range []http.Header{x.RequestHeader, x.Header} {
		for name, values := range h {
			for _, v := range values {
				if _, credentials, ok := strings.Cut(v, " "); ok && name == "Authorization" {
					v = credentials // without the word Basic or Bearer
				}
				if secretName(name) {
					found = append(found, v)
				}
			}
		}
	}
	if u, err := url.Parse(x.URL); err == nil {
		found = append(found, secretValues(u.Query())...)
	}
	if form, err := url.ParseQuery(string(x.Request)); err == nil && x.RequestHeader.Get("Content-Type") == "application/x-www-form-urlencoded" {
		found = append(found, secretValues(form)...)
	}
	for _, body := range [][]byte{x.Request, x.Body} {
		if v, ok := parsed(body); ok {
			found = append(found, secretTexts(v, false)...)
		}
	}
	return found
}

func secretValues(values url.Values) (found []string) {
	for name, v := range values {
		if secretName(name) {
			found = append(found, v...)
		}
	}
	return found
}

// secretTexts are the texts and numbers under a secret's name. The names that
// are too short to look for in others are left out: their values may be words
// that a report needs.
func secretTexts(v any, secret bool) (found []string) {
	switch v := v.(type) {
	case string:
		if secret {
			found = append(found, v)
		}
	case json.Number:
		if secret {
			found = append(found, v.String())
		}
	case map[string]any:
		for name, member := range v {
			inside := secret || secretName(name) && !slices.Contains(secretNames, strings.ToLower(name))
			found = append(found, secretTexts(member, inside)...)
		}
	case []any:
		for _, member := range v {
			found = append(found, secretTexts(member, secret)...)
		}
	}
	return found
}
