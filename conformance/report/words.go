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

// exits are the exit statuses that have one headline and one meaning.
var exits = map[int]struct{ headline, meaning string }{
	ExitUsage:       {"TARGET FILE NOT TRUE", "the target file says what is not so"},
	ExitUnreachable: {"TARGET NOT REACHED", "the target cannot be reached, or refused the credentials"},
	ExitLeftBehind:  {"RECORDS LEFT BEHIND", "something that the run created is still on the target: run rolecall sweep"},
	ExitInterrupted: {"INTERRUPTED", "the run was interrupted; what it had not judged is no pass"},
	ExitNothing:     {"NOTHING JUDGED", "nothing was selected, or nothing of it could be judged"},
}

// Headline is the verdict in a few words, as in "NOT CONFORMANT".
func (r *Report) Headline() string {
	status := r.ExitStatus()
	should := r.count(func(x Rule) bool { return x.Level == Should && x.Failed() })
	switch {
	case exits[status].headline != "":
		return exits[status].headline
	case status == ExitNotConformant && !r.decided():
		return "RUN NOT FINISHED"
	case status == ExitNotConformant:
		return "NOT CONFORMANT"
	case should > 0:
		return fmt.Sprintf("CONFORMANT, BUT %s FAILED", strings.ToUpper(plural(should, "should rule")))
	case r.Result() == Partial:
		return "CONFORMANT AS FAR AS JUDGED"
	}
	return "CONFORMANT"
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
	for _, short := range r.Unmet() {
		text += "; " + short
	}
	if len(r.Stale) > 0 {
		text += "; " + plural(len(r.Stale), "stale waiver")
	}
	return text
}

// decisions says how many of the failures decide.
func (r *Report) decisions() string {
	deciding := r.count(func(x Rule) bool { return x.Decides(r.Strict) })
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
	switch status := r.ExitStatus(); {
	case exits[status].meaning != "":
		return exits[status].meaning
	case status == ExitConformant:
		return "no rule that decides failed"
	case !r.decided():
		return "the run ended before every chosen rule had its turn"
	case len(r.Unmet()) > 0:
		return "a rule that decides failed, or less was seen than was demanded"
	case r.Strict:
		return "a must or should rule failed, or a waiver covers nothing"
	}
	return "a must rule failed, or the suite could not judge it"
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
