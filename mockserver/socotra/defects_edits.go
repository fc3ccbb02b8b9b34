package socotra

import (
	"encoding/json"
	"net/url"
	"strconv"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What the defects do wrong to requests and answers in general.

// haveOnly turns "add" into "have only".
func haveOnly(add, remove string, now func(*engine.Call) []string) engine.Edit {
	return func(c *engine.Call, body any) any {
		return engine.Set(remove, without(now(c), textsIn(body, add)))(c, body)
	}
}

func textsIn(body any, name string) (texts []string) {
	object, _ := body.(map[string]any)
	list, _ := object[name].([]any)
	for _, v := range list {
		if text, ok := v.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// itemsOf finds the items of a list answer, and how to put others in their place.
func itemsOf(body any) (items []any, put func([]any) any) {
	if object, ok := body.(map[string]any); ok {
		items, _ = object["items"].([]any)
		return items, func(other []any) any { object["items"] = other; return object }
	}
	items, _ = body.([]any)
	return items, func(other []any) any { return other }
}

func lastAgain(_ *engine.Call, body any) any {
	items, put := itemsOf(body)
	return put(append(items, items[max(0, len(items)-1):]...))
}

func oneMadeUp(_ *engine.Call, body any) any {
	items, put := itemsOf(body)
	return put(append(items, "users.levitate"))
}

// unreadable tells whether the body is no JSON, where it should be.
func unreadable(c *engine.Call) bool {
	return c.Operation.Body != nil && len(c.Body) > 0 && c.Operation.ID != tokenOperation && !json.Valid(c.Body)
}

func tellRoles(_ *engine.Call, body any) any {
	items, _ := itemsOf(body)
	for _, item := range items {
		if object, ok := item.(map[string]any); ok {
			object["roles"] = []any{"auditor"}
		}
	}
	return body
}

func cutToTen(c *engine.Call, body any) any {
	items, put := itemsOf(body)
	if len(items) <= 10 {
		return body
	}
	return engine.Set("listCompleted", false)(c, put(items[:10]))
}

func dropOffset(q url.Values) { q.Del("offset") }

func oneMore(parameter string) func(url.Values) {
	return func(q url.Values) {
		if n, err := strconv.Atoi(q.Get(parameter)); err == nil && n > 0 {
			q.Set(parameter, strconv.Itoa(n+1))
		}
	}
}
