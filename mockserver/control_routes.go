package mockserver

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// read decodes the body strictly: an unknown key is a typing error, and what
// is said twice or follows the first value would be lost.
func (c *controlCall) read(into any) error {
	if err := schemas.StrictJSON(c.body); err != nil {
		return badControl("%v", err)
	}
	d := json.NewDecoder(bytes.NewReader(c.body))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return badControl("the body is not what %s takes: %v", c.request.URL.Path, err)
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
		all = append(all, map[string]any{"name": x.Name, "calls": calls, "defects": x.Defects(), "faults": faultsOf(x)})
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
	return all, nil
}

// changeSettings takes {"<api>": {setting: value, …}}. Either all of it takes
// effect or none: it is tried on a fork of the sandbox first.
func changeSettings(c *controlCall) (any, error) {
	var patches map[string]json.RawMessage
	if err := c.read(&patches); err != nil {
		return nil, err
	}
	for _, sandbox := range []*engine.Sandbox{c.sandbox.Fork("", 0), c.sandbox} {
		for name, patch := range patches {
			if err := c.server.configure(sandbox, name, patch); err != nil {
				return nil, badControl("%v", err)
			}
		}
	}
	return nil, nil
}

func (s *Server) configure(sandbox *engine.Sandbox, name string, patch []byte) error {
	for _, api := range s.apis {
		if api.Name() == name {
			return sandbox.Store(name).Change(func(s engine.State) (engine.State, error) { return s.Configure(patch) })
		}
	}
	return fmt.Errorf("API %q is not served%s", name, schemas.Suggest(name, APIs()))
}

// A faultBody is a fault on the wire; delay is written as in "250ms".
type faultBody struct {
	API       string `json:"api,omitempty"`
	Operation string `json:"operation"`
	Status    int    `json:"status,omitempty"`
	Delay     string `json:"delay,omitempty"`
	Drop      bool   `json:"drop,omitempty"`
	Times     int    `json:"times,omitempty"`
}

func listFaults(c *controlCall) (any, error) { return faultsOf(c.sandbox), nil }

func faultsOf(x *engine.Sandbox) []faultBody {
	all := []faultBody{}
	for _, f := range x.Faults.List() {
		body := faultBody{API: f.API, Operation: f.Operation, Status: f.Status, Drop: f.Drop, Times: f.Times}
		if f.Delay > 0 {
			body.Delay = f.Delay.String()
		}
		all = append(all, body)
	}
	return all
}

// maxDelay keeps a fault from holding connections for ever.
const maxDelay = time.Minute

// addFault sets a fault for the next call of an operation, or the next "times".
func addFault(c *controlCall) (any, error) {
	var b faultBody
	if err := c.read(&b); err != nil {
		return nil, err
	}
	f := engine.Fault{API: b.API, Operation: b.Operation, Status: b.Status, Drop: b.Drop, Times: max(b.Times, 1)}
	if b.Times < 0 {
		f.Times = -1
	}
	if b.Delay != "" {
		var err error
		if f.Delay, err = time.ParseDuration(b.Delay); err != nil || f.Delay < 0 || f.Delay > maxDelay {
			return nil, badControl("delay is %q; write a duration of up to %s, as in \"250ms\"", b.Delay, maxDelay)
		}
	}
	if f.Status == 0 && f.Delay == 0 && !f.Drop {
		return nil, badControl("a fault needs a status, a delay or drop")
	}
	if err := c.server.checkFault(&f); err != nil {
		return nil, err
	}
	c.sandbox.Faults.Add(f)
	return nil, nil
}

