package engine

import "github.com/rolecall/rolecall/schemas"

// authenticate lets the API find out who calls and whether they may. Requests
// without the right credentials learn nothing else, so this comes before the
// body is looked at.
func (a *API) authenticate(op *schemas.Operation) Middleware {
	return func(next Handler) Handler {
		if op.Public {
			return next
		}
		return func(c *Call) (Response, error) {
			if err := a.Authenticate(c); err != nil {
				return Response{}, err
			}
			return next(c)
		}
	}
}
