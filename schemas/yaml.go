package schemas

import (
	"bytes"
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
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var document, second yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return explained(file, err)
	}
	if err := DecodeNode(file, document.Content[0], isJSON(document.Content[0]), into); err != nil {
		return err
	}
	switch err := decoder.Decode(&second); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return explained(file, err)
	}
	return fmt.Errorf("%s:%d: a second document begins here; write one in a file", file, second.Line)
}

// DecodeNode reads a node strictly, as one of YAML or of JSON. The library is
// strict with whole documents only, takes 1.5 for the integer 1, and its errors
// are about Go types.
func DecodeNode(file string, node *yaml.Node, json bool, into any) error {
	if err := (fit{file, json}).check(node, reflect.TypeOf(into).Elem(), ""); err != nil {
		return err
	}
	if err := node.Decode(into); err != nil {
		return explained(file, err)
	}
	return nil
}

var (
	wrongType = regexp.MustCompile("cannot unmarshal !!(\\w+)( `.*`)? into (\\S+)")
	anyLine   = regexp.MustCompile(`^(?:yaml: )?line (\d+): (?s)(.*)$`)
)

// explained takes the library's words for Go types out of its errors.
func explained(file string, err error) error {
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
			if given == "" {
				given = yamlKinds[g[1]]
			}
			return given + " cannot be read as " + plainType(g[3])
		})
		if g := anyLine.FindStringSubmatch(m); g != nil {
			causes = append(causes, fmt.Errorf("%s:%s: %s", file, g[1], g[2]))
		} else {
			causes = append(causes, fmt.Errorf("%s: %s", file, m))
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
