//go:build unix

package world

import (
	"os"
	"syscall"
)

const (
	alone    = syscall.LOCK_EX | syscall.LOCK_NB
	together = syscall.LOCK_SH
)

// lock keeps runs and sweeps of one ledger apart. It ends with the process.
func lock(f *os.File, how int) error { return syscall.Flock(int(f.Fd()), how) }
