package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"kedai/deploy/config"
	"kedai/deploy/local"
	"kedai/models"
	"kedai/models/migrations"
	"kedai/models/store"
)

const (
	databaseName      = "kedai"
	serviceLogin      = "kedai"
	encryptionKeyFile = "encryption.key"
	visitorKeyFile    = "visitor.key"
	loginFile         = "database.password"
	listenFile        = "listen"
)

// environment is what the parts of a local stack get by the environment.
type environment struct {
	stack    *local.Stack
	database string
	listen   string
	keys     models.Secret
	visitor  models.Secret
	buildID  string
	demo     bool
}

// prepare makes database, login, schema and keys where they aren't there yet.
func prepare(ctx context.Context, o upOptions, stack *local.Stack) (*environment, error) {
	env := &environment{stack: stack, demo: o.demo}
	dir := stack.DataDir()
	password, err := keep(dir, loginFile, randomPassword)
	if err != nil {
		return nil, err
	}
	if err := prepareDatabase(ctx, stack, password); err != nil {
		return nil, err
	}
	env.database = loginURL(stack.PostgresAddr(), password)
	accounts, err := countAccounts(ctx, stack)
	if err != nil {
		return nil, err
	}
	if env.keys, err = keepEncryptionKey(dir, accounts); err != nil {
		return nil, err
	}
	if env.visitor, err = keep(dir, visitorKeyFile, randomKey); err != nil {
		return nil, err
	}
	if env.listen, err = chooseListen(stack, o.listen); err != nil {
		return nil, err
	}
	env.buildID, err = buildID()
	return env, err
}

// loginURL is the database's URL for the service's login.
func loginURL(address string, password models.Secret) string {
	return (&url.URL{
		Scheme: "postgres", User: url.UserPassword(serviceLogin, password.Reveal()), Host: address,
		Path: databaseName, RawQuery: "sslmode=disable",
	}).String()
}

func (e *environment) config() config.Config {
	return config.Config{DatabaseURL: e.database, DatabaseConns: 4, EncryptionKeys: e.keys}
}

func (e *environment) variables() []string {
	return []string{
		"KEDAI_DATABASE_URL=" + e.database,
		"KEDAI_TEMPORAL_ADDRESS=" + e.stack.TemporalAddress(),
		"KEDAI_TEMPORAL_NAMESPACE=" + e.stack.Namespace(),
		"KEDAI_WEAVIATE_URL=" + e.stack.WeaviateURL(),
		"KEDAI_WEAVIATE_GRPC=" + e.stack.WeaviateGRPCAddress(),
		"KEDAI_LISTEN=" + e.listen,
		"KEDAI_ENCRYPTION_KEYS=" + e.keys.Reveal(),
		"KEDAI_VISITOR_KEYS=" + e.visitor.Reveal(),
		"KEDAI_BUILD_ID=" + e.buildID,
		"KEDAI_DEMO=" + strconv.FormatBool(e.demo),
	}
}

// keepEncryptionKey is keep for the key that stored credentials are sealed
// with. A new one would hide its loss and open none of them, so there is no new
// one where there are accounts.
func keepEncryptionKey(dir string, accounts int) (models.Secret, error) {
	file := filepath.Join(dir, encryptionKeyFile)
	keys, err := keep(dir, encryptionKeyFile, func() (models.Secret, error) {
		if accounts == 0 {
			return randomKey()
		}
		return "", fmt.Errorf("%s is missing, and the credentials of %d accounts in the database can't be read without it: restore it from your copy. "+
			"If there is none, put a new key there (an ID, a colon and 32 random bytes in base64) and enter those credentials anew", file, accounts)
	})
	if err != nil {
		return "", err
	}
	if _, err := store.ParseKeyring(keys); err != nil {
		return "", fmt.Errorf("read %s: %w", file, err)
	}
	return keys, nil
}

