package embedded

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/rolecall/rolecall/conformance/audit"
	"github.com/rolecall/rolecall/conformance/run"
	"github.com/rolecall/rolecall/conformance/target"
	"github.com/rolecall/rolecall/conformance/world"
	"github.com/rolecall/rolecall/fixtures"
	"github.com/rolecall/rolecall/mockserver"
)

// AuditParts are the questions that an audit asks of each API, in their order.
var AuditParts = []string{"defects", "nothing", "editions", "scenarios", "mutants"}

// An Auditor holds the suite to the mock, made wrong on purpose and made right
// in other ways.
type Auditor struct {
	Catalogue *run.Catalogue
	Out       io.Writer                             // where what was found is printed
	All       bool                                  // run every rule against each defect
	Accepted  func(string) (*audit.Accepted, error) // what an API's audit.yaml says
	Progress  func(of string) func(done, all int)   // nil for none

	greens map[string]*audit.Green // by API
	stops  []func()
}

const (
	// auditParallel is how many wrong servers are tried at a time.
	auditParallel = 4
	// auditGC is the percentage by which memory may grow before it is collected.
	// Nearly everything that an audit makes is gone with its trial, and little of
	// it lives, so that collecting at Go's 100 takes a third of the time.
	auditGC = 400
)

// Close stops the mocks that the audit has started.
func (a *Auditor) Close() {
	for _, stop := range a.stops {
		stop()
	}
}

// Ask asks one question of one API. The faults are why the suite does not pass;
// the error is of an audit that could not be made.
func (a *Auditor) Ask(ctx context.Context, part string, api *world.API) (faults []string, err error) {
	defer debug.SetGCPercent(debug.SetGCPercent(auditGC))
	switch part {
	case "defects":
		return a.defects(ctx, api)
	case "nothing":
		faults, err = audit.TrueOfNothing(ctx, api)
		return a.tell(faults, err, "%s: no rule that claims something passes on a server that keeps nothing", api.Name)
	case "editions":
		return a.editions(ctx, api)
	case "scenarios":
		return a.scenarios(ctx, api)
	case "mutants":
		return a.mutants(ctx, api)
	}
	return nil, fmt.Errorf("the audit has no part %q", part)
}

// tell prints what holds, unless there are faults.
func (a *Auditor) tell(faults []string, err error, holds string, of ...any) ([]string, error) {
	if len(faults) == 0 && err == nil {
		_, err = fmt.Fprintf(a.Out, holds+"\n", of...)
	}
	return faults, err
}

func (a *Auditor) defects(ctx context.Context, api *world.API) ([]string, error) {
	defects, err := Defects()
	if err != nil {
		return nil, err
	}
	start := func(name string, on ...string) (*target.Target, func(), error) {
		mock, target, stop, err := start(a.Catalogue, mockserver.Options{APIs: []string{name}, Defects: on})
		if err == nil {
			target.Client = direct{mock}.client()
		}
		return target, stop, err
	}
	found, err := audit.Defects(ctx, a.Catalogue, defects, start, audit.Options{APIs: []string{api.Name}, All: a.All, Progress: a.progress("defects of " + api.Name)})
	if err != nil {
		return nil, err
	}
	return found.Faults, found.WriteText(a.Out)
}

// editions holds must rules to the editions that decide silent points the other
// way.
func (a *Auditor) editions(ctx context.Context, api *world.API) (faults []string, err error) {
	accepted, err := a.Accepted(api.Name)
	if err != nil {
		return nil, err
	}
	dir, err := fixtures.FS(api.Name)
	if err != nil {
		return nil, err
	}
	tried := 0
	for _, edition := range fixtures.Editions(dir) {
		if !strings.HasPrefix(edition, "contrary") {
			continue
		}
		target, stop, err := Start(a.Catalogue, mockserver.Options{APIs: []string{api.Name}, Editions: map[string]string{api.Name: edition}})
		if err != nil {
			return nil, err
		}
		unfair, err := audit.Unfair(ctx, a.Catalogue, target, api, edition, accepted)
		stop()
		if unfair, err = a.tell(unfair, err, "%s: every must rule passes on edition %s", api.Name, edition); err != nil {
			return nil, err
		}
		faults = append(faults, unfair...)
		tried++
	}
	if tried < 2 {
		faults = append(faults, fmt.Sprintf("%s has %d contrary editions; there are to be two", api.Name, tried))
	}
	return faults, nil
}

// green plays an API's suite on a lab without fault, once for all parts.
func (a *Auditor) green(ctx context.Context, api *world.API) (*audit.Green, error) {
	if g := a.greens[api.Name]; g != nil {
		return g, nil
	}
	lab, stop, err := Lab(a.Catalogue, api.Name)
	if err != nil {
		return nil, err
	}
	a.stops = append(a.stops, stop)
	g, err := audit.Baseline(ctx, a.Catalogue, api, lab)
	if err != nil {
		return nil, err
	}
	if a.greens == nil {
		a.greens = map[string]*audit.Green{}
	}
	a.greens[api.Name] = g
	return g, nil
}

func (a *Auditor) scenarios(ctx context.Context, api *world.API) ([]string, error) {
	defects, err := Defects()
	if err != nil {
		return nil, err
	}
	g, err := a.green(ctx, api)
	if err != nil {
		return nil, err
	}
	idle, err := audit.Idle(ctx, g, defects, auditParallel, a.progress("scenarios of "+api.Name))
	return a.tell(idle, err, "%s: every scenario catches something", api.Name)
}

func (a *Auditor) mutants(ctx context.Context, api *world.API) ([]string, error) {
	accepted, err := a.Accepted(api.Name)
	if err != nil {
		return nil, err
	}
	g, err := a.green(ctx, api)
	if err != nil {
		return nil, err
	}
	fates, err := audit.Breed(ctx, g, auditParallel, a.progress("mutants of "+api.Name))
	if err != nil {
		return nil, err
	}
	return accepted.Compare(api.Name, fates), audit.WriteFates(a.Out, api.Name, fates)
}

func (a *Auditor) progress(of string) func(done, all int) {
	if a.Progress == nil {
		return nil
	}
	return a.Progress(of)
}
