package conformance

import (
	"fmt"
	"sync/atomic"
)

// giveUpAfter is how many requests in a row may go without an answer before a
// run stops asking; a page that a proxy sends instead is none. A target that
// died would otherwise cost a timeout for every request that is left.
const giveUpAfter = 20

// lost notices that a target has stopped answering.
type lost struct{ inARow atomic.Int32 }

func (l *lost) note(unanswered bool) {
	if unanswered {
		l.inARow.Add(1)
	} else {
		l.inARow.Store(0)
	}
}

func (l *lost) err() error {
	if l.inARow.Load() >= giveUpAfter {
		return fmt.Errorf("the target stopped answering; given up after %d requests in a row without an answer of its own", giveUpAfter)
	}
	return nil
}
