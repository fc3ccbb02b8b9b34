package world

import (
	"errors"
	"fmt"

	"github.com/cucumber/godog"

	"github.com/rolecall/rolecall/conformance/report"
)

// Steps end a scenario by returning an error. A plain error is a failed
// assertion; these are the others.

// Trouble is the error of a step that could not judge: the target could not be
// reached, or did not give what the scenario needs before it can begin.
type Trouble struct{ err error }

func (t *Trouble) Error() string { return t.err.Error() }
func (t *Trouble) Unwrap() error { return t.err }

// CouldNotJudge makes an error of a scenario that cannot be judged.
func CouldNotJudge(format string, args ...any) error {
	return &Trouble{fmt.Errorf(format, args...)}
}

// skipped is the error of a scenario that does not apply to the target.
type skipped struct{ reason string }

func (s *skipped) Error() string        { return s.reason }
func (s *skipped) Is(target error) bool { return target == godog.ErrSkip }

// SkipBecause makes the error of a scenario that the target cannot be held to,
// because it lacks something. The reason is a sentence for the report.
func SkipBecause(format string, args ...any) error {
	return &skipped{fmt.Sprintf(format, args...)}
}

// Verdict judges what ended a scenario. A failure before the first When says
// nothing of the rule: its conditions could not be made.
func Verdict(err error, keyword string) (report.Verdict, string) {
	var trouble *Trouble
	var skip *skipped
	switch {
	case err == nil:
		return report.Pass, ""
	case errors.As(err, &skip):
		return report.Skip, skip.reason
	case errors.Is(err, godog.ErrSkip):
		return report.Skip, "skipped without a reason"
	case errors.As(err, &trouble):
		return report.Error, trouble.Error()
	case keyword == "Given":
		return report.Error, "the scenario's conditions could not be made: " + err.Error()
	}
	return report.Fail, err.Error()
}
