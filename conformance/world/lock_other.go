//go:build !unix

package world

import "os"

const alone, together = 0, 0

func lock(*os.File, int) error { return nil }
