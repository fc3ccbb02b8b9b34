package schemas

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/xeipuuv/gojsonschema"
)

// A Schema is one compiled message schema.
type Schema struct {
	Name     string            // the file's name without ".json"
	Examples []json.RawMessage // well-formed instances, from the file

	raw     []byte // as it stands in the file
	compile func() (*gojsonschema.Schema, error)
	proof   *proof
}

// A Violation is one way in which a document breaks its schema.
type Violation struct {
	Path    string // dotted, "(root)" for the document itself
	Message string
	Keyword string // what is broken, as the validator names it: "required", "invalid_type"
}

func (v Violation) String() string {
	if v.Path == "(root)" {
		return v.Message
	}
	return v.Path + ": " + v.Message
}

// Validate holds a JSON document to the schema and returns every violation,
// sorted; none means that it is valid. A document that is no JSON at all, or
// that goes on after its end, is one violation.
func (s *Schema) Validate(document []byte) []Violation {
	if s.proof.proves(document) {
		return nil
	}
	return s.judge(document)
}

// ValidateValue is Validate for a document that is decoded already.
func (s *Schema) ValidateValue(document Value) []Violation {
	if document.Exists() && s.proof.shows(document.text, document.nodes) {
		return nil
	}
	return s.judge(document.Raw())
}

// judge asks the library.
func (s *Schema) judge(document []byte) []Violation {
	value, err := decode(document)
	if err != nil {
		return []Violation{{"(root)", "is not one JSON value", "json"}}
	}
	compiled, err := s.compile()
	if err != nil {
		return []Violation{{"(root)", "the schema does not compile: " + err.Error(), "schema"}}
	}
	result, err := compiled.Validate(gojsonschema.NewRawLoader(value))
	if err != nil {
		return []Violation{{"(root)", err.Error(), "schema"}}
	}
	var found []Violation
	for _, e := range result.Errors() {
		found = append(found, Violation{e.Field(), e.Description(), e.Type()})
	}
	slices.SortFunc(found, func(a, b Violation) int { return strings.Compare(a.String(), b.String()) })
	return found
}

// decode reads a document as gojsonschema would, but for what follows the first
// value: it ignores that.
func decode(document []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(document))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("goes on after its end")
	}
	return value, nil
}

// schemaBase gives the files an address to refer to one another by; nothing is
// ever fetched from it, because every $ref is resolved before compiling.
const schemaBase = "http://rolecall.invalid/"

// loadSchemas reads every JSON file of the folder and checks keywords and
// references. Each schema is compiled once, when first used.
func loadSchemas(dir fs.FS) (map[string]*Schema, error) {
	names, err := fs.Glob(dir, "*.json")
	if err != nil {
		return nil, err
	}
	raw := map[string][]byte{}
	for _, file := range names {
		if raw[file], err = fs.ReadFile(dir, file); err != nil {
			return nil, err
		}
	}
	loader := sync.OnceValues(func() (*gojsonschema.SchemaLoader, error) { return poolOf(raw) })
	schemas, proofs := map[string]*Schema{}, prover{raw, map[string]*proof{}}
	for _, file := range names {
		var doc map[string]any
		if err := json.Unmarshal(raw[file], &doc); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if err := checkKeywords(doc, "", raw); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		var annotations struct {
			Examples []json.RawMessage `json:"examples"`
		}
		if err := json.Unmarshal(raw[file], &annotations); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		schemas[strings.TrimSuffix(path.Base(file), ".json")] = &Schema{
			Name:     strings.TrimSuffix(path.Base(file), ".json"),
			Examples: annotations.Examples,
			raw:      raw[file],
			compile:  compileOnce(loader, file),
			proof:    proofs.file(file),
		}
	}
	return schemas, nil
}

func poolOf(raw map[string][]byte) (*gojsonschema.SchemaLoader, error) {
	pool := gojsonschema.NewSchemaLoader()
	pool.Draft, pool.AutoDetect = gojsonschema.Draft7, false
	for file, text := range raw {
		if err := pool.AddSchema(schemaBase+file, gojsonschema.NewBytesLoader(text)); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return pool, nil
}

// compiling guards the loader: it is not safe for parallel use.
var compiling sync.Mutex

func compileOnce(loader func() (*gojsonschema.SchemaLoader, error), file string) func() (*gojsonschema.Schema, error) {
	return sync.OnceValues(func() (*gojsonschema.Schema, error) {
		compiling.Lock()
		defer compiling.Unlock()
		pool, err := loader()
		if err != nil {
			return nil, err
		}
		return pool.Compile(gojsonschema.NewReferenceLoader(schemaBase + file))
	})
}

// Compact writes a JSON document without white space, for messages.
func Compact(document []byte) string {
	var b bytes.Buffer
	if json.Compact(&b, document) != nil {
		return string(document)
	}
	return b.String()
}
