package embedded

import (
	"github.com/rolecall/rolecall/conformance/audit"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/mockserver"
)

// Defects are the mock's defects, as the audit sees them.
func Defects() ([]audit.Defect, error) {
	mock, err := mockserver.New(mockserver.Options{})
	if err != nil {
		return nil, err
	}
	var all []audit.Defect
	for _, d := range mock.Defects() {
		all = append(all, audit.Defect{ID: d.ID, API: d.API, Breaks: d.Breaks, Summary: d.Summary})
	}
	return all, nil
}

// A lab is one mock of one API whose sandboxes are wrong in many ways.
type lab struct {
	*mockserver.Server
	api    string
	target *target.Target
}

// manySandboxes is more than an audit has at a time.
const manySandboxes = 1 << 16

// Lab starts a mock that the audit's mutants live in. Stop ends it.
func Lab(c *run.Catalogue, api string) (l audit.Lab, stop func(), err error) {
	mock, target, stop, err := start(c, mockserver.Options{APIs: []string{api}, Sandboxes: manySandboxes})
	if err != nil {
		return nil, nil, err
	}
	target.Client = direct{mock}.client()
	return lab{mock, api, target}, stop, nil
}

func (l lab) Target() *target.Target { return l.target }

func (l lab) Mutants() (all []audit.Mutant) {
	for _, m := range l.Server.Mutants(l.api) {
		all = append(all, audit.Mutant{ID: m.ID, Operation: m.Operation, Kind: m.Kind, What: m.What, Support: m.Support})
	}
	return all
}

func (l lab) Observe(prefix string) func(id string) []string {
	return l.Server.Observe(l.api, prefix).Differs
}
