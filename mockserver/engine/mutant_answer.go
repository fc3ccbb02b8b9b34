package engine

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

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

// A jsonPath is a place in answers; "*" is every item of a list.
type jsonPath struct {
	steps []string
	kinds map[string]bool // of the values seen there: "text", "number", "truth", "list", "texts", "object"
}

func (p jsonPath) String() string { return strings.Join(p.steps, ".") }

// pathsOf are the places in the examples of the operation's successes.
func pathsOf(op *schemas.Operation) []jsonPath {
	found := map[string]map[string]bool{}
	for _, r := range op.Responses {
		if r.Status/100 != 2 || r.Schema == nil || r.Observed {
			continue
		}
		for _, example := range r.Schema.Examples {
			if body, ok := decoded(example); ok {
				walk(body, nil, found)
			}
		}
	}
	var all []jsonPath
	for path, kinds := range found {
		all = append(all, jsonPath{strings.Split(path, "\x00"), kinds})
	}
	slices.SortFunc(all, func(a, b jsonPath) int { return strings.Compare(a.String(), b.String()) })
	return all
}

func walk(v any, steps []string, found map[string]map[string]bool) {
	if len(steps) > 0 && steps[len(steps)-1] != "*" || len(steps) == 0 && kindOf(v) != "object" {
		key := strings.Join(steps, "\x00")
		if found[key] == nil {
			found[key] = map[string]bool{}
		}
		found[key][kindOf(v)] = true
	}
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			walk(member, append(slices.Clone(steps), name), found)
		}
	case []any:
		for _, item := range v {
			walk(item, append(slices.Clone(steps), "*"), found)
		}
	}
}

func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "text"
	case json.Number:
		return "number"
	case bool:
		return "truth"
	case []any:
		return "list"
	case map[string]any:
		return "object"
	}
	return "null"
}

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

// each edits the value at the path in every item of the lists on the way. At is
// the same for the same property of the same record.
func (p jsonPath) each(edit func(m *Mutant, c *Call, at string, v any) any) func(*Mutant, *Call, any) any {
	return func(m *Mutant, c *Call, body any) any {
		if len(p.steps) == 1 && p.steps[0] == "" {
			return unless(edit(m, c, c.URL.Path, body), body)
		}
		p.descend(m, c, c.URL.Path, p.steps, body, edit)
		return body
	}
}

// any tells whether an edit would change anything, and changes nothing.
func (p jsonPath) any(m *Mutant, c *Call, body any, edit func(m *Mutant, c *Call, at string, v any) any) (differs bool) {
	p.visit(c.URL.Path, p.steps, body, func(at string, v any) {
		if !differs || m.stateful() {
			edited := edit(m, c, at, v)
			differs = differs || edited == (gone{}) || !same(edited, v)
		}
	})
	return differs
}

// stateful tells whether the mutant remembers what it sees.
func (m *Mutant) stateful() bool {
	return m.Kind == "time" || strings.HasSuffix(m.What, ways[0].name) || strings.HasSuffix(m.What, ways[1].name)
}

func (p jsonPath) visit(at string, steps []string, v any, see func(at string, v any)) {
	switch {
	case len(steps) == 1 && steps[0] == "" && len(p.steps) == 1:
		see(at, v)
	case steps[0] == "*":
		list, _ := v.([]any)
		for _, item := range list {
			p.visit(at+"/"+identity(item), steps[1:], item, see)
		}
	default:
		object, _ := v.(map[string]any)
		if value, there := object[steps[0]]; there && len(steps) > 1 {
			p.visit(at, steps[1:], value, see)
		} else if there {
			see(at, value)
		}
	}
}

// unless keeps what cannot be missing.
func unless(v, otherwise any) any {
	if v == (gone{}) {
		return otherwise
	}
	return v
}

func (p jsonPath) descend(m *Mutant, c *Call, at string, steps []string, v any, edit func(m *Mutant, c *Call, at string, v any) any) {
	if steps[0] == "*" {
		list, _ := v.([]any)
		for i, item := range list {
			p.descend(m, c, at+"/"+identity(item), steps[1:], list[i], edit)
		}
		return
	}
	object, ok := v.(map[string]any)
	value, there := object[steps[0]]
	switch {
	case !ok || !there:
	case len(steps) > 1:
		p.descend(m, c, at, steps[1:], value, edit)
	default:
		if edited := edit(m, c, at, value); edited == (gone{}) {
			delete(object, steps[0])
		} else {
			object[steps[0]] = edited
		}
	}
}

// known is what was seen at one place, by record.
type known struct {
	mu     sync.Mutex
	now    map[string]any
	before map[string]any
	order  []string // of what was seen for the first time
}

func newKnown() *known { return &known{now: map[string]any{}, before: map[string]any{}} }

func same(a, b any) bool {
	switch x := a.(type) {
	case string:
		y, ok := b.(string)
		return ok && x == y
	case bool:
		y, ok := b.(bool)
		return ok && x == y
	case nil:
		return b == nil
	}
	x, _ := CompactJSON(a)
	y, _ := CompactJSON(b)
	return string(x) == string(y)
}

// ofAnother shows what another record has, of those seen the one seen last for the first time.
func ofAnother(m *Mutant, c *Call, at string, v any) any {
	k := remembered(m, c, newKnown)
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, seen := k.now[at]; !seen {
		k.order = append(k.order, at)
	}
	k.now[at] = v
	for _, other := range slices.Backward(k.order) {
		if value := k.now[other]; other != at && !same(value, v) {
			return value
		}
	}
	return v
}

// ofBefore shows what the record was before it changed last.
func ofBefore(m *Mutant, c *Call, at string, v any) any {
	k := remembered(m, c, newKnown)
	k.mu.Lock()
	defer k.mu.Unlock()
	if was, seen := k.now[at]; seen && !same(was, v) {
		k.before[at] = was
	}
	k.now[at] = v
	if was, changed := k.before[at]; changed {
		return was
	}
	return v
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
