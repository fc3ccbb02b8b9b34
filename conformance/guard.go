package conformance

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"runtime"
	"strings"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance/report"
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
		err := withoutPanic(func() error {
			err, _ := step.Call(args)[0].Interface().(error)
			if errors.Is(err, godog.ErrPending) { // of which godog makes no failure unless it is strict
				return CouldNotJudge("%s: a step is pending", report.Incomplete)
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

// withoutPanic makes a panic an error of what could not judge.
func withoutPanic(do func() error) (err error) {
	defer func() {
		if said := recover(); said != nil {
			err = CouldNotJudge("the suite is wrong here, it panics: %v%s", said, panicPlace())
		}
	}()
	return do()
}

// panicPlace is the line that panicked: the one below the runtime's own.
func panicPlace() string {
	callers := make([]uintptr, 32)
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers)])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") {
			return fmt.Sprintf(" (%s:%d)", path.Base(frame.File), frame.Line)
		}
		if !more {
			return ""
		}
	}
}
