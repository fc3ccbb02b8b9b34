package report

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/rolecall/rolecall/schemas"
)

//go:embed report.schema.json
var schema []byte

// Schema is the JSON Schema (draft-07) of the report as JSON writes it.
func Schema() []byte { return bytes.Clone(schema) }

// JSON writes the whole report, for tools and for ReadJSON. Nothing is cut.
func JSON(w io.Writer, r *Report) error {
	whole := *r
	whole.Version = Version
	text, err := json.MarshalIndent(whole.filled(), "", "  ")
	if err != nil {
		return fmt.Errorf("writing the report as JSON: %w", err)
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// filled has empty lists where the schema demands a list.
func (r Report) filled() Report {
	if r.Targets == nil {
		r.Targets = []Target{}
	}
	if r.Rules == nil {
		r.Rules = []Rule{}
	}
	if r.Coverage == nil {
		r.Coverage = []Pair{}
	}
	if r.Suite.Hashes == nil {
		r.Suite.Hashes = map[string]string{}
	}
	return r
}

// ReadJSON reads a report that JSON wrote. It refuses another version, keys
// that it does not know, in any letter case, keys given twice, and anything
// after the report: a gate must not act on half of what it was given.
func ReadJSON(from io.Reader) (*Report, error) {
	text, err := io.ReadAll(from)
	if err != nil {
		return nil, fmt.Errorf("reading the report: %w", err)
	}
	var head struct {
		Version *int `json:"version"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, fmt.Errorf("this is not a report as JSON: %w", err)
	}
	if head.Version == nil {
		return nil, errors.New("this is not a report of rolecall: it has no version")
	}
	if *head.Version != Version {
		return nil, fmt.Errorf("this report has version %d, and this rolecall reads version %d: use the rolecall that wrote it",
			*head.Version, Version)
	}
	if _, err := schemas.Decode(text); err != nil {
		return nil, fmt.Errorf("reading the report: %w", err)
	}
	var document any
	_ = json.Unmarshal(text, &document) // as above
	if key := unknownKey(document, reflect.TypeFor[Report](), ""); key != "" {
		return nil, fmt.Errorf("reading the report: there is no key %s in a report", key)
	}
	var r Report
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("reading the report: %w", err)
	}
	if err := r.sound(); err != nil {
		return nil, err
	}
	return &r, nil
}

// unknownKey finds one that the type does not have, letter by letter: package
// encoding/json takes "RULES" for "rules".
func unknownKey(v any, t reflect.Type, path string) (found string) {
	switch v := v.(type) {
	case []any:
		for i := 0; i < len(v) && t.Kind() == reflect.Slice && found == ""; i++ {
			found = unknownKey(v[i], t.Elem(), fmt.Sprintf("%s[%d]", path, i))
		}
	case map[string]any:
		if t.Kind() != reflect.Struct { // hashes by API, or what decoding will refuse
			return ""
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			at := strings.TrimPrefix(path+"."+key, ".")
			field := slices.IndexFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool {
				return strings.TrimSuffix(f.Tag.Get("json"), ",omitempty") == key
			})
			if field < 0 {
				return at
			}
			if found = unknownKey(v[key], t.Field(field).Type, at); found != "" {
				return found
			}
		}
	}
	return found
}

// sound refuses a report whose verdict could not be trusted.
func (r *Report) sound() error {
	seen := map[string]bool{}
	for i, x := range r.Rules {
		switch {
		case x.ID == "":
			return fmt.Errorf("reading the report: rules[%d] has no id", i)
		case seen[x.ID]:
			return fmt.Errorf("reading the report: the rule %s is in it twice", x.ID)
		case !slices.Contains(Levels, x.Level):
			return fmt.Errorf("reading the report: the rule %s has the level %q; levels are %q", x.ID, x.Level, Levels)
		}
		seen[x.ID] = true
	}
	return nil
}
