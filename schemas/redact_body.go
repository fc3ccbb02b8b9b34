package schemas

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"

	"github.com/tidwall/gjson"
)

// Body takes the secrets out of a body, JSON or not. What is wrong with it is
// still seen: names stay in their order and number, numbers as they are written.
// A document that is a bare string is a secret: only passwords and keys travel
// that way.
func (r *Redactor) Body(body []byte) string {
	text := string(body)
	bare := strings.HasPrefix(strings.TrimSpace(text), `"`)
	switch {
	case gjson.ValidBytes(body):
		return r.Text(string(r.value(nil, gjson.ParseBytes(body), bare)))
	case bare: // and cut off
		return Hidden
	}
	return r.Text(r.inText.ReplaceAllString(text, "${1}"+Hidden))
}

// value appends a value without its secrets; secret says that it is one.
func (r *Redactor) value(to []byte, v gjson.Result, secret bool) []byte {
	switch {
	case v.IsObject():
		return append(r.members(append(to, '{'), v, secret), '}')
	case v.IsArray():
		return append(r.members(append(to, '['), v, secret), ']')
	case secret && (v.Type == gjson.String || v.Type == gjson.Number):
		return append(to, `"`+Hidden+`"`...)
	case v.Type == gjson.String:
		if plain := r.URL(v.String()); plain != v.String() { // errors link to what was asked for
			text, _ := json.Marshal(plain) // a string always marshals
			return append(to, text...)
		}
	}
	return append(to, v.Raw...)
}

func (r *Redactor) members(to []byte, v gjson.Result, secret bool) []byte {
	first := true
	v.ForEach(func(name, member gjson.Result) bool {
		if !first {
			to = append(to, ',')
		}
		first = false
		if v.IsObject() {
			to = append(append(to, name.Raw...), ':')
		}
		to = r.value(to, member, secret || v.IsObject() && r.Secret(name.String()))
		return true
	})
	return to
}

var queryPair = regexp.MustCompile(`([?&][^=&]*)=[^&]*`)

// URL takes the secrets out of the query of an address, even of one that cannot
// be read.
func (r *Redactor) URL(target string) string {
	return r.Text(queryPair.ReplaceAllStringFunc(target, func(pair string) string {
		name, _, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); r.Secret(name[1:]) || err == nil && r.Secret(plain[1:]) {
			return name + "=" + Hidden
		}
		return pair
	}))
}

// Target takes the secrets out of a path and its query: what URL does, what looks
// like a token wherever it is, and what a path says after the name of a secret,
// unless the contract says so itself.
func (r *Redactor) Target(target string) string {
	path, query, asked := strings.Cut(target, "?")
	segments := strings.Split(path, "/")
	for i, s := range segments {
		named := i > 0 && !r.literals[s] && r.Secret(segments[i-1])
		if name, _, pair := strings.Cut(s, "="); named && s != "" || looksSecret(s) {
			segments[i] = Hidden
		} else if pair && r.Secret(name) {
			segments[i] = name + "=" + Hidden
		}
	}
	path = strings.Join(segments, "/")
	if !asked {
		return r.Text(path)
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		if name, value, _ := strings.Cut(pair, "="); looksSecret(name) || looksSecret(value) {
			pairs[i] = Hidden
		}
	}
	return r.URL(path + "?" + strings.Join(pairs, "&"))
}

// looksSecret tells tokens by their form: JSON Web Tokens and Socotra's.
func looksSecret(text string) bool {
	return strings.Contains(text, "eyJ") && strings.Contains(text, ".") || strings.Contains(text, "SOCP_")
}

// Found lists the texts and numbers under the names of secrets in a JSON body,
// so that they can be hidden by their value wherever they turn up. What only
// looks like a key is left out: its value may be a word that a report needs.
func (r *Redactor) Found(body []byte) (found []string) {
	var look func(v gjson.Result, secret bool)
	look = func(v gjson.Result, secret bool) {
		if secret && (v.Type == gjson.String || v.Type == gjson.Number) {
			found = append(found, v.String())
		}
		if v.IsObject() || v.IsArray() {
			v.ForEach(func(key, member gjson.Result) bool {
				name := strings.ToLower(key.String())
				look(member, secret || v.IsObject() && r.Secret(name) && (r.secret[name] || name != "key"))
				return true
			})
		}
	}
	if gjson.ValidBytes(body) {
		look(gjson.ParseBytes(body), false)
	}
	return found
}
