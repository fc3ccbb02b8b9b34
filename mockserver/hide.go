package mockserver

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// hidden stands where a secret was.
const hidden = "(hidden)"

// secretWords are what names of secrets contain.
var secretWords = []string{"password", "token", "secret", "key", "authorization"}

func secretName(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(secretWords, func(w string) bool { return strings.Contains(name, w) })
}

// hide replaces the secrets in a body. A body that is a bare string is one:
// only passwords and keys are sent that way.
func hide(body []byte) json.RawMessage {
	if len(body) == 0 {
		return nil
	}
	var v any
	if json.Unmarshal(body, &v) != nil {
		return json.RawMessage(`"(not JSON)"`)
	}
	clean, err := json.Marshal(hideIn(v))
	if err != nil {
		return nil
	}
	return clean
}

func hideIn(v any) any {
	switch v := v.(type) {
	case string:
		return hidden
	case map[string]any:
		for name, member := range v {
			text, isText := member.(string)
			switch {
			case secretName(name):
				v[name] = hidden
			case isText:
				v[name] = hideQuery(text) // errors link to what was asked for
			default:
				v[name] = hideIn(member)
			}
		}
	case []any:
		for i, member := range v {
			if _, text := member.(string); !text {
				v[i] = hideIn(member)
			}
		}
	}
	return v
}

var queryPair = regexp.MustCompile(`([?&][^=&]*)=[^&]*`)

// hideQuery replaces the secrets in the query of a URL, even of one that
// cannot be read.
func hideQuery(target string) string {
	return queryPair.ReplaceAllStringFunc(target, func(pair string) string {
		name, _, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); secretName(name) || err == nil && secretName(plain) {
			return name + "=" + hidden
		}
		return pair
	})
}

// unread lists what a request said and no operation reads: unknown query
// parameters, and unknown properties of the body as far as its schema names any.
func (s *Server) unread(e engine.Entry) []string {
	var op *schemas.Operation
	for _, api := range s.apis {
		if api.Name() == e.API {
			op = api.Contract.Operation(e.Operation)
		}
	}
	if op == nil {
		return nil
	}
	var names []string
	if u, err := url.ParseRequestURI(e.URL); err == nil {
		for name := range u.Query() {
			if op.Parameter("query", name) == nil {
				names = append(names, "?"+name)
			}
		}
	}
	if op.Body != nil {
		names = append(names, op.Body.Schema.Unknown(e.Request)...)
	}
	slices.Sort(names)
	return names
}
