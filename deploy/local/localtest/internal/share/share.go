// Package share is what test processes and the keeper of their engines agree on: a folder of files
// that belongs to one `go test` run.
package share

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"kedai/deploy/local"
)

// The files of a run's folder.
const (
	StartFile = "start.lock" // Held by whoever starts or stops the engines.
	UsersFile = "users.lock" // Held, shared, by each process that uses the engines.
	StateFile = "engines.json"
	LogFile   = "keeper.log"
)

// State is what the keeper writes once, when the engines are ready or can't be had.
type State struct {
	Keeper    int             `json:"keeper"`
	Addresses local.Addresses `json:"addresses"`
	Error     string          `json:"error,omitempty"`
}

// ErrGone says that the folder was removed while its lock was waited for.
var ErrGone = errors.New("the engines have just stopped")

// Folder makes the folder of the run that the given process stands for. Its name holds the
// process's start, because process IDs come again.
func Folder(parent int) (string, error) {
	started := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, local.StartedAt(parent))
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("kedai-test-%d-%d-%s", os.Getuid(), parent, started))
	if err := local.PrivateFolder(dir); err != nil {
		return "", fmt.Errorf("make the folder of the shared engines: %w", err)
	}
	return dir, nil
}

// Lock takes a lock, waiting for it unless how says otherwise, and checks that what was locked is
// still the file of that name.
func Lock(path string, how int) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|syscall.O_NOFOLLOW, 0o600)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrGone
	}
	if err != nil {
		return nil, fmt.Errorf("open a lock: %w", err)
	}
	for {
		err = syscall.Flock(int(f.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	held, err1 := f.Stat()
	named, err2 := os.Stat(path)
	if err1 != nil || err2 != nil || !os.SameFile(held, named) {
		_ = f.Close()
		return nil, ErrGone
	}
	return f, nil
}
