package engine

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// gone is what an edit returns for a property that is to be missing.
type gone struct{}

// A way is something that can go wrong with one value.
type way struct {
	name string
	edit func(m *Mutant, c *Call, at string, v any) any
}

func simple(name string, edit func(v any) any) way {
	return way{name, func(_ *Mutant, _ *Call, _ string, v any) any { return edit(v) }}
}

func onText(name string, edit func(string) string) way {
	return simple(name, func(v any) any {
		if text, ok := v.(string); ok {
			return edit(text)
		}
		return v
	})
}

func onItems(name string, edit func([]any) []any) way {
	return simple(name, func(v any) any {
		if list, ok := v.([]any); ok && len(list) > 0 {
			return edit(slices.Clone(list))
		}
		return v
	})
}

// ways that remember what they see.
var ways = []way{{"of another record", ofAnother}, {"of before the change", ofBefore}}

var (
	forAll = []way{
		simple("missing", func(any) any { return gone{} }),
		simple("null", func(any) any { return nil }),
		ways[0], ways[1],
	}
	forTexts = []way{
		simple("constant", func(any) any { return "constant" }),
		simple("as a number", func(any) any { return 7 }),
		onText("cut at 64", func(s string) string { return cut(s, 64) }),
		onText("trimmed", strings.TrimSpace),
		onText("in lower case", strings.ToLower),
	}
	forNumbers = []way{
		simple("constant", func(any) any { return 1 }),
		simple("as a text", func(v any) any { return fmt.Sprint(v) }),
		simple("one more", func(v any) any { return plus(v, 1) }),
		simple("one less", func(v any) any { return plus(v, -1) }),
	}
	forTruths = []way{
		simple("true", func(any) any { return true }),
		simple("false", func(any) any { return false }),
		simple("as a text", func(v any) any { return fmt.Sprint(v) }),
	}
	forLists = []way{
		simple("empty", func(any) any { return []any{} }),
		onItems("without the last item", func(l []any) []any { return l[:len(l)-1] }),
		onItems("without the first item", func(l []any) []any { return l[1:] }),
		onItems("with the last item twice", func(l []any) []any { return append(l, l[len(l)-1]) }),
		onItems("with one item more", func(l []any) []any { return append(l, another(l[len(l)-1])) }),
		onItems("with other items in place of the second and on", func(l []any) []any {
			for i := 1; i < len(l); i++ {
				l[i] = l[0]
			}
			return l
		}),
	}
)

func waysOf(kinds map[string]bool) []way {
	ways := slices.Clone(forAll)
	for _, of := range []struct {
		kind string
		ways []way
	}{{"text", forTexts}, {"number", forNumbers}, {"truth", forTruths}, {"list", forLists}} {
		if kinds[of.kind] {
			ways = append(ways, of.ways...)
			break
		}
	}
	return ways
}

func cut(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes])
}

func plus(v any, n int64) any {
	if number, ok := v.(json.Number); ok {
		if i, err := number.Int64(); err == nil {
			return i + n
		}
	}
	return v
}

// another is an item like one, and not the same.
func another(item any) any {
	switch v := item.(type) {
	case string:
		return v + "-other"
	case json.Number:
		return plus(v, 1000)
	case map[string]any:
		other := map[string]any{}
		for name, member := range v {
			other[name] = member
		}
		for _, name := range identifying {
			if id, ok := other[name]; ok {
				other[name] = another(id)
				break
			}
		}
		return other
	}
	return item
}

// identifying are the names of properties that tell records apart.
var identifying = []string{"id", "locator", "userName", "login", "name", "rel"}

// identity tells which record an object is.
func identity(v any) string {
	object, _ := v.(map[string]any)
	for _, name := range identifying {
		if id, ok := object[name]; ok {
			return fmt.Sprint(id)
		}
	}
	return ""
}
