package mockserver

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// read decodes the body strictly: an unknown key is a typing error, and what
// is said twice or follows the first value would be lost.
func (c *controlCall) read(into any) error {
	_, err := schemas.Decode(c.body)
	if err == nil {
		err = schemas.DecodeYAML("body", c.body, into) // as JSON is
	}
	if err != nil {
		return badControl("%v", err)
	}
	return nil
}

func health(c *controlCall) (any, error) {
	return map[string]any{"rolecall": "ok", "apis": c.server.Served()}, nil
}

func listSandboxes(c *controlCall) (any, error) {
	all := []any{}
	for _, x := range c.server.sandboxes.list() {
		_, calls := x.Journal.Entries()
		all = append(all, map[string]any{"name": x.Name, "calls": calls, "journalBytes": x.Journal.Bytes(), "defects": x.Defects(), "faults": faultsOf(x)})
	}
	return all, nil
}

func removeSandbox(c *controlCall) (any, error) {
	if c.sandbox.Name == "" {
		return nil, badControl("name the sandbox with the %s header; the one without a name can only be reset", engine.SandboxHeader)
	}
	c.server.sandboxes.remove(c.sandbox.Name)
	return nil, nil
}

func reset(c *controlCall) (any, error) {
	c.server.sandboxes.reset(c.sandbox)
	return nil, nil
}

func showState(c *controlCall) (any, error) {
	all := map[string]any{}
	for _, api := range c.server.apis {
		all[api.Name()] = c.sandbox.Store(api.Name()).Current().Show()
	}
	return all, nil
}

func showSettings(c *controlCall) (any, error) {
	all := map[string]any{}
	for _, api := range c.server.apis {
		text, err := yaml.Marshal(c.sandbox.Store(api.Name()).Current().Settings())
		if err != nil {
			return nil, err
		}
		var settings map[string]any // by the names that a change uses
		if err := yaml.Unmarshal(text, &settings); err != nil {
			return nil, err
		}
		all[api.Name()] = map[string]any{"edition": api.Edition, "settings": settings}
	}
	all[strictKey] = c.sandbox.Strict.Load()
	return all, nil
}

// strictKey is the one setting that is of no API: refuse what nobody reads.
const strictKey = "strictRequests"

// changeSettings takes {"<api>": {setting: value, …}, "strictRequests": true}.
// Either all of it takes effect or none: it is tried on a fork of the sandbox first.
func changeSettings(c *controlCall) (any, error) {
	if _, err := schemas.Decode(c.body); err != nil {
		return nil, badControl("%v", err)
	}
	var patches map[string]json.RawMessage
	if json.Unmarshal(c.body, &patches) != nil {
		return nil, &controlError{status: http.StatusBadRequest, Message: "the body is no object of settings by API", Hint: `send {"rapid7": {"lockThreshold": 3}}`}
	}
	for _, sandbox := range []*engine.Sandbox{c.sandbox.Fork("", 0), c.sandbox} {
		var causes []error
		for _, name := range slices.Sorted(maps.Keys(patches)) {
			causes = append(causes, c.server.configure(sandbox, name, patches[name]))
		}
		if err := errors.Join(causes...); err != nil {
			return nil, badControl("%v", err)
		}
	}
	return nil, nil
}

func (s *Server) configure(sandbox *engine.Sandbox, name string, patch []byte) error {
	if name == strictKey {
		var strict *bool
		if json.Unmarshal(patch, &strict) != nil || strict == nil {
			return fmt.Errorf("%s is %s; write true or false", strictKey, patch)
		}
		sandbox.Strict.Store(*strict)
		return nil
	}
	for _, api := range s.apis {
		if api.Name() == name {
			return sandbox.Store(name).Change(func(s engine.State) (engine.State, error) { return s.Configure(patch) })
		}
	}
	return fmt.Errorf("API %q is not served%s", name, schemas.Suggest(name, s.names()))
}
