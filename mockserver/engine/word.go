package engine

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
)

// word turns what a handler returns into an answer as it goes out: an error
// into the API's own envelope. What is no problem is a failure of the mock, and
// says so.
func (a *API) word(next Handler) Handler {
	return func(c *Call) (r Response, err error) {
		defer func() {
			if p := recover(); p != nil {
				slog.Error("a handler panicked", "operation", c.Operation.ID, "panic", p, "stack", string(debug.Stack()))
				r, err = a.settle(c, Response{}, broken(fmt.Sprint("panic: ", p))), nil
			}
		}()
		r, err = next(c)
		return a.settle(c, r, err), nil
	}
}

// answer words and renders a problem.
func (a *API) answer(c *Call, p *Problem) (Response, error) { return a.settle(c, Response{}, p), nil }

// settle is the one place that words and renders. A problem is noted for the
// journal and the Rolecall-Rule header.
func (a *API) settle(c *Call, r Response, err error) Response {
	if err != nil {
		var p *Problem
		if !errors.As(err, &p) {
			slog.Error("a handler failed", "operation", c.Operation.ID, "error", err)
			p = broken(err.Error())
		}
		c.Problem = p
		r = a.Word(c, p)
		if r.Header == nil {
			r.Header = p.Header
		}
	}
	if r.raw != nil || r.Body == nil {
		return r
	}
	switch body := r.Body.(type) {
	case Rendered:
		r.raw = body
	case View:
		r.raw = Render(body)
	default:
		if r.raw, err = CompactJSON(body); err != nil {
			return a.settle(c, Response{}, broken(err.Error()))
		}
	}
	if a.LayOut != nil {
		r.raw = a.LayOut(c, r.raw)
	}
	return r
}

// broken is the problem of a mock that cannot keep its own contract: never a
// plausible answer.
func broken(what string) *Problem {
	return &Problem{Status: http.StatusInternalServerError, Kind: Broken, Message: "rolecall broke its own contract: " + what}
}
