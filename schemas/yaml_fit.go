package schemas

import (
	"cmp"
	"encoding"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// A fit says where a document does not fit a type.
type fit struct {
	source
	json bool // in which texts are quoted, so that a number is none
}

// isJSON tells whether a document is written as JSON is.
func isJSON(node *yaml.Node) bool {
	return node.Kind == yaml.MappingNode && node.Style == yaml.FlowStyle && (len(node.Content) == 0 || node.Content[0].Style == yaml.DoubleQuotedStyle)
}

var (
	unmarshaler     = reflect.TypeFor[yaml.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// check finds the keys that have no place in a type and the values that are of
// another, each with the path of keys that leads there. A type that reads itself
// checks itself.
func (f fit) check(node *yaml.Node, t reflect.Type, at string) error {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	nothing := node.Tag == "!!null"
	if nothing && (t.Kind() == reflect.Pointer || !f.json && (t.Kind() == reflect.Map || t.Kind() == reflect.Slice)) {
		return nil
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t.Kind() == reflect.Interface || t == reflect.TypeFor[yaml.Node]() || reflect.PointerTo(t).Implements(unmarshaler):
		return nil
	case reflect.PointerTo(t).Implements(textUnmarshaler) || !composite(t):
		return f.checkScalar(node, t, at)
	case node.Kind == yaml.MappingNode && t.Kind() == reflect.Struct:
		return f.checkKeys(node, t, at)
	case node.Kind == yaml.MappingNode && t.Kind() == reflect.Map:
		var causes []error
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i].Value
			if f.secret {
				key = "*"
			}
			causes = append(causes, f.check(node.Content[i+1], t.Elem(), under(at, key)))
		}
		return errors.Join(causes...)
	case node.Kind == yaml.SequenceNode && t.Kind() == reflect.Slice:
		var causes []error
		for _, item := range node.Content {
			if item.Tag == "!!null" && composite(t.Elem()) {
				causes = append(causes, fmt.Errorf("%s:%d: the record is empty; write its keys or remove it", f.name, item.Line))
				continue
			}
			causes = append(causes, f.check(item, t.Elem(), at))
		}
		return errors.Join(causes...)
	}
	return f.misfit(node, t, at)
}

func composite(t reflect.Type) bool {
	return t.Kind() == reflect.Struct || t.Kind() == reflect.Map || t.Kind() == reflect.Slice
}

func (f fit) checkKeys(node *yaml.Node, t reflect.Type, at string) error {
	var causes []error
	fields := fieldsOf(t)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		field, known := fields[key.Value]
		if !known {
			field, known = fields["*"]
		}
		if !known {
			causes = append(causes, fmt.Errorf("%s:%d: unknown key%s; the keys are %s%s", f.name, key.Line, f.key(key.Value, fields), strings.Join(slices.Sorted(maps.Keys(fields)), ", "), meant(key.Value, fields)))
			continue
		}
		causes = append(causes, f.check(node.Content[i+1], field, under(at, key.Value)))
	}
	return errors.Join(causes...)
}

// key is an unknown key, as an error names it.
func (f fit) key(key string, fields map[string]reflect.Type) string {
	if f.secret && meant(key, fields) == "" {
		return ""
	}
	return fmt.Sprintf(" %q", key)
}

// meant is the key that was probably meant, if there is one.
func meant(key string, fields map[string]reflect.Type) string {
	if suggestion := Suggest(key, slices.Collect(maps.Keys(fields))); strings.HasPrefix(suggestion, "; did") {
		return suggestion
	}
	return ""
}

// checkScalar is stricter than the library, which reads 1.5 as the integer 1,
// "yes" as true, and nothing as whatever was there before.
func (f fit) checkScalar(node *yaml.Node, t reflect.Type, at string) error {
	fits := node.Kind == yaml.ScalarNode && node.Tag != "!!null"
	switch {
	case t == reflect.TypeFor[time.Duration]() || reflect.PointerTo(t).Implements(textUnmarshaler):
	case t.Kind() == reflect.String:
		fits = fits && node.Tag != "!!bool" && (!f.json || node.Tag == "!!str")
	case t.Kind() == reflect.Bool:
		fits = fits && node.Tag == "!!bool"
	case reflect.Int <= t.Kind() && t.Kind() <= reflect.Uint64:
		fits = fits && node.Tag == "!!int"
	}
	if !fits || node.Decode(reflect.New(t).Interface()) != nil {
		return f.misfit(node, t, at)
	}
	return nil
}

func (f fit) misfit(node *yaml.Node, t reflect.Type, at string) error {
	if at != "" {
		at += ": "
	}
	switch {
	case node.Tag == "!!null":
		return fmt.Errorf("%s:%d: %sthere is no value; write %s", f.name, node.Line, at, plainType(t.String()))
	case node.Kind == yaml.ScalarNode && !f.secret:
		return fmt.Errorf("%s:%d: %s`%s` cannot be read as %s", f.name, node.Line, at, node.Value, plainType(t.String()))
	}
	return fmt.Errorf("%s:%d: %s%s cannot be read as %s", f.name, node.Line, at, cmp.Or(yamlKinds[strings.TrimPrefix(node.Tag, "!!")], "this"), plainType(t.String()))
}

func under(at, key string) string {
	if at == "" {
		return key
	}
	return at + "." + key
}

// fieldsOf are the types of what may stand under each key of a struct; "*" is
// any other key, where there is an inline map.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case strings.Contains(options, "inline") && f.Type.Kind() == reflect.Map:
			fields["*"] = f.Type.Elem()
		case strings.Contains(options, "inline"):
			maps.Copy(fields, fieldsOf(f.Type))
		case !f.IsExported() || name == "-":
		case name == "":
			fields[strings.ToLower(f.Name)] = f.Type // as the library does
		default:
			fields[name] = f.Type
		}
	}
	return fields
}
