package engine

import (
	"encoding/json"
	"net/url"
)

// What defects of every API do to requests.

// An Edit makes something else of a body, given as decoded JSON.
type Edit = func(c *Call, body any) any

// Asking is a defect that changes a call before anything is done.
func Asking(edit func(*Call)) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			edit(c)
			return next(c)
		}
	}
}

// EditRequest is a defect that reads another body than was sent.
func EditRequest(edit Edit) Middleware {
	return Asking(func(c *Call) {
		var body any
		if json.Unmarshal(c.Body, &body) == nil {
			if edited, err := json.Marshal(edit(c, body)); err == nil {
				c.Body = edited
			}
		}
	})
}

// EditQuery is a defect that reads another query than was sent.
func EditQuery(edit func(url.Values)) Middleware {
	return Asking(func(c *Call) {
		address, query := *c.URL, c.URL.Query()
		edit(query)
		address.RawQuery = query.Encode()
		c.URL, c.query = &address, nil
	})
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

// OnObject is an edit of bodies that are objects; others stay as they are.
func OnObject(edit func(body map[string]any)) Edit {
	return func(_ *Call, body any) any {
		if object, ok := body.(map[string]any); ok {
			edit(object)
		}
		return body
	}
}

// Set gives an object's property another value.
func Set(name string, value any) Edit {
	return OnObject(func(object map[string]any) { object[name] = value })
}

// Without takes a property from an object.
func Without(name string) Edit {
	return OnObject(func(object map[string]any) { delete(object, name) })
}

// OnText edits a property that is a text.
func OnText(name string, edit func(string) string) Edit {
	return OnObject(func(object map[string]any) {
		if text, ok := object[name].(string); ok {
			object[name] = edit(text)
		}
	})
}

// OnList edits a property that is a list and not empty.
func OnList(name string, edit func(list []any) []any) Edit {
	return OnObject(func(object map[string]any) {
		if list, ok := object[name].([]any); ok && len(list) > 0 {
			object[name] = edit(list)
		}
	})
}
