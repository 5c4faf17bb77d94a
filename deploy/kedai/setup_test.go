package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"kedai/activities/retrieval"
	"kedai/deploy/demo"
	"kedai/models"
	"kedai/models/store"
	"kedai/models/store/storetest"
)

func TestKeepEncryptionKey(t *testing.T) {
	t.Parallel()
	t.Run("a key is made once, with an ID of its own", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		key, err := keepEncryptionKey(dir, 0)
		require.NoError(t, err)
		again, err := keepEncryptionKey(dir, 3)
		require.NoError(t, err)
		require.Equal(t, key, again)
		info, err := os.Stat(filepath.Join(dir, encryptionKeyFile))
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

		other, err := keepEncryptionKey(t.TempDir(), 0)
		require.NoError(t, err)
		id, _, _ := strings.Cut(key.Reveal(), ":")
		otherID, _, _ := strings.Cut(other.Reveal(), ":")
		require.NotEqual(t, id, otherID)
	})
	t.Run("a lost key isn't replaced where there are accounts", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		_, err := keepEncryptionKey(dir, 2)
		require.ErrorContains(t, err, filepath.Join(dir, encryptionKeyFile))
		require.ErrorContains(t, err, "restore it")
		require.NoFileExists(t, filepath.Join(dir, encryptionKeyFile))
	})
	t.Run("a broken key names its file", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, encryptionKeyFile), nil, 0o600))
		_, err := keepEncryptionKey(dir, 0)
		require.ErrorContains(t, err, filepath.Join(dir, encryptionKeyFile))
	})
}

func TestSetUpIndex(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		up, calls := time.Now().Add(time.Minute), 0
		index := &retrieval.Fake{SetupFn: func(context.Context) error {
			calls++
			if time.Now().Before(up) {
				return errors.New("not up")
			}
			return nil
		}}
		began := time.Now()
		setUpIndex(ctx, index, slog.New(slog.DiscardHandler))
		require.Equal(t, indexPatience, time.Since(began), "the worker doesn't wait for ever")
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		require.Equal(t, 61, calls, "it is set up once it is there")

		began = time.Now()
		setUpIndex(ctx, index, slog.New(slog.DiscardHandler))
		require.Zero(t, time.Since(began))
	})
}

// loading is a demo shop whose uploads are taken in by the test.
type loading struct {
	demoShop
	database string
	told     []string
	tokens   []models.Secret
	ingested []string
	failAt   int // Which upload is interrupted; 0: none.
}

func newLoading(t *testing.T) *loading {
	l := &loading{}
	l.store, l.database = storetest.OpenWithURL(t)
	l.ingest = func(ctx context.Context, upload models.Import) error {
		if len(l.ingested)+1 == l.failAt {
			return errors.New("interrupted")
		}
		l.ingested = append(l.ingested, upload.AccountID.String()+"/"+upload.Name)
		upload.State = models.ImportDone
		if err := l.store.FinishImport(ctx, upload); err != nil || upload.SourceID == nil {
			return err
		}
		conn, err := pgx.Connect(ctx, l.database)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		_, err = conn.Exec(ctx, "UPDATE sources SET state = 'synced' WHERE id = $1", *upload.SourceID)
		return err
	}
	return l
}

func (l *loading) load(t *testing.T) error {
	return l.demoShop.load(t.Context(), func(language string, token models.Secret) {
		l.told, l.tokens = append(l.told, language), append(l.tokens, token)
	})
}

