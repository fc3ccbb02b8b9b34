package engine_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// budget makes journals that hold limit bytes together.
func budget(limit int64, journals int) (all []*engine.Journal) {
	b := &engine.Budget{Limit: limit, Journals: func() []*engine.Journal { return all }}
	for range journals {
		all = append(all, b.Journal())
	}
	return all
}

func held(journals []*engine.Journal) (bytes int64) {
	for _, j := range journals {
		bytes += j.Bytes()
	}
	return bytes
}

func TestJournalsStayWithinTheirBudgetAndTheBusiestPays(t *testing.T) {
	t.Parallel()
	const limit = 200_000
	all := budget(limit, 4)
	quiet, busy := all[:3], all[3]
	for i, j := range quiet {
		for n := range 10 * i {
			j.Add(engine.Entry{URL: fmt.Sprint(n), Answer: make([]byte, 1000)})
		}
	}
	for n := range 2000 {
		busy.Add(engine.Entry{URL: fmt.Sprint(n), Answer: make([]byte, 1000), Request: make([]byte, 500)})
		if bytes := held(all); bytes > limit {
			t.Fatalf("after call %d the journals hold %d bytes, more than %d", n, bytes, limit)
		}
	}
	for i, j := range quiet {
		if entries, calls := j.Entries(); len(entries) != 10*i || calls != 10*i {
			t.Errorf("a quiet journal has %d calls of %d, want all", len(entries), calls)
		}
	}
	entries, calls := busy.Entries()
	if calls != 2000 || len(entries) < 30 {
		t.Errorf("the busy one has %d of %d calls", len(entries), calls)
	}
	for i, e := range entries {
		if want := calls - len(entries) + i; e.Number != want || e.URL != fmt.Sprint(want) {
			t.Fatalf("entry %d is call %d %s, want %d", i, e.Number, e.URL, want)
		}
	}
}

func TestAJournalKnowsWhatItHolds(t *testing.T) {
	t.Parallel()
	all := budget(1<<40, 1)
	var want []int64
	for n := range 1234 {
		e := engine.Entry{Answer: make([]byte, n%77), Request: make([]byte, n%5)}
		want = append(want, int64(n%77+n%5+240))
		all[0].Add(e)
		var sum int64
		for _, size := range want[max(0, len(want)-500):] {
			sum += size
		}
		if got := all[0].Bytes(); got != sum {
			t.Fatalf("after call %d the journal holds %d bytes, want %d", n, got, sum)
		}
	}
	all[0].Clear()
	all[0].Add(engine.Entry{URL: "again"})
	entries, calls := all[0].Entries()
	if diff := cmp.Diff([]engine.Entry{{URL: "again"}}, entries); diff != "" || calls != 1 || all[0].Bytes() != 245 {
		t.Errorf("after clearing: %d bytes, %d calls\n%s", all[0].Bytes(), calls, diff)
	}
}

func TestJournalsShedWhileOthersAdd(t *testing.T) {
	t.Parallel()
	journals := budget(50_000, 8)
	var all sync.WaitGroup
	for _, j := range journals {
		all.Go(func() {
			for range 500 {
				j.Add(engine.Entry{Answer: make([]byte, 1000)})
				j.Entries()
			}
		})
	}
	all.Wait()
	journals[0].Add(engine.Entry{})
	if bytes := held(journals); bytes > 60_000 {
		t.Errorf("the journals hold %d bytes", bytes)
	}
}
