package mockserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// maxStateBody is the size in bytes up to which a state is read.
const maxStateBody = 64 << 20

// A document is an answer that is no JSON, or is laid out already.
type document struct {
	media string
	text  []byte
}

// showState writes the records of the sandbox as fixtures: API, table, records.
func showState(c *controlCall) (any, error) {
	query := c.request.URL.Query()
	format, secrets := query.Get("format"), query.Get("secrets")
	if !query.Has("format") {
		format = "json"
		if strings.Contains(c.request.Header.Get("Accept"), "yaml") {
			format = "yaml"
		}
	}
	if query.Has("secrets") && secrets != "include" {
		return nil, badControl(`secrets is %q; write "include", or leave it out for placeholders`, secrets)
	}
	all := &yaml.Node{Kind: yaml.MappingNode}
	for _, api := range c.server.apis {
		tables := engine.Export(c.sandbox.Store(api.Name()).Current(), secrets == "include")
		all.Content = append(all.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: api.Name()}, tables)
	}
	var text bytes.Buffer
	switch format {
	case "json":
		_ = json.Indent(&text, schemas.NodeJSON(all), "", "  ") // it is JSON
		text.WriteByte('\n')
		return document{"application/json", text.Bytes()}, nil
	case "yaml":
		e := yaml.NewEncoder(&text)
		e.SetIndent(2)
		err := e.Encode(all)
		return document{"application/yaml", text.Bytes()}, err
	}
	return nil, badControl("format is %q; write json or yaml", format)
}

// writeState takes what showState answers. PUT makes the sandbox's records what
// the fixtures are with the tables that are given in the place of theirs; PATCH
// changes the records that are given, and leaves the others.
func writeState(patch bool) controlHandler {
	return func(c *controlCall) (any, error) {
		documents, err := c.documents(patch)
		if err != nil {
			return nil, refusedState(err)
		}
		return nil, refusedState(c.sandbox.Change(func(states map[string]engine.State) error {
			var causes []error
			for _, api := range c.server.names() {
				d, now := documents[api], states[api]
				under := now
				if !patch {
					under = c.server.sandboxes.origin.Store(api).Current()
				} else if len(d.Tables) == 0 {
					continue
				}
				next, err := d.On(under, now)
				causes = append(causes, err)
				states[api] = next
			}
			return errors.Join(causes...)
		}))
	}
}

// maxCauses is how many causes a refusal lists: one mistake is made in many places.
const maxCauses = 10

func refusedState(err error) error {
	if err == nil {
		return nil
	}
	causes := strings.Split(err.Error(), "\n")
	if more := len(causes) - maxCauses; more > 0 {
		causes = append(causes[:maxCauses], fmt.Sprintf("and %d more", more))
	}
	return &controlError{
		status: http.StatusBadRequest, Message: strings.Join(causes, "\n"),
		Hint: `nothing has changed; in a PATCH write {"rapid7": {"users": [{"login": "mgarcia", "locked": true}]}} to change a record and {"rapid7": {"users": {"mgarcia": null}}} to delete it`,
	}
}

// documents reads a body of tables by API, in YAML or JSON.
func (c *controlCall) documents(patch bool) (map[string]*engine.Document, error) {
	media, _, _ := mime.ParseMediaType(c.request.Header.Get("Content-Type"))
	_, notJSON := schemas.Decode(c.body)
	switch {
	case len(bytes.TrimSpace(c.body)) == 0:
		return nil, errors.New("the body is empty; write {} for no records of your own")
	case notJSON != nil && strings.HasSuffix(media, "json"):
		return nil, notJSON
	case notJSON == nil:
		c.body = schemas.PlainEscapes(c.body)
	}
	var apis map[string]map[string]yaml.Node
	if err := schemas.DecodeYAML("body", c.body, &apis); err != nil {
		return nil, err
	}
	documents := map[string]*engine.Document{}
	for _, api := range c.server.names() {
		documents[api] = &engine.Document{API: api, File: "body", JSON: notJSON == nil, Patch: patch, Tables: map[string]*yaml.Node{}}
	}
	var causes []error
	for _, api := range slices.Sorted(maps.Keys(apis)) {
		if documents[api] == nil {
			causes = append(causes, fmt.Errorf("body: API %q is not served%s", api, schemas.Suggest(api, c.server.names())))
			continue
		}
		for name, node := range apis[api] {
			documents[api].Tables[name] = &node
			if node.Kind == yaml.AliasNode {
				documents[api].Tables[name] = node.Alias
			}
		}
	}
	return documents, errors.Join(causes...)
}
