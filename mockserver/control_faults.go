package mockserver

import (
	"net/http"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
	"github.com/rolecall/rolecall/schemas"
)

// A faultBody is a fault on the wire; delay is written as in "250ms".
type faultBody struct {
	API       string `json:"api,omitempty" yaml:"api"`
	Operation string `json:"operation" yaml:"operation"`
	Status    int    `json:"status,omitempty" yaml:"status"`
	Delay     string `json:"delay,omitempty" yaml:"delay"`
	Drop      bool   `json:"drop,omitempty" yaml:"drop"`
	Times     int    `json:"times,omitempty" yaml:"times"`
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
