package engine

import (
	"cmp"
	"sync"

	"github.com/tidwall/btree"
)

// A Table is an ordered map whose copies share their records. Records must
// never be changed in place: put a changed copy of the record instead.
// The zero Table is not usable; make one with NewTable.
type Table[K cmp.Ordered, V any] struct{ tree *btree.Map[K, V] }

// degree is how wide the trees are. A change copies every node on its way, so
// narrow nodes make it cheap; reading takes a level or two more.
const degree = 8

// NewTable makes an empty table.
func NewTable[K cmp.Ordered, V any]() Table[K, V] {
	return Table[K, V]{btree.NewMap[K, V](degree)}
}

// copying is held for the moment of a copy, which marks the original, too:
// sandboxes may share it.
var copying sync.Mutex

// Copy makes a table that can be changed apart from this one, in O(1).
func (t Table[K, V]) Copy() Table[K, V] {
	copying.Lock()
	defer copying.Unlock()
	return Table[K, V]{t.tree.Copy()}
}

// Len is the number of records.
func (t Table[K, V]) Len() int { return t.tree.Len() }

// Get finds the record of a key.
func (t Table[K, V]) Get(key K) (V, bool) { return t.tree.Get(key) }

// Has tells whether there is a record of a key.
func (t Table[K, V]) Has(key K) bool { _, ok := t.tree.Get(key); return ok }

// At finds a record by its place in the order of keys, from 0, in O(log n).
func (t Table[K, V]) At(place int) (K, V, bool) { return t.tree.GetAt(place) }

// Last finds the record with the greatest key.
func (t Table[K, V]) Last() (K, V, bool) { return t.tree.Max() }

// Put sets the record of a key.
func (t Table[K, V]) Put(key K, record V) { t.tree.Set(key, record) }

// Delete removes the record of a key, if there is one.
func (t Table[K, V]) Delete(key K) { t.tree.Delete(key) }

// All walks the records in the order of keys.
func (t Table[K, V]) All(yield func(K, V) bool) { t.tree.Scan(yield) }

// Records lists the records in the order of keys.
func (t Table[K, V]) Records() []V { return t.tree.Values() }

// From walks the records from a key on, in the order of keys.
func (t Table[K, V]) From(key K, yield func(K, V) bool) { t.tree.Ascend(key, yield) }

// An Index finds the ids of the records that share a value, in the order of
// ids, without looking at the others. It has a set of ids for each value, which
// is never changed in place either.
type Index struct{ sets Table[string, idSet] }

// An idSet hides that its tree can be copied: trees copy such values, too.
type idSet struct{ tree *btree.Map[int64, struct{}] }

// NewIndex makes an empty index.
func NewIndex() Index { return Index{NewTable[string, idSet]()} }

// Copy makes an index that can be changed apart from this one, in O(1).
func (x Index) Copy() Index { return Index{x.sets.Copy()} }

// Add notes that the record with an id has a value.
func (x Index) Add(value string, id int64) {
	set := x.copied(value)
	set.Set(id, struct{}{})
	x.sets.Put(value, idSet{set})
}

// Remove takes the note back.
func (x Index) Remove(value string, id int64) {
	set := x.copied(value)
	if set.Delete(id); set.Len() > 0 {
		x.sets.Put(value, idSet{set})
	} else {
		x.sets.Delete(value)
	}
}

// copied is a set to change. Copying writes to the tree that is copied, and
// other sandboxes may share that: so it is a copy itself.
func (x Index) copied(value string) *btree.Map[int64, struct{}] {
	if set, known := x.sets.Get(value); known {
		own := *set.tree
		return own.Copy()
	}
	return btree.NewMap[int64, struct{}](degree)
}

// IDs lists the ids of the records with a value, ascending. Never nil.
func (x Index) IDs(value string) []int64 {
	if set, known := x.sets.Get(value); known {
		return set.tree.Keys()
	}
	return []int64{}
}

// Any tells whether any record has the value.
func (x Index) Any(value string) bool { return x.sets.Has(value) }
