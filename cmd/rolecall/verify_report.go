package main

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

// conclude writes every report and turns the verdict into the exit status.
func (f *verifyFlags) conclude(out io.Writer, r *report.Report, reports map[string]string) error {
	if f.preflight {
		return preflightTable(out, r)
	}
	return writeReports(out, r, reports)
}

// writeReports writes every report, and the one in plain text on standard
// output unless another is to go there. The error is the verdict.
func writeReports(out io.Writer, r *report.Report, reports map[string]string) error {
	if !slices.Contains(slices.Collect(maps.Values(reports)), "-") {
		if err := report.Text(out, r); err != nil {
			return err
		}
	}
	for _, format := range slices.Sorted(maps.Keys(reports)) {
		if err := writeReport(out, reports[format], format, r); err != nil {
			return err
		}
	}
	if status := r.ExitStatus(); status != report.ExitConformant {
		return &exitStatus{code: status}
	}
	return nil
}

// reportFiles reads --report flags. What could not be written after the run is
// refused before it.
func reportFiles(flags []string) (map[string]string, error) {
	files, err := pairs("report", flags)
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
