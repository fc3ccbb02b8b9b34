package engine_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

func TestAClockRunsWithTheMachinesUnlessItIsFrozen(t *testing.T) {
	t.Parallel()
	far := time.Date(8999, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, x := range []struct {
		name   string
		set    time.Time
		frozen bool
	}{
		{"as it is at first", time.Time{}, false},
		{"set", noon, false},
		{"set in another zone", noon.In(time.FixedZone("", 3600)), false},
		{"set further away than a duration reaches", far, false},
		{"frozen", noon, true},
		{"frozen in another zone", noon.In(time.FixedZone("", 3600)), true},
	} {
		synctest.Test(t, func(t *testing.T) {
			c, want := &engine.Clock{}, time.Now()
			if !x.set.IsZero() {
				want = x.set
				if err := c.Set(x.set, x.frozen); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 {
				if now := c.Now(); !now.Equal(want) || now.Location() != time.UTC || c.Frozen() != x.frozen {
					t.Errorf("%s: the clock shows %s, want %s; frozen %t", x.name, now, want, c.Frozen())
				}
				time.Sleep(time.Hour)
				if !x.frozen {
					want = want.Add(time.Hour)
				}
			}
		})
	}
}

func TestAClockShowsNoTimeThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	c := &engine.Clock{}
	if err := c.Set(noon, true); err != nil {
		t.Fatal(err)
	}
	for _, year := range []int{-1, 0, 1969, 9001, 9999, 10000, 292277} {
		if err := c.Set(noon.AddDate(year-2026, 0, 0), true); err == nil || !c.Now().Equal(noon) {
			t.Errorf("set to the year %d: %v, and the clock shows %s", year, err, c.Now())
		}
	}
	for _, year := range []int{1970, 9000} {
		if err := c.Set(noon.AddDate(year-2026, 0, 0), true); err != nil {
			t.Errorf("set to the year %d: %v", year, err)
		}
	}
}

func TestAForksClockIsItsOwn(t *testing.T) {
	t.Parallel()
	clock := &engine.Clock{}
	if err := clock.Set(noon, true); err != nil {
		t.Fatal(err)
	}
	origin := engine.NewSandbox(nil, clock, 1, nil)
	fork := origin.Fork("fork", 1)
	if err := fork.Clock.Set(noon.Add(time.Hour), true); err != nil {
		t.Fatal(err)
	}
	if !origin.Clock.Now().Equal(noon) || !fork.Clock.Now().Equal(noon.Add(time.Hour)) {
		t.Errorf("the clocks show %s and %s", origin.Clock.Now(), fork.Clock.Now())
	}
	fork.Reset(origin, 1)
	if !fork.Clock.Now().Equal(noon) {
		t.Errorf("after a reset the clock shows %s", fork.Clock.Now())
	}
}
