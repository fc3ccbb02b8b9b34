package engine

import (
	"hash/maphash"
	"sync/atomic"
)

// A Memo remembers what was made of the latest keys, as of the header that a
// caller signs in with every time. It must not depend on anything else.
type Memo[V any] struct {
	seed   maphash.Seed
	places [256]atomic.Pointer[memoized[V]]
}

type memoized[V any] struct {
	key   string
	value V
}

// NewMemo makes an empty memo.
func NewMemo[V any]() *Memo[V] { return &Memo[V]{seed: maphash.MakeSeed()} }

// Get makes the value of a key, unless it is remembered.
func (m *Memo[V]) Get(key string, make func(key string) V) V {
	place := &m.places[maphash.String(m.seed, key)%uint64(len(m.places))]
	if known := place.Load(); known != nil && known.key == key {
		return known.value
	}
	value := make(key)
	place.Store(&memoized[V]{key, value})
	return value
}
