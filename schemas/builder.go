package schemas

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// builder turns the file's shape into the contract's, and refuses what does not hold together.
type builder struct {
	file     string // for errors
	doc      *document
	contract *Contract
}

func (b *builder) build() error {
	if err := b.head(); err != nil {
		return fmt.Errorf("%s: %w", b.file, err)
	}
	return eachPair(&b.doc.Paths, b.pathItem)
}

// head reads what stands above the paths.
func (b *builder) head() error {
	if !strings.HasPrefix(b.doc.OpenAPI, "3.1") {
		return fmt.Errorf("openapi is %q; contracts are OpenAPI 3.1", b.doc.OpenAPI)
	}
	if !strings.HasPrefix(b.doc.Dialect, "http://json-schema.org/draft-07/schema") {
		return fmt.Errorf("jsonSchemaDialect is %q; the validator speaks draft-07", b.doc.Dialect)
	}
	for _, s := range b.doc.Servers {
		u, err := url.Parse(s.URL)
		if err != nil {
			return fmt.Errorf("servers: %w", err)
		}
		b.contract.BasePaths = append(b.contract.BasePaths, strings.TrimSuffix(u.Path, "/"))
	}
	if len(b.contract.BasePaths) == 0 {
		return fmt.Errorf("servers: name at least one URL; its path is the base path")
	}
	schema, err := b.schema(b.doc.Protocol.Schema)
	if err != nil {
		return fmt.Errorf("x-protocol-errors: %w", err)
	}
	b.contract.Protocol = Protocol{b.doc.Protocol.Statuses, cmp.Or(b.doc.Protocol.MediaType, "application/json"), schema}
	b.contract.SilentStatuses = b.doc.SilentStatuses
	return nil
}

func (b *builder) pathItem(path string, item *yaml.Node) error {
	var shared []parameter
	return eachPair(item, func(key string, node *yaml.Node) error {
		if key == "parameters" {
			return source{name: b.file}.decodeNode(node, isJSON(node), &shared)
		}
		method, ok := methods[key]
		if !ok {
			return fmt.Errorf("%s:%d: %s: %q is no method that contracts use", b.file, node.Line, path, key)
		}
		var op operation
		if err := (source{name: b.file}).decodeNode(node, isJSON(node), &op); err != nil {
			return err
		}
		op.Parameters = append(slices.Clone(shared), op.Parameters...)
		if err := b.operation(method, path, &op); err != nil {
			return fmt.Errorf("%s:%d: %s %s: %w", b.file, node.Line, method, path, err)
		}
		return nil
	})
}

func (b *builder) operation(method, path string, op *operation) error {
	if op.ID == "" || b.contract.byID[op.ID] != nil {
		return fmt.Errorf("operationId %q is empty or used twice", op.ID)
	}
	if !op.Support && len(op.Documents) == 0 {
		return fmt.Errorf("%s has no x-documents: say where it is documented, or mark it x-support", op.ID)
	}
	for key := range op.Extensions {
		if !strings.HasPrefix(key, "x-") {
			return fmt.Errorf("%s: key %q is not supported", op.ID, key)
		}
	}
	o := &Operation{
		ID: op.ID, Method: method, Path: path, Summary: op.Summary, Documents: op.Documents,
		Support: op.Support, Public: op.Security != nil && len(op.Security) == 0, Extensions: op.Extensions,
	}
	var err error
	if o.Parameters, err = b.parameters(path, op.Parameters); err != nil {
		return fmt.Errorf("%s: %w", op.ID, err)
	}
	if op.Body != nil {
		if o.Body, err = b.body(op.Body); err != nil {
			return fmt.Errorf("%s: requestBody: %w", op.ID, err)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(op.Responses)) {
		r, err := b.response(key, op.Responses[key])
		if err != nil {
			return fmt.Errorf("%s: %s: %w", op.ID, key, err)
		}
		r.Silent = r.Silent || o.Support // no document speaks of the operation
		o.Responses = append(o.Responses, r)
	}
	b.contract.Operations = append(b.contract.Operations, o)
	b.contract.byID[o.ID] = o
	return nil
}

func (b *builder) parameters(path string, list []parameter) ([]Parameter, error) {
	var found []Parameter
	for _, p := range list {
		if name, ok := strings.CutPrefix(p.Ref, "#/components/parameters/"); ok {
			if p, ok = b.doc.Components.Parameters[name]; !ok {
				return nil, fmt.Errorf("$ref names no parameter %q", name)
			}
		}
		if !slices.Contains([]string{"path", "query", "header"}, p.In) {
			return nil, fmt.Errorf("parameter %q is in %q: write path, query or header", p.Name, p.In)
		}
		if p.In == "path" && (!p.Required || !strings.Contains(path, "{"+p.Name+"}")) {
			return nil, fmt.Errorf("path parameter %q must be required and stand in the path", p.Name)
		}
		if err := p.Schema.compile(); err != nil {
			return nil, fmt.Errorf("parameter %q: %w", p.Name, err)
		}
		// YAML gives int where requests give int64; a default must look like a given value.
		if n, ok := p.Schema.Default.(int); ok {
			p.Schema.Default = int64(n)
		}
		found = append(found, Parameter{Name: p.Name, In: p.In, Required: p.Required, Type: p.Schema})
	}
	for _, s := range strings.Split(path, "/") {
		name, ok := Wildcard(s)
		if ok && !slices.ContainsFunc(found, func(p Parameter) bool { return p.In == "path" && p.Name == name }) {
			return nil, fmt.Errorf("the path's {%s} is no parameter", name)
		}
	}
	return found, nil
}

func (b *builder) body(in *body) (*Body, error) {
	if len(in.Content) != 1 {
		return nil, fmt.Errorf("write exactly one media type")
	}
	for mediaType, m := range in.Content {
		schema, err := b.schema(m.Schema)
		return &Body{Required: in.Required, MediaType: mediaType, Schema: schema}, err
	}
	return nil, nil
}

func (b *builder) response(key string, in *response) (*Response, error) {
	status, err := strconv.Atoi(key)
	if err != nil || status < 100 || status > 599 {
		return nil, fmt.Errorf("that is no status")
	}
	observed, silent := in.Observed, in.Silent
	if name, ok := strings.CutPrefix(in.Ref, "#/components/responses/"); ok {
		if in = b.doc.Components.Responses[name]; in == nil {
			return nil, fmt.Errorf("$ref names no response %q", name)
		}
	}
	out := &Response{Status: status, Description: in.Description, Observed: observed || in.Observed, Silent: silent || in.Silent}
	if len(in.Content) > 1 {
		return nil, fmt.Errorf("write at most one media type")
	}
	for mediaType, m := range in.Content {
		out.MediaType = mediaType
		if out.Schema, err = b.schema(m.Schema); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (b *builder) schema(r reffed) (*Schema, error) {
	name, ok := strings.CutSuffix(strings.TrimPrefix(r.Ref, "./"), ".json")
	if s := b.contract.schemas[name]; ok && s != nil {
		return s, nil
	}
	return nil, fmt.Errorf("schema $ref %q names no schema file of this folder", r.Ref)
}

// eachPair walks a YAML mapping in the order of the file, which a Go map would lose.
func eachPair(node *yaml.Node, do func(key string, value *yaml.Node) error) error {
	for i := 0; i+1 < len(node.Content); i += 2 {
		if err := do(node.Content[i].Value, node.Content[i+1]); err != nil {
			return err
		}
	}
	return nil
}
