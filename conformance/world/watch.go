package world

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/rolecall/rolecall/conformance/invariants"
	"github.com/rolecall/rolecall/conformance/rules"
)

// An Adapter is what the invariants ask of an API, about one scenario. The
// steps of the API set World.Adapter to theirs; without one, only the contract
// and the secrets are watched.
type Adapter interface {
	// Look asks every view of the records that the look is about. What matters
	// most is asked first: away from a mock, only so many requests are made.
	Look(*Look)
	// Effect says what a request may change.
	Effect(*Exchange) Effect
}

// An Effect is what a request may change.
type Effect struct {
	Done   []invariants.Touch // if it succeeded, or nobody knows
	Always []invariants.Touch // whatever it is answered, as signing in may
}

// A watch keeps what was seen of a scenario's records: what they were before a
// change, and after it.
type watch struct {
	on         bool // this run judges frame and views
	acting     bool // a When is under way
	looking    bool
	last       invariants.Snapshot
	judged     int // exchanges that were before the last look
	looked     bool
	changed    bool                // some look saw a change
	compared   bool                // some look was shown a record
	noted      []invariants.Record // beside what the scenario made
	asked      int                 // requests of looks
	operations []string            // that looks asked
	settled    time.Duration       // the longest that views took to agree
	answered   map[string]seenBefore
}

// seenBefore is an answer of an earlier look, and what was read from it: one
// that is equal byte for byte is not judged again.
type seenBefore struct {
	status int
	body   string
	read   map[string]map[string]string
}

func (w *World) seenBefore(x *Exchange) bool {
	before, ok := w.watch.answered[x.by+" "+x.URL]
	return ok && before.status == x.Status && before.body == string(x.Body)
}

// Watch adds a record to those that the invariants look at, beside what the
// scenario made: a role of the target that it will change.
func (w *World) Watch(kind, id string) {
	r := invariants.Record{Kind: kind, ID: id}
	if !slices.Contains(w.watch.noted, r) {
		w.watch.noted = append(w.watch.noted, r)
	}
}

// changing tells whether a request may change something: one that is no read.
func changing(x *Exchange) bool {
	return !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, x.Method)
}

// beforeChange takes the snapshot that the first change of a When is held to.
// What was after the change before is before this one.
func (w *World) beforeChange(x *Exchange) {
	if w.watch.on && w.watch.acting && !w.watch.looking && !w.watch.looked && changing(x) {
		w.lookAround()
	}
}

// afterWhen judges what a When has changed.
func (w *World) afterWhen() {
	w.watch.acting = false
	if w.watch.looked && slices.ContainsFunc(w.exchanges[w.watch.judged:], changing) {
		w.lookAround()
	}
}

// lookOnceMore reads every view a second time when the scenario is over, and
// away from When: what was right once may be old again.
func (w *World) lookOnceMore() {
	if w.watch.looked && w.ctx.Err() == nil && w.shared.breaker.err() == nil {
		w.lookAround()
	}
}

// lookAround takes a snapshot, and holds it to the one before and to itself.
func (w *World) lookAround() {
	w.watch.looking = true
	defer func() { w.watch.looking = false }()
	before, since := w.watch.last, w.exchanges[w.watch.judged:]
	now := w.snapshot()
	found := w.judgeLook(before, now, since)
	if settle := w.Endpoint.Settle; len(found) > 0 && settle > 0 {
		now, found = w.settle(before, now, since, settle)
	}
	w.chargeAll(found)
	w.watch.changed = w.watch.changed || len(now.Changes(before, nil)) > 0
	w.watch.last, w.watch.judged, w.watch.looked = now, len(w.exchanges), true
}

// judgeLook returns what is wrong, by the invariant that it breaks.
func (w *World) judgeLook(before, now invariants.Snapshot, since []*Exchange) []breach {
	var found []breach
	by := strings.Join(changes(since), " and ")
	for _, b := range now.Disagreements() {
		found = append(found, breach{Breach: b, invariant: rules.Views, operation: by})
	}
	for _, b := range now.Changes(before, w.may(since)) {
		kind := rules.Frame
		if by == "" {
			kind, b.Why = rules.Views, b.Why+"; nothing was changed in between"
		}
		found = append(found, breach{Breach: b, invariant: kind, operation: by})
	}
	return found
}

// changes names the operations that may have changed something.
func changes(since []*Exchange) []string {
	var names []string
	for _, x := range since {
		if changing(x) && !slices.Contains(names, x.Name()) {
			names = append(names, x.Name())
		}
	}
	return names
}

// may is everything that the requests since the last look may have changed.
// What was refused may have changed nothing; what failed, all that it may.
func (w *World) may(since []*Exchange) []invariants.Touch {
	var all []invariants.Touch
	for _, x := range since {
		effect := w.Adapter.Effect(x)
		all = append(all, effect.Always...)
		if !x.Refused() {
			all = append(all, effect.Done...)
		}
	}
	return all
}

// settlePause is how long a look waits before it looks again, where the target
// file gives a server time to settle.
const settlePause = 50 * time.Millisecond

// settle looks again until two snapshots in a row are equal and right, or the
// time is over. What showed the new value and then the old one fails at once.
func (w *World) settle(before, now invariants.Snapshot, since []*Exchange, limit time.Duration) (invariants.Snapshot, []breach) {
	began := time.Now()
	var returned []breach
	for {
		select {
		case <-time.After(settlePause):
		case <-w.ctx.Done():
		}
		next := w.snapshot()
		for _, b := range next.Returned(before, now) {
			returned = append(returned, breach{Breach: b, invariant: rules.Views, operation: strings.Join(changes(since), " and ")})
		}
		found := w.judgeLook(before, next, since)
		still := len(next.Changes(now, nil)) == 0
		now = next
		took := time.Since(began)
		if len(found) == 0 && still || took >= limit || w.ctx.Err() != nil {
			if len(found) == 0 {
				w.watch.settled = max(w.watch.settled, took)
			}
			return now, append(returned, found...)
		}
	}
}

func (w *World) snapshot() invariants.Snapshot {
	l := &Look{world: w, answers: map[string]*Exchange{}}
	if err := Safely(func() error { w.Adapter.Look(l); return nil }); err != nil {
		w.shared.Note("%s: looking around failed: %v", w.API.Name, err)
	}
	for _, b := range l.strangers { // no time to settle excuses them
		w.chargeAll([]breach{{Breach: b, invariant: rules.Views, operation: b.View}})
	}
	return l.seen
}
