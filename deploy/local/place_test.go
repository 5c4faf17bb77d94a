package local

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestServerFolder has to be inside the package: who the server runs as is decided there.
func TestServerFolder(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root lends the server another user")
	}
	o, err := serverOwner(t.TempDir())
	require.NoError(t, err)

	t.Run("is in the data folder where the server's user can enter that", func(t *testing.T) {
		data, err := os.MkdirTemp("", "kedai-place-")
		require.NoError(t, err)
		t.Cleanup(func() { _ = os.RemoveAll(data) })
		dir, err := serverFolder(data, o, true)
		require.NoError(t, err)
		require.Equal(t, filepath.Join(data, "postgres"), dir)
		again, err := serverOwner(data)
		require.NoError(t, err)
		require.Equal(t, o.uid, again.uid, "the owner stays")
	})

	t.Run("is outside where it can't", func(t *testing.T) {
		home, err := os.MkdirTemp("", "kedai-place-")
		require.NoError(t, err)
		t.Cleanup(func() { _ = os.RemoveAll(home) })
		data := filepath.Join(home, "data")
		require.NoError(t, os.Mkdir(data, 0o700))
		dir, err := serverFolder(data, o, true)
		require.NoError(t, err)
		t.Cleanup(func() { _ = os.RemoveAll(dir) })
		require.Equal(t, outsideRoot, filepath.Dir(dir))
		same, err := serverFolder(data, o, false)
		require.NoError(t, err)
		require.Equal(t, dir, same)
		require.NoError(t, removeFolder(data))
		require.NoDirExists(t, dir)
	})
}
