package schemas

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxDepth is how deep arrays and objects of a body may nest.
const MaxDepth = 64

// Decode reads a document, once, and refuses one that two readers could read
// differently: invalid UTF-8, more or less than one value, a name given twice
// in one object, a number beyond what floating point holds. It also refuses
// nesting that is there to do harm. The error says what is wrong and where;
// beside it comes the value all the same, where there is exactly one.
func Decode(document []byte) (Value, error) {
	p := parser{text: document, nodes: make([]node, 0, 4+len(document)/8), limit: MaxDepth}
	switch one := p.document(); {
	case !utf8.Valid(document):
		return Value{}, fmt.Errorf("the body is not valid UTF-8")
	case p.deep:
		return Value{}, fmt.Errorf("the body nests %d levels deep; the limit is %d", MaxDepth+1, MaxDepth)
	case !one:
		return Value{}, fmt.Errorf("the body is not one JSON value; look for a missing quote or comma, or for text after the end")
	}
	root := Value{document, p.nodes}
	return root, root.unambiguous("")
}

// DecodeOwn reads a document that this program wrote, or says that it is none.
func DecodeOwn(document []byte) (Value, error) {
	p := parser{text: document, limit: deepest}
	if !p.document() {
		return Value{}, fmt.Errorf("the body is not one JSON value")
	}
	return Value{document, p.nodes}, nil
}

// deepest is how deep encoding/json reads.
const deepest = 10_000

// A node is one value of a document, or the name of a member, which stands
// before its value. What is within a value follows it.
type node struct {
	kind     Kind
	escaped  bool  // a string with backslashes
	from, to int32 // where it stands in the text, quotes included
	size     int32 // nodes: itself and what is within
}

type parser struct {
	text  []byte
	at    int
	nodes []node
	limit int  // how deep it may nest
	deep  bool // it nests deeper
}

func (p *parser) document() bool { return p.value(0) && p.next() == 0 && p.at == len(p.text) }

// next skips white space and shows the byte that follows; 0 at the end.
func (p *parser) next() byte {
	for ; p.at < len(p.text); p.at++ {
		if b := p.text[p.at]; b != ' ' && b != '\n' && b != '\t' && b != '\r' {
			return b
		}
	}
	return 0
}

func (p *parser) value(depth int) bool {
	first, here, n := p.next(), len(p.nodes), node{from: int32(p.at)}
	p.nodes = append(p.nodes, n)
	ok := false
	switch first {
	case '{', '[':
		if n.kind = Array; first == '{' {
			n.kind = Object
		}
		if p.deep = depth == p.limit; !p.deep {
			ok = p.members(first, depth+1)
		}
	case '"':
		n.kind = String
		ok, n.escaped = p.quoted()
	case 't':
		n.kind, ok = True, p.word("true")
	case 'f':
		n.kind, ok = False, p.word("false")
	case 'n':
		ok = p.word("null")
	default:
		n.kind, ok = Number, p.number()
	}
	n.to, n.size = int32(p.at), int32(len(p.nodes)-here)
	p.nodes[here] = n
	return ok
}

// members reads what is within brackets, of which the first is next.
func (p *parser) members(open byte, depth int) bool {
	end := open + 2 // as it is in ASCII
	p.at++
	if p.next() == end {
		p.at++
		return true
	}
	for {
		if open == '{' {
			if p.next() != '"' || !p.value(depth) || p.next() != ':' {
				return false
			}
			p.at++
		}
		if !p.value(depth) {
			return false
		}
		after := p.next()
		p.at++
		if after != ',' {
			return after == end
		}
	}
}

func (p *parser) word(word string) bool {
	found := strings.HasPrefix(string(p.text[p.at:min(p.at+len(word), len(p.text))]), word)
	p.at += len(word)
	return found
}

// quoted reads a string, of which the first quote is next.
func (p *parser) quoted() (ok, escaped bool) {
	for p.at++; ; {
		p.at += verbatim(p.text[p.at:])
		if p.at >= len(p.text) {
			return false, escaped
		}
		switch b := p.text[p.at]; {
		case b == '"':
			p.at++
			return true, escaped
		case b != '\\' || p.at+1 >= len(p.text):
			return false, escaped
		}
		escaped = true
		switch next := p.text[p.at+1]; {
		case next == 'u' && p.at+6 <= len(p.text):
			if _, err := strconv.ParseUint(string(p.text[p.at+2:p.at+6]), 16, 16); err != nil {
				return false, escaped
			}
			p.at += 6
		case strings.IndexByte(`"\/bfnrt`, next) >= 0:
			p.at += 2
		default:
			return false, escaped
		}
	}
}

// verbatim is how many bytes at the beginning stand for themselves in a string:
// it stops at a quote, a backslash or a control character. It looks at eight
// bytes at a time.
func verbatim(text []byte) (n int) {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; n+8 <= len(text); n += 8 {
		x := binary.LittleEndian.Uint64(text[n:])
		quote, slash := x^ones*'"', x^ones*'\\'
		if ((x-ones*' ')&^x|(quote-ones)&^quote|(slash-ones)&^slash)&high != 0 {
			break
		}
	}
	for n < len(text) && text[n] >= ' ' && text[n] != '"' && text[n] != '\\' {
		n++
	}
	return n
}

func (p *parser) number() bool {
	if p.peek() == '-' {
		p.at++
	}
	if p.peek() == '0' {
		p.at++
	} else if !p.digits() {
		return false
	}
	if p.peek() == '.' {
		if p.at++; !p.digits() {
			return false
		}
	}
	if p.peek()|0x20 != 'e' {
		return true
	}
	p.at++
	if sign := p.peek(); sign == '+' || sign == '-' {
		p.at++
	}
	return p.digits()
}

// peek shows the next byte; 0 at the end.
func (p *parser) peek() byte {
	if p.at < len(p.text) {
		return p.text[p.at]
	}
	return 0
}

func (p *parser) digits() bool {
	from := p.at
	for b := p.peek(); '0' <= b && b <= '9'; b = p.peek() {
		p.at++
	}
	return p.at > from
}
