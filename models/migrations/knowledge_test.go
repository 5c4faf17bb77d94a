package migrations_test

import (
	"database/sql"
	"fmt"
	"os"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // The driver that the migrations run on.
	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"

	"kedai/deploy/local/localtest"
)

// TestKnowledge brings sources of before the sets into them, and back.
func TestKnowledge(t *testing.T) {
	t.Parallel()
	engines := localtest.Engines(t)
	admin, err := sql.Open("pgx", engines.PostgresURL("postgres"))
	require.NoError(t, err)
	defer admin.Close()
	name := fmt.Sprintf("migrate_%d_%d", os.Getpid(), time.Now().UnixNano())
	_, err = admin.ExecContext(t.Context(), "CREATE DATABASE "+name)
	require.NoError(t, err)
	db, err := sql.Open("pgx", engines.PostgresURL(name))
	require.NoError(t, err)
	defer func() {
		db.Close()
		_, _ = admin.Exec("DROP DATABASE " + name + " WITH (FORCE)")
	}()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("."))
	require.NoError(t, err)
	_, err = provider.UpTo(t.Context(), 2)
	require.NoError(t, err)
	const account, live, old, waiting = "00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b", "00000000-0000-0000-0000-00000000000c", "00000000-0000-0000-0000-00000000000d"
	_, err = db.ExecContext(t.Context(), fmt.Sprintf(`
		INSERT INTO accounts (id, name, currency) VALUES ('%[1]s', 'Shop', 'EUR');
		INSERT INTO sources (id, account_id, key, title, state, enabled) VALUES ('%[2]s', '%[1]s', 'returns.md', 'Returns', 'synced', false), ('%[4]s', '%[1]s', 'new.md', 'new.md', 'pending', true);
		INSERT INTO source_revisions (id, account_id, source_id, body, body_hash) VALUES ('%[2]s', '%[1]s', '%[2]s', '# Возврат', 'x'), ('%[3]s', '%[1]s', '%[2]s', 'old', 'y');
		UPDATE sources SET live_revision_id = id WHERE id = '%[2]s';
		INSERT INTO imports (id, account_id, kind, source_id, name, body) VALUES ('%[4]s', '%[1]s', 'source', '%[4]s', 'new.md', 'x')`, account, live, old, waiting))
	require.NoError(t, err)

	_, err = provider.UpTo(t.Context(), 3)
	require.NoError(t, err)
	require.Equal(t, []string{
		"draft new.md - true", "draft returns.md " + live + " false", "live returns.md " + live + " false",
	}, rows(t, db, `SELECT concat_ws(' ', l.version, s.key, coalesce(l.revision_id::text, '-'), l.enabled::text) FROM source_sets l JOIN sources s ON s.id = l.source_id ORDER BY 1`))
	require.Equal(t, []string{"# Возврат Returns synced true", "old Returns synced false"},
		rows(t, db, `SELECT concat_ws(' ', text, title, state, indexed::text) FROM source_revisions ORDER BY 1`))
	require.Equal(t, []string{"new.md -", "returns.md " + live},
		rows(t, db, `SELECT concat_ws(' ', name, coalesce(revision_id::text, '-')) FROM imports WHERE state = 'pending' ORDER BY 1`), "what is live is looked through once")

	_, err = provider.DownTo(t.Context(), 2)
	require.NoError(t, err)
	require.Equal(t, []string{"new.md - true", "returns.md " + live + " false"},
		rows(t, db, `SELECT concat_ws(' ', key, coalesce(live_revision_id::text, '-'), enabled::text) FROM sources ORDER BY 1`))
}

func rows(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	found, err := db.QueryContext(t.Context(), query)
	require.NoError(t, err)
	defer found.Close()
	var out []string
	for found.Next() {
		var row string
		require.NoError(t, found.Scan(&row))
		out = append(out, row)
	}
	require.NoError(t, found.Err())
	return out
}
