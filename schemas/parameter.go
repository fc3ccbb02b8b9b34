package schemas

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Parameter is one path, query or header value of an operation.
type Parameter struct {
	Name     string
	In       string // path, query or header
	Required bool
	Type     ParameterType
}

// A ParameterType is the part of a parameter's schema that can be held against
// text: parameters arrive as strings, so they are parsed rather than validated.
type ParameterType struct {
	Type      string         `yaml:"type"`
	Format    string         `yaml:"format"`
	Default   any            `yaml:"default"`
	Minimum   *int64         `yaml:"minimum"`
	Maximum   *int64         `yaml:"maximum"`
	MinLength int            `yaml:"minLength"`
	MaxLength *int           `yaml:"maxLength"`
	Enum      []string       `yaml:"enum"`
	Pattern   string         `yaml:"pattern"`
	Items     *ParameterType `yaml:"items"`
	Title     string         `yaml:"title"`
	Summary   string         `yaml:"description"`
	Example   any            `yaml:"example"`
	Secret    bool           `yaml:"x-secret"` // people are not shown it
	Strict    map[string]any `yaml:"x-strict"` // what the vendor's own checks refuse

	pattern *regexp.Regexp
}

func (t *ParameterType) compile() error {
	switch t.Type {
	case "integer", "string", "boolean":
	case "array":
		if t.Items == nil {
			return fmt.Errorf("an array parameter needs items")
		}
		return t.Items.compile()
	default:
		return fmt.Errorf("type %q: write integer, string, boolean or array", t.Type)
	}
	if t.Format != "" && formats[t.Format] == nil {
		return fmt.Errorf("format %q is not checked here; known are %s", t.Format, strings.Join(formatNames(), ", "))
	}
	var err error
	if t.Pattern != "" {
		t.pattern, err = regexp.Compile(t.Pattern)
	}
	return err
}

// Parse reads the values given for the parameter. The result is int64, string,
// bool or []any; nil when none is given and there is no default. The error says
// what is wrong and what is expected, without the parameter's name.
func (t *ParameterType) Parse(values []string) (any, error) {
	if len(values) == 0 {
		return t.Default, nil
	}
	if t.Type == "array" {
		items := make([]any, len(values))
		for i, v := range values {
			item, err := t.Items.one(v)
			if err != nil {
				return nil, err
			}
			items[i] = item
		}
		return items, nil
	}
	if len(values) > 1 {
		return nil, fmt.Errorf("is given %d times; give it once", len(values))
	}
	return t.one(values[0])
}

func (t *ParameterType) one(text string) (any, error) {
	switch t.Type {
	case "integer":
		return t.integer(text)
	case "boolean":
		switch strings.ToLower(text) {
		case "true":
			return true, nil
		case "false":
			return false, nil
		}
		return nil, fmt.Errorf("is %s; write true or false", quote(text))
	default:
		return t.text(text)
	}
}

func (t *ParameterType) integer(text string) (any, error) {
	low, high := int64(math.MinInt64), int64(math.MaxInt64)
	if t.Format == "int32" {
		low, high = math.MinInt32, math.MaxInt32
	}
	if t.Minimum != nil {
		low = max(low, *t.Minimum)
	}
	if t.Maximum != nil {
		high = min(high, *t.Maximum)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	// One integer has one spelling: "+1" and "01" are not read as 1.
	if err != nil || strconv.FormatInt(n, 10) != text || n < low || n > high {
		return nil, fmt.Errorf("is %s; write an integer from %d to %d", quote(text), low, high)
	}
	return n, nil
}

func (t *ParameterType) text(text string) (any, error) {
	length := utf8.RuneCountInString(text)
	switch {
	case len(t.Enum) > 0 && !slices.Contains(t.Enum, text):
		return nil, fmt.Errorf("is %s; write one of %s", quote(text), strings.Join(t.Enum, ", "))
	case length < t.MinLength:
		return nil, fmt.Errorf("is %s; write at least %d characters", quote(text), t.MinLength)
	case t.MaxLength != nil && length > *t.MaxLength:
		return nil, fmt.Errorf("has %d characters; write at most %d", length, *t.MaxLength)
	case t.pattern != nil && !t.pattern.MatchString(text):
		return nil, fmt.Errorf("is %s; it must match %s", quote(text), t.Pattern)
	case t.Format != "" && !validFormat(t.Format, text):
		return nil, fmt.Errorf("is %s; write a %s", quote(text), t.Format)
	}
	return text, nil
}

func quote(s string) string {
	if len(s) > 60 {
		s = s[:60] + "…"
	}
	return strconv.Quote(s)
}
