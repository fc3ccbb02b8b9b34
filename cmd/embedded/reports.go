package embedded

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/renameio/v2"

	"github.com/rolecall/rolecall/conformance/report"
	"github.com/rolecall/rolecall/schemas"
)

// WriteReports writes every report, the files first, and the one in plain text on
// out unless another is to go there. Files are by format; "-" is out. What cannot
// be written costs only that report; the error names each.
func WriteReports(out io.Writer, r *report.Report, files map[string]string) error {
	var errs []error
	spoken := "text"
	for _, format := range slices.Sorted(maps.Keys(files)) {
		if files[format] == "-" {
			spoken = format
		} else if err := writeReport(files[format], format, r); err != nil {
			errs = append(errs, fmt.Errorf("the report %s=%s could not be written: %w", format, files[format], err))
		}
	}
	if err := report.Write(out, spoken, r); err != nil {
		errs = append(errs, fmt.Errorf("the report %s on standard output could not be written: %w", spoken, err))
	}
	return errors.Join(errs...)
}

// ReportFiles reads --report flags. What could not be written after the run is
// refused before it.
func ReportFiles(flags []string) (map[string]string, error) {
	files, err := Pairs("report", flags)
	if err != nil {
		return nil, err
	}
	by := map[string]string{}
	for _, format := range slices.Sorted(maps.Keys(files)) {
		file := files[format]
		if other := by[filepath.Clean(file)]; other != "" {
			return nil, fmt.Errorf("--report %s=%s: %s goes there already; give each its own", format, file, other)
		}
		by[filepath.Clean(file)] = format
		if !slices.Contains(report.Formats(), format) {
			return nil, fmt.Errorf("there is no report format %q%s", format, schemas.Suggest(format, report.Formats()))
		}
		if dir, err := os.Stat(filepath.Dir(file)); file != "-" && (err != nil || !dir.IsDir()) {
			return nil, fmt.Errorf("--report %s=%s: there is no folder %s", format, file, filepath.Dir(file))
		}
	}
	return files, nil
}

// writeReport writes a report whole, or leaves the old one.
func writeReport(path, format string, r *report.Report) error {
	var b bytes.Buffer
	if err := report.Write(&b, format, r); err != nil {
		return err
	}
	if at, err := os.Stat(path); err == nil && !at.Mode().IsRegular() { // a device or a pipe is no file to replace
		return os.WriteFile(path, b.Bytes(), 0o644)
	}
	return renameio.WriteFile(path, b.Bytes(), 0o644)
}