func TestDemoShop(t *testing.T) {
	t.Parallel()
	t.Run("an interrupted load is gone on with, and each token is told once", func(t *testing.T) {
		t.Parallel()
		l := newLoading(t)
		english, err := fs.Glob(demo.FS, path.Join(demo.Shop, "en", "policies", "*.md"))
		require.NoError(t, err)
		l.failAt = len(english) + 2 + 4
		require.ErrorContains(t, l.load(t), "interrupted")
		require.Equal(t, []string{"en"}, l.told, "the first shop is whole")

		l.failAt = 0
		require.NoError(t, l.load(t))
		require.Equal(t, []string{"en", "es", "pt", "ru"}, l.told)
		done := map[string]int{}
		for _, name := range l.ingested {
			done[name]++
		}
		for name, n := range done {
			if !strings.HasSuffix(name, "/"+productsFile) && !strings.HasSuffix(name, "/"+ordersFile) {
				require.Equal(t, 1, n, name)
			}
		}
		for _, language := range demo.Languages() {
			require.Positive(t, done[demoAccount(language).String()+"/"+ordersFile], "each shop has its orders")
		}
		for i, language := range demo.Languages() {
			requireWhole(t, l.store, language, l.tokens[i])
		}

		before := len(l.ingested)
		require.NoError(t, l.load(t))
		require.Len(t, l.told, 4)
		require.Len(t, l.ingested, before)
	})
	t.Run("what an owner has changed stays", func(t *testing.T) {
		t.Parallel()
		l := newLoading(t)
		require.NoError(t, l.load(t))
		account := demoAccount("en")
		_, err := l.store.SetEnabled(t.Context(), account, setup, false)
		require.NoError(t, err)
		require.NoError(t, l.load(t))
		settings, err := l.store.AgentSettings(t.Context(), account)
		require.NoError(t, err)
		require.False(t, settings.Enabled)
	})
	t.Run("an account that was made and no more is completed", func(t *testing.T) {
		t.Parallel()
		l := newLoading(t)
		_, _, err := l.store.CreateAccount(t.Context(), store.NewAccount{ID: demoAccount("es"), Name: "Shop", Currency: "EUR", Language: models.Spanish, Admin: "Admin"})
		require.NoError(t, err)
		require.NoError(t, l.load(t))
		require.Equal(t, []string{"en", "es", "pt", "ru"}, l.told)
		requireWhole(t, l.store, "es", l.tokens[1])
	})
}

func requireWhole(t *testing.T, s *store.Store, language string, token models.Secret) {
	account := demoAccount(language)
	inboxes, err := s.Inboxes(t.Context(), account)
	require.NoError(t, err)
	require.Len(t, inboxes, 1)
	triggers, err := s.Triggers(t.Context(), account)
	require.NoError(t, err)
	require.Len(t, triggers, 3)
	settings, err := s.AgentSettings(t.Context(), account)
	require.NoError(t, err)
	require.True(t, settings.Enabled)
	user, err := s.System().Authenticate(t.Context(), token)
	require.NoError(t, err)
	require.Equal(t, account, user.AccountID)
}

func TestFirstAccount(t *testing.T) {
	t.Parallel()
	first := func(t *testing.T, s *store.Store) (told []models.Secret) {
		require.NoError(t, firstAccount(t.Context(), s, func(_ models.Account, token models.Secret) { told = append(told, token) }))
		return told
	}
	t.Run("is made where there is none, and its token told once", func(t *testing.T) {
		t.Parallel()
		s := storetest.Open(t)
		told := first(t, s)
		require.Len(t, told, 1)
		user, err := s.System().Authenticate(t.Context(), told[0])
		require.NoError(t, err)
		require.Equal(t, models.RoleAdmin, user.Role)
		require.Empty(t, first(t, s))
		accounts, err := s.System().Accounts(t.Context())
		require.NoError(t, err)
		require.Len(t, accounts, 1)
		require.Equal(t, "My shop", accounts[0].Name)
	})
	t.Run("gets the token that an interrupted start has left out", func(t *testing.T) {
		t.Parallel()
		s := storetest.Open(t)
		_, _, err := s.CreateAccount(t.Context(), store.NewAccount{Name: "My shop", Currency: "USD", Language: models.English, Admin: "Admin"})
		require.NoError(t, err)
		require.Len(t, first(t, s), 1)
	})
	t.Run("isn't an unfinished demo shop", func(t *testing.T) {
		t.Parallel()
		s := storetest.Open(t)
		_, _, err := s.CreateAccount(t.Context(), store.NewAccount{ID: demoAccount("en"), Name: "Demo", Currency: "USD", Language: models.English, Admin: "Admin"})
		require.NoError(t, err)
		require.Empty(t, first(t, s))
	})
}

