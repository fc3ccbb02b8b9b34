package engine

import (
	"fmt"
	"log/slog"
	"slices"

	"github.com/rolecall/rolecall/schemas"
)

// checkResponse holds the mock to the contract that it serves. An answer that
// breaks it is replaced by one that says so.
func (a *API) checkResponse(op *schemas.Operation) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			r, err := next(c)
			breach := a.breach(c, op, r)
			if err != nil || breach == "" {
				return r, err
			}
			slog.Error("an answer breaks the contract", "operation", op.ID, "status", r.Status, "breach", breach)
			return a.answer(c, broken(op.ID+": "+breach))
		}
	}
}

// breach says how an answer breaks the contract; "" when it does not.
func (a *API) breach(c *Call, op *schemas.Operation, r Response) string {
	if r.Seen && a.Observed {
		return ""
	}
	documented := op.Response(r.Status)
	if documented != nil && documented.Observed && !a.Observed {
		return fmt.Sprintf("status %d is not documented, only observed, and edition %s answers as documented", r.Status, a.Edition)
	}
	var schema *schemas.Schema
	switch free := a.Observed && a.Contract.SilentStatuses; {
	case c.Problem != nil && c.Problem.Kind == Broken, free && r.Status/100 == 4:
		return ""
	case free && r.Status/100 == 2:
		promised := op.Success()
		if promised.Schema == nil || promised.Silent && len(r.raw) == 0 {
			return ""
		}
		schema = promised.Schema
	case documented != nil:
		schema = documented.Schema
	case c.Problem != nil && slices.Contains(a.Contract.Protocol.Statuses, r.Status):
		schema = a.Contract.Protocol.Schema
	default:
		return fmt.Sprintf("status %d is not documented", r.Status)
	}
	switch {
	case schema == nil && len(r.raw) > 0:
		return fmt.Sprintf("status %d is documented without a body", r.Status)
	case schema == nil:
		return ""
	case len(r.raw) == 0:
		return fmt.Sprintf("status %d is documented with a body", r.Status)
	}
	if violations := schema.Validate(r.raw); len(violations) > 0 {
		return join(violations)
	}
	return ""
}
