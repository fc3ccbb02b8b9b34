package engine_test

import (
	"testing"
	"time"

	"github.com/rolecall/rolecall/mockserver/engine"
)

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

func near(a, b time.Time) bool { return a.Sub(b).Abs() < 10*time.Second }

func TestAClockRunsWithTheMachinesUnlessItIsSet(t *testing.T) {
	t.Parallel()
	c := engine.NewClock(time.Time{}, false)
	if !near(c.Now(), time.Now()) || c.Now().Location() != time.UTC {
		t.Errorf("the clock shows %s", c.Now())
	}
	c.Set(noon, false)
	first := c.Now()
	if !near(first, noon) {
		t.Errorf("the clock shows %s", first)
	}
	time.Sleep(time.Millisecond)
	if !c.Now().After(first) {
		t.Error("the clock stands still")
	}
}

func TestAFrozenClockStandsStillUntilItIsMoved(t *testing.T) {
	t.Parallel()
	c := engine.NewClock(noon.In(time.FixedZone("", 3600)), true)
	for range 2 {
		if now := c.Now(); !now.Equal(noon) || now.Location() != time.UTC {
			t.Errorf("the clock shows %s", now)
		}
		time.Sleep(time.Millisecond)
	}
	c.Advance(90 * time.Minute)
	if !c.Now().Equal(noon.Add(90 * time.Minute)) {
		t.Errorf("after 90 minutes the clock shows %s", c.Now())
	}
	c.Advance(-2 * time.Hour)
	if got := c.String(); got != "2026-01-31T11:30:00Z" {
		t.Errorf("two hours earlier the clock shows %s", got)
	}
	c.Set(noon, false)
	time.Sleep(time.Millisecond)
	if !c.Now().After(noon) {
		t.Error("the clock still stands")
	}
}

func TestARunningClockIsMoved(t *testing.T) {
	t.Parallel()
	c := engine.NewClock(noon, false)
	c.Advance(time.Hour)
	if !near(c.Now(), noon.Add(time.Hour)) {
		t.Errorf("the clock shows %s", c.Now())
	}
}

func TestAForksClockIsItsOwn(t *testing.T) {
	t.Parallel()
	origin := engine.NewSandbox(nil, noon, true, 1, nil)
	fork := origin.Fork("fork", 1)
	fork.Clock.Advance(time.Hour)
	if !origin.Clock.Now().Equal(noon) || !fork.Clock.Now().Equal(noon.Add(time.Hour)) {
		t.Errorf("the clocks show %s and %s", origin.Clock, fork.Clock)
	}
	fork.Reset(origin, 1)
	if !fork.Clock.Now().Equal(noon) {
		t.Errorf("after a reset the clock shows %s", fork.Clock)
	}
}
