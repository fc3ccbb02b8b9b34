package schemas

import (
	"math/big"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/xeipuuv/gojsonschema"
)

// formats are strict: the library's own date-time accepts a bare date, and its
// email a name in front of the address.
var formats = map[string]func(any) bool{
	"int32":     integerWithin(32),
	"int64":     integerWithin(64),
	"date-time": onText(isDateTime),
	"email":     onText(isEmail),
	"uri":       onText(isURI),
	"uuid":      onText(IsUUID),
}

// The library's registry of formats is global, so they are registered here and
// nowhere else.
func init() {
	for name, check := range formats {
		gojsonschema.FormatCheckers.Add(name, formatChecker(check))
	}
}

type formatChecker func(any) bool

func (f formatChecker) IsFormat(v any) bool { return f(v) }

func validFormat(name string, v any) bool {
	check, known := formats[name]
	return !known || check(v)
}

func formatNames() []string {
	var names []string
	for n := range formats {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// A format says something of one type only; it holds for values of any other.
func onText(check func(string) bool) func(any) bool {
	return func(v any) bool {
		s, ok := v.(string)
		return !ok || check(s)
	}
}

func integerWithin(bits uint) func(any) bool {
	high := new(big.Int).Lsh(big.NewInt(1), bits-1)
	low := new(big.Int).Neg(high)
	return func(v any) bool {
		n, ok := v.(*big.Rat)
		return !ok || n.IsInt() && n.Num().Cmp(low) >= 0 && n.Num().Cmp(high) < 0
	}
}

func isDateTime(s string) bool {
	_, err := time.Parse(time.RFC3339Nano, s)
	return err == nil
}

func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && strings.Contains(s, "@")
}

var uuidForm = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// IsUUID tells whether a text is a UUID of any version, in any letter case.
func IsUUID(s string) bool { return uuidForm.MatchString(s) }

func isURI(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.IsAbs()
}
