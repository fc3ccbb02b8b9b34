//go:build e2e

// Package e2e_test holds the mock to programs that others made: balancers,
// browsers, clients. "make e2e" runs it; what is missing is an error that says
// how to install it, never a skip.
package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// need finds a program, or ends the test with how to install it. Programs of
// other registries than the system's may be in the cache.
func need(t testing.TB, program, install string) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{program, "/usr/sbin/" + program, filepath.Join(cache, "rolecall", "e2e", "bin", program)} {
		if found, err := exec.LookPath(place); err == nil {
			return found
		}
	}
	t.Fatalf("%s is missing; install it: %s", program, install)
	return ""
}
