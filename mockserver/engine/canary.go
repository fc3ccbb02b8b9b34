package engine

import (
	"net/http"
	"strings"
)

// canary is a defect that no suite can miss: every success says nothing. An
// audit in which it lives has judged nothing. Every API has it.
func (a *API) canary() Defect {
	prefix, _, _ := strings.Cut(a.ProtocolRule, "-")
	return Defect{
		ID: a.Name() + "-canary", Breaks: prefix + "-CONTRACT",
		Summary: "Every success is answered with nothing of what was asked for.",
		Wrap: func(next Handler) Handler {
			return func(c *Call) (Response, error) {
				r, err := next(c)
				if err == nil && r.Status < http.StatusMultipleChoices {
					r = r.WithBytes([]byte(`{}`))
				}
				return r, err
			}
		},
	}
}
