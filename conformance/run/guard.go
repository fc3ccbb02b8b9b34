package run

import (
	"errors"
	"reflect"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/conformance/world"
)

// guarded makes of a step one that cannot panic. A step that panics is wrong
// itself, and says nothing of the target; nor does one that nobody has written.
func guarded(do any) any {
	step := reflect.ValueOf(do)
	of := step.Type()
	if of.Kind() != reflect.Func || of.NumOut() != 1 || of.Out(0) != reflect.TypeFor[error]() {
		return do // godog refuses it, or it has another way to say no
	}
	return reflect.MakeFunc(of, func(args []reflect.Value) []reflect.Value {
		err := world.Safely(func() error {
			err, _ := step.Call(args)[0].Interface().(error)
			if errors.Is(err, godog.ErrPending) { // of which godog makes no failure unless it is strict
				return world.CouldNotJudge("%s: a step is pending", report.Incomplete)
			}
			return err
		})
		result := reflect.New(of.Out(0)).Elem()
		if err != nil {
			result.Set(reflect.ValueOf(err))
		}
		return []reflect.Value{result}
	}).Interface()
}

// idle makes of a step one that does nothing.
func idle(do any) any {
	of := reflect.TypeOf(do)
	return reflect.MakeFunc(of, func([]reflect.Value) (nothing []reflect.Value) {
		for i := range of.NumOut() {
			nothing = append(nothing, reflect.Zero(of.Out(i)))
		}
		return nothing
	}).Interface()
}
