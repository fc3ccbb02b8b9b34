package schemas

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// MaxDepth is how deep arrays and objects of a body may nest.
const MaxDepth = 64

// StrictJSON refuses a document that two readers could read differently:
// invalid UTF-8, more or less than one value, a name given twice in one
// object, a number beyond what floating point holds. It also refuses nesting
// that is there to do harm. The error says what is wrong and where.
func StrictJSON(document []byte) error {
	if !utf8.Valid(document) {
		return fmt.Errorf("the body is not valid UTF-8")
	}
	if depth := depthOf(document); depth > MaxDepth {
		return fmt.Errorf("the body nests %d levels deep; the limit is %d", depth, MaxDepth)
	}
	if !gjson.ValidBytes(document) {
		return fmt.Errorf("the body is not one JSON value; look for a missing quote or comma, or for text after the end")
	}
	return unambiguous(gjson.ParseBytes(document), "")
}

// depthOf counts brackets outside strings. It stops counting where it no
// longer matters, so a hostile body costs one pass at most.
func depthOf(document []byte) int {
	depth, deepest, quoted := 0, 0, false
	for i := 0; i < len(document) && deepest <= MaxDepth; i++ {
		switch b := document[i]; {
		case quoted && b == '\\':
			i++
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '[' || b == '{':
			depth++
			deepest = max(deepest, depth)
		case b == ']' || b == '}':
			depth--
		}
	}
	return deepest
}

func unambiguous(value gjson.Result, at string) (err error) {
	if value.Type == gjson.Number && !holds(value.Raw) {
		return fmt.Errorf("the body has a number that is out of range%s", where(at))
	}
	if !value.IsObject() && !value.IsArray() {
		return nil
	}
	var seen map[string]bool
	if value.IsObject() {
		seen = make(map[string]bool, 8)
	}
	place := 0
	value.ForEach(func(key, member gjson.Result) bool {
		if seen == nil {
			if member.Type == gjson.JSON || member.Type == gjson.Number {
				err = unambiguous(member, at+"/"+strconv.Itoa(place))
			}
			place++
			return err == nil
		}
		name := key.String()
		if seen[name] {
			err = fmt.Errorf("the body gives the name %q twice in one object%s", name, where(at))
			return false
		}
		seen[name] = true
		if member.Type == gjson.JSON || member.Type == gjson.Number {
			err = unambiguous(member, at+"/"+name)
		}
		return err == nil
	})
	return err
}

// holds tells whether floating point holds a number. Exact readers take the
// exponent as it is, at the cost of as many digits.
func holds(number string) bool {
	_, err := strconv.ParseFloat(number, 64)
	e := strings.IndexAny(number, "eE")
	return err == nil && (e < 0 || len(strings.TrimLeft(number[e+1:], "+-0")) <= 3)
}

func where(at string) string {
	if at == "" {
		return ""
	}
	return ", at " + at
}
