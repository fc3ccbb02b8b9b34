package socotra

import (
	"net/http"

	"github.com/rolecall/rolecall/mockserver/engine"
)

const requestID = "Socotra-Request-Id"

type errorBody struct {
	HTTPStatus int          `json:"httpStatus,omitempty"`
	Message    string       `json:"message"`
	Errors     []fieldError `json:"errors,omitzero"`
	RequestID  string       `json:"requestId,omitempty"`
}

type fieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// word puts a problem into the API's envelope, or into that of the identity
// provider for its own refusals.
func word(c *engine.Call, p *engine.Problem) engine.Response {
	id := newUUID(c)
	r := engine.Response{Status: p.Status, Header: http.Header{requestID: {id}}}
	for name, values := range p.Header {
		r.Header[name] = values
	}
	if c.Operation != nil && c.Operation.ID == tokenOperation && c.Operation.Response(p.Status) != nil {
		r.Body = wordToken(p)
		return r
	}
	if p.Status == http.StatusUnauthorized {
		r.Header.Set("WWW-Authenticate", "Bearer")
	}
	body := errorBody{Message: p.Message}
	if currentState(c).settings.FullErrors {
		body.HTTPStatus, body.RequestID, body.Errors = p.Status, id, []fieldError{}
		for _, f := range p.Fields {
			body.Errors = append(body.Errors, fieldError{f.Name, f.Message})
		}
	}
	r.Body = body
	return r
}

// headers gives every answer an id; word has given a refusal one already,
// which is the one that is sent.
func headers(c *engine.Call, h http.Header) { h[requestID] = []string{newUUID(c)} }
