package engine

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/schemas"
)

// Export writes a state as fixtures have it: a mapping of tables. Secrets are
// left out, or else are as they are.
func Export(s State, secrets bool) *yaml.Node {
	all := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for _, table := range s.Tables() {
		all.Content = append(all.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: table.Name}, schemas.Records(table.List(), secrets))
	}
	return all
}

// A Document changes a state: it lists records table by table, as fixtures do.
type Document struct {
	API    string // what it is of
	File   string // what errors call it
	JSON   bool
	Tables map[string]*yaml.Node
	// Patch has the records change those that they name. Otherwise they are all
	// that their table has.
	Patch bool
}

// On makes the state that the document makes of the tables of one, under the
// settings of another. It is held to what fixtures are held to.
func (d *Document) On(tables, settings State) (State, error) {
	under, names := map[string]Rows{}, []string{}
	for _, table := range tables.Tables() {
		under[table.Name] = table
		names = append(names, table.Name)
	}
	var causes []error
	for _, name := range slices.Sorted(maps.Keys(d.Tables)) {
		if node := d.Tables[name]; !slices.Contains(names, name) {
			causes = append(causes, schemas.Place{File: d.File, Line: node.Line}.Errorf("there is no table %q%s", name, schemas.Suggest(name, names)))
		}
	}
	if len(causes) > 0 {
		return nil, errors.Join(causes...)
	}
	return settings.Load(written{d, under})
}

// written is a document over the records of a state.
type written struct {
	*Document
	under map[string]Rows
}

// Trusted implements schemas.Tables.
func (w written) Trusted() bool { return false }

// was is the place of a record of the state.
func (d *Document) was(table Rows, row any) schemas.Place {
	return schemas.Place{File: fmt.Sprintf("%s %s %q, as it is", d.API, table.Name, keysOf(row, table.Keys)[table.Keys[0]])}
}

// Read implements schemas.Tables.
func (w written) Read(table string, list any) (places []schemas.Place, err error) {
	node, into := w.Tables[table], reflect.ValueOf(list).Elem()
	switch {
	case node == nil:
		for _, row := range w.under[table].List() {
			into.Set(reflect.Append(into, reflect.ValueOf(row)))
			places = append(places, w.was(w.under[table], row))
		}
	case !w.Patch:
		err = schemas.DecodeNode(w.File, node, w.JSON, list)
		for _, item := range node.Content {
			places = append(places, schemas.Place{File: w.File, Line: item.Line})
		}
	default:
		p := &patch{Document: w.Document, table: w.under[table], into: into, edits: map[int]edit{}}
		err = p.read(node)
		places = p.places
	}
	return places, err
}
