package engine

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/tidwall/gjson"

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
	Path   map[string]string // wildcards by name, unescaped
	// Base is what absolute links start with: scheme, host, sandbox prefix and
	// base path, as the client wrote them.
	Base string

	// Caller is who calls, set by API.Authenticate; its type is the API's.
	Caller any
	// Problem is what ended the call, if it was refused; for the journal.
	Problem *Problem

	query   url.Values
	misread error          // what is wrong with the query string
	values  map[string]any // parsed parameters by name
	unread  error          // why the request could not be read, found before routing
	state   State
	pending *pending
	kept    bool // publish the change although the call is refused
}

// Query is the parsed query string, as far as it can be read.
func (c *Call) Query() url.Values {
	if c.query == nil {
		c.query, c.misread = url.ParseQuery(c.URL.RawQuery)
	}
	return c.query
}

// Value is a parameter as the contract types it: int64, string, bool, []any;
// nil when it was not given and has no default.
func (c *Call) Value(name string) any { return c.values[name] }

// Int is an integer parameter; 0 when it was not given.
func (c *Call) Int(name string) int64 {
	n, _ := c.values[name].(int64)
	return n
}

// Text is a string parameter; "" when it was not given.
func (c *Call) Text(name string) string {
	s, _ := c.values[name].(string)
	return s
}

// JSON is the body. Its names are case-sensitive, unlike encoding/json's.
func (c *Call) JSON() gjson.Result { return gjson.ParseBytes(c.Body) }

// State is what the handler reads and, in an operation that is no GET, the
// private copy that it changes. The copy is published if the call succeeds.
func (c *Call) State() State { return c.state }

// Now is the time by the sandbox's clock, in UTC.
func (c *Call) Now() time.Time { return c.Sandbox.Clock.Now() }

// Update changes the state apart from the call's own success or failure: an
// attempt to sign in counts although the call is refused. It must not be used
// by handlers, which change State.
func (c *Call) Update(change func(next State)) {
	c.Sandbox.Store(c.API.Name()).Update(change)
}

// Keep publishes what a handler changed although it refuses the call: an
// attempt to sign in counts because it fails.
func (c *Call) Keep() { c.kept = true }

// Check refuses the call under a rule unless ok holds. It is the only way in
// which handlers refuse, so that every refusal names its rule, and a defect
// can lift the rule.
func (c *Call) Check(ok bool, rule string, status int, format string, args ...any) error {
	if ok || c.Lifted(rule) {
		return nil
	}
	return &Problem{Status: status, Rule: rule, Message: fmt.Sprintf(format, args...)}
}

// CheckParameter refuses the call with 400 because a parameter cannot be read,
// which any operation may answer.
func (c *Call) CheckParameter(ok bool, rule, format string, args ...any) error {
	err := c.Check(ok, rule, http.StatusBadRequest, format, args...)
	if p, refused := err.(*Problem); refused {
		p.Kind = BadParameter
	}
	return err
}

// Lifted tells whether a defect lifts a rule, for a handler that goes on
// instead of refusing.
func (c *Call) Lifted(rule string) bool {
	for _, d := range c.Sandbox.defects.Load().all {
		if d.Lifts && d.Breaks == rule && d.on(c.Operation) {
			return true
		}
	}
	return false
}
