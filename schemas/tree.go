package schemas

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// Contracts are printed from the tree of their file, so that what they say stays
// in its order.

// at follows keys from a mapping; nil where there is no such thing.
func at(node *yaml.Node, path ...string) *yaml.Node {
	for _, key := range path {
		i := indexOf(node, key)
		if i < 0 {
			return nil
		}
		node = node.Content[i+1]
	}
	return node
}

func indexOf(node *yaml.Node, key string) int {
	if node == nil || node.Kind != yaml.MappingNode {
		return -1
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return i
		}
	}
	return -1
}

func set(node *yaml.Node, key string, value *yaml.Node) {
	if i := indexOf(node, key); i >= 0 {
		node.Content[i+1] = value
		return
	}
	node.Content = append(node.Content, text(key), value)
}

func unset(node *yaml.Node, names ...string) {
	for _, name := range names {
		if i := indexOf(node, name); i >= 0 {
			node.Content = slices.Delete(node.Content, i, i+2)
		}
	}
}

func keys(node *yaml.Node) (all []string) {
	for i := 0; node != nil && i < len(node.Content); i += 2 {
		all = append(all, node.Content[i].Value)
	}
	return all
}

// sortPairs puts a mapping into the order of its keys.
func sortPairs(node *yaml.Node) {
	values := map[string]*yaml.Node{}
	names := keys(node)
	for _, name := range names {
		values[name] = at(node, name)
	}
	slices.Sort(names)
	node.Content = nil
	for _, name := range names {
		set(node, name, values[name])
	}
}

func text(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

func yes() *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"} }

// mapping makes one of keys and values in turn.
func mapping(pairs ...any) *yaml.Node {
	node := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	for i := 0; i < len(pairs); i += 2 {
		set(node, pairs[i].(string), pairs[i+1].(*yaml.Node))
	}
	return node
}

// fromJSON reads a JSON document that a contract was loaded with.
func fromJSON(document []byte) *yaml.Node {
	var node yaml.Node
	if err := yaml.Unmarshal(document, &node); err != nil {
		panic(fmt.Sprintf("a schema that was loaded is no YAML: %v", err)) // a test reads each
	}
	return node.Content[0]
}

// refs visits every $ref below a node.
func refs(node *yaml.Node, visit func(*yaml.Node)) {
	for i, child := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 0 {
			if child.Value == "$ref" && node.Content[i+1].Kind == yaml.ScalarNode {
				visit(node.Content[i+1])
			}
			continue
		}
		refs(child, visit)
	}
}

// plain takes comments and the style of the file away.
func plain(node *yaml.Node) {
	node.Style &= yaml.LiteralStyle | yaml.FoldedStyle
	node.HeadComment, node.LineComment, node.FootComment = "", "", ""
	for _, child := range node.Content {
		plain(child)
	}
}
