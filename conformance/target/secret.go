package target

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// A secretFile is a value that stands in the file, in an environment variable
// or in a file of its own.
type secretFile struct {
	Value string
	Env   string `yaml:"env"`
	File  string `yaml:"file"`
}

// UnmarshalYAML reads a text, or a mapping with env or file.
func (s *secretFile) UnmarshalYAML(node *yaml.Node) error {
	switch {
	case node.Kind == yaml.ScalarNode:
		return node.Decode(&s.Value)
	case node.Kind != yaml.MappingNode || len(node.Content) != 2:
		return fmt.Errorf("line %d: write one of a text, {env: NAME} and {file: PATH}", node.Line)
	}
	for i := 0; i < len(node.Content); i += 2 {
		if key := node.Content[i].Value; key != "env" && key != "file" {
			return fmt.Errorf("line %d: unknown key; write a text, {env: NAME} or {file: PATH}", node.Content[i].Line)
		}
	}
	type plain secretFile // without this method
	return node.Decode((*plain)(s))
}

func (s secretFile) resolve(dir string) (string, error) {
	switch {
	case s.Env != "":
		v, ok := os.LookupEnv(s.Env)
		if !ok {
			return "", fmt.Errorf("its environment variable%s is not set", plainName.FindString(" "+s.Env))
		}
		return v, nil
	case s.File != "":
		text, err := os.ReadFile(relativeTo(dir, s.File))
		if err != nil {
			return "", fmt.Errorf("its file cannot be read: %w", withoutPath(err))
		}
		return strings.TrimRight(string(text), "\r\n"), nil
	}
	return s.Value, nil
}

// plainName is what nobody takes for a secret.
var plainName = regexp.MustCompile(`^ [A-Z][A-Z0-9]*(_[A-Z0-9]+)+$`)

// withoutPath is an error about a file that does not name it: who took a secret
// for a path is not to read it in a log.
func withoutPath(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
