package report

import "fmt"

// A Verdict is what a run says of a rule, a scenario or a check. It only ever
// gets worse.
type Verdict int

const (
	NotRun Verdict = iota
	Pass
	Skip  // not judged, for a stated reason; never a pass
	Fail  // the target breaks the rule
	Error // could not be judged: the target or the suite was in the way
)

var verdictNames = [...]string{"not run", "pass", "skip", "fail", "error"}

func (v Verdict) String() string {
	if v < 0 || int(v) >= len(verdictNames) {
		return fmt.Sprintf("verdict %d", int(v))
	}
	return verdictNames[v]
}

// And is the worse of two verdicts.
func (v Verdict) And(other Verdict) Verdict { return max(v, other) }

// MarshalText implements encoding.TextMarshaler.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (v *Verdict) UnmarshalText(text []byte) error {
	for i, name := range verdictNames {
		if name == string(text) {
			*v = Verdict(i)
			return nil
		}
	}
	return fmt.Errorf("%q is no verdict; verdicts are %q", text, verdictNames)
}
