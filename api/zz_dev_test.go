package api

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"kedai/models/migrations"
	"kedai/models/store"
)

func init() {
	if base := os.Getenv("KEDAI_DEV_PG"); base != "" {
		openStore = func(t testing.TB) (*store.Store, string) { return devStore(t, base) }
	}
}

var devOnce sync.Once
var devTemplate string

func devExec(t testing.TB, url, q string) {
	c, err := pgx.Connect(context.Background(), url)
	require.NoError(t, err)
	defer c.Close(context.Background())
	_, err = c.Exec(context.Background(), q)
	require.NoError(t, err)
}

func devStore(t testing.TB, base string) (*store.Store, string) {
	devOnce.Do(func() {
		devTemplate = "tpl_" + strings.ReplaceAll(uuid.NewString(), "-", "")
		devExec(t, base+"/postgres", "create database "+devTemplate)
		require.NoError(t, migrations.Up(context.Background(), base+"/"+devTemplate))
	})
	name := "t_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	devExec(t, base+"/postgres", "create database "+name+" template "+devTemplate)
	key, _ := store.NewKey("test")
	ring, err := store.ParseKeyring(key)
	require.NoError(t, err)
	s, err := store.Open(t.Context(), store.Options{URL: base + "/" + name, Keys: ring})
	require.NoError(t, err)
	t.Cleanup(func() { s.Close(); devExec(t, base+"/postgres", "drop database "+name+" with (force)") })
	return s, base + "/" + name
}
