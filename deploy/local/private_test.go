package local

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// These tests have to be inside the package: what is tried are its steps in folders that all of a
// machine's users may write to.

// foreign makes a path belong to another user, which only root can.
func foreign(t *testing.T, path string) {
	if os.Geteuid() != 0 {
		t.Skip("only root can make another user's folder")
	}
	require.NoError(t, os.Lchown(path, 65534, 65534))
}

func TestPrivateFolder(t *testing.T) {
	t.Parallel()
	t.Run("is made, and found again", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(t.TempDir(), "private")
		for range 2 {
			require.NoError(t, PrivateFolder(dir))
		}
		info, err := os.Stat(dir)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	})
	for name, make := range map[string]func(t *testing.T, dir string){
		"a link":                        func(t *testing.T, dir string) { require.NoError(t, os.Symlink(t.TempDir(), dir)) },
		"a file":                        func(t *testing.T, dir string) { require.NoError(t, os.WriteFile(dir, nil, 0o700)) },
		"a folder that all may look at": func(t *testing.T, dir string) { require.NoError(t, os.Mkdir(dir, 0o755)) },
		"another user's folder": func(t *testing.T, dir string) {
			require.NoError(t, os.Mkdir(dir, 0o700))
			foreign(t, dir)
		},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "private")
			make(t, dir)
			require.ErrorContains(t, PrivateFolder(dir), "remove it")
		})
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	t.Run("isn't taken through a link", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		require.NoError(t, os.Symlink(filepath.Join(dir, "target"), filepath.Join(dir, "lock")))
		_, err := tryLock(filepath.Join(dir, "lock"))
		require.Error(t, err)
		require.NoFileExists(t, filepath.Join(dir, "target"))
	})
	t.Run("is waited for until the context ends, or the holder is done", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "lock")
		held, err := tryLock(path)
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		_, err = waitLock(ctx, path)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		time.AfterFunc(50*time.Millisecond, func() { _ = held.Close() })
		lock, err := waitLock(t.Context(), path)
		require.NoError(t, err)
		require.NoError(t, lock.Close())
	})
}

func TestSweepEphemeral(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	victim := filepath.Join(t.TempDir(), "victim")
	kept := filepath.Join(victim, "kept")
	require.NoError(t, os.MkdirAll(victim, 0o700))
	require.NoError(t, os.WriteFile(kept, nil, 0o600))

	old := time.Now().Add(-time.Hour)
	folder := func(name string, mode os.FileMode) string {
		dir := filepath.Join(tmp, ephemeralPrefix+name)
		require.NoError(t, os.Mkdir(dir, 0o700))
		require.NoError(t, os.Symlink(victim, filepath.Join(dir, string(PartPostgres))))
		require.NoError(t, os.Chmod(dir, mode))
		require.NoError(t, os.Chtimes(dir, old, old))
		return dir
	}
	ours, roots, open := folder("ours", 0o700), folder("roots", 0o711), folder("open", 0o777)
	link := filepath.Join(tmp, ephemeralPrefix+"link")
	require.NoError(t, os.Symlink(victim, link))
	require.NoError(t, os.Chtimes(victim, old, old))
	var theirs string
	if os.Geteuid() == 0 {
		theirs = folder("theirs", 0o700)
		foreign(t, theirs)
	}

	sweepEphemeral()

	require.NoDirExists(t, ours)
	require.NoDirExists(t, roots)
	require.DirExists(t, open, "anybody can have written to it")
	_, err := os.Lstat(link)
	require.NoError(t, err)
	if theirs != "" {
		require.DirExists(t, theirs)
	}
	require.FileExists(t, kept, "no link leads the sweep elsewhere")
}
