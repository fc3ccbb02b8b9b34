package engine

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// A Budget is how much memory the journals of all sandboxes hold together.
type Budget struct {
	// Limit is in bytes; Journals lists the journals that are in use.
	Limit    int64
	Journals func() []*Journal

	held     atomic.Int64
	shedding sync.Mutex
}

// Journal makes a journal under the budget.
func (b *Budget) Journal() *Journal { return &Journal{budget: b} }

// grow notes what a journal holds more, and makes room where that is too much.
func (b *Budget) grow(bytes int64) {
	if b != nil && b.held.Add(bytes) > b.Limit && b.shedding.TryLock() {
		b.shed()
		b.shedding.Unlock()
	}
}

// shed halves the largest journal until all hold three quarters of the limit:
// a sandbox that is busy does not cost others their calls. What journals hold
// is counted anew, since some are gone; what others add meanwhile is counted
// once at least.
func (b *Budget) shed() {
	before := b.held.Load()
	journals := b.Journals()
	var held int64
	sizes := make(map[*Journal]int64, len(journals))
	for _, j := range journals {
		sizes[j] = j.Bytes()
		held += sizes[j]
	}
	for held > b.Limit/4*3 {
		largest := slices.MaxFunc(journals, func(x, y *Journal) int { return cmp.Compare(sizes[x], sizes[y]) })
		freed := largest.halve()
		if freed == 0 {
			break
		}
		held, sizes[largest] = held-freed, sizes[largest]-freed
	}
	b.held.Add(held - before)
}
