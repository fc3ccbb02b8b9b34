package engine

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"

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

// breach says how an answer breaks the contract; "" when it does not. The mock
// is held to more than servers are: it sends no body where none is promised, and
// what any path may answer is a refusal. What no document says, an edition of
// deployed servers may decide.
func (a *API) breach(c *Call, op *schemas.Operation, r Response) string {
	documented, free := op.Response(r.Status), a.Observed && a.Contract.SilentStatuses
	switch {
	case r.Seen && a.Observed, c.Problem != nil && c.Problem.Kind == Broken:
		return ""
	case documented != nil && documented.Observed && !a.Observed:
		return fmt.Sprintf("status %d is not documented, only observed, and edition %s answers as documented", r.Status, a.Edition)
	case documented != nil && documented.Schema != nil && len(r.raw) > 0 && len(documented.Schema.Validate(r.raw)) == 0:
		return "" // its media type is the contract's, see write
	case free:
	case documented == nil && c.Problem == nil:
		return fmt.Sprintf("status %d is not documented", r.Status)
	case documented != nil && documented.Schema == nil && len(r.raw) > 0:
		return fmt.Sprintf("status %d is documented without a body", r.Status)
	}
	header := http.Header{"Content-Type": {c.mediaType(r.Status)}}
	var found []string
	for _, b := range a.Contract.Check(op, r.Status, header, r.raw) {
		if !free || !b.Silent {
			found = append(found, b.String())
		}
	}
	return strings.Join(found, "; ")
}
