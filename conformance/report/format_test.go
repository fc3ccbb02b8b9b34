package report_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolecall/rolecall/conformance/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares with a file of testdata, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run go test with -update and look at what it writes", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got), see -update:\n%s", path, diff)
	}
}

func written(t *testing.T, format string, r *report.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.Write(&b, format, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryFormatHasGoldenFiles(t *testing.T) {
	for _, format := range report.Formats() {
		t.Run(format, func(t *testing.T) {
			golden(t, "sample."+format, written(t, format, sample()))
			golden(t, "green."+format, written(t, format, green()))
		})
	}
}

func TestEveryFormatTakesAnEmptyReport(t *testing.T) {
	for _, format := range report.Formats() {
		t.Run(format, func(t *testing.T) {
			if len(written(t, format, &report.Report{})) == 0 {
				t.Error("it wrote nothing")
			}
		})
	}
}

func TestEveryFormatWritesTheSameTwice(t *testing.T) {
	for _, format := range report.Formats() {
		if diff := cmp.Diff(written(t, format, sample()), written(t, format, sample())); diff != "" {
			t.Errorf("%s: %s", format, diff)
		}
	}
}

func TestAnUnknownFormatIsRefusedWithTheNames(t *testing.T) {
	err := report.Write(&bytes.Buffer{}, "xml", green())
	if err == nil || !bytes.Contains([]byte(err.Error()), []byte("junit")) {
		t.Errorf("got %v", err)
	}
}

func TestNoFormatPassesControlCharacters(t *testing.T) {
	for _, format := range report.Formats() {
		for i, c := range string(written(t, format, sample())) {
			if c < ' ' && c != '\n' && c != '\t' || c == '\u202e' && format != "json" {
				t.Errorf("%s has %q at byte %d", format, c, i)
			}
		}
	}
}

func TestAWriterThatFailsIsReported(t *testing.T) {
	closed, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	for _, format := range report.Formats() {
		if err := report.Write(closed, format, sample()); err == nil {
			t.Errorf("%s: no error", format)
		}
	}
}
