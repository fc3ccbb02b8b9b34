package engine

import "net/url"

// What defects of every API do to bodies and queries.

// An Edit makes something else of a body, given as decoded JSON.
type Edit = func(c *Call, body any) any

// OnObject edits a body that is an object and leaves any other alone.
func OnObject(do func(c *Call, object map[string]any)) Edit {
	return func(c *Call, body any) any {
		if object, ok := body.(map[string]any); ok {
			do(c, object)
		}
		return body
	}
}

// Set gives an object's property another value.
func Set(name string, value any) Edit {
	return OnObject(func(_ *Call, object map[string]any) { object[name] = value })
}

// Without takes a property from an object.
func Without(name string) Edit {
	return OnObject(func(_ *Call, object map[string]any) { delete(object, name) })
}

// OnList edits a property that is a list and not empty.
func OnList(name string, do func(list []any) []any) Edit {
	return OnObject(func(_ *Call, object map[string]any) {
		if list, ok := object[name].([]any); ok && len(list) > 0 {
			object[name] = do(list)
		}
	})
}

// EditQuery is a defect that reads another query than was sent.
func EditQuery(edit func(url.Values)) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			query, changed := c.URL.Query(), *c.URL
			edit(query)
			changed.RawQuery = query.Encode()
			c.URL = &changed
			return next(c)
		}
	}
}
