package engine

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

// An unread is what a request says and its operation does not read.
type unread struct {
	where, name string
	known       []string
}

// unreadBy lists unknown query parameters, and properties of the body that its
// schema does not name, nor any of the others.
func unreadBy(op *schemas.Operation, query url.Values, body schemas.Value, others ...*schemas.Schema) (found []unread) {
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if op.Parameter("query", name) == nil {
			var known []string
			for _, p := range op.Parameters {
				if p.In == "query" {
					known = append(known, p.Name)
				}
			}
			found = append(found, unread{"query parameter", name, known})
		}
	}
	if op.Body != nil && body.Exists() {
		for _, u := range op.Body.Schema.Unnamed(body, others...) {
			found = append(found, unread{"property", u.Path, u.Known})
		}
	}
	return found
}

// Unread lists what a request to an operation says and the operation does not
// read: "?name" of the query, and paths of properties of the body.
func Unread(op *schemas.Operation, query url.Values, body schemas.Value) (names []string) {
	for _, u := range unreadBy(op, query, body) {
		if u.where == "query parameter" {
			u.name = "?" + u.name
		}
		names = append(names, u.name)
	}
	slices.Sort(names)
	return names
}

// Unread lists what the call says and nobody reads.
func (c *Call) Unread() []string {
	if c.Operation == nil {
		return nil
	}
	return Unread(c.Operation, c.Query(), c.body)
}

// strict refuses what would be passed over, in a sandbox that is strict. What
// GET returns may be sent back: the properties of answers are known.
func (c *Call) strict() *Problem {
	if !c.Sandbox.Strict.Load() {
		return nil
	}
	p := badParameter("")
	var said []string
	for _, u := range unreadBy(c.Operation, c.Query(), c.body, c.API.echoes(c.Operation)...) {
		place := strings.LastIndex(u.name, ".")
		message := fmt.Sprintf("%s has no %s %q%s", c.Operation.ID, u.where, u.name, schemas.Suggest(u.name[place+1:], u.known))
		said = append(said, message)
		p.Fields = append(p.Fields, Field{Name: u.name, Message: message})
	}
	if p.Message = strings.Join(said, "; "); p.Message == "" {
		return nil
	}
	return p
}

// echoes are the schemas of what clients have read before they send a body: the
// operation's own answer, and the record at its path or, when it makes one,
// below it.
func (a *API) echoes(op *schemas.Operation) (all []*schemas.Schema) {
	for _, other := range a.Contract.Operations {
		below, ok := strings.CutPrefix(other.Path, op.Path+"/")
		_, wild := schemas.Wildcard(below)
		if other != op && (other.Method != http.MethodGet || other.Path != op.Path && !(ok && wild)) {
			continue
		}
		for _, r := range other.Responses {
			if r.Schema != nil && r.Status < http.StatusMultipleChoices {
				all = append(all, r.Schema)
			}
		}
	}
	return all
}
