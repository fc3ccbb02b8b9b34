package devicehive

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/rolecall/rolecall/mockserver/engine"
)

// lenientJSON rewrites a body as strict JSON that says what the server's reader
// makes of it. That reader, Gson set to lenient, also takes single quotes, bare
// words, comments, "=" or "=>" for a colon, ";" for a comma, nothing for null in
// lists, control characters in strings, a guard against script inclusion in
// front, and the last of equal names. A body without a value becomes empty.
func lenientJSON(body []byte) ([]byte, error) {
	text := strings.TrimPrefix(strings.ToValidUTF8(string(body), "\uFFFD"), "\uFEFF")
	d := json.NewDecoder(strings.NewReader(strictTokens(lenientPrefix.ReplaceAllString(text, ""))))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err == io.EOF {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("something follows the value")
	}
	if object, ok := value.(map[string]any); ok {
		for name, v := range object {
			object[name] = coerced(name, v)
		}
	}
	return engine.CompactJSON(value)
}

var (
	lenientPrefix = regexp.MustCompile(`^[ \t\r\n]*\)\]\}'\n`)
	lenientToken  = regexp.MustCompile(`(?s)[ \t\r\n]+|(?:#|//)[^\n]*|/\*.*?\*/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|=>|[^/\\;#={}\[\]:,"' \t\f\r\n][^/\\;#={}\[\]:, \t\f\r\n]*|.`)
	inString      = regexp.MustCompile(`(?s)\\.|["\x00-\x1f]`)
	// An exponent of more digits would cost its value in digits to read.
	numberForm = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$`)
)

// strictTokens spells each token as JSON does. Whether they make a value is for
// the JSON reader to say.
func strictTokens(text string) string {
	var out strings.Builder
	var within []byte // the brackets that are open
	last := byte(' ')
	for _, token := range lenientToken.FindAllString(text, -1) {
		inList := len(within) > 0 && within[len(within)-1] == '['
		separated := last == ',' || last == '['
		switch c := token[0]; {
		case strings.IndexByte(" \t\r\n#", c) >= 0, c == '/' && len(token) > 1:
			continue
		case (c == '"' || c == '\'') && len(token) > 1:
			token = `"` + inString.ReplaceAllStringFunc(token[1:len(token)-1], strictPart) + `"`
		case c == '{', c == '[':
			within = append(within, c)
		case c == '}', c == ']':
			within = within[:max(len(within)-1, 0)]
			if inList && last == ',' {
				token = "null" + token
			}
		case c == '=':
			token = ":"
		case c == ';', c == ',':
			if token = ","; inList && separated {
				token = "null,"
			}
		case strings.IndexByte("\"'/\\", c) >= 0:
			token = "?" // it begins what does not end
		case c != ':':
			token = strictWord(token, !inList && (last == '{' || last == ','))
		}
		last = token[len(token)-1]
		out.WriteString(token + " ")
	}
	return out.String()
}

func strictPart(part string) string {
	switch {
	case part == `\'`:
		return "'"
	case part == "\\\n":
		return `\n`
	case len(part) > 1:
		return part
	}
	return fmt.Sprintf(`\u%04x`, part[0])
}

// strictWord is what a word without quotes stands for; text if nothing else.
func strictWord(word string, isName bool) string {
	switch lower := strings.ToLower(word); {
	case isName:
	case lower == "true", lower == "false", lower == "null":
		return lower
	case numberForm.MatchString(word):
		return word
	}
	return string(appendText(nil, word))
}

// coerced turns a value into the type that the server's reader looks for under
// the name. What cannot be turned stays, for the schema to refuse.
func coerced(name string, value any) any {
	scalar := fmt.Sprint(value)
	switch value.(type) {
	case nil, map[string]any, []any:
		return value
	}
	text, isText := value.(string)
	switch name {
	case "login", "password", "oldPassword", "refreshToken", "name", "description":
		return scalar
	case "role", "status", "userId":
		f, err := strconv.ParseFloat(strings.TrimSpace(scalar), 64)
		if n, wrong := strconv.ParseInt(scalar, 10, 64); wrong == nil {
			return n
		} else if err == nil && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return int64(f)
		}
	case "introReviewed", "allDeviceTypesAvailable":
		if isText {
			return strings.EqualFold(text, "true")
		}
	}
	return value
}
