package socotra

import (
	"net/url"
	"strconv"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// What the defects do wrong about lists.

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
	return setProperty("listCompleted", false)(c, put(items[:10]))
}

func dropOffset(q url.Values) { q.Del("offset") }

func oneMore(q url.Values) {
	if n, err := strconv.Atoi(q.Get("count")); err == nil && n > 0 {
		q.Set("count", strconv.Itoa(n+1))
	}
}

func skipAtEdge(q url.Values) {
	if n, err := strconv.Atoi(q.Get("offset")); err == nil && n > 0 {
		q.Set("offset", strconv.Itoa(n+1))
	}
}
