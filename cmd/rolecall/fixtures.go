package main

import (
	"fmt"
	"io/fs"
	"log/slog"
	"os"
)

// fixturesFrom is the folder whose files replace embedded fixtures; nil for none.
func fixturesFrom(dir string) (fs.FS, error) {
	if dir == "" {
		return nil, nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("--fixtures %s is no folder", dir)
	}
	return os.DirFS(dir), nil
}

// quiet silences the mock's log: a defect that is on makes it complain of
// itself, and that is what it is for.
func quiet() { slog.SetDefault(slog.New(slog.DiscardHandler)) }