// keep reads a secret of the data folder, made at the first start.
func keep(dir, name string, fresh func() (models.Secret, error)) (models.Secret, error) {
	file := filepath.Join(dir, name)
	raw, err := os.ReadFile(file)
	if err == nil {
		return models.Secret(strings.TrimSpace(string(raw))), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	secret, err := fresh()
	if err != nil {
		return "", err
	}
	return secret, local.WriteFile(file, []byte(secret.Reveal()+"\n"), 0o600)
}

// randomKey makes a key with an ID of its own: one ID for two keys would have
// a value opened with the wrong one.
func randomKey() (models.Secret, error) {
	return store.NewKey("k" + strings.ToLower(rand.Text()[:8]))
}

func randomPassword() (models.Secret, error) {
	raw := make([]byte, 24)
	if _, err := rand.Read(raw); err != nil {
		return "", fmt.Errorf("make password: %w", err)
	}
	return models.Secret(base64.RawURLEncoding.EncodeToString(raw)), nil
}

// prepareDatabase makes the database and the service's login, which owns
// nothing: the schema belongs to the superuser, and the login takes the roles
// that row-level security knows.
func prepareDatabase(ctx context.Context, stack *local.Stack, password models.Secret) error {
	if err := execute(ctx, stack.PostgresURL("postgres"), func(conn *pgx.Conn) error {
		var n int
		if err := conn.QueryRow(ctx, "SELECT count(*) FROM pg_database WHERE datname = $1", databaseName).Scan(&n); err != nil || n > 0 {
			return err
		}
		_, err := conn.Exec(ctx, "CREATE DATABASE "+databaseName)
		return err
	}); err != nil {
		return fmt.Errorf("make the database: %w", err)
	}
	if err := migrations.Up(ctx, stack.PostgresURL(databaseName)); err != nil {
		return err
	}
	return execute(ctx, stack.PostgresURL(databaseName), func(conn *pgx.Conn) error {
		var n int
		if err := conn.QueryRow(ctx, "SELECT count(*) FROM pg_roles WHERE rolname = $1", serviceLogin).Scan(&n); err != nil {
			return err
		}
		verb := "CREATE"
		if n > 0 {
			verb = "ALTER"
		}
		// A password can't be a parameter of these statements; this one has
		// letters, digits, - and _ only.
		if _, err := conn.Exec(ctx, verb+" ROLE "+serviceLogin+" LOGIN PASSWORD '"+password.Reveal()+"'"); err != nil {
			return errors.New("set the service's login")
		}
		_, err := conn.Exec(ctx, "GRANT kedai_app, kedai_system TO "+serviceLogin)
		return err
	})
}

func countAccounts(ctx context.Context, stack *local.Stack) (n int, err error) {
	err = execute(ctx, stack.PostgresURL(databaseName), func(conn *pgx.Conn) error {
		return conn.QueryRow(ctx, "SELECT count(*) FROM accounts").Scan(&n)
	})
	if err != nil {
		return 0, fmt.Errorf("count the accounts: %w", err)
	}
	return n, nil
}

func execute(ctx context.Context, url string, fn func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return fn(conn)
}

// chooseListen takes the address that was asked for; where none was, the one of
// the last start on this data; where that is taken, a free port.
func chooseListen(stack *local.Stack, wanted string) (string, error) {
	file := filepath.Join(stack.DataDir(), listenFile)
	candidates := []string{wanted}
	if raw, err := os.ReadFile(file); err == nil && wanted == defaultListen {
		candidates = []string{strings.TrimSpace(string(raw)), wanted}
	}
	host, _, err := net.SplitHostPort(wanted)
	if err != nil {
		return "", fmt.Errorf("--listen is %q; its form is 127.0.0.1:8088", wanted)
	}
	for _, address := range append(candidates, net.JoinHostPort(host, "0")) {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			continue
		}
		address = listener.Addr().String()
		if err := listener.Close(); err != nil {
			return "", err
		}
		return address, local.WriteFile(file, []byte(address+"\n"), 0o600)
	}
	return "", fmt.Errorf("no port is free on %s", host)
}

// buildID names this program by its content, so that the same code is the
// same version of the worker deployment.
func buildID() (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(self)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}
