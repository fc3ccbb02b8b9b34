package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"gopkg.in/yaml.v3"
)

// An object is names and values in turn, written in this order.
type object []any

// some adds a value that is not empty.
func (o object) some(name string, value any) object {
	if reflect.ValueOf(value).Len() == 0 {
		return o
	}
	return append(o, name, value)
}

func (o object) with(name string, value any) object { return append(o, name, value) }

// MarshalJSON implements json.Marshaler.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i := 0; i < len(o); i += 2 {
		value, err := json.Marshal(o[i+1])
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, ",%q:%s", o[i], value)
	}
	return fmt.Appendf(nil, "{%s}", bytes.TrimPrefix(b.Bytes(), []byte(","))), nil
}

// MarshalYAML implements yaml.Marshaler.
func (o object) MarshalYAML() (any, error) {
	node := &yaml.Node{Kind: yaml.MappingNode}
	for i := range o {
		var part yaml.Node
		if err := part.Encode(o[i]); err != nil {
			return nil, err
		}
		node.Content = append(node.Content, &part)
	}
	return node, nil
}

// inline is a list that YAML shows on one line.
type inline []string

// MarshalYAML implements yaml.Marshaler.
func (l inline) MarshalYAML() (any, error) {
	var node yaml.Node
	err := node.Encode([]string(l))
	node.Style = yaml.FlowStyle
	return &node, err
}
