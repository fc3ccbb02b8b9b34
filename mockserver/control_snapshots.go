package mockserver

import (
	"net/http"

	"github.com/rolecall/rolecall/mockserver/engine"
)

func listSnapshots(c *controlCall) (any, error) {
	all := []any{}
	for _, name := range c.sandbox.Snapshots.Names() {
		if m, err := c.sandbox.Snapshots.Get(name); err == nil { // or else it has gone meanwhile
			all = append(all, map[string]any{"name": name, "taken": m.Taken})
		}
	}
	return all, nil
}

// named reads the name of a snapshot.
func (c *controlCall) named() (string, error) {
	var b struct {
		Name string `yaml:"name"`
	}
	if err := c.read(&b); err != nil {
		return "", err
	}
	if !sandboxName.MatchString(b.Name) {
		return "", &controlError{status: http.StatusBadRequest, Message: "name the snapshot, in up to 100 letters, digits, dots, dashes and underscores", Hint: `send {"name": "seeded"}`}
	}
	return b.Name, nil
}

// takeSnapshot takes the place of an earlier one of the name.
func takeSnapshot(c *controlCall) (any, error) {
	name, err := c.named()
	if err != nil {
		return nil, err
	}
	return nil, c.sandbox.Snapshots.Put(name, c.sandbox.Moment())
}

func deleteSnapshot(c *controlCall) (any, error) {
	return nil, unknownIs404(c.sandbox.Snapshots.Delete(c.request.URL.Query().Get("name")))
}

func restoreSnapshot(c *controlCall) (any, error) {
	name, err := c.named()
	if err != nil {
		return nil, err
	}
	m, err := c.sandbox.Snapshots.Get(name)
	if err != nil {
		return nil, unknownIs404(err)
	}
	c.sandbox.Restore(m)
	return nil, nil
}

// forkSandbox makes the sandbox that the request names what another one is, or
// was when a snapshot of it was taken. It is asked of the new one, and the old
// one has to be there: a balancer that knows sandboxes by name sends the request
// where the new one will live, and nothing is made from fixtures unnoticed.
func forkSandbox(c *controlCall) (any, error) {
	var b struct {
		From     *string `yaml:"from"`
		Snapshot string  `yaml:"snapshot"`
	}
	if err := c.read(&b); err != nil {
		return nil, err
	}
	if b.From == nil {
		return nil, &controlError{status: http.StatusBadRequest, Message: "name the sandbox to fork from", Hint: `send {"from": "template"} with the header ` + engine.SandboxHeader + " of the new one; \"\" is the one without a name"}
	}
	from := c.server.sandboxes.there(*b.From)
	if from == nil {
		return nil, &controlError{status: http.StatusNotFound, Message: "there is no sandbox \"" + *b.From + "\"", Hint: "it was never used, or is idle and forgotten; GET " + controlPrefix + "sandboxes lists those that are there"}
	}
	if b.Snapshot == "" {
		c.sandbox.Restore(from.Moment())
		return nil, nil
	}
	m, err := from.Snapshots.Get(b.Snapshot)
	if err != nil {
		return nil, unknownIs404(err)
	}
	c.sandbox.Restore(m)
	return nil, nil
}

func unknownIs404(err error) error {
	if err == nil {
		return nil
	}
	return &controlError{status: http.StatusNotFound, Message: err.Error()}
}
