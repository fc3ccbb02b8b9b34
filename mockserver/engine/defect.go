package engine

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"

	"github.com/rolecall/rolecall/schemas"
)

// A Defect is a deliberate breach of one rule, switched on by name. Which rule
// it breaks is part of its definition. One without a Wrap is made of the rule's
// guards: they are left out, and the server does what it should refuse.
type Defect struct {
	ID      string
	Breaks  string // the rule's id
	Summary string // what the server then does wrong, as a sentence
	// On lists the operations that are defective; empty for all.
	On []string
	// For limits a defect of guards to some calls, as those of one kind of caller;
	// nil for all.
	For func(*Call) bool
	// Wrap, if set, stands around the call, outside the response check.
	Wrap Middleware
	// Beyond, if set, edits what is answered where no operation is.
	Beyond func(*Call, Response) Response
}

func (d *Defect) on(op *schemas.Operation) bool {
	return len(d.On) == 0 || op != nil && slices.Contains(d.On, op.ID)
}

// defectSet is the defects that are on in a sandbox.
type defectSet struct{ all []Defect }

func newDefectSet(on []Defect) *defectSet { return &defectSet{all: on} }

func (s *defectSet) ids() []string {
	ids := []string{}
	for _, d := range s.all {
		ids = append(ids, d.ID)
	}
	return ids
}

// defect puts the defects that are on around the call.
func (a *API) defect(op *schemas.Operation) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			handle := next
			for _, d := range c.Sandbox.defects.Load().all {
				// A defect belongs to the API that defines it: ids are unique over all.
				if d.Wrap != nil && d.on(op) && a.has(d.ID) {
					handle = d.Wrap(handle)
				}
			}
			return handle(c)
		}
	}
}

// EditRequest is a defect that reads something else than was sent. The edit
// sees the body as decoded JSON and returns what to read instead.
func EditRequest(edit func(c *Call, body any) any) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			var body any
			if json.Unmarshal(c.Body, &body) == nil {
				if edited, err := json.Marshal(edit(c, body)); err == nil {
					c.Body = edited
				}
			}
			return next(c)
		}
	}
}

// OnObject is an edit of bodies that are objects; others stay as they are.
func OnObject(edit func(body map[string]any)) func(*Call, any) any {
	return func(_ *Call, body any) any {
		if object, ok := body.(map[string]any); ok {
			edit(object)
		}
		return body
	}
}

// EditQuery is a defect that reads another query than was sent.
func EditQuery(edit func(url.Values)) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			address, query := *c.URL, c.URL.Query()
			edit(query)
			address.RawQuery = query.Encode()
			c.URL, c.query = &address, nil
			return next(c)
		}
	}
}

// EditAnswer is a defect that answers something else than it should, where the
// call succeeded. The edit sees the body as decoded JSON and returns what to send.
func EditAnswer(edit func(c *Call, body any) any) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			r, err := next(c)
			if err != nil || r.Status >= http.StatusMultipleChoices {
				return r, err
			}
			var body any
			if json.Unmarshal(r.raw, &body) != nil {
				return r, err
			}
			edited, err := CompactJSON(edit(c, body))
			if err != nil {
				return r, err
			}
			return r.WithBytes(edited), nil
		}
	}
}

// Forget is a defect that answers as if it had done what it was asked, and has not.
func Forget(next Handler) Handler {
	return func(c *Call) (Response, error) {
		store := c.store()
		before := store.Current()
		r, err := next(c)
		if err == nil && r.Status < http.StatusMultipleChoices {
			store.Replace(before)
		}
		return r, err
	}
}

// Also is a defect that does more than it was asked, where the call succeeded.
func Also(more func(c *Call, next State)) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			r, err := next(c)
			if err == nil && r.Status < http.StatusMultipleChoices {
				c.Update(func(s State) { more(c, s) })
			}
			return r, err
		}
	}
}

// Afterwards is a defect that changes more than it was asked, knowing the state
// before the call.
func Afterwards(more func(c *Call, before, next State)) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			before := c.State()
			r, err := next(c)
			c.Update(func(s State) { more(c, before, s) })
			return r, err
		}
	}
}

// RefuseWrongly is a defect that refuses what it should do.
func RefuseWrongly(status int, when func(*Call) bool) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			if when == nil || when(c) {
				return c.API.answer(c, &Problem{Status: status, Message: "refused by a defect"})
			}
			return next(c)
		}
	}
}
