package engine_test

import (
	"cmp"
	"maps"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// TestATableIsAMapWhoseCopiesAreIndependent plays any sequence of changes and
// copies, on tables and on plain maps, and compares all of them at the end.
func TestATableIsAMapWhoseCopiesAreIndependent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tables := []engine.Table[int, string]{engine.NewTable[int, string]()}
		plain := []map[int]string{{}}
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			i := rapid.IntRange(0, len(tables)-1).Draw(t, "which")
			key := rapid.IntRange(0, 60).Draw(t, "key")
			switch rapid.SampledFrom([]string{"put", "put", "put", "delete", "copy"}).Draw(t, "step") {
			case "put":
				value := rapid.StringN(0, 3, -1).Draw(t, "value")
				tables[i].Put(key, value)
				plain[i][key] = value
			case "delete":
				tables[i].Delete(key)
				delete(plain[i], key)
			case "copy":
				tables = append(tables, tables[i].Copy())
				plain = append(plain, maps.Clone(plain[i]))
			}
		}
		for i, table := range tables {
			equal(t, table, plain[i])
		}
	})
}

func equal(t *rapid.T, table engine.Table[int, string], plain map[int]string) {
	keys := slices.Sorted(maps.Keys(plain))
	if table.Len() != len(keys) {
		t.Fatalf("the table has %d records, want %d", table.Len(), len(keys))
	}
	var walked []int
	for key, value := range table.All {
		walked = append(walked, key)
		if plain[key] != value {
			t.Fatalf("record %d is %q, want %q", key, value, plain[key])
		}
	}
	if diff := gocmp.Diff(keys, walked); diff != "" {
		t.Fatalf("the records are walked in another order:\n%s", diff)
	}
	for place, key := range keys {
		if k, _, ok := table.At(place); !ok || k != key {
			t.Fatalf("at %d is %d (%t), want %d", place, k, ok, key)
		}
		if v, ok := table.Get(key); !ok || v != plain[key] || !table.Has(key) {
			t.Fatalf("record %d is %q (%t), want %q", key, v, ok, plain[key])
		}
	}
	from := rapid.IntRange(-1, 61).Draw(t, "from")
	var later []int
	table.From(from, func(key int, _ string) bool { later = append(later, key); return true })
	if want := slices.DeleteFunc(slices.Clone(keys), func(k int) bool { return k < from }); !slices.Equal(want, later) {
		t.Fatalf("from %d on are %v, want %v", from, later, want)
	}
	if last, _, ok := table.Last(); ok != (len(keys) > 0) || ok && last != keys[len(keys)-1] {
		t.Fatalf("the last key is %d (%t)", last, ok)
	}
	if _, _, ok := table.At(len(keys)); ok {
		t.Fatal("there is a record beyond the last")
	}
}

// TestAnIndexFindsTheIDsOfAValue, whatever letters values have, and in the
// order of numbers.
func TestAnIndexFindsTheIDsOfAValue(t *testing.T) {
	t.Parallel()
	values := []string{"", "a", "a\x00", "a\x00b", "a\x000000000000000000007", "ab", "b", "\x00", "ä"}
	rapid.Check(t, func(t *rapid.T) {
		indexes := []engine.Index{engine.NewIndex()}
		plain := []map[string][]int64{{}}
		for range rapid.IntRange(1, 80).Draw(t, "steps") {
			i := rapid.IntRange(0, len(indexes)-1).Draw(t, "which")
			value := rapid.SampledFrom(values).Draw(t, "value")
			id := rapid.OneOf(rapid.Int64Range(0, 30), rapid.Int64Range(0, 1<<62)).Draw(t, "id")
			switch rapid.SampledFrom([]string{"add", "add", "remove", "copy"}).Draw(t, "step") {
			case "add":
				indexes[i].Add(value, id)
				if !slices.Contains(plain[i][value], id) {
					plain[i][value] = append(slices.Clone(plain[i][value]), id)
				}
			case "remove":
				indexes[i].Remove(value, id)
				plain[i][value] = slices.DeleteFunc(slices.Clone(plain[i][value]), func(x int64) bool { return x == id })
			case "copy":
				indexes = append(indexes, indexes[i].Copy())
				plain = append(plain, maps.Clone(plain[i]))
			}
		}
		for i, index := range indexes {
			for _, value := range values {
				want := slices.SortedFunc(slices.Values(plain[i][value]), cmp.Compare[int64])
				if got := index.IDs(value); got == nil || !slices.Equal(got, want) {
					t.Fatalf("%q has %v, want %v", value, got, want)
				}
				if index.Any(value) != (len(want) > 0) {
					t.Fatalf("%q has any: %t", value, index.Any(value))
				}
			}
		}
	})
}
