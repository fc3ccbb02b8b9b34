package schemas

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// DecodeYAML reads one YAML document into what a pointer points to, and refuses
// what would be lost: a key that has no place there or is given twice, a value of
// another type, a second document. An empty document changes nothing. The error is one line for each
// cause, with file and line, and says what may be written.
func DecodeYAML(file string, text []byte, into any) error {
	return source{name: file}.decode(text, into)
}

// DecodeSecretYAML reads a file that has secrets in it: its errors print no value,
// and a key only where it is nearly one of those that may be written.
func DecodeSecretYAML(file string, text []byte, into any) error {
	return source{name: file, secret: true}.decode(text, into)
}

// A source is a file that is read; nothing that may be a secret is told of it.
type source struct {
	name   string
	secret bool
}

func (s source) decode(text []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var document, second yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return s.explained(err)
	}
	if err := s.decodeNode(document.Content[0], isJSON(document.Content[0]), into); err != nil {
		return err
	}
	switch err := decoder.Decode(&second); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return s.explained(err)
	}
	return fmt.Errorf("%s:%d: a second document begins here; write one in a file", s.name, second.Line)
}

// DecodeNode reads a node strictly, as one of YAML or of JSON. The library is
// strict with whole documents only, takes 1.5 for the integer 1, and its errors
// are about Go types.
func DecodeNode(file string, node *yaml.Node, json bool, into any) error {
	return source{name: file}.decodeNode(node, json, into)
}

func (s source) decodeNode(node *yaml.Node, json bool, into any) error {
	if err := (fit{s, json}).check(node, reflect.TypeOf(into).Elem(), ""); err != nil {
		return err
	}
	if err := node.Decode(into); err != nil {
		return s.explained(err)
	}
	return nil
}

var (
	wrongType = regexp.MustCompile("cannot unmarshal !!?(\\S+)( `.*`)? into (\\S+)")
	told      = regexp.MustCompile("(?s) ?(`.*`|'.*'|\".*\")")
	anyLine   = regexp.MustCompile(`^(?:yaml: )?line (\d+): (?s)(.*)$`)
)

// explained takes the library's words for Go types out of its errors.
func (s source) explained(err error) error {
	messages := []string{strings.TrimPrefix(err.Error(), "yaml: ")}
	var typed *yaml.TypeError
	if errors.As(err, &typed) {
		messages = typed.Errors
	}
	var causes []error
	for _, m := range messages {
		m = wrongType.ReplaceAllStringFunc(m, func(found string) string {
			g := wrongType.FindStringSubmatch(found)
			given := strings.TrimSpace(g[2])
			if given == "" || s.secret {
				given = cmp.Or(yamlKinds[g[1]], "this")
			}
			return given + " cannot be read as " + plainType(g[3])
		})
		if s.secret {
			m = told.ReplaceAllString(m, "")
		}
		if g := anyLine.FindStringSubmatch(m); g != nil {
			causes = append(causes, fmt.Errorf("%s:%s: %s", s.name, g[1], g[2]))
		} else {
			causes = append(causes, fmt.Errorf("%s: %s", s.name, m))
		}
	}
	return errors.Join(causes...)
}

var yamlKinds = map[string]string{"seq": "a list", "map": "a mapping", "str": "text", "int": "a number", "float": "a number", "bool": "a truth value", "null": "nothing"}

func plainType(goType string) string {
	switch {
	case strings.HasPrefix(goType, "[]"):
		return "a list"
	case strings.HasPrefix(goType, "int"), strings.HasPrefix(goType, "uint"):
		return "an integer"
	case strings.HasPrefix(goType, "float"):
		return "a number"
	case goType == "bool":
		return "true or false"
	case goType == "string":
		return "text"
	case goType == "time.Time":
		return "a time, as in 2026-01-31T12:00:00Z"
	case goType == "time.Duration":
		return "a duration, as in 250ms"
	}
	return "a record of keys and values"
}
