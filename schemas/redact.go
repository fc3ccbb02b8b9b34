package schemas

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// Hidden stands where a secret was.
const Hidden = "(hidden)"

// A Redactor takes secrets out of what people are shown. Secret is what the
// contract marks x-secret, and what a name says is a secret unless the contract
// gives that name to something else: real servers send more than it lists.
type Redactor struct {
	secret, plain map[string]bool // names of the contract in lower case
	literals      map[string]bool // parts of its paths
	inText        *regexp.Regexp  // finds secrets in what is no JSON
	values        *Secrets        // hides secrets by their values
}

// Redactor is the one that knows the contract's secrets.
func (c *Contract) Redactor() *Redactor { return c.redactor }

// secretWords are what the names of secrets contain.
var secretWords = []string{"password", "token", "secret", "authorization", "cookie"}

func newRedactor(secret, plain, literals map[string]bool) *Redactor {
	words := append([]string{`api[-_]?key`}, secretWords...)
	for name := range secret {
		words = append(words, `\b`+regexp.QuoteMeta(name)+`\b`)
	}
	slices.Sort(words)
	// What is no JSON: a form, or JSON that is cut off.
	text := `(?i)((?:` + strings.Join(words, "|") + `)[\w.-]*(?:=|"\s*:\s*"?))(?:\\.|[^"\\&\s])+`
	return &Redactor{secret, plain, literals, regexp.MustCompile(text), NewSecrets(nil)}
}

// Knowing is the redactor that hides some secrets by their values as well,
// wherever they are and however they are spelled.
func (r *Redactor) Knowing(secrets []string) *Redactor {
	knowing := *r
	knowing.values = NewSecrets(secrets)
	return &knowing
}

// Text takes the secrets that are known by their values out of a text.
func (r *Redactor) Text(text string) string { return r.values.Hide(text) }

// Header lists header lines without the secrets, sorted.
func (r *Redactor) Header(h http.Header) (lines []string) {
	for name, values := range h {
		for _, value := range values {
			if r.Secret(name) {
				value = Hidden
			}
			lines = append(lines, name+": "+r.Text(value))
		}
	}
	slices.Sort(lines)
	return lines
}

// Secret tells whether a header, a parameter or a property of this name is one.
func (r *Redactor) Secret(name string) bool {
	name = strings.ToLower(name)
	switch {
	case r.secret[name]:
		return true
	case r.plain[name]:
		return false
	case strings.HasSuffix(name, "key"):
		return true
	}
	return slices.ContainsFunc(secretWords, func(word string) bool { return strings.Contains(name, word) })
}

// secretsOf reads the marks of a contract.
func secretsOf(c *Contract) *Redactor {
	secret, plain, literals := map[string]bool{}, map[string]bool{}, map[string]bool{}
	mark := func(name string, isSecret bool) {
		if isSecret {
			secret[strings.ToLower(name)] = true
		} else {
			plain[strings.ToLower(name)] = true
		}
	}
	var look func(v gjson.Result)
	look = func(v gjson.Result) {
		v.ForEach(func(key, member gjson.Result) bool {
			if key.Str == "properties" {
				member.ForEach(func(name, property gjson.Result) bool {
					mark(name.String(), property.Get("x-secret").Bool())
					return true
				})
			}
			if key.Str != "examples" && (member.IsObject() || member.IsArray()) {
				look(member)
			}
			return true
		})
	}
	for _, s := range c.schemas {
		look(gjson.ParseBytes(s.raw))
	}
	for _, op := range c.Operations {
		for part := range strings.SplitSeq(op.Path, "/") {
			literals[part] = true
		}
		for _, p := range op.Parameters {
			mark(p.Name, p.Type.Secret)
		}
	}
	return newRedactor(secret, plain, literals)
}
