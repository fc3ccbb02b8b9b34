package schemas

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// A Secret is a text that whoever shows records leaves out.
type Secret string

// secretTag marks a secret in what records are written as.
const secretTag = "!secret"

// omitted stands for a secret that is left out: no text, so that no secret is
// ever taken for it.
const omitted = "secret"

// MarshalYAML marks the secret.
func (s Secret) MarshalYAML() (any, error) {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: secretTag, Style: yaml.DoubleQuotedStyle, Value: string(s)}, nil
}

// UnmarshalYAML refuses what stands for a secret.
func (s *Secret) UnmarshalYAML(n *yaml.Node) error {
	switch {
	case n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == omitted:
		return misread(n, "a placeholder stands for a secret; write the secret, or export with ?secrets=include")
	case n.Kind != yaml.ScalarNode || n.Tag != "!!str" && n.Tag != secretTag:
		return misread(n, "a secret is text; put it between quotes")
	}
	*s = Secret(n.Value)
	return nil
}

func misread(n *yaml.Node, why string) error {
	return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %s", n.Line, why)}}
}

// Records writes records as fixtures have them: each as a mapping. Secrets are
// left out, or else are as they are.
func Records(list []any, secrets bool) (*yaml.Node, error) {
	all := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	for _, record := range list {
		var n yaml.Node
		if err := n.Encode(record); err != nil {
			return nil, err
		}
		settle(&n, secrets)
		all.Content = append(all.Content, &n)
	}
	return all, nil
}

// settle puts secrets in their places, and lists of plain values into one line.
func settle(n *yaml.Node, secrets bool) {
	plain := n.Kind == yaml.SequenceNode
	for i, child := range n.Content {
		plain = plain && child.Kind == yaml.ScalarNode
		if child.Tag != secretTag {
			settle(child, secrets)
		} else if child.Tag = "!!str"; !secrets && child.Value != "" {
			n.Content[i] = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle, Content: []*yaml.Node{textNode(omitted), textNode("omitted")}}
		}
	}
	if plain {
		n.Style = yaml.FlowStyle
	}
}

func textNode(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

// JSON is JSON that a record holds as it is; nil for null.
type JSON []byte

// MarshalYAML writes it as YAML that reads as the same JSON.
func (j JSON) MarshalYAML() (any, error) {
	if j == nil {
		return nil, nil
	}
	var n yaml.Node
	if err := yaml.Unmarshal(PlainEscapes(j), &n); err != nil {
		return nil, err
	}
	return n.Content[0], nil
}

// UnmarshalYAML keeps JSON as it is written, and makes JSON of any other YAML.
func (j *JSON) UnmarshalYAML(n *yaml.Node) error {
	var value any
	err := n.Decode(&value) // also refuses keys given twice, and aliases without end
	if err == nil && isJSON(n) {
		*j = NodeJSON(n)
		return nil
	}
	if err == nil {
		*j, err = json.Marshal(value)
	}
	return err
}

// MarshalJSON implements json.Marshaler.
func (j JSON) MarshalJSON() ([]byte, error) { return json.RawMessage(j).MarshalJSON() }

// UnmarshalJSON implements json.Unmarshaler.
func (j *JSON) UnmarshalJSON(text []byte) error {
	if *j = bytes.Clone(text); string(text) == "null" {
		*j = nil
	}
	return nil
}

// escapes are pairs of JSON's escapes that are one character, which YAML does
// not know, any others, and what YAML does not take unless it is escaped.
var escapes = regexp.MustCompile(`\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\.|[\x{7f}-\x{9f}\x{2028}\x{2029}\x{feff}\x{fffe}\x{ffff}]`)

// PlainEscapes is JSON that YAML reads as the same.
func PlainEscapes(text []byte) []byte {
	return escapes.ReplaceAllFunc(text, func(escape []byte) []byte {
		var char string
		if escape[0] != '\\' {
			r, _ := utf8.DecodeRune(escape)
			return fmt.Appendf(nil, `\u%04x`, r)
		}
		if len(escape) > 2 && json.Unmarshal([]byte(`"`+string(escape)+`"`), &char) == nil {
			return []byte(char)
		}
		return escape
	})
}

// NodeJSON writes a node as JSON, in its order, and numbers as they are written.
func NodeJSON(n *yaml.Node) []byte {
	switch {
	case n.Kind == yaml.AliasNode:
		return NodeJSON(n.Alias)
	case n.Kind == yaml.SequenceNode:
		items := make([][]byte, len(n.Content))
		for i, item := range n.Content {
			items[i] = NodeJSON(item)
		}
		return slices.Concat([]byte("["), bytes.Join(items, []byte(",")), []byte("]"))
	case n.Kind == yaml.MappingNode:
		var members [][]byte
		for i := 0; i+1 < len(n.Content); i += 2 {
			members = append(members, slices.Concat(jsonText(n.Content[i].Value), []byte(":"), NodeJSON(n.Content[i+1])))
		}
		return slices.Concat([]byte("{"), bytes.Join(members, []byte(",")), []byte("}"))
	case n.Tag == "!!null":
		return []byte("null")
	case n.Tag != "!!str" && n.Tag != "!!timestamp" && json.Valid([]byte(n.Value)):
		return []byte(n.Value)
	}
	return jsonText(n.Value)
}

func jsonText(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // texts always marshal
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
