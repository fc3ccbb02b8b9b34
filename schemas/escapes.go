package schemas

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decoded is a text and where its bytes were in the text that it was made from.
type decoded struct {
	text   string
	places []int // of each byte, and of the end; nil where nothing was decoded
}

func (d decoded) place(i int) int {
	if d.places == nil {
		return i
	}
	return d.places[i]
}

// A decoder takes one way of escaping out of a text.
type decoder struct {
	mark  byte                                        // what an escape begins with
	first func(text string) (plain string, width int) // the escape at the beginning of a text; 0 where there is none
}

var decoders = []decoder{{'%', percent}, {'\\', backslash}, {'&', entity}}

func (c decoder) all(d decoded) (inner decoded, changed bool) {
	next := strings.IndexByte(d.text, c.mark)
	if next < 0 {
		return d, false
	}
	var b strings.Builder
	for i := 0; i < len(d.text); {
		plain, width := "", 0
		if d.text[i] == c.mark {
			plain, width = c.first(d.text[i:])
		}
		if width == 0 {
			plain, width = d.text[i:i+1], 1
		} else {
			changed = true
		}
		b.WriteString(plain)
		for range len(plain) {
			inner.places = append(inner.places, d.place(i))
		}
		i += width
	}
	inner.text, inner.places = b.String(), append(inner.places, d.place(len(d.text)))
	return inner, changed
}

func percent(text string) (string, int) {
	if len(text) < 3 {
		return "", 0
	}
	n, err := strconv.ParseUint(text[1:3], 16, 8)
	if err != nil {
		return "", 0
	}
	return string([]byte{byte(n)}), 3
}

// backslash reads what JSON, JavaScript, Go and Python write.
func backslash(text string) (string, int) {
	if len(text) < 2 {
		return "", 0
	}
	if i := strings.IndexByte(`ntrbf"'\/`, text[1]); i >= 0 {
		return "\n\t\r\b\f\"'\\/"[i : i+1], 2
	}
	digits := 2 << max(0, strings.IndexByte("xuU", text[1]))
	code := func(text string) (rune, bool) {
		if len(text) < 2+digits || text[0] != '\\' || !strings.ContainsRune("xuU", rune(text[1])) {
			return 0, false
		}
		n, err := strconv.ParseUint(text[2:2+digits], 16, 32)
		return rune(n), err == nil
	}
	c, ok := code(text)
	switch {
	case !ok:
		return "", 0
	case digits == 2: // a byte
		return string([]byte{byte(c)}), 4
	case utf16.IsSurrogate(c):
		if low, ok := code(text[2+digits:]); ok && utf16.DecodeRune(c, low) != utf8.RuneError {
			return string(utf16.DecodeRune(c, low)), 2 * (2 + digits)
		}
	}
	return string(c), 2 + digits
}

// longestEntity bounds how far the end of a character reference is looked for.
const longestEntity = 12

func entity(text string) (string, int) {
	end := strings.IndexByte(text[:min(len(text), longestEntity)], ';')
	if end < 0 {
		return "", 0
	}
	if plain := html.UnescapeString(text[:end+1]); plain != text[:end+1] {
		return plain, end + 1
	}
	return "", 0
}
