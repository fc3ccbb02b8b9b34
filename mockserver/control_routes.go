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
	said := map[string]any{"rolecall": "ok", "apis": c.server.Served()}
	if stale := c.server.stale.Load(); stale != nil {
		said["staleFixtures"] = (*stale).Error()
	}
	return said, nil
}

// ready tells a balancer whether to send calls; health is whether to start again.
func ready(c *controlCall) (any, error) {
	if c.server.stopping.Load() {
		return nil, &controlError{status: http.StatusServiceUnavailable, Message: "the mock was told to stop"}
	}
	return map[string]any{"rolecall": "ready"}, nil
}

func showMetrics(metrics http.Handler) controlHandler {
	return func(*controlCall) (any, error) { return metrics, nil }
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
	return all, nil
}

// changeSettings takes {"<api>": {setting: value, …}}. Either all of it takes
// effect or none.
func changeSettings(c *controlCall) (any, error) {
	if _, err := schemas.Decode(c.body); err != nil {
		return nil, badControl("%v", err)
	}
	var patches map[string]json.RawMessage
	if json.Unmarshal(c.body, &patches) != nil {
		return nil, &controlError{status: http.StatusBadRequest, Message: "the body is no object of settings by API", Hint: `send {"rapid7": {"lockThreshold": 3}}`}
	}
	return nil, c.sandbox.Change(func(states map[string]engine.State) error {
		var causes []error
		for _, name := range slices.Sorted(maps.Keys(patches)) {
			state, served := states[name]
			if !served {
				causes = append(causes, fmt.Errorf("API %q is not served%s", name, schemas.Suggest(name, c.server.names())))
				continue
			}
			next, err := state.Configure(patches[name])
			states[name] = next
			causes = append(causes, err)
		}
		return errors.Join(causes...)
	})
}
