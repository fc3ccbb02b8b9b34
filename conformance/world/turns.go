package world

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rolecall/rolecall/conformance/rules"
)

// On a mock each scenario has a sandbox. Elsewhere those that run at one time
// share the target's records, with each other and with other clients.

// aloneTag is of scenarios that are run while no other of the run is.
const aloneTag = "@alone"

// turns keep the scenarios of a run apart where they would mislead each other.
type turns struct {
	scenarios sync.RWMutex // held by each, and by one that runs alone for itself
	changes   sync.RWMutex // likewise, of requests that change something
	shared    sync.Map     // tag -> *sync.Mutex
}

// take waits until a scenario may run; what it returns ends its turn.
func (t *turns) take(s *rules.Scenario, mock bool) (end func()) {
	switch {
	case mock:
		return func() {}
	case slices.Contains(s.Tags, aloneTag):
		t.scenarios.Lock()
		return t.scenarios.Unlock
	}
	var held []*sync.Mutex
	for _, tag := range slices.Sorted(slices.Values(s.Tags)) { // in one order, so that nobody waits for each other
		if strings.HasPrefix(tag, rules.Sharing) { // of those one runs at a time
			lock, _ := t.shared.LoadOrStore(tag, &sync.Mutex{})
			held = append(held, lock.(*sync.Mutex))
		}
	}
	for _, lock := range held {
		lock.Lock()
	}
	t.scenarios.RLock()
	return func() {
		t.scenarios.RUnlock()
		for _, lock := range held {
			lock.Unlock()
		}
	}
}

// change waits until a request may be sent that changes something.
func (w *World) change(x *Exchange) (end func()) {
	if w.Endpoint.Mock || w.still || !changing(x) {
		return func() {}
	}
	w.shared.turns.changes.RLock()
	return w.shared.turns.changes.RUnlock
}

const (
	stableReadings = 12                    // of Stable at most
	sharedReadings = 3                     // before the other scenarios' changes are held back
	stablePause    = 20 * time.Millisecond // after the first reading, and more after each
)

// Stable reads something of which others may have a part, as a list of all users
// and their count, until two readings in a row are equal. What they return is
// compared by value, and all that is judged together belongs into one reading.
// Where readings are never equal the scenario cannot be judged. On a mock, where
// nobody else is, there is one reading.
func Stable[T any](w *World, what string, read func() (T, error)) (T, error) {
	last, err := read()
	if err != nil || w.Endpoint.Mock {
		return last, err
	}
	for n := 1; n < stableReadings; n++ {
		if n == sharedReadings {
			w.shared.turns.changes.Lock()
			w.still = true
			defer func() { w.still = false; w.shared.turns.changes.Unlock() }()
		}
		select {
		case <-time.After(time.Duration(n) * stablePause):
		case <-w.ctx.Done():
		}
		next, err := read()
		if err != nil || reflect.DeepEqual(last, next) {
			return next, err
		}
		last = next
	}
	return last, CouldNotJudge("%s changed with each of %d readings: somebody else is at work on the target", what, stableReadings)
}
