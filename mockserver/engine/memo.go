package engine

import (
	"hash/maphash"
	"sync/atomic"
)

// A Memo remembers what was made of the latest keys, as of the header that a
// caller signs in with every time. It must not depend on anything else.
type Memo[K comparable, V any] struct {
	seed   maphash.Seed
	places [256]atomic.Pointer[memoized[K, V]]
}

type memoized[K comparable, V any] struct {
	key   K
	value V
}

// NewMemo makes an empty memo.
func NewMemo[K comparable, V any]() *Memo[K, V] { return &Memo[K, V]{seed: maphash.MakeSeed()} }

// Get makes the value of a key, unless it is remembered.
func (m *Memo[K, V]) Get(key K, make func(key K) V) V {
	place := m.place(key)
	if known := place.Load(); known != nil && known.key == key {
		return known.value
	}
	value := make(key)
	place.Store(&memoized[K, V]{key, value})
	return value
}

func (m *Memo[K, V]) place(key K) *atomic.Pointer[memoized[K, V]] {
	return &m.places[maphash.Comparable(m.seed, key)%uint64(len(m.places))]
}

// Renderings remember what a view wrote, by all that it read: the identities of
// records and settings, and the address. A record that is changed is another
// one, so that nothing remembered is ever out of date.
type Renderings[K comparable] struct{ memo *Memo[K, Rendered] }

// Rendered is a view as it is written. It is shared, and never changed.
type Rendered []byte

// NewRenderings makes an empty memory.
func NewRenderings[K comparable]() Renderings[K] { return Renderings[K]{NewMemo[K, Rendered]()} }

// renderingKept is up to which size in bytes renderings are remembered.
const renderingKept = 8 << 10

// Of is the rendering under a key, which a view writes unless it is remembered.
func (r Renderings[K]) Of(key K, c *Call, view func(*JSON, *Call, K)) Rendered {
	place := r.memo.place(key)
	if known := place.Load(); known != nil && known.key == key {
		return known.value
	}
	made := Rendered(Render(func(j *JSON) { view(j, c, key) }))
	if len(made) <= renderingKept {
		place.Store(&memoized[K, Rendered]{key, made})
	}
	return made
}
