package config_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/deploy/config"
)

func TestLoad(t *testing.T) {
	t.Run("an empty environment names every variable that must be set", func(t *testing.T) {
		_, err := config.Load(t.Context())
		require.ErrorContains(t, err, "KEDAI_DATABASE_URL")
		require.ErrorContains(t, err, "KEDAI_ENCRYPTION_KEYS")
		require.ErrorContains(t, err, "KEDAI_VISITOR_KEYS")
	})
	t.Run("the environment goes over the defaults", func(t *testing.T) {
		t.Setenv("KEDAI_DATABASE_URL", "postgres://kedai@127.0.0.1/kedai")
		t.Setenv("KEDAI_ENCRYPTION_KEYS", "k1:x")
		t.Setenv("KEDAI_VISITOR_KEYS", "k1:x")
		t.Setenv("KEDAI_LISTEN", "127.0.0.1:9999")
		c, err := config.Load(t.Context())
		require.NoError(t, err)
		require.Equal(t, "127.0.0.1:9999", c.Listen)
		require.Equal(t, "kedai", c.TemporalNamespace)
	})
	t.Run("a malformed address is refused with its variable's name", func(t *testing.T) {
		t.Setenv("KEDAI_LISTEN", "nonsense")
		_, err := config.Load(t.Context())
		require.ErrorContains(t, err, "KEDAI_LISTEN")
	})
}
