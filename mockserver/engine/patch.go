package engine

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/schemas"
)

// A patch changes some records of a table: those of a list, each of which names
// itself by one of the table's keys, or those of a mapping, by key, in which
// null deletes. In a record null takes a property away, and what is not named
// stays.
type patch struct {
	*Document
	table  Rows
	into   reflect.Value // the list of records to make
	places []schemas.Place
	edits  map[int]edit // by the place of the record that they change
	added  []edit
}

// An edit is what a patch says of one record.
type edit struct {
	line   int
	names  []string   // the keys that the record may be named by
	name   string     // what it is named
	record *yaml.Node // nil to delete it
}

func (p *patch) read(node *yaml.Node) error {
	edits, causes := p.listed(node)
	rows := p.table.List()
	found := index(rows, p.table.Keys)
	for _, e := range edits {
		causes = append(causes, p.find(e, found))
	}
	if err := errors.Join(causes...); err != nil {
		return err
	}
	for i, row := range rows {
		e, edited := p.edits[i]
		switch {
		case !edited:
			p.into.Set(reflect.Append(p.into, reflect.ValueOf(row)))
			p.places = append(p.places, p.was(p.table, row))
		case e.record != nil:
			causes = append(causes, p.put(e, merged(schemas.Records([]any{row}, true).Content[0], e.record)))
		}
	}
	for _, e := range p.added {
		causes = append(causes, p.put(e, e.record))
	}
	return errors.Join(causes...)
}

// listed takes the edits of a list or a mapping apart.
func (p *patch) listed(node *yaml.Node) (edits []edit, causes []error) {
	var keys map[string]yaml.Node // refuses a key that is given twice
	switch node.Kind {
	case yaml.SequenceNode:
		for _, item := range node.Content {
			e := edit{line: item.Line, record: meant(item)}
			for _, key := range p.table.Keys {
				if v := member(e.record, key); v != nil && v.Tag != "!!null" && e.name == "" {
					e.names, e.name = []string{key}, v.Value
				}
			}
			if e.names == nil {
				causes = append(causes, p.errorf(e, "name the record by its %s", p.keys()))
			}
			edits = append(edits, e)
		}
	case yaml.MappingNode:
		if err := schemas.DecodeNode(p.File, node, p.JSON, &keys); err != nil {
			return nil, []error{err}
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			e := edit{line: node.Content[i].Line, names: p.table.Keys, name: node.Content[i].Value, record: meant(node.Content[i+1])}
			switch {
			case e.record.Tag == "!!null":
				e.record = nil
			case e.record.Kind != yaml.MappingNode:
				causes = append(causes, p.errorf(e, "%s: write what changes in the record, or null to delete it", e.name))
			}
			edits = append(edits, e)
		}
	default:
		causes = []error{p.errorf(edit{line: node.Line}, "%s is neither a list of records nor a mapping of records by %s, in which null deletes", p.table.Name, p.keys())}
	}
	return edits, causes
}

func (p *patch) keys() string { return strings.Join(p.table.Keys, " or ") }

func (p *patch) errorf(e edit, format string, args ...any) error {
	return schemas.Place{File: p.File, Line: e.line}.Errorf(format, args...)
}

// find finds the record that is meant, or notes a new one.
func (p *patch) find(e edit, found map[[2]string][]int) error {
	var places []int
	for _, key := range e.names {
		if places = found[[2]string{key, e.name}]; len(places) > 0 {
			break
		}
	}
	switch {
	case len(places) > 1:
		return p.errorf(e, "%d records of %s are named %q; name one by its %s", len(places), p.table.Name, e.name, p.table.Keys[0])
	case len(places) == 0 && e.record == nil:
		return p.errorf(e, "%s has no record whose %s is %q; there is nothing to delete", p.table.Name, p.keys(), e.name)
	case len(places) == 0:
		if last := p.table.Keys[len(p.table.Keys)-1]; member(e.record, last) == nil {
			e.record = merged(e.record, textMember(last, e.name, e.line))
		}
		p.added = append(p.added, e)
		return nil
	}
	if earlier, twice := p.edits[places[0]]; twice {
		return p.errorf(e, "the record is given in line %d, too", earlier.line)
	}
	p.edits[places[0]] = e
	return nil
}

// put reads a record and puts it on the list.
func (p *patch) put(e edit, record *yaml.Node) error {
	one := reflect.New(p.into.Type().Elem())
	err := schemas.DecodeNode(p.File, record, p.JSON, one.Interface())
	p.into.Set(reflect.Append(p.into, one.Elem()))
	p.places = append(p.places, schemas.Place{File: p.File, Line: e.line})
	return err
}

// merged is a record with what another one says.
func merged(record, by *yaml.Node) *yaml.Node {
	all := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: by.Line}
	for i := 0; i+1 < len(record.Content); i += 2 {
		if member(by, record.Content[i].Value) == nil {
			all.Content = append(all.Content, record.Content[i:i+2]...)
		}
	}
	for i := 0; i+1 < len(by.Content); i += 2 {
		if by.Content[i+1].Tag != "!!null" {
			all.Content = append(all.Content, by.Content[i:i+2]...)
		}
	}
	return all
}

// member finds the value of a key; nil for none.
func member(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func textMember(key, value string, line int) *yaml.Node {
	text := func(s string) *yaml.Node {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s, Line: line}
	}
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: line, Content: []*yaml.Node{text(key), text(value)}}
}

// meant is the node that an alias stands for, or the node itself.
func meant(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// index finds the places of records by each of their keys.
func index(rows []any, keys []string) map[[2]string][]int {
	found := map[[2]string][]int{}
	for place, row := range rows {
		for key, value := range keysOf(row, keys) {
			found[[2]string{key, value}] = append(found[[2]string{key, value}], place)
		}
	}
	return found
}

// keysOf are the properties that name a record.
func keysOf(row any, keys []string) map[string]string {
	named, record := map[string]string{}, reflect.ValueOf(row)
	for i := range record.NumField() {
		key, options, _ := strings.Cut(record.Type().Field(i).Tag.Get("yaml"), ",")
		if options == "inline" {
			maps.Copy(named, keysOf(record.Field(i).Interface(), keys))
		} else if slices.Contains(keys, key) {
			named[key] = fmt.Sprint(record.Field(i))
		}
	}
	return named
}
