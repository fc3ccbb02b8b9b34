package engine

import (
	"fmt"
	"sync/atomic"
	"time"
)

// A Clock is a sandbox's time: the machine's, until it is set.
type Clock struct{ set atomic.Pointer[setting] }

// A setting is what the clock showed when it was set; nil for the machine's time.
type setting struct {
	shown, at time.Time
	frozen    bool
}

// Beyond these years times cannot be written, or what is reckoned from them,
// such as the end of a token.
const firstYear, lastYear = 1970, 9000

// Now is the time by this clock, in UTC.
func (c *Clock) Now() time.Time {
	switch s := c.set.Load(); {
	case s == nil:
		return time.Now().UTC()
	case s.frozen:
		return s.shown
	default:
		return s.shown.Add(time.Since(s.at))
	}
}

// Frozen tells whether the clock stands still.
func (c *Clock) Frozen() bool {
	s := c.set.Load()
	return s != nil && s.frozen
}

// Set makes the clock show now, and stop there if it is to be frozen. A time
// that is too far away is refused.
func (c *Clock) Set(now time.Time, frozen bool) error {
	now = now.UTC()
	if now.Year() < firstYear || now.Year() > lastYear {
		return fmt.Errorf("the clock would show %s; keep it between the years %d and %d", now.Format(time.RFC3339), firstYear, lastYear)
	}
	c.set.Store(&setting{now, time.Now(), frozen})
	return nil
}

// now is the setting that shows what the clock shows now.
func (c *Clock) now() *setting {
	s := c.set.Load()
	if s == nil || s.frozen {
		return s
	}
	return &setting{shown: c.Now(), at: time.Now()}
}

// resumed is the setting that goes on now from where it was.
func (s *setting) resumed() *setting {
	if s == nil || s.frozen {
		return s
	}
	return &setting{shown: s.shown, at: time.Now()}
}
