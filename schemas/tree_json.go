package schemas

import (
	"encoding/json"
	"io"
	"strings"

	"gopkg.in/yaml.v3"
)

// writeJSON writes a tree as JSON, in its order.
func writeJSON(w io.Writer, node *yaml.Node) error {
	var compact strings.Builder
	if err := appendJSON(&compact, node); err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(json.RawMessage(compact.String()))
}

func appendJSON(to *strings.Builder, node *yaml.Node) error {
	switch node.Kind {
	case yaml.MappingNode:
		to.WriteByte('{')
		for i := 0; i < len(node.Content); i += 2 {
			name, _ := json.Marshal(node.Content[i].Value) // a string always marshals
			if i > 0 {
				to.WriteByte(',')
			}
			to.Write(append(name, ':'))
			if err := appendJSON(to, node.Content[i+1]); err != nil {
				return err
			}
		}
		to.WriteByte('}')
		return nil
	case yaml.SequenceNode:
		to.WriteByte('[')
		for i, item := range node.Content {
			if i > 0 {
				to.WriteByte(',')
			}
			if err := appendJSON(to, item); err != nil {
				return err
			}
		}
		to.WriteByte(']')
		return nil
	}
	var value any
	if err := node.Decode(&value); err != nil {
		return err
	}
	scalar, err := json.Marshal(value)
	to.Write(scalar)
	return err
}
