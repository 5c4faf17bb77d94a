package local

import (
	"os"
	"path/filepath"
	"time"
)

const (
	ephemeralPrefix = "kedai-ephemeral-"
	// youngFolder is the age under which a folder may belong to a stack that has yet to lock it.
	youngFolder = time.Minute
)

// removeFolder removes a throw-away data folder with the cluster that may stand outside it.
func removeFolder(dir string) error {
	if err := removeServerFolder(dir); err != nil {
		return err
	}
	return os.RemoveAll(dir)
}

// sweepEphemeral removes the folders of throw-away stacks that were killed before they could. Only
// a folder that nobody else can have made or written to counts as one: anybody may put things under
// such names where temporary files are kept.
func sweepEphemeral() {
	dirs, err := filepath.Glob(filepath.Join(os.TempDir(), ephemeralPrefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range dirs {
		info, err := os.Lstat(dir)
		// Root opens its folder's way for the server's user.
		if err != nil || !ours(info, 0o700, 0o711) || time.Since(info.ModTime()) < youngFolder {
			continue
		}
		lock, err := tryLock(filepath.Join(dir, lockFile))
		if err != nil || lock == nil {
			continue
		}
		_ = removeFolder(dir)
		_ = lock.Close()
	}
}
