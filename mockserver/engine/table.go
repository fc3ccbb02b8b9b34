package engine

import (
	"cmp"
	"strconv"
	"strings"

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
func NewTable[K cmp.Ordered, V any]() Table[K, V] { return Table[K, V]{btree.NewMap[K, V](degree)} }

// Copy makes a table that can be changed apart from this one, in O(1). Copies
// of one table must not be made at the same time; a Store sees to that.
func (t Table[K, V]) Copy() Table[K, V] { return Table[K, V]{t.tree.Copy()} }

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
// ids, without looking at the others.
type Index struct{ table Table[string, int64] }

// NewIndex makes an empty index.
func NewIndex() Index { return Index{NewTable[string, int64]()} }

// Copy makes an index that can be changed apart from this one, in O(1).
func (x Index) Copy() Index { return Index{x.table.Copy()} }

// indexKey sorts by value, then by id: ids are never negative, so that their
// zero-padded digits sort as the numbers do.
func indexKey(value string, id int64) string {
	digits := strconv.FormatInt(id, 10)
	return value + "\x00" + zeros[len(digits):] + digits
}

const zeros = "0000000000000000000" // as many as the greatest id has digits

// Add notes that the record with an id has a value.
func (x Index) Add(value string, id int64) { x.table.Put(indexKey(value, id), id) }

// Remove takes the note back.
func (x Index) Remove(value string, id int64) { x.table.Delete(indexKey(value, id)) }

// IDs lists the ids of the records with a value, ascending. Never nil.
func (x Index) IDs(value string) []int64 {
	ids := []int64{}
	x.each(value, func(id int64) bool { ids = append(ids, id); return true })
	return ids
}

// Any tells whether any record has the value.
func (x Index) Any(value string) bool {
	found := false
	x.each(value, func(int64) bool { found = true; return false })
	return found
}

func (x Index) each(value string, do func(int64) bool) {
	prefix := value + "\x00"
	x.table.From(prefix, func(key string, id int64) bool {
		if !strings.HasPrefix(key, prefix) {
			return false
		}
		longer := len(key) > len(prefix)+len(zeros) // another value, that goes on after a zero byte
		return longer || do(id)
	})
}
