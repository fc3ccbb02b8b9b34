package schemas

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// A Contract is what one API promises.
type Contract struct {
	API        string
	Title      string
	Version    string
	BasePaths  []string     // the path of every server URL; the first is canonical
	Operations []*Operation // in the order of the file
	Hash       string       // SHA-256 over openapi.yaml and the schemas, in hexadecimal
	Protocol   Protocol
	// SilentStatuses tells that the documents list no status: those of the contract
	// are a reading of them, and another 2xx or 4xx is as faithful.
	SilentStatuses bool

	schemas  map[string]*Schema
	byID     map[string]*Operation
	redactor *Redactor
	text     []byte // openapi.yaml as it stands
}

// Protocol is what any path may answer to a request that cannot be read:
// unreadable JSON or parameter, unknown path, wrong method or media type.
type Protocol struct {
	Statuses  []int
	MediaType string // as sent, parameters included
	Schema    *Schema
}

// An Operation is one method and path, under its documented id.
type Operation struct {
	ID         string
	Method     string // upper case
	Path       string // relative to the base path, with {name} wildcards
	Summary    string
	Documents  []string // where the operation is documented; empty for support operations
	Support    bool     // needed by real clients, not part of the documents
	Public     bool     // needs no credentials
	Parameters []Parameter
	Body       *Body          // nil when the operation takes none
	Responses  []*Response    // by status, ascending
	Extensions map[string]any // other x- keys, decoded from YAML
}

// A Body is what an operation reads.
type Body struct {
	Required  bool
	MediaType string // without parameters
	Schema    *Schema
}

// A Response is one documented status of an operation.
type Response struct {
	Status      int
	Description string
	Observed    bool    // seen on deployed servers only, not in the documents
	Silent      bool    // the documents do not say what comes with it
	MediaType   string  // as sent, parameters included; empty when there is no body
	Schema      *Schema // nil when there is no body
}

// Operation finds an operation by its id; nil when there is none.
func (c *Contract) Operation(id string) *Operation { return c.byID[id] }

// Documented lists the operations of the documents, without the support ones.
func (c *Contract) Documented() []*Operation {
	return slices.DeleteFunc(slices.Clone(c.Operations), func(o *Operation) bool { return o.Support })
}

// Schema finds a schema by its file name without ".json"; nil when there is none.
func (c *Contract) Schema(name string) *Schema { return c.schemas[name] }

// SchemaNames lists the schemas' names, sorted.
func (c *Contract) SchemaNames() []string {
	names := make([]string, 0, len(c.schemas))
	for n := range c.schemas {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// Response finds what the operation answers under a status; nil when it lists none.
func (o *Operation) Response(status int) *Response {
	for _, r := range o.Responses {
		if r.Status == status {
			return r
		}
	}
	return nil
}

// Statuses lists the documented statuses, ascending, without the observed ones.
func (o *Operation) Statuses() []int {
	var s []int
	for _, r := range o.Responses {
		if !r.Observed {
			s = append(s, r.Status)
		}
	}
	slices.Sort(s)
	return s
}

// Parameter finds a parameter by place ("path", "query", "header") and name.
func (o *Operation) Parameter(in, name string) *Parameter {
	for i, p := range o.Parameters {
		if p.In == in && p.Name == name {
			return &o.Parameters[i]
		}
	}
	return nil
}

// Expand writes the operation's path with its wildcards replaced, each value
// percent-encoded as one segment. A wildcard without a value is an error.
func (o *Operation) Expand(values map[string]string) (string, error) {
	segments := strings.Split(o.Path, "/")
	for i, s := range segments {
		name, ok := Wildcard(s)
		if !ok {
			continue
		}
		v, given := values[name]
		if !given {
			return "", fmt.Errorf("%s %s needs a value for {%s}", o.ID, o.Path, name)
		}
		segments[i] = url.PathEscape(v)
	}
	return strings.Join(segments, "/"), nil
}

// Wildcard tells whether a path segment is one, and its name.
func Wildcard(segment string) (string, bool) {
	if len(segment) > 2 && segment[0] == '{' && segment[len(segment)-1] == '}' {
		return segment[1 : len(segment)-1], true
	}
	return "", false
}
