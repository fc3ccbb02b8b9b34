package report

import (
	"cmp"
	"fmt"
	"strings"
)

// How much of a failure the formats for people show; JSON holds everything.
const (
	lastExchanges = 3
	shownFailures = 3    // reasons for which a rule failed, with their exchanges
	namedFailures = 12   // reasons that are named
	shownReason   = 300  // bytes, of one that is only named
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
