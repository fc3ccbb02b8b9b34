package world

import (
	"fmt"
	"path"
	"runtime"
	"strings"
)

// Safely makes a panic an error of what could not judge.
func Safely(do func() error) (err error) {
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
