package report

import (
	"cmp"
	"fmt"
	"strings"
)

// How much of a failure the formats for people show; JSON holds everything.
const (
	lastExchanges = 3
	shownTrials   = 3    // of one rule; the first few tell what is wrong
	shownBody     = 1500 // bytes
	shownCurl     = 8000 // bytes
)

// last is the end of a list of exchanges, where the failure is, after those
// that the reason is about.
func last(exchanges []Exchange, n int) []Exchange {
	from := max(0, len(exchanges)-n)
	var shown []Exchange
	for _, e := range exchanges[:from] {
		if e.Blamed {
			shown = append(shown, e)
		}
	}
	return append(shown, exchanges[from:]...)
}

// requestLine is the request in one line.
func requestLine(e Exchange) string { return line(e.Method + " " + e.URL) }

// answerLine is the answer in one line, or why there was none.
func answerLine(e Exchange) string {
	if e.Status == 0 {
		return "no answer: " + line(cmp.Or(e.Trouble, "the connection ended"))
	}
	text := fmt.Sprintf("%d in %s", e.Status, spell(e.Took))
	if e.Trouble != "" {
		text += ", " + line(e.Trouble)
	}
	return text
}

// curl is the command that repeats an exchange. A part of a command is worse
// than none.
func curl(e Exchange) string {
	if len(e.Curl) > shownCurl {
		return fmt.Sprintf("# the command has %d bytes; it is in the report as JSON", len(e.Curl))
	}
	return clean(e.Curl)
}

// transcript is one exchange as plain text: > sent, < received, ! breach of
// the contract, $ repeat.
func transcript(e Exchange) string {
	var b strings.Builder
	put := func(prefix, text string) {
		if text != "" {
			b.WriteString(indent(prefix, text) + "\n")
		}
	}
	if e.As != "" {
		put("as ", line(e.As))
	}
	put("> ", requestLine(e))
	put("> ", clip(e.Request, shownBody))
	put("< ", answerLine(e))
	put("< ", clip(e.Response, shownBody))
	for _, breach := range e.Breaches {
		put("! breaks the contract: ", line(breach))
	}
	put("$ ", curl(e))
	return b.String()
}

// trial is a way in which a rule was tried and how it ended, for formats that
// list one entry a trial: a scenario, or the rule itself where no scenario
// accounts for its verdict.
type trial struct {
	Scenario
	Own bool // the rule itself
}

// trials are the scenarios of a rule, and the rule itself if it has none or
// is worse than all of them: no format may lose a failure.
func trials(r Rule) []trial {
	var all []trial
	worst := NotRun
	for _, s := range r.Scenarios {
		if s.Line == 0 {
			s.Line = r.Line
		}
		s.Reason += s.elsewhere()
		all = append(all, trial{Scenario: s})
		worst = worst.And(s.Verdict)
	}
	if len(all) == 0 || r.Verdict > worst {
		all = append(all, trial{Own: true, Scenario: Scenario{
			Name: r.Title, Line: r.Line, Verdict: r.Verdict, Reason: r.Reason,
		}})
	}
	return all
}

// elsewhere says of what an invariant is charged with how often its like was
// met, and where; "" of any other scenario.
func (s Scenario) elsewhere() string {
	text := ""
	if s.Count > 1 {
		text = fmt.Sprintf(" (met %d times", s.Count)
		if len(s.Places) > 0 {
			text += ", also in " + strings.Join(s.Places, "; ")
		}
		text += ")"
	}
	if s.Waived != "" {
		text += " (waived: " + s.Waived + ")"
	}
	return text
}

// account tells in plain text how a trial ended: reason, step, exchanges.
func (t trial) account() string {
	var b strings.Builder
	if t.Step != "" {
		fmt.Fprintf(&b, "step: %s (line %d)\n", line(t.Step), t.StepLine)
	}
	if t.Reason != "" {
		b.WriteString("reason: " + clean(t.Reason) + "\n")
	}
	if t.Retries > 0 {
		fmt.Fprintf(&b, "retries: %d, after trouble on the way\n", t.Retries)
	}
	shown := last(t.Exchanges, lastExchanges)
	if left := len(t.Exchanges) - len(shown); left > 0 {
		fmt.Fprintf(&b, "(%s earlier)\n", plural(left, "exchange"))
	}
	for _, e := range shown {
		b.WriteString(transcript(e))
	}
	return b.String()
}
