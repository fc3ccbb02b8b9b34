package schemas

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A keyword is what may stand under one key of a schema.
type keyword struct {
	takes string // for errors
	fits  func(value any) bool
	parts func(value any) map[string]any // the schemas within, by their place; nil for none
}

// keywords are those that gojsonschema gets right, and the annotations that it
// may ignore. It passes over any other in silence, so any other is refused.
var keywords = map[string]keyword{
	"$schema": textual, "$ref": textual, "title": textual, "description": textual, "format": textual,
	"default": {takes: "anything", fits: anything}, "const": {takes: "anything", fits: anything},
	"examples": listed, "enum": listed,
	// Ours: what people are not shown, and what is refused by the vendor's own
	// checks, in its own words, and not because of the contract.
	"x-secret": logical, "x-strict": {takes: "keywords", fits: is[map[string]any], parts: forReaders},
	"readOnly": logical, "uniqueItems": logical,
	"minimum": numeric, "maximum": numeric, "minItems": numeric, "maxItems": numeric, "minLength": numeric, "maxLength": numeric,
	"type":       {takes: "a type, or a list of types", fits: isType},
	"required":   {takes: "a list of names", fits: isNames},
	"pattern":    {takes: "a regular expression", fits: isPattern},
	"properties": {takes: "schemas by name", fits: is[map[string]any], parts: members},
	"items":      oneSchema, "additionalProperties": oneSchema, "not": oneSchema,
	"anyOf": manySchemas, "oneOf": manySchemas, "allOf": manySchemas,
}

var (
	textual     = keyword{takes: "text", fits: is[string]}
	listed      = keyword{takes: "a list", fits: is[[]any]}
	logical     = keyword{takes: "true or false", fits: is[bool]}
	numeric     = keyword{takes: "a number", fits: is[float64]}
	oneSchema   = keyword{takes: "a schema", fits: anything, parts: func(v any) map[string]any { return map[string]any{"": v} }}
	manySchemas = keyword{takes: "a list of schemas", fits: is[[]any], parts: elements}
)

func anything(any) bool    { return true }
func is[T any](v any) bool { _, ok := v.(T); return ok }

func isNames(v any) bool {
	names, ok := v.([]any)
	return ok && !slices.ContainsFunc(names, func(n any) bool { return !is[string](n) })
}

func isPattern(v any) bool {
	pattern, ok := v.(string)
	_, err := regexp.Compile(pattern)
	return ok && err == nil
}

func isType(v any) bool {
	types, ok := v.([]any)
	if !ok {
		types = []any{v}
	}
	known := []any{"null", "boolean", "object", "array", "number", "string", "integer"}
	return !slices.ContainsFunc(types, func(t any) bool { return !is[string](t) || !slices.Contains(known, t) })
}

func members(v any) map[string]any {
	parts := map[string]any{}
	for name, s := range v.(map[string]any) {
		parts["/"+name] = s
	}
	return parts
}

func elements(v any) map[string]any {
	parts := map[string]any{}
	for i, s := range v.([]any) {
		parts["/"+strconv.Itoa(i)] = s
	}
	return parts
}

// forReaders has patterns as other people's tools read them: by ECMA 262.
func forReaders(v any) map[string]any {
	within := maps.Clone(v.(map[string]any))
	if pattern, ok := within["pattern"].(string); ok {
		within["pattern"] = ecmaCharacter.ReplaceAllString(pattern, `\x{$1}`)
	}
	return map[string]any{"": within}
}

var ecmaCharacter = regexp.MustCompile(`\\u([0-9a-fA-F]{4})`)

// checkKeywords refuses what the validator would pass over in silence. Errors
// say where, as a path of keys.
func checkKeywords(schema any, at string, known map[string][]byte) error {
	if is[bool](schema) {
		return nil
	}
	node, ok := schema.(map[string]any)
	if !ok {
		return fmt.Errorf("%s: a schema must be an object or a boolean", orRoot(at))
	}
	for _, key := range slices.Sorted(maps.Keys(node)) {
		word, supported := keywords[key]
		if !supported {
			return fmt.Errorf("%s: keyword %q is not supported by the validator and would be ignored", orRoot(at), key)
		}
		if !word.fits(node[key]) {
			return fmt.Errorf("%s/%s: write %s", at, key, word.takes)
		}
	}
	if ref, ok := node["$ref"].(string); ok {
		if len(node) > 1 {
			return fmt.Errorf("%s: $ref must stand alone; draft-07 ignores what stands beside it", orRoot(at))
		}
		if _, found := known[ref]; !found {
			return fmt.Errorf("%s: $ref %q names no schema file of this folder", orRoot(at), ref)
		}
	}
	if format, ok := node["format"].(string); ok && formats[format] == nil {
		return fmt.Errorf("%s: format %q is not checked here; known are %s", orRoot(at), format, strings.Join(formatNames(), ", "))
	}
	for _, key := range slices.Sorted(maps.Keys(node)) {
		if parts := keywords[key].parts; parts != nil {
			within := parts(node[key])
			for _, place := range slices.Sorted(maps.Keys(within)) {
				if err := checkKeywords(within[place], at+"/"+key+place, known); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func orRoot(at string) string {
	if at == "" {
		return "(root)"
	}
	return at
}
