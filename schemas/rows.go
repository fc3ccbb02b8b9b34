package schemas

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

// A Place is where a record stands.
type Place struct {
	File string
	Line int // 0 where it has none
}

// Errorf makes an error that begins with the file and line.
func (p Place) Errorf(format string, args ...any) error {
	if p.Line == 0 {
		return fmt.Errorf("%s: %w", p.File, fmt.Errorf(format, args...))
	}
	return fmt.Errorf("%s:%d: %w", p.File, p.Line, fmt.Errorf(format, args...))
}

// A Row is one record of a YAML list and where it stands.
type Row[T any] struct {
	Record T
	Place
}

// DecodeRows reads a YAML list of records as strictly as DecodeYAML.
func DecodeRows[T any](file string, text []byte) ([]Row[T], error) {
	var records []T
	places, err := DecodeList(file, text, &records)
	if err != nil {
		return nil, err
	}
	rows := make([]Row[T], len(records))
	for i, place := range places {
		rows[i] = Row[T]{records[i], place}
	}
	return rows, nil
}

// DecodeList reads a YAML list of records, as strictly as DecodeYAML, into the
// slice that a pointer points to, and says where each stands.
func DecodeList(file string, text []byte, list any) ([]Place, error) {
	if err := DecodeYAML(file, text, list); err != nil {
		return nil, err
	}
	var lines []yaml.Node
	if err := yaml.Unmarshal(text, &lines); err != nil {
		return nil, source{name: file}.explained(err)
	}
	places := make([]Place, len(lines))
	for i, line := range lines {
		places[i] = Place{file, line.Line}
	}
	return places, nil
}

// Tables are records, table by table: of folder of fixtures, of a document, of a file that
// the mock keeps its state in.
type Tables interface {
	// Read reads the records of a table into the slice that a pointer points to,
	// and says where each stands.
	Read(table string, list any) ([]Place, error)
	// Trusted tells whether the records are the mock's own and need no check.
	Trusted() bool
}

// Each puts the records of a table, one after the other. What is wrong with one
// ends it, and is the error, after file and line.
func Each[T any](from Tables, table string, wrong func(T) error, put func(T)) error {
	var records []T
	places, err := from.Read(table, &records)
	if err != nil {
		return err
	}
	for i, record := range records {
		if !from.Trusted() {
			if err := wrong(record); err != nil {
				return places[i].Errorf("%w", err)
			}
		}
		put(record)
	}
	return nil
}
