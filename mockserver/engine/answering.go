package engine

import (
	"bytes"
	"encoding/json"
	"net/http"
	"sync"
)

// What defects of every API do to answers and to the state.

// Answering is a defect that answers something else than it should.
func Answering(edit func(*Call, Response) Response) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			r, err := next(c)
			if err == nil {
				r = edit(c, r)
			}
			return r, err
		}
	}
}

// Instead is a defect that answers one status where another is right.
func Instead(right, wrong int) Middleware {
	return Answering(func(_ *Call, r Response) Response {
		if r.Status == right {
			r.Status = wrong
		}
		return r
	})
}

// EditAnswer is a defect that answers something else, where the call succeeded.
func EditAnswer(edit Edit) Middleware {
	return Answering(func(c *Call, r Response) Response {
		if r.Status >= http.StatusMultipleChoices {
			return r
		}
		return r.edited(c, edit)
	})
}

// EditRefusal is a defect that words refusals in another way.
func EditRefusal(edit Edit) Middleware {
	return Answering(func(c *Call, r Response) Response {
		if r.Status < http.StatusBadRequest {
			return r
		}
		return r.edited(c, edit)
	})
}

func (r Response) edited(c *Call, edit Edit) Response {
	var body any
	if json.Unmarshal(r.raw, &body) != nil {
		return r
	}
	edited, err := CompactJSON(edit(c, body))
	if err != nil {
		return r
	}
	return r.WithBytes(edited)
}

// Forget is a defect that answers as if it had done what it was asked, and has not.
func Forget(next Handler) Handler {
	return func(c *Call) (Response, error) {
		before := c.store().Current()
		r, err := next(c)
		if err == nil && r.Status < http.StatusMultipleChoices {
			c.store().Replace(before)
		}
		return r, err
	}
}

// Also is a defect that does more than it was asked, where the call succeeded.
func Also(more func(c *Call, next State)) Middleware {
	return Answering(func(c *Call, r Response) Response {
		if r.Status < http.StatusMultipleChoices {
			c.Update(func(s State) { more(c, s) })
		}
		return r
	})
}

// AlsoRefused is a defect that does something although it refuses.
func AlsoRefused(status int, more func(c *Call, next State)) Middleware {
	return Answering(func(c *Call, r Response) Response {
		if r.Status == status {
			c.Update(func(s State) { more(c, s) })
		}
		return r
	})
}

// Afterwards is a defect that changes more than it was asked, knowing the state
// before the call.
func Afterwards(more func(c *Call, before, next State)) Middleware {
	return func(next Handler) Handler {
		return func(c *Call) (Response, error) {
			before := c.State()
			r, err := next(c)
			c.Update(func(s State) { more(c, before, s) })
			return r, err
		}
	}
}

// Remembered is what a defect knows of one sandbox; it goes with the sandbox.
func Remembered[T any](c *Call, defect string, first func() T) T {
	value, _ := c.Sandbox.notes.LoadOrStore(defect, sync.OnceValue(first))
	return value.(func() T)()
}

// cached are answers as they were first, and as they were first shown anew.
type cached struct {
	sync.Mutex
	old, fresh map[string][]byte // by request and caller
}

// Stale is a defect with a cache that nobody empties: who asked before a change
// is answered rightly once, and with what it knows already from then on.
func Stale(next Handler) Handler {
	return Answering(func(c *Call, r Response) Response {
		if r.Status != http.StatusOK {
			return r
		}
		m := Remembered(c, "stale "+c.Operation.ID, func() *cached { return &cached{old: map[string][]byte{}, fresh: map[string][]byte{}} })
		m.Lock()
		defer m.Unlock()
		key := c.Header.Get("Authorization") + " " + c.URL.String()
		switch old := m.old[key]; {
		case old == nil:
			m.old[key] = r.raw
		case !bytes.Equal(r.raw, old) && !bytes.Equal(r.raw, m.fresh[key]):
			m.fresh[key] = r.raw
		default:
			return r.WithBytes(old)
		}
		return r
	})(next)
}
