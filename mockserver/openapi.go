package mockserver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// OpenAPI writes the contract of an API that is served as one OpenAPI document,
// "yaml" or "json", as its edition has it. The server is the base URL that its
// readers are to use; "" for the vendor's.
func (s *Server) OpenAPI(w io.Writer, name, format, server string) error {
	for _, api := range s.apis {
		if api.Name() != name {
			continue
		}
		dir, err := fixtures.Over(s.options.Fixtures, name)
		if err != nil {
			return err
		}
		// Of the settings, those that the contract depends on.
		edition, err := fixtures.LoadEdition[struct {
			Requests map[string]string `yaml:"requests"`
			Others   map[string]any    `yaml:",inline"`
		}](dir, api.Edition)
		if err != nil {
			return err
		}
		return api.Contract.Print(w, format, schemas.Printing{
			Edition: api.Edition, Observed: api.Observed, Bodies: edition.Settings.Requests, Server: server,
		})
	}
	return fmt.Errorf("API %q is not served%s", name, schemas.Suggest(name, s.names()))
}

// showOpenAPI is the contract of an API, with the address under which the caller
// reached the mock, sandbox included, as the first server.
func showOpenAPI(name string) controlHandler {
	return func(c *controlCall) (any, error) {
		var document bytes.Buffer
		err := c.server.OpenAPI(&document, name, "json", engine.Address(c.request)+c.server.contract(name).BasePaths[0])
		return json.RawMessage(document.Bytes()), err
	}
}
