package schemas

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// A Printing is a contract as other people's tools are to read it.
type Printing struct {
	Edition  string            // named in the document; "" for none
	Observed bool              // with the statuses that only deployed servers answer with
	Bodies   map[string]string // the schema of an operation's body where it is not the contract's, by operation id
	Server   string            // the base URL of who serves it, before the vendor's; "" for none
}

// Print writes the contract as one OpenAPI document that refers to nothing
// outside, "yaml" or "json". It says what any path may answer at each operation,
// as responses marked x-protocol.
func (c *Contract) Print(w io.Writer, format string, p Printing) error {
	var document yaml.Node
	if err := yaml.Unmarshal(c.text, &document); err != nil {
		return err
	}
	pr := &printer{Printing: p, contract: c, root: document.Content[0], used: map[string]bool{}}
	if err := pr.print(); err != nil {
		return fmt.Errorf("printing %s: %w", c.API, err)
	}
	switch format {
	case "json":
		return writeJSON(w, pr.root)
	case "yaml":
		e := yaml.NewEncoder(w)
		e.SetIndent(2)
		return e.Encode(pr.root)
	}
	return fmt.Errorf("there is no format %q%s", format, Suggest(format, []string{"yaml", "json"}))
}

type printer struct {
	Printing
	contract *Contract
	root     *yaml.Node
	used     map[string]bool // names of the schemas that the document needs
}

func (p *printer) print() error {
	unset(p.root, "x-protocol-errors", "x-silent-statuses")
	info := at(p.root, "info")
	if p.Edition != "" {
		set(info, "x-edition", text(p.Edition))
	}
	if p.Server != "" {
		servers := at(p.root, "servers")
		servers.Content = slices.Insert(servers.Content, 0, mapping("url", text(p.Server), "description", text("The mock that serves this document.")))
	}
	for _, op := range p.contract.Operations {
		p.operation(op, at(p.root, "paths", op.Path, strings.ToLower(op.Method)))
	}
	components := at(p.root, "components")
	p.protocol(at(components, "responses"))
	p.dropUnused(components)
	if err := p.schemas(components); err != nil {
		return err
	}
	strict(p.root)
	plain(p.root)
	return nil
}

// strict puts what the vendor's own checks refuse among the keywords: to a
// reader it is all one.
func strict(node *yaml.Node) {
	for _, child := range node.Content {
		strict(child)
	}
	more := at(node, "x-strict")
	for _, key := range keys(more) {
		set(node, key, at(more, key))
	}
	unset(node, "x-strict")
}

// operation says what the edition has other than the contract, gives the body
// its examples and adds what any path may answer.
func (p *printer) operation(op *Operation, node *yaml.Node) {
	unset(node, "x-documents")
	if op.Body != nil {
		schema := op.Body.Schema
		media := at(node, "requestBody", "content", op.Body.MediaType)
		if other := p.contract.Schema(p.Bodies[op.ID]); other != nil {
			schema = other
			at(media, "schema", "$ref").Value = other.Name + ".json"
		}
		p.examples(media, schema)
	}
	responses := at(node, "responses")
	for _, r := range op.Responses {
		if r.Observed && !p.Observed {
			unset(responses, strconv.Itoa(r.Status))
		}
	}
	for _, status := range p.contract.Protocol.Statuses {
		if key := strconv.Itoa(status); at(responses, key) == nil {
			set(responses, key, mapping("$ref", text("#/components/responses/"+protocolNames[status])))
		}
	}
	sortPairs(responses)
}

// examples shows the instances that a schema gives where readers look for them.
func (p *printer) examples(media *yaml.Node, s *Schema) {
	examples := mapping()
	for i, raw := range s.Examples {
		set(examples, "example"+strconv.Itoa(i+1), mapping("value", fromJSON(raw)))
	}
	if len(s.Examples) > 0 {
		set(media, "examples", examples)
	}
}

// What any path may answer, whatever the API.
var protocolNames = map[int]string{
	400: "UnreadableRequest", 404: "UnknownPath", 405: "MethodNotAllowed", 406: "NotAcceptable", 413: "ContentTooLarge", 415: "UnsupportedMediaType",
}

var protocolTexts = map[int]string{
	400: "A parameter or the body cannot be read, or is not what the schema says.",
	404: "Nothing is at this path, or a number in it or in the query is none.",
	405: "The path does not know the method; Allow lists those that it knows.",
	406: "The caller accepts no media type that is answered with.",
	413: "The body is larger than one mebibyte.",
	415: "The body is of another media type, or encoded.",
}

func (p *printer) protocol(responses *yaml.Node) {
	for _, status := range p.contract.Protocol.Statuses {
		r := mapping("x-protocol", yes(), "description", text(protocolTexts[status]))
		if status == 405 {
			set(r, "headers", mapping("Allow", mapping("description", text("The methods that the path knows."), "schema", mapping("type", text("string")))))
		}
		schema := mapping("$ref", text(p.contract.Protocol.Schema.Name+".json"))
		set(r, "content", mapping(p.contract.Protocol.MediaType, mapping("schema", schema)))
		set(responses, protocolNames[status], r)
	}
}

// dropUnused takes out components that nothing of this edition refers to.
func (p *printer) dropUnused(components *yaml.Node) {
	used := map[string]bool{}
	refs(p.root, func(ref *yaml.Node) { used[ref.Value] = true })
	for _, kind := range []string{"parameters", "responses"} {
		list := at(components, kind)
		for _, name := range keys(list) {
			if !used["#/components/"+kind+"/"+name] {
				unset(list, name)
			}
		}
	}
}
