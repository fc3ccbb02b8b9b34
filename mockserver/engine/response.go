package engine

import (
	"bytes"
	"encoding/json"
	"net/http"
	"sync"
)

// A Response is an answer before it is written.
type Response struct {
	Status int
	Header http.Header // nil for none beside the API's own
	Body   any         // a View, Rendered, or what is marshalled as JSON; nil for no body
	// Seen marks what deployed servers answer where the contract has something
	// else. Only an edition of such servers may.
	Seen bool

	raw  []byte // the body as it goes out, once rendered
	drop bool   // close the connection instead of answering
}

// OK is a successful answer with a body.
func OK(body any) (Response, error) { return Response{Status: http.StatusOK, Body: body}, nil }

// NoContent is a successful answer without a body.
func NoContent() (Response, error) { return Response{Status: http.StatusNoContent}, nil }

// CompactJSON marshals without white space and without escaping <, > and &,
// which encoding/json does for the sake of HTML pages.
func CompactJSON(v any) ([]byte, error) {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.Clone(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// buffers are kept because a page outgrows a new one several times.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Bytes is the body as it goes out; empty before it is rendered.
func (r Response) Bytes() []byte { return r.raw }

// WithBytes is the response with another body, taken as it is.
func (r Response) WithBytes(body []byte) Response {
	r.raw, r.Body = body, json.RawMessage(body)
	return r
}
