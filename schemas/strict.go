package schemas

import (
	"fmt"
	"reflect"
	"strings"

	"gopkg.in/yaml.v3"
)

// decodeStrict reads a node and refuses keys that have no place in the result.
// The library does so for whole documents only, not for their nodes.
func decodeStrict(node *yaml.Node, into any) error {
	if err := knownKeys(node, reflect.TypeOf(into).Elem()); err != nil {
		return err
	}
	return node.Decode(into)
}

func knownKeys(node *yaml.Node, t reflect.Type) error {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[yaml.Node]():
		return nil // whoever reads it checks it
	case node.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		return eachPair(node, func(key string, value *yaml.Node) error {
			field, known := fieldOf(t, key)
			if !known {
				return fmt.Errorf("line %d: key %q is not supported", value.Line, key)
			}
			return knownKeys(value, field)
		})
	case node.Kind == yaml.MappingNode && t.Kind() == reflect.Map:
		return eachPair(node, func(_ string, value *yaml.Node) error { return knownKeys(value, t.Elem()) })
	case node.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		for _, item := range node.Content {
			if err := knownKeys(item, t.Elem()); err != nil {
				return err
			}
		}
	}
	return nil
}

// fieldOf finds the type of what stands under a key; an inline map takes any.
func fieldOf(t reflect.Type, key string) (reflect.Type, bool) {
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if f.IsExported() && name == key || strings.Contains(options, "inline") {
			return f.Type, true
		}
	}
	return nil, false
}
