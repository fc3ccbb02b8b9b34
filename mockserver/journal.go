package mockserver

import (
	"encoding/json"
	"net/url"
	"slices"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// contract finds that of an API that is served.
func (s *Server) contract(name string) *schemas.Contract {
	i := slices.IndexFunc(s.apis, func(api *engine.API) bool { return api.Name() == name })
	return s.apis[i].Contract
}

// withoutSecrets is a body as the journal shows it.
func withoutSecrets(known *schemas.Redactor, body []byte) json.RawMessage {
	switch {
	case len(body) == 0:
		return nil
	case !json.Valid(body): // secrets in it could not be told from the rest
		return json.RawMessage(`"(not JSON)"`)
	}
	return json.RawMessage(known.Body(body))
}

// unread lists what a journaled request said and nobody reads.
func (s *Server) unread(e engine.Entry) []string {
	op := s.contract(e.API).Operation(e.Operation)
	if op == nil {
		return nil
	}
	u, err := url.ParseRequestURI(e.URL)
	if err != nil {
		u = &url.URL{}
	}
	body, _ := schemas.DecodeOwn(e.Request) // one that cannot be read says nothing
	return engine.Unread(op, u.Query(), body)
}
