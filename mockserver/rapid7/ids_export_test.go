package rapid7

import (
	"math"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// UseUpIDs makes a state in which no user's id is left.
func UseUpIDs(state engine.State) engine.State {
	s := state.Copy().(*State)
	s.numbers.Use("users", math.MaxInt32)
	return s
}
