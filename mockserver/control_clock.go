package mockserver

import (
	"cmp"
	"net/http"
	"time"
)

func showClock(c *controlCall) (any, error) {
	clock := c.sandbox.Clock
	return map[string]any{"now": clock.Now().Format(time.RFC3339Nano), "frozen": clock.Frozen()}, nil
}

// setClock takes {"now": time, "frozen": bool, "advance": duration}, each of
// which can be left out: a clock that is set runs, one that is moved goes on as
// it was.
func setClock(c *controlCall) (any, error) {
	var b struct {
		Now     *time.Time `yaml:"now"`
		Frozen  *bool      `yaml:"frozen"`
		Advance string     `yaml:"advance"`
	}
	if err := c.read(&b); err != nil {
		return nil, err
	}
	if b.Now == nil && b.Frozen == nil && b.Advance == "" {
		return nil, &controlError{status: http.StatusBadRequest, Message: "nothing to set", Hint: `send {"now": "2026-01-31T12:00:00Z", "frozen": true} or {"advance": "90m"}`}
	}
	by, err := time.ParseDuration(cmp.Or(b.Advance, "0s"))
	if err != nil {
		return nil, badControl("advance is %q; write a duration as in \"90m\"", b.Advance)
	}
	now, frozen := c.sandbox.Clock.Now(), c.sandbox.Clock.Frozen()
	if b.Now != nil {
		now, frozen = *b.Now, false
	}
	if b.Frozen != nil {
		frozen = *b.Frozen
	}
	if err := c.sandbox.Clock.Set(now.Add(by), frozen); err != nil {
		return nil, err
	}
	return showClock(c)
}
