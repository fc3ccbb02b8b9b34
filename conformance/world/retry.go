package world

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// A run asks again where a way to the target fails, and not where the target
// does: what it judges has to have been said once. Clean-up judges nothing, and
// asks again whatever fails.

const (
	readAttempts     = 3
	cleaningAttempts = 5
	firstPause       = 100 * time.Millisecond // each is twice the one before
	maxRetryAfter    = 5 * time.Second        // how long a run waits because a target says so
)

// mayRetry tells whether a request may be sent again: a read of the administrator
// from a real target, but not the first after a change, which alone shows what the
// change has left. Others may have to be refused.
func (w *World) mayRetry(x *Exchange) bool {
	first := w.unread.Swap(changing(x))
	return !w.Endpoint.Mock && !changing(x) && !first && (x.As == "" || x.As == Administrator)
}

// again waits and tells whether to send a request again.
func (w *World) again(x *Exchange, err error, may bool, attempt int) bool {
	if w.cleaning {
		if err == nil && x.Status < http.StatusInternalServerError {
			w.shared.vain.Delete(x.Name())
			return false
		}
		if _, vain := w.shared.vain.Load(x.Name()); vain || w.shared.breaker.err() != nil {
			return false
		}
		if attempt+1 >= cleaningAttempts {
			w.shared.vain.Store(x.Name(), true)
			return false
		}
		return w.pause(x, attempt)
	}
	if err == nil || !may || attempt+1 >= readAttempts || !w.shared.retries.take(w.shared.MaxRetries) {
		return false
	}
	w.retries.Add(1)
	return w.pause(x, attempt)
}

func (w *World) pause(x *Exchange, attempt int) bool {
	pause := firstPause << attempt
	if seconds, err := strconv.Atoi(x.Header.Get("Retry-After")); err == nil && seconds >= 0 {
		pause = min(time.Duration(seconds)*time.Second, maxRetryAfter)
	}
	select {
	case <-time.After(pause):
		return true
	case <-w.ctx.Done():
		return false
	}
}

// retries counts the requests of a run, and those that were sent again.
type retries struct {
	mu          sync.Mutex
	sent, again int
}

func (r *retries) count() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent++
}

// take is one more, if so many percent of the requests allow it: one, of a run
// that is smaller than that.
func (r *retries) take(percent float64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if percent <= 0 || float64(r.again) >= max(1, float64(r.sent)*percent/100) {
		return false
	}
	r.again++
	return true
}
