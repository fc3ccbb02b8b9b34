package engine

import (
	"fmt"
	"net/http"

	"github.com/rolecall/rolecall/schemas"
)

// answerMutants tell something else than is so: each property of the answer in
// each way that its type allows, the lists, the status, the media type.
func answerMutants(op *schemas.Operation) []*Mutant {
	var all []*Mutant
	add := func(what string, wrap func(*Mutant) Middleware) { all = append(all, mutant(op, "answer", what, wrap)) }
	for _, path := range pathsOf(op) {
		for _, way := range waysOf(path.kinds) {
			m := mutant(op, "answer", path.String()+" "+way.name, editing(path.each(way.edit)))
			m.differs = func(c *Call, body any) bool { return path.any(m, c, body, way.edit) }
			all = append(all, m)
		}
	}
	if len(pathsOf(op)) > 0 {
		add("an extra secret", editing(func(_ *Mutant, _ *Call, body any) any { return withSecret(body) }))
		add("another media type", func(m *Mutant) Middleware { return replaced(m, isSuccess, plainText) })
	}
	for _, from := range op.Statuses() {
		if from >= http.StatusBadRequest {
			add(fmt.Sprintf("%d as a success", from), func(m *Mutant) Middleware {
				return replaced(m, func(r Response) bool { return r.Status == from }, func(c *Call, r Response) Response {
					if example, err := c.example(); err == nil {
						return example
					}
					return r
				})
			})
		}
		if to, ok := otherStatus(op, from); ok {
			add(fmt.Sprintf("%d as %d", from, to), func(m *Mutant) Middleware {
				return replaced(m, func(r Response) bool { return r.Status == from }, func(c *Call, r Response) Response {
					answered, _ := c.API.answer(c, &Problem{Status: to, Message: "a mutant says so"})
					return answered
				})
			})
		}
	}
	return all
}

func isSuccess(r Response) bool { return r.Status/100 == 2 }

func plainText(_ *Call, r Response) Response {
	r.Header = http.Header{"Content-Type": {"text/plain"}}
	return r
}

// replaced is a mutant that puts another answer in place of some.
func replaced(m *Mutant, which func(Response) bool, with func(*Call, Response) Response) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			r, err := next(c)
			if err != nil || !which(r) {
				return r, err
			}
			m.altered.Add(1)
			return with(c, r), nil
		}
	}
}

// otherStatus is another refusal that the operation documents.
func otherStatus(op *schemas.Operation, from int) (int, bool) {
	if from >= http.StatusInternalServerError {
		return 0, false
	}
	for _, to := range op.Statuses() {
		if to != from && to/100 == 4 {
			return to, true
		}
	}
	return 0, false
}

// withSecret adds a property that no answer has a reason to show, to the object
// or to each of a list.
func withSecret(v any) any {
	switch v := v.(type) {
	case map[string]any:
		v["passwordHash"] = "5f4dcc3b5aa765d61d8327deb882cf99"
	case []any:
		for _, item := range v {
			withSecret(item)
		}
	}
	return v
}
