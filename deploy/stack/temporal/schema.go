package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"go.temporal.io/server/common/log"
	v12 "go.temporal.io/server/schema/postgresql/v12"
	"go.temporal.io/server/tools/common/schema"
	"go.temporal.io/server/tools/sql"
)

const (
	// databaseWait is how long a starting server waits for PostgreSQL, which may itself be
	// recovering from a crash.
	databaseWait = 60 * time.Second

	undefinedTable     = "42P01"
	invalidCatalogName = "3D000"
)

// prepareSchema makes both databases and brings their schema to the version this binary wants. It
// changes nothing where all is up to date, and finishes what an interrupted run left half done.
func prepareSchema(ctx context.Context, s settings) error {
	if err := s.awaitDatabase(ctx); err != nil {
		return err
	}
	for _, db := range []struct{ name, schema, version string }{
		{s.dbName, "postgresql/v12/temporal", v12.Version},
		{s.visibilityDB, "postgresql/v12/visibility", v12.VisibilityVersion},
	} {
		version, err := s.schemaVersion(ctx, db.name)
		if err != nil {
			return fmt.Errorf("read the schema version of %s: %w", db.name, err)
		}
		if version == db.version {
			continue
		}
		fmt.Printf("bringing the schema of %s from version %q to %s\n", db.name, version, db.version)
		if err := s.updateSchema(db.name, db.schema); err != nil {
			return fmt.Errorf("update %s: %w", db.name, err)
		}
	}
	return nil
}

// updateSchema runs the tasks behind Temporal's own schema tool. Each of them passes over what is
// there already.
func (s settings) updateSchema(database, schemaName string) error {
	// The tool logs every statement, of which the error alone matters here.
	quiet := log.NewNoopLogger()
	if err := sql.DoCreateDatabase(s.store(database, 1), "", quiet); err != nil {
		return fmt.Errorf("create the database: %w", err)
	}
	conn, err := sql.NewConnection(s.store(database, 1), quiet)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close()
	if err := schema.NewSetupSchemaTask(conn, &schema.SetupConfig{InitialVersion: "0.0"}, quiet).Run(); err != nil {
		return fmt.Errorf("set up versions: %w", err)
	}
	if err := schema.NewUpdateSchemaTask(conn, &schema.UpdateConfig{SchemaName: schemaName}, quiet).Run(); err != nil {
		return fmt.Errorf("apply the versions: %w", err)
	}
	return nil
}

// schemaVersion is empty where the database or its version table doesn't exist yet.
func (s settings) schemaVersion(ctx context.Context, database string) (string, error) {
	conn, err := pgx.Connect(ctx, s.dbURL(database))
	if hasCode(err, invalidCatalogName) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("connect: %w", err)
	}
	defer func() { _ = conn.Close(ctx) }()

	var version string
	err = conn.QueryRow(ctx,
		"SELECT curr_version FROM schema_version WHERE version_partition = 0 AND db_name = $1", database).Scan(&version)
	if hasCode(err, undefinedTable) || errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("query: %w", err)
	}
	return version, nil
}

func (s settings) awaitDatabase(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, databaseWait)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.dbURL("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for PostgreSQL at %s: %w", s.dbAddress(), err)
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (s settings) dbURL(database string) string {
	return (&url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(s.dbUser, s.dbPassword),
		Host:     s.dbAddress(),
		Path:     database,
		RawQuery: "sslmode=disable",
	}).String()
}

func hasCode(err error, code string) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == code
}
