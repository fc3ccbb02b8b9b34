package engine

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"sync"
	"unicode/utf8"
)

// A View writes what an answer shows.
type View = func(*JSON)

// JSON writes a document piece by piece, without reflection:
//
//	j.Open('{')
//	j.Name("id").Int(u.ID)
//	j.Name("sites").Ints(u.Sites)
//	j.Close('}')
type JSON struct{ text []byte }

// Open begins an object, '{', or an array, '['; Close ends it, with '}' or ']'.
func (j *JSON) Open(bracket byte) { j.separate(); j.text = append(j.text, bracket) }

// Close ends what was opened last.
func (j *JSON) Close(bracket byte) { j.text = append(j.text, bracket) }

// separate puts a comma between two values. What stands before a value tells
// whether it is the first.
func (j *JSON) separate() {
	if n := len(j.text); n > 0 {
		if last := j.text[n-1]; last != '{' && last != '[' && last != ':' {
			j.text = append(j.text, ',')
		}
	}
}

// Name begins a member of an object; its value is written next. A name must need
// no escapes.
func (j *JSON) Name(name string) *JSON {
	j.separate()
	j.text = append(append(append(j.text, '"'), name...), '"', ':')
	return j
}

// Int writes an integer.
func (j *JSON) Int(n int64) { j.separate(); j.text = strconv.AppendInt(j.text, n, 10) }

// Bool writes true or false.
func (j *JSON) Bool(b bool) { j.separate(); j.text = strconv.AppendBool(j.text, b) }

// Null writes null.
func (j *JSON) Null() { j.Raw([]byte("null")) }

// Raw writes a value that is JSON already.
func (j *JSON) Raw(value []byte) { j.separate(); j.text = append(j.text, value...) }

// Text writes a string, given in parts.
func (j *JSON) Text(parts ...string) {
	j.separate()
	j.text = append(j.text, '"')
	for _, part := range parts {
		j.escape(part)
	}
	j.text = append(j.text, '"')
}

// Texts writes an array of strings.
func (j *JSON) Texts(list []string) {
	j.Open('[')
	for _, text := range list {
		j.Text(text)
	}
	j.Close(']')
}

// Ints writes an array of integers.
func (j *JSON) Ints(list []int64) {
	j.Open('[')
	for _, n := range list {
		j.Int(n)
	}
	j.Close(']')
}

// escape writes what encoding/json would, but for <, > and &.
func (j *JSON) escape(text string) {
	end := len(j.text)
	if j.text = append(j.text, text...); isPlain(j.text[end:]) {
		return
	}
	j.text = j.text[:end]
	from := 0
	for i := 0; i < len(text); {
		b := text[i]
		if b >= ' ' && b != '"' && b != '\\' && b < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		escaped := ""
		switch {
		case b < utf8.RuneSelf:
			escaped = shortEscapes[b]
			if escaped == "" {
				escaped = `\u00` + string(hexadecimal[b>>4]) + string(hexadecimal[b&15])
			}
		case r == utf8.RuneError && size == 1:
			escaped = `\ufffd`
		case r == '\u2028', r == '\u2029': // line ends to JavaScript
			escaped = `\u202` + string(hexadecimal[r&15])
		}
		if escaped != "" {
			j.text = append(append(j.text, text[from:i]...), escaped...)
			from = i + size
		}
		i += size
	}
	j.text = append(j.text, text[from:]...)
}

// isPlain tells whether a text is ASCII without anything to escape. It looks at
// eight bytes at a time.
func isPlain(text []byte) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; len(text) >= 8; text = text[8:] {
		x := binary.LittleEndian.Uint64(text)
		if (x|(x-ones*' ')|((x^ones*'"')-ones)|((x^ones*'\\')-ones))&high != 0 {
			return false
		}
	}
	for _, b := range text {
		if b < ' ' || b == '"' || b == '\\' || b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

const hexadecimal = "0123456789abcdef"

var shortEscapes = map[byte]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

var writers = sync.Pool{New: func() any { return new(JSON) }}

// Render is what a view writes, as compact JSON.
func Render(view View) []byte {
	j := writers.Get().(*JSON)
	defer writers.Put(j)
	j.text = j.text[:0]
	view(j)
	return bytes.Clone(j.text)
}
