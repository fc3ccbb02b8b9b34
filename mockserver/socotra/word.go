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
	settings := stateOf(c).settings
	r := engine.Response{Status: p.Status, Header: http.Header{}}
	for name, values := range p.Header {
		r.Header[name] = values
	}
	id := newUUID(c)
	if settings.RequestIDs {
		r.Header[requestID] = []string{id}
	}
	if c.Operation != nil && c.Operation.ID == tokenOperation && c.Operation.Response(p.Status) != nil {
		r.Body = wordToken(p)
		return r
	}
	if status, other := settings.Refusals[p.Kind]; other {
		r.Status = status
	}
	if r.Status == http.StatusUnauthorized {
		r.Header.Set("WWW-Authenticate", "Bearer")
	}
	switch settings.Errors {
	case "full":
		body := errorBody{r.Status, p.Message, []fieldError{}, id}
		for _, f := range p.Fields {
			body.Errors = append(body.Errors, fieldError{f.Name, f.Message})
		}
		r.Body = body
	case "message":
		r.Body = errorBody{Message: p.Message}
	case "text":
		r.Header.Set("Content-Type", "text/plain; charset=utf-8")
		r = r.WithBytes([]byte(p.Message))
	}
	return r
}

// headers gives every answer an id; word has given a refusal one already,
// which is the one that is sent.
func headers(c *engine.Call, h http.Header) {
	if stateOf(c).settings.RequestIDs {
		h[requestID] = []string{newUUID(c)}
	}
}
