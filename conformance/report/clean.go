package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes text from a target safe to show. Terminals act on control
// characters, XML refuses them, and characters that turn the direction of
// writing make a line read as something else: all appear as an escape, as
// does a byte that is not UTF-8. Line feeds and tabs stay.
func clean(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case c == '\n' || c == '\t' || unicode.IsPrint(c):
			b.WriteRune(c)
		case c < utf8.RuneSelf:
			fmt.Fprintf(&b, `\x%02x`, c)
		case c <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			fmt.Fprintf(&b, `\U%08x`, c)
		}
		i += size
	}
	return b.String()
}

// line is clean text on one line.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// lines are clean texts, each on one line.
func lines(texts []string) (all []string) {
	for _, s := range texts {
		all = append(all, line(s))
	}
	return all
}

// clip is clean text of at most limit bytes; it says how much it left out.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return clean(s)
	}
	end := limit
	for end > limit-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return fmt.Sprintf("%s … (%d more bytes)", clean(s[:end]), len(s)-end)
}

// indent puts a prefix before every line of a text.
func indent(prefix, text string) string {
	return prefix + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n"+prefix)
}
