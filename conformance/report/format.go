package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// formats are the forms in which a report is written, by the name that
// --report takes. A test walks them.
var formats = map[string]func(io.Writer, *Report) error{
	"claim":    Claim,
	"html":     HTML,
	"json":     JSON,
	"junit":    JUnit,
	"markdown": Markdown,
	"sarif":    SARIF,
	"text":     Text,
}

// Formats lists the names of the formats, sorted.
func Formats() []string { return slices.Sorted(maps.Keys(formats)) }

// Write writes a report in a format, by name.
func Write(w io.Writer, format string, r *Report) error {
	write, ok := formats[format]
	if !ok {
		return fmt.Errorf("there is no report format %q; the formats are %s", format, strings.Join(Formats(), ", "))
	}
	return write(w, r)
}
