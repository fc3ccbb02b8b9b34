package world

import (
	"context"
	"time"

	"github.com/rolecall/rolecall/conformance/rules"
)

// Steps makes it the world of a scenario, and returns the API's steps, bound to it.
func (w *World) Steps(s *rules.Scenario) []Step {
	w.scenario, w.watch.answered = s, map[string]seenBefore{}
	steps := w.API.Steps(w)
	w.watch.on = w.Adapter != nil && !w.shared.Unwatched
	return steps
}

// Begin waits until the scenario may run, and gives it so much time; what it
// returns ends its turn.
func (w *World) Begin(limit time.Duration) (end func()) {
	turn := w.shared.turns.take(w.scenario, w.Endpoint.Mock)
	ctx, cancel := context.WithTimeout(w.ctx, limit)
	w.ctx = ctx
	return func() { cancel(); turn() }
}

// StepBegins notes the step under way.
func (w *World) StepBegins(step rules.PickledStep) {
	w.sentence, w.step = step, step.Keyword+" "+step.Text
	w.watch.acting = step.Keyword == "When"
}

// StepEnds judges what the step has changed, if it was a When.
func (w *World) StepEnds() {
	if w.watch.acting {
		w.afterWhen()
	}
}

// Conclude judges what shows only when every step is over; again reads every
// view once more for it.
func (w *World) Conclude(again bool) {
	if again {
		w.lookOnceMore()
	}
	w.judgeDenied()
	seen := Watched{own: len(w.exchanges), additional: w.watch.asked, settled: w.watch.settled}
	if w.watch.compared {
		seen.Compared = 1
		if w.watch.changed {
			seen.Changed = 1
		}
	}
	w.shared.watched(w.API.Name, seen)
}

// Retries is how many requests were sent again.
func (w *World) Retries() int { return int(w.retries) }

// Looked are the operations that only the invariants asked for, as often as they did.
func (w *World) Looked() []string { return w.watch.operations }
