package schemas

import (
	"fmt"
	"path"
	"strings"

	"gopkg.in/yaml.v3"
)

// schemas brings every schema that is referred to into the document.
func (p *printer) schemas(components *yaml.Node) error {
	list := mapping()
	var bring func(node *yaml.Node) error
	bring = func(node *yaml.Node) (err error) {
		refs(node, func(ref *yaml.Node) {
			file, ok := strings.CutSuffix(path.Base(ref.Value), ".json")
			if !ok || err != nil {
				return
			}
			s := p.contract.Schema(file)
			if s == nil {
				err = fmt.Errorf("$ref %s names no schema", ref.Value)
				return
			}
			ref.Value = "#/components/schemas/" + componentName(file)
			if p.used[file] {
				return
			}
			p.used[file] = true
			schema := fromJSON(s.raw)
			unset(schema, "$schema")
			set(list, componentName(file), schema)
			err = bring(schema)
		})
		return err
	}
	if err := bring(p.root); err != nil {
		return err
	}
	for _, name := range keys(list) {
		flatten(list, at(list, name))
	}
	sortPairs(list)
	set(components, "schemas", list)
	p.markSecrets(list)
	return nil
}

// flatten makes one object of an allOf of objects: generators of clients lose
// what is nullable in the parts.
func flatten(list, schema *yaml.Node) {
	parts := at(schema, "allOf")
	if parts == nil {
		return
	}
	properties, required := mapping(), &yaml.Node{Kind: yaml.SequenceNode}
	for _, part := range parts.Content {
		if ref := at(part, "$ref"); ref != nil {
			part = at(list, path.Base(ref.Value))
			flatten(list, part)
		}
		for _, name := range keys(at(part, "properties")) {
			set(properties, name, at(part, "properties", name))
		}
		if names := at(part, "required"); names != nil {
			required.Content = append(required.Content, names.Content...)
		}
	}
	unset(schema, "allOf")
	set(schema, "type", text("object"))
	set(schema, "required", required)
	set(schema, "properties", properties)
}

// componentName turns a file's name into that of a type: "user-page" is UserPage.
func componentName(file string) string {
	var name strings.Builder
	for _, word := range strings.Split(file, "-") {
		name.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return name.String()
}

// markSecrets says in OpenAPI's words what is marked x-secret; what no answer
// shows is only ever written.
func (p *printer) markSecrets(list *yaml.Node) {
	answered := map[string]bool{}
	var reach func(node *yaml.Node)
	reach = func(node *yaml.Node) {
		refs(node, func(ref *yaml.Node) {
			name := path.Base(ref.Value)
			if !answered[name] && at(list, name) != nil {
				answered[name] = true
				reach(at(list, name))
			}
		})
	}
	reach(at(p.root, "components", "responses"))
	for _, op := range p.contract.Operations {
		reach(at(p.root, "paths", op.Path, strings.ToLower(op.Method), "responses"))
	}
	for _, name := range keys(list) {
		secrets(at(list, name), func(secret *yaml.Node) {
			if at(secret, "format") == nil {
				set(secret, "format", text("password"))
			}
			if !answered[name] {
				set(secret, "writeOnly", yes())
			}
		})
	}
}

func secrets(node *yaml.Node, visit func(*yaml.Node)) {
	if at(node, "x-secret") != nil {
		visit(node)
	}
	for _, child := range node.Content {
		secrets(child, visit)
	}
}
