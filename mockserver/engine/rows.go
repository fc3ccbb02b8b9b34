package engine

import (
	"cmp"
	"fmt"
	"iter"

	"github.com/rolecall/rolecall/schemas"
)

// Rows are one table of a state, as fixtures have it.
type Rows struct {
	Name string   // of the fixture's file, without .yaml
	Keys []string // properties by which a record can be named, the best one first
	// Apart is a table of what no answer shows of itself: the next ids, and orders.
	Apart bool

	all iter.Seq[any]
}

// RowsOf makes the rows of a table of a state. Row makes one of a record.
func RowsOf[K cmp.Ordered, V any](name string, t *Table[K, V], row func(K, V) any, keys ...string) Rows {
	return Rows{
		Name: name, Keys: keys,
		all: func(yield func(any) bool) {
			t.All(func(key K, record V) bool { return yield(row(key, record)) })
		},
	}
}

// List lists the records.
func (r Rows) List() (all []any) {
	r.all(func(row any) bool { all = append(all, row); return true })
	return all
}

// Numbers are the next ids of tables. An id is never given twice.
type Numbers struct{ next Table[string, int64] }

// NewNumbers makes numbers that begin with 1.
func NewNumbers() Numbers { return Numbers{NewTable[string, int64]()} }

// Copy makes numbers that can be used apart from these.
func (n Numbers) Copy() Numbers { return Numbers{n.next.Copy()} }

// Next is the next id of a table.
func (n Numbers) Next(table string) int64 {
	next, _ := n.next.Get(table)
	return max(next, 1)
}

// Use notes that an id of a table is given.
func (n Numbers) Use(table string, id int64) {
	if id >= n.Next(table) {
		n.next.Put(table, id+1)
	}
}

type numberRow struct {
	Table string `yaml:"table"`
	Next  int64  `yaml:"next"`
}

// Rows are the numbers as fixtures have them.
func (n *Numbers) Rows() Rows {
	r := RowsOf("next_ids", &n.next, func(table string, next int64) any { return numberRow{table, next} }, "table")
	r.Apart = true
	return r
}

// Load reads the next ids of tables that are above those that were used.
func (n Numbers) Load(from schemas.Tables, tables ...string) error {
	return schemas.Each(from, "next_ids", func(r numberRow) error {
		for _, table := range tables {
			if r.Table == table {
				return nil
			}
		}
		return fmt.Errorf("table %q has no ids of its own%s", r.Table, schemas.Suggest(r.Table, tables))
	}, func(r numberRow) { n.Use(r.Table, r.Next-1) })
}
