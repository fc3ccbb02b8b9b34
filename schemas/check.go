package schemas

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// A BreachKind is the part of an answer that breaks the contract.
type BreachKind string

// The parts of an answer that a contract speaks of.
const (
	StatusBreach    BreachKind = "status"
	MediaTypeBreach BreachKind = "media type"
	BodyBreach      BreachKind = "body"
)

// A Breach is one way in which an answer is not what the contract says.
type Breach struct {
	Kind    BreachKind
	Path    string // where in the body, dotted, "(root)" for all of it; "" when it is not the body
	Message string // what is wrong and what is promised, to follow the operation's name
	// Cause is equal for breaches of one cause, whatever the operation, wherever in a
	// list they are and whatever the values: "401 with an empty body".
	Cause string
	// Silent breaches are of what only the contract says, and no document: statuses
	// where none is listed, the bodies of refusals that none describes.
	Silent bool
}

// String is the breach as it follows the name of an operation.
func (b Breach) String() string {
	if b.Path == "" || b.Path == "(root)" {
		return b.Message
	}
	return b.Path + ": " + b.Message
}

// Check holds an answer to what the contract says of an operation, nil for a
// path or method that is none's. No breach means that it keeps the contract;
// statuses that any path may answer, and observed ones, keep it. A body where
// none is promised means nothing.
func (c *Contract) Check(op *Operation, status int, header http.Header, body []byte) []Breach {
	promised, silent := c.promised(op, status)
	var found []Breach
	if promised == nil || promised.Status != status {
		found = append(found, Breach{
			Kind: StatusBreach, Silent: silent, Cause: strconv.Itoa(status) + " where it is not listed",
			Message: fmt.Sprintf("is answered with status %d, which the contract does not list; it lists %s", status, c.listed(op)),
		})
	}
	if promised == nil || promised.Schema == nil {
		return found
	}
	return append(found, promised.check(status, header, body)...)
}

// check holds what comes with a status to the contract. An empty body is one
// cause, although it has no media type either.
func (r *Response) check(status int, header http.Header, body []byte) (found []Breach) {
	breach := func(b Breach) {
		b.Silent, b.Cause = r.Silent || r.Observed, strconv.Itoa(status)+" with "+b.Cause
		found = append(found, b)
	}
	if len(body) == 0 {
		breach(Breach{Kind: BodyBreach, Path: "(root)", Message: "is empty; the contract promises " + r.MediaType, Cause: "an empty body"})
		return found
	}
	if given := header.Get("Content-Type"); !SameMediaType(given, r.MediaType) {
		breach(Breach{Kind: MediaTypeBreach, Cause: fmt.Sprintf("Content-Type %q", given),
			Message: fmt.Sprintf("has Content-Type %q; the contract says %s", given, r.MediaType)})
	}
	for _, v := range r.Schema.Validate(body) {
		what := v.Keyword
		if what == "required" { // of each property its own
			what = v.Message
		}
		breach(Breach{Kind: BodyBreach, Path: v.Path, Message: v.Message, Cause: "a wrong body: " + what + " at " + anyItem(v.Path)})
	}
	return found
}

// promised finds what a status is held to, and tells whether only the contract
// says that it is. Where documents list no status, another success is held to
// the listed one's body, and another refusal to nothing.
func (c *Contract) promised(op *Operation, status int) (r *Response, silent bool) {
	if op != nil {
		if r := op.Response(status); r != nil {
			return r, false
		}
	}
	if slices.Contains(c.Protocol.Statuses, status) {
		return &Response{Status: status, MediaType: c.Protocol.MediaType, Schema: c.Protocol.Schema, Silent: true}, true
	}
	switch success, refusal := status/100 == 2, status/100 == 4; {
	case op == nil:
		return nil, refusal
	case c.SilentStatuses && success:
		return op.success(), true
	default:
		return nil, c.SilentStatuses && refusal
	}
}

// success is the first 2xx that the operation lists; nil when it lists none.
func (o *Operation) success() *Response {
	for _, r := range o.Responses {
		if r.Status/100 == 2 {
			return r
		}
	}
	return nil
}

func (c *Contract) listed(op *Operation) string {
	statuses := slices.Clone(c.Protocol.Statuses)
	if op != nil {
		statuses = op.Statuses()
	}
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(statuses), "[]"), " ", ", ")
}

// SameMediaType compares two media types without their parameters; what cannot
// be read is the same as nothing.
func SameMediaType(given, wanted string) bool {
	if given == wanted && given != "" {
		return true
	}
	g, _, err := mime.ParseMediaType(given)
	w, _, _ := mime.ParseMediaType(wanted)
	return err == nil && g == w
}

// anyItem writes a path with its places in lists left open.
func anyItem(path string) string {
	parts := strings.Split(path, ".")
	for i, p := range parts {
		if _, err := strconv.Atoi(p); err == nil {
			parts[i] = "*"
		}
	}
	return strings.Join(parts, ".")
}
