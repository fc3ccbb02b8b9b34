package engine

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/rolecall/rolecall/schemas"
)

// A Call is one request as a handler sees it.
type Call struct {
	API       *API
	Operation *schemas.Operation // nil when path or method is unknown
	Sandbox   *Sandbox

	Method string
	URL    *url.URL
	Header http.Header
	Body   []byte
	Path   Wildcards
	// Base is what absolute links start with: scheme, host, sandbox prefix and
	// base path, as the client wrote them.
	Base string

	// Caller is who calls, as SignIn.Who has it; its type is the API's.
	Caller any
	// Record is what a guard made by Find has found last; its type is the API's.
	Record any
	// Problem is what ended the call, if it was refused; for the journal.
	Problem *Problem

	began   time.Time
	sender  context.Context // done when the client does not wait any more
	query   url.Values
	misread error         // what is wrong with the query string
	values  []any         // parsed parameters, as the operation lists them
	lost    *Problem      // why there is no Body although one was sent
	body    schemas.Value // the Body, decoded
	garbled *Problem      // what is wrong with the Body
	wrong   *Problem      // what is wrong with the parameters
	state   State         // nil outside of the change, where it is the store's
	changes bool          // the state is this call's to change
}

// Wildcards are the parts of a path that an operation leaves open, unescaped.
type Wildcards struct{ names, values []string }

// Has tells whether there is a part of a name.
func (w Wildcards) Has(name string) bool { return slices.Contains(w.names, name) }

// Get is the part that has a name; "" when there is none.
func (w Wildcards) Get(name string) string {
	if i := slices.Index(w.names, name); i >= 0 {
		return w.values[i]
	}
	return ""
}

// With are the same parts but for one.
func (w Wildcards) With(name, value string) Wildcards {
	values := slices.Clone(w.values)
	values[slices.Index(w.names, name)] = value
	return Wildcards{w.names, values}
}

// Query is the parsed query string, as far as it can be read.
func (c *Call) Query() url.Values {
	if c.query == nil && c.URL.RawQuery != "" {
		c.query, c.misread = url.ParseQuery(c.URL.RawQuery)
	}
	return c.query
}

// Value is a parameter as the contract types it: int64, string, bool, []any;
// nil when it was not given and has no default.
func (c *Call) Value(name string) any {
	for i, value := range c.values {
		if c.Operation.Parameters[i].Name == name {
			return value
		}
	}
	return nil
}

// Int is an integer parameter; 0 when it was not given.
func (c *Call) Int(name string) int64 {
	n, _ := c.Value(name).(int64)
	return n
}

// Text is a string parameter; "" when it was not given.
func (c *Call) Text(name string) string {
	s, _ := c.Value(name).(string)
	return s
}

// JSON is the body, decoded once; no value where there is none, or none that
// can be read. Its names are case-sensitive, unlike encoding/json's.
func (c *Call) JSON() schemas.Value {
	if c.body.Exists() || len(c.Body) == 0 {
		return c.body
	}
	body, _ := schemas.Decode(c.Body) // for defects, which stand before it is decoded
	return body
}

// State is what guards read and, in an operation that is no GET, the private
// copy that its effect changes. The copy is published if the call succeeds.
func (c *Call) State() State {
	if c.state == nil {
		return c.store().Current()
	}
	return c.state
}

func (c *Call) store() *Store { return c.Sandbox.Store(c.API.Name()) }

// Now is the time by the sandbox's clock, in UTC.
func (c *Call) Now() time.Time { return c.Sandbox.Clock.Now() }

// lifted tells whether a defect leaves the guards of a rule out.
func (c *Call) lifted(rule string) bool {
	for _, d := range c.Sandbox.defects.Load().all {
		if d.Wrap == nil && d.Breaks == rule && d.on(c.Operation) && (d.For == nil || d.For(c)) {
			return true
		}
	}
	return false
}
