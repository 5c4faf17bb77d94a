//go:build failpoints

// Package failpoint lets fault tests kill a process at a named point. In
// builds without the tag failpoints it does nothing.
package failpoint

import (
	"os"
	"path/filepath"
	"syscall"
)

// Hit kills the process where a file of the point's name stands in the folder
// that KEDAI_FAILPOINT_DIR names. The file is removed first, so that each kill
// happens once, in one process, and tests can arm points while it runs.
func Hit(name string) {
	dir := os.Getenv("KEDAI_FAILPOINT_DIR")
	if dir == "" {
		return
	}
	if os.Remove(filepath.Join(dir, name)) == nil {
		_ = syscall.Kill(syscall.Getpid(), syscall.SIGKILL)
		select {} // The signal may be delivered to another thread first.
	}
}
