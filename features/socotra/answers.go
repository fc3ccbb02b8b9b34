package socotra

import (
	"fmt"

	"github.com/rolecall/rolecall/conformance"
)

// areRefusedAlike compares the two newest answers.
func (w *world) areRefusedAlike() error {
	if len(w.told) < 2 {
		return fmt.Errorf("there are not two answers to compare")
	}
	first, second := w.told[len(w.told)-2], w.told[len(w.told)-1]
	if err := conformance.ShouldBeRefused(first); err != nil {
		return err
	}
	if err := conformance.ShouldBeRefused(second); err != nil {
		return err
	}
	if first.Status != second.Status {
		return fmt.Errorf("what exists is answered with %d and what does not with %d; both should be refused alike", first.Status, second.Status)
	}
	return nil
}
