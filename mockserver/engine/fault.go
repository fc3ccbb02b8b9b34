package engine

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rolecall/rolecall/schemas"
)

// A Fault is trouble that a client's test asks for: one of a documented
// status, a delay or a dropped connection, on one operation, for a number of
// calls.
type Fault struct {
	API       string
	Operation string        // id
	Status    int           // documented for the operation; 0: as the call is answered
	Delay     time.Duration // before anything else
	Drop      bool          // close the connection instead of answering
	Times     int           // calls left; below 0: until it is removed
}

// Faults are the faults set in a sandbox.
type Faults struct {
	mu   sync.Mutex
	list []*Fault
}

// Add sets a fault. Of several on one operation, the oldest acts first.
func (f *Faults) Add(fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, &fault)
}

// Clear removes every fault.
func (f *Faults) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = nil
}

// List shows the faults that are still to come.
func (f *Faults) List() []Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := []Fault{}
	for _, x := range f.list {
		all = append(all, *x)
	}
	return all
}

// take uses up one call of the oldest fault on an operation.
func (f *Faults) take(api, operation string) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	i := slices.IndexFunc(f.list, func(x *Fault) bool { return x.API == api && x.Operation == operation })
	if i < 0 {
		return Fault{}, false
	}
	x := f.list[i]
	if x.Times > 0 {
		x.Times--
	}
	taken := *x
	if x.Times == 0 {
		f.list = slices.Delete(f.list, i, i+1)
	}
	return taken, true
}

// fault answers with what the client's test asked for: by the Prefer header of
// the request itself, or by a fault set through the control plane.
func (a *API) fault(op *schemas.Operation) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			status, err := preferredStatus(c.Header, op)
			if err != nil {
				return a.answer(c, &Problem{Status: http.StatusBadRequest, Kind: BadParameter, Rule: a.ProtocolRule, Message: err.Error()})
			}
			if status >= http.StatusBadRequest {
				r, err := a.onDemand(c, status, "as the request preferred")
				r.Header.Set("Preference-Applied", "code="+strconv.Itoa(status))
				return r, err
			}
			if f, ok := c.Sandbox.Faults.take(a.Name(), op.ID); ok {
				switch {
				case !wait(f.Delay, c.sender.Done()) || f.Drop:
					return Response{drop: true}, nil
				case f.Status != 0:
					return a.onDemand(c, f.Status, "as a fault asks that was set")
				}
			}
			r, err := next(c)
			// A call that succeeded in another way took effect, and is not refused after it.
			if err == nil && status != 0 && r.Status >= http.StatusBadRequest {
				return a.answer(c, &Problem{Status: http.StatusBadRequest, Kind: BadParameter, Rule: a.ProtocolRule,
					Message: fmt.Sprintf("Prefer asks for status %d, but this request to %s is answered with %d; only refusals can be asked for", status, op.ID, r.Status)})
			}
			return r, err
		}
	}
}

// wait tells whether the client was there all the time.
func wait(delay time.Duration, gone <-chan struct{}) bool {
	select {
	case <-time.After(delay):
		return true
	case <-gone:
		return false
	}
}

func (a *API) onDemand(c *Call, status int, why string) (Response, error) {
	r, err := a.answer(c, &Problem{Status: status, Kind: OnDemand, Message: http.StatusText(status) + ", " + why})
	if r.Header == nil {
		r.Header = http.Header{}
	}
	return r, err
}

// preferredStatus reads the status that a request asks for in the form of
// RFC 7240, "Prefer: code=503"; 0 when it asks for none. A status that the
// operation does not document is refused.
func preferredStatus(h http.Header, op *schemas.Operation) (int, error) {
	for _, line := range h["Prefer"] {
		for _, preference := range strings.Split(line, ",") {
			name, value, _ := strings.Cut(strings.TrimSpace(strings.SplitN(preference, ";", 2)[0]), "=")
			if !strings.EqualFold(strings.TrimSpace(name), "code") {
				continue
			}
			value = strings.Trim(strings.TrimSpace(value), `"`)
			status, err := strconv.Atoi(value)
			if err != nil || op.Response(status) == nil || op.Response(status).Observed {
				return 0, fmt.Errorf("the Prefer header asks for code=%s, which %s does not document; it documents %s",
					value, op.ID, strings.Trim(fmt.Sprint(op.Statuses()), "[]"))
			}
			return status, nil
		}
	}
	return 0, nil
}
