package report

import (
	"fmt"
	"strings"
)

// Result says in one word what a run is worth as evidence.
type Result string

const (
	Success Result = "success" // exit status 0, and every must and should rule passed
	Partial Result = "partial" // exit status 0, with skips, waivers or failures that do not decide
	Failure Result = "failure" // any other exit status
)

// Result is what the run is worth as evidence.
func (r *Report) Result() Result {
	if r.ExitStatus() != ExitConformant {
		return Failure
	}
	for _, x := range r.Rules {
		if x.Verdict == Skip || x.Verdict != Pass && x.Level != Observed {
			return Partial
		}
	}
	return Success
}

// Headline is the verdict in a few words, as in "NOT CONFORMANT".
func (r *Report) Headline() string {
	switch r.ExitStatus() {
	case ExitUsage:
		return "TARGET FILE NOT TRUE"
	case ExitUnreachable:
		return "TARGET NOT REACHED"
	case ExitLeftBehind:
		return "RECORDS LEFT BEHIND"
	case ExitNothing:
		return "NOTHING JUDGED"
	case ExitNotConformant:
		if !r.decided() {
			return "RUN NOT FINISHED"
		}
		return "NOT CONFORMANT"
	}
	text := "CONFORMANT"
	if n := r.shouldFailed(); n > 0 {
		return fmt.Sprintf("%s, BUT %s FAILED", text, strings.ToUpper(plural(n, "should rule")))
	}
	if r.Result() == Partial {
		text += " AS FAR AS JUDGED"
	}
	return text
}

// shouldFailed counts the should rules that failed and that no waiver covers.
func (r *Report) shouldFailed() int {
	n := 0
	for _, x := range r.Rules {
		if x.Level == Should && x.Failed() {
			n++
		}
	}
	return n
}

// outcomeWords put a count of rules into a sentence.
var outcomeWords = map[string]string{
	"fail": "failed", "error": "could not be judged", "waived": "waived", "skip": "skipped", "not run": "not run",
}

// Because is the sentence after the headline: the counts that led to it.
func (r *Report) Because() string {
	t := r.Tally("", "")
	text := fmt.Sprintf("%d of %s passed", t["pass"], plural(t.total(), "rule"))
	for _, outcome := range Outcomes[1:] {
		if t[outcome] > 0 {
			text += fmt.Sprintf(", %d %s", t[outcome], outcomeWords[outcome])
		}
	}
	if t["fail"]+t["error"] > 0 {
		text += fmt.Sprintf("; %s", r.decisions())
	}
	if len(r.Left) > 0 {
		text += "; " + plural(len(r.Left), "record") + " left behind"
	}
	for _, short := range r.Uncovered() {
		text += "; " + short
	}
	if len(r.Stale) > 0 {
		text += "; " + plural(len(r.Stale), "stale waiver")
	}
	return text
}

// decisions says how many of the failures decide.
func (r *Report) decisions() string {
	deciding := 0
	for _, x := range r.Rules {
		if x.Decides(r.Strict) {
			deciding++
		}
	}
	switch deciding {
	case 0:
		return "none of these decides"
	case 1:
		return "1 of these decides"
	}
	return fmt.Sprintf("%d of these decide", deciding)
}

// ExitMeaning says what the exit status asks of the reader.
func (r *Report) ExitMeaning() string {
	switch r.ExitStatus() {
	case ExitUsage:
		return "the target file says what is not so"
	case ExitUnreachable:
		return "the target cannot be reached, or refused the credentials"
	case ExitLeftBehind:
		return "something that the run created is still on the target: run rolecall sweep"
	case ExitNothing:
		return "nothing was selected, or nothing of it could be judged"
	case ExitNotConformant:
		if !r.decided() {
			return "the run ended before every chosen rule had its turn"
		}
		if len(r.Uncovered()) > 0 {
			return "a rule that decides failed, or less was seen than was demanded"
		}
		if r.Strict {
			return "a must or should rule failed, or a waiver covers nothing"
		}
		return "a must rule failed, or the suite could not judge it"
	}
	return "no rule that decides failed"
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
