package engine

import (
	"slices"
	"sync"
)

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
