package world

import (
	"fmt"
	"sync/atomic"
)

// giveUpAfter is how many requests in a row may go without an answer before a
// run stops asking; a page that a proxy sends instead is none. A target that
// died would otherwise cost a timeout for every request that is left.
const giveUpAfter = 20

// A breaker notices that a target has stopped answering.
type breaker struct{ inARow atomic.Int32 }

func (b *breaker) note(unanswered bool) {
	if unanswered {
		b.inARow.Add(1)
	} else {
		b.inARow.Store(0)
	}
}

func (b *breaker) err() error {
	if b.inARow.Load() >= giveUpAfter {
		return fmt.Errorf("the target stopped answering; given up after %d requests in a row without an answer of its own", giveUpAfter)
	}
	return nil
}
