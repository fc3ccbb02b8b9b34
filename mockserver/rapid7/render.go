package rapid7

import (
	"bytes"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// render writes a body, laid out as recorded consoles do where the edition
// says so.
func render(c *engine.Call, body any) ([]byte, error) {
	compact, err := engine.CompactJSON(body)
	if _, refusal := body.(errorBody); err == nil && !refusal && stateOf(c).settings.ExtraProperties {
		compact = append([]byte(`{"consoleRevision":7,`), compact[1:]...) // every answer is an object with properties
	}
	if err != nil || !stateOf(c).settings.PrettyPrint {
		return compact, err
	}
	return layOut(compact), nil
}

// layOut prints compact JSON as consoles do: two spaces a level of objects, a
// space before and after the colon, and arrays within their line.
func layOut(compact []byte) []byte {
	var out bytes.Buffer
	var open []byte // the brackets that are open
	depth, quoted := 0, false
	newline := func() { out.WriteString("\n" + strings.Repeat("  ", depth)) }
	for i, b := range compact {
		if quoted || b == '"' {
			out.WriteByte(b)
			if b == '"' && !escaped(compact, i) {
				quoted = !quoted
			}
			continue
		}
		empty := i+1 < len(compact) && (b == '{' && compact[i+1] == '}' || b == '[' && compact[i+1] == ']')
		switch b {
		case '{':
			out.WriteByte(b)
			open = append(open, b)
			depth++
			if !empty {
				newline()
			}
		case '[':
			out.WriteByte(b)
			open = append(open, b)
			if !empty {
				out.WriteByte(' ')
			}
		case '}', ']':
			open = open[:len(open)-1]
			if b == '}' {
				depth--
			}
			if b == '}' && compact[i-1] != '{' {
				newline()
			} else {
				out.WriteByte(' ')
			}
			out.WriteByte(b)
		case ',':
			out.WriteByte(b)
			if open[len(open)-1] == '{' {
				newline()
			} else {
				out.WriteByte(' ')
			}
		case ':':
			out.WriteString(" : ")
		default:
			out.WriteByte(b)
		}
	}
	return out.Bytes()
}

// escaped tells whether an odd number of backslashes stands before a place.
func escaped(text []byte, at int) bool {
	n := 0
	for at-n-1 >= 0 && text[at-n-1] == '\\' {
		n++
	}
	return n%2 == 1
}
