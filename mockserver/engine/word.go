package engine

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
)

// word turns a handler's error into the API's own envelope. What is no problem
// is a failure of the mock, and says so.
func (a *API) word(next Handler) Handler {
	return func(c *Call) (r Response, err error) {
		defer func() {
			if p := recover(); p != nil {
				slog.Error("a handler panicked", "operation", c.Operation.ID, "panic", p, "stack", string(debug.Stack()))
				r, err = a.answer(c, broken(fmt.Sprint("panic: ", p)))
			}
		}()
		r, err = next(c)
		if err == nil {
			return r, nil
		}
		var p *Problem
		if !errors.As(err, &p) {
			slog.Error("a handler failed", "operation", c.Operation.ID, "error", err)
			p = broken(err.Error())
		}
		return a.answer(c, p)
	}
}

// answer words a problem and notes it for the journal and the Rolecall-Rule header.
func (a *API) answer(c *Call, p *Problem) (Response, error) {
	c.Problem = p
	r := a.Word(c, p)
	if r.Header == nil {
		r.Header = p.Header
	}
	return r, a.render(c, &r)
}

// broken is the problem of a mock that cannot keep its own contract: never a
// plausible answer.
func broken(what string) *Problem {
	return &Problem{Status: http.StatusInternalServerError, Kind: Broken, Message: "rolecall broke its own contract: " + what}
}
