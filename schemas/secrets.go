package schemas

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"
)

// Secrets finds secrets by their values in a text, however they are written
// there: docs/secrets.md lists the ways.
type Secrets struct{ looked []looked }

// looked is one thing that is looked for. Base 64 mixes the first and last bits of
// a secret with its neighbours', so that its ends are looked for without them.
type looked struct {
	text        string
	left, right int  // further characters of the alphabet of base 64 that belong to it
	word        bool // only where no letter or digit is beside it
}

const (
	// ShortestSecret is the length in bytes from which on a secret is looked for.
	ShortestSecret = 4
	// shortestPart is the length from which on it is found within a word, too: "root"
	// would otherwise take every report apart.
	shortestPart = 8
	// nested is how many encodings may lie around each other.
	nested = 3
)

// NewSecrets knows some secrets; those that are too short are left out.
func NewSecrets(values []string) *Secrets {
	s := &Secrets{}
	for _, v := range slices.Compact(slices.Sorted(slices.Values(values))) {
		if len(v) < ShortestSecret {
			continue
		}
		s.looked = append(s.looked, looked{text: v, word: len(v) < shortestPart})
		if plus := strings.ReplaceAll(v, " ", "+"); plus != v { // as forms write it
			s.looked = append(s.looked, looked{text: plus})
		}
		lower := hex.EncodeToString([]byte(v))
		s.looked = append(s.looked, looked{text: lower}, looked{text: strings.ToUpper(lower)})
		for before := range 3 {
			s.looked = append(s.looked, in64(base64.RawStdEncoding, v, before), in64(base64.RawURLEncoding, v, before))
		}
	}
	slices.SortFunc(s.looked, func(a, b looked) int {
		return cmp.Or(len(b.text)-len(a.text), cmp.Compare(a.text, b.text), cmp.Compare(b.left+b.right, a.left+a.right))
	})
	s.looked = slices.CompactFunc(s.looked, func(a, b looked) bool { return a.text == b.text })
	return s
}

// in64 is a secret in base 64 behind so many bytes, without the characters that
// depend on what is beside it.
func in64(e *base64.Encoding, secret string, before int) looked {
	text := e.EncodeToString([]byte("\x00\x00"[:before] + secret))
	l := looked{text: text[[]int{0, 2, 3}[before]:], left: min(before, 1)}
	if (before+len(secret))%3 != 0 {
		l.text, l.right = l.text[:len(l.text)-1], 1
	}
	return l
}

// In tells whether one of the secrets is in a text.
func (s *Secrets) In(text string) bool {
	found := false
	s.search(text, func(int, int) bool { found = true; return false })
	return found
}

// Hide puts Hidden in the place of every secret.
func (s *Secrets) Hide(text string) string {
	var spans [][2]int
	s.search(text, func(from, to int) bool { spans = append(spans, [2]int{from, to}); return true })
	if len(spans) == 0 {
		return text
	}
	slices.SortFunc(spans, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], b[1]-a[1]) })
	var b strings.Builder
	end := 0
	for _, span := range spans {
		switch {
		case span[0] >= end:
			b.WriteString(text[end:span[0]] + Hidden)
			end = span[1]
		case span[1] > end: // they overlap
			end = span[1]
		}
	}
	return b.String() + text[end:]
}

// search calls found with each place of a secret until it returns false.
func (s *Secrets) search(text string, found func(from, to int) bool) {
	if len(s.looked) > 0 {
		s.within(decoded{text: text}, nested, found)
	}
}

// within looks into a text, and into what it is when it is decoded.
func (s *Secrets) within(d decoded, depth int, found func(from, to int) bool) bool {
	for _, l := range s.looked {
		for at := 0; ; {
			i := strings.Index(d.text[at:], l.text)
			if i < 0 {
				break
			}
			from, to := at+i, at+i+len(l.text)
			at = from + 1
			if l.word && (alphanumericBefore(d.text, from) || alphanumericAt(d.text, to)) {
				continue
			}
			if l.left > 0 && from > 0 && base64Digit(d.text[from-1]) {
				from--
			}
			if l.right > 0 && to < len(d.text) && base64Digit(d.text[to]) {
				to++
			}
			at = to
			if !found(d.place(from), d.place(to)) {
				return false
			}
		}
	}
	for _, decode := range decoders {
		if depth == 0 {
			return true
		}
		if inner, changed := decode.all(d); changed && !s.within(inner, depth-1, found) {
			return false
		}
	}
	return true
}

func alphanumeric(c rune) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf && c != utf8.RuneError
}

func alphanumericBefore(text string, i int) bool {
	c, _ := utf8.DecodeLastRuneInString(text[:i])
	return alphanumeric(c)
}

func alphanumericAt(text string, i int) bool {
	c, _ := utf8.DecodeRuneInString(text[i:])
	return alphanumeric(c)
}

func base64Digit(c byte) bool {
	return c < utf8.RuneSelf && (c == '+' || c == '/' || c == '-' || alphanumeric(rune(c)))
}
