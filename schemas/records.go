package schemas

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// A Secret is a text that whoever shows records leaves out.
type Secret string

// omitted stands for a secret that is left out: no text, so that no secret is
// ever taken for it.
const omitted = "secret"

// UnmarshalYAML refuses what stands for a secret.
func (s *Secret) UnmarshalYAML(n *yaml.Node) error {
	switch {
	case n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == omitted:
		return misread(n, "a placeholder stands for a secret; write the secret, or export with ?secrets=include")
	case n.Kind != yaml.ScalarNode || n.Tag != "!!str":
		return misread(n, "a secret is text; put it between quotes")
	}
	*s = Secret(n.Value)
	return nil
}

func misread(n *yaml.Node, why string) error {
	return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %s", n.Line, why)}}
}

// Records writes records, which are structs, as fixtures have them. Secrets are
// left out, or else are as they are.
func Records(list []any, secrets bool) *yaml.Node {
	all := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	for _, record := range list {
		all.Content = append(all.Content, nodeOf(reflect.ValueOf(record), secrets))
	}
	return all
}

// nodeOf writes a value. The library's own way of doing it loses line ends.
func nodeOf(v reflect.Value, secrets bool) *yaml.Node {
	switch x := v.Interface().(type) {
	case Secret:
		if secrets || x == "" {
			return textNode(string(x))
		}
		return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle, Content: []*yaml.Node{textNode(omitted), textNode("omitted")}}
	case JSON:
		return x.node()
	case time.Time:
		return textNode(x.Format(time.RFC3339Nano))
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
		}
		return nodeOf(v.Elem(), secrets)
	case reflect.String:
		return textNode(v.String())
	case reflect.Slice:
		list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Style: yaml.FlowStyle}
		for _, item := range v.Seq2() {
			list.Content = append(list.Content, nodeOf(item, secrets))
		}
		return list
	case reflect.Struct:
		return structNode(v, secrets)
	case reflect.Bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: fmt.Sprint(v)}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: fmt.Sprint(v)}
}

func structNode(v reflect.Value, secrets bool) *yaml.Node {
	record := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for i := range v.NumField() {
		field := v.Type().Field(i)
		switch name, options, _ := strings.Cut(field.Tag.Get("yaml"), ","); {
		case !field.IsExported() || name == "-" || options == "omitempty" && v.Field(i).IsZero():
		case options == "inline":
			record.Content = append(record.Content, structNode(v.Field(i), secrets).Content...)
		default:
			record.Content = append(record.Content, textNode(name), nodeOf(v.Field(i), secrets))
		}
	}
	return record
}

func textNode(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if strings.ContainsAny(s, "\n\r\u0085\u2028\u2029") {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// JSON is JSON that a record holds as it is; nil for null.
type JSON []byte

func (j JSON) node() *yaml.Node {
	var n yaml.Node
	if j == nil || yaml.Unmarshal(PlainEscapes(j), &n) != nil {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
	}
	return n.Content[0]
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