// checkFault refuses a fault on an operation that does not exist or of a
// status that it does not document: such a test would test nothing.
func (s *Server) checkFault(f *engine.Fault) error {
	var ids []string
	for _, api := range s.apis {
		if f.API != "" && f.API != api.Name() {
			continue
		}
		for _, op := range api.Contract.Operations {
			ids = append(ids, op.ID)
			if op.ID != f.Operation {
				continue
			}
			if f.API == "" {
				f.API = api.Name()
			}
			if r := op.Response(f.Status); f.Status != 0 && (r == nil || r.Observed && !api.Observed) {
				return badControl("%s does not document status %d; it documents %v", op.ID, f.Status, op.Statuses())
			}
			if 0 < f.Status && f.Status < http.StatusBadRequest {
				return badControl("status %d is no refusal; successes come about by themselves", f.Status)
			}
			return nil
		}
	}
	return badControl("there is no operation %q%s", f.Operation, schemas.Suggest(f.Operation, ids))
}

func clearFaults(c *controlCall) (any, error) {
	c.sandbox.Faults.Clear()
	return nil, nil
}

func listDefects(c *controlCall) (any, error) {
	return map[string]any{"on": c.sandbox.Defects(), "known": c.server.Defects()}, nil
}

// setDefects takes the list of ids of the defects that are to be on.
func setDefects(c *controlCall) (any, error) {
	var ids []string
	if err := c.read(&ids); err != nil {
		return nil, err
	}
	on, err := c.server.defects(ids)
	if err != nil {
		return nil, badControl("%v", err)
	}
	c.sandbox.SetDefects(on)
	return nil, nil
}

func showClock(c *controlCall) (any, error) {
	return map[string]string{"now": c.sandbox.Clock.String()}, nil
}

// setClock takes {"now": time, "frozen": bool} or {"advance": duration}.
func setClock(c *controlCall) (any, error) {
	var b struct {
		Now     *time.Time `json:"now"`
		Frozen  bool       `json:"frozen"`
		Advance string     `json:"advance"`
	}
	if err := c.read(&b); err != nil {
		return nil, err
	}
	by, err := time.ParseDuration(cmp.Or(b.Advance, "0s"))
	if err != nil {
		return nil, badControl("advance is %q; write a duration as in \"90m\"", b.Advance)
	}
	if b.Now == nil && !b.Frozen && b.Advance == "" {
		return nil, &controlError{status: http.StatusBadRequest, Message: "nothing to set", Hint: `send {"now": "2026-01-31T12:00:00Z", "frozen": true} or {"advance": "90m"}`}
	}
	if b.Now != nil || b.Frozen {
		now := c.sandbox.Clock.Now()
		if b.Now != nil {
			now = *b.Now
		}
		c.sandbox.Clock.Set(now, b.Frozen)
	}
	c.sandbox.Clock.Advance(by)
	return showClock(c)
}

type journalEntry struct {
	Number    int             `json:"number"`
	Time      time.Time       `json:"time"`
	API       string          `json:"api"`
	Operation string          `json:"operation,omitempty"`
	Method    string          `json:"method"`
	URL       string          `json:"url"`
	Request   json.RawMessage `json:"request,omitempty"`
	Unread    []string        `json:"unread,omitempty"`
	Status    int             `json:"status"`
	Rule      string          `json:"rule,omitempty"`
	Answer    json.RawMessage `json:"answer,omitempty"`
	Took      string          `json:"took"`
}

func showJournal(c *controlCall) (any, error) {
	entries, total := c.sandbox.Journal.Entries()
	shown := []journalEntry{}
	for _, e := range entries {
		known := c.server.contract(e.API).Redactor()
		shown = append(shown, journalEntry{
			Number: e.Number, Time: e.Time, API: e.API, Operation: e.Operation, Method: e.Method, URL: known.URL(e.URL),
			Request: withoutSecrets(known, e.Request), Unread: c.server.unread(e), Status: e.Status, Rule: e.Rule,
			Answer: withoutSecrets(known, e.Answer), Took: fmt.Sprint(e.Took.Round(time.Microsecond)),
		})
	}
	return map[string]any{"calls": total, "entries": shown}, nil
}

func clearJournal(c *controlCall) (any, error) {
	c.sandbox.Journal.Clear()
	return nil, nil
}