// TestCommandLine runs the commands as a user would, on the environment.
func TestCommandLine(t *testing.T) {
	s, url := storetest.OpenWithURL(t)
	key, err := randomKey()
	require.NoError(t, err)
	t.Setenv("KEDAI_DATABASE_URL", url)
	t.Setenv("KEDAI_ENCRYPTION_KEYS", key.Reveal())

	out, err := run(t, "account", "create", "--name", "Café", "--currency", "eur", "--language", "pt", "--time-zone", "Europe/Lisbon")
	require.NoError(t, err)
	account, token := after(t, out, "Account: "), after(t, out, "(shown this once): ")
	user, err := s.System().Authenticate(t.Context(), models.Secret(token))
	require.NoError(t, err)
	require.Equal(t, account, user.AccountID.String())
	made, err := s.Account(t.Context(), user.AccountID)
	require.NoError(t, err)
	require.Equal(t, "Europe/Lisbon", made.TimeZone)
	require.Equal(t, "EUR", made.Currency)

	out, err = run(t, "token", "issue", "--account", account, "--admin")
	require.NoError(t, err)
	second := after(t, out, "(shown this once): ")
	out, err = run(t, "token", "list", "--account", account)
	require.NoError(t, err)
	require.Equal(t, 2, strings.Count(out, user.ID.String()))
	require.NotContains(t, out, second)

	out, err = run(t, "token", "issue", "--account", account, "--user", user.ID.String())
	require.NoError(t, err)
	third := after(t, out, "(shown this once): ")
	_, err = run(t, "token", "revoke", "--account", account, "--token-id", after(t, out, "Token ID: "))
	require.NoError(t, err)
	_, err = s.System().Authenticate(t.Context(), models.Secret(third))
	require.Equal(t, models.CodeUnauthorized, models.CodeOf(err))
	out, err = run(t, "token", "revoke", "--account", account, "--user", user.ID.String())
	require.NoError(t, err)
	require.Equal(t, "Revoked: 2\n", out)
	_, err = s.System().Authenticate(t.Context(), models.Secret(second))
	require.Equal(t, models.CodeUnauthorized, models.CodeOf(err))

	for want, args := range map[string][]string{
		"--time-zone":           {"account", "create", "--name", "A", "--currency", "USD", "--time-zone", "Lisbon"},
		"language":              {"account", "create", "--name", "A", "--currency", "USD", "--language", "fr"},
		`"account" not set`:     {"token", "issue", "--admin"},
		"one of the flags":      {"token", "issue", "--account", account},
		"there is no account":   {"token", "issue", "--account", uuid.NewString(), "--admin"},
		"there is no such user": {"token", "issue", "--account", account, "--user", uuid.NewString()},
		"read the ports":        {"token", "list", "--account", account, "--data", t.TempDir()},
	} {
		_, err := run(t, args...)
		require.ErrorContains(t, err, want)
	}
}

// run executes a command and returns what it printed.
func run(t *testing.T, args ...string) (string, error) {
	read, write, err := os.Pipe()
	require.NoError(t, err)
	stdout := os.Stdout
	os.Stdout = write
	defer func() { os.Stdout = stdout }()
	cmd := command()
	cmd.SetArgs(args)
	err = cmd.ExecuteContext(t.Context())
	require.NoError(t, write.Close())
	var out bytes.Buffer
	_, readErr := out.ReadFrom(read)
	require.NoError(t, readErr)
	return out.String(), err
}

func after(t *testing.T, text, mark string) string {
	_, rest, found := strings.Cut(text, mark)
	require.True(t, found, text)
	line, _, _ := strings.Cut(rest, "\n")
	return line
}
