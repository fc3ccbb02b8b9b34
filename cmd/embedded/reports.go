package embedded

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/schemas"
)

// WriteReports writes every report, and the one in plain text on out unless
// another is to go there. Files are by format; "-" is out.
func WriteReports(out io.Writer, r *report.Report, files map[string]string) error {
	if !slices.Contains(slices.Collect(maps.Values(files)), "-") {
		if err := report.Text(out, r); err != nil {
			return err
		}
	}
	for _, format := range slices.Sorted(maps.Keys(files)) {
		if err := writeReport(out, files[format], format, r); err != nil {
			return err
		}
	}
	return nil
}

// ReportFiles reads --report flags. What could not be written after the run is
// refused before it.
func ReportFiles(flags []string) (map[string]string, error) {
	files, err := Pairs("report", flags)
	if err != nil {
		return nil, err
	}
	for format, file := range files {
		if !slices.Contains(report.Formats(), format) {
			return nil, fmt.Errorf("there is no report format %q%s", format, schemas.Suggest(format, report.Formats()))
		}
		if dir, err := os.Stat(filepath.Dir(file)); file != "-" && (err != nil || !dir.IsDir()) {
			return nil, fmt.Errorf("--report %s=%s: there is no folder %s", format, file, filepath.Dir(file))
		}
	}
	return files, nil
}

// writeReport writes a report whole or not at all. "-" is standard output.
func writeReport(out io.Writer, path, format string, r *report.Report) error {
	var b bytes.Buffer
	if err := report.Write(&b, format, r); err != nil {
		return err
	}
	if path == "-" {
		_, err := out.Write(b.Bytes())
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}
