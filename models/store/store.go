// Package store keeps Kedai's rows in Postgres. *gorm.DB stays inside it. Its
// only doors are InAccount, a transaction that row-level security confines to
// one account, and System, which sees all accounts.
package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"kedai/models"
)

// Store is Postgres behind two pools, each in a database role of its own.
type Store struct {
	app    *gorm.DB
	system *gorm.DB
	keys   Keyring
	notify *Notifier
}

// Options configure Open.
type Options struct {
	URL      string // Of a login that is a member of kedai_app and kedai_system.
	MaxConns int    // Of each pool; 0: 20.
	Keys     Keyring
}

// Open connects to a migrated database. It returns CodeUnavailable where
// Postgres can't be reached.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.MaxConns == 0 {
		o.MaxConns = 20
	}
	app, err := openPool(ctx, o.URL, "kedai_app", o.MaxConns)
	if err != nil {
		return nil, err
	}
	system, err := openPool(ctx, o.URL, "kedai_system", o.MaxConns)
	if err != nil {
		return nil, err
	}
	s := &Store{app: app, system: system, keys: o.Keys}
	s.notify = newNotifier(o.URL)
	return s, nil
}

// Close ends the pools and the notifier.
func (s *Store) Close() {
	s.notify.close()
	for _, db := range []*gorm.DB{s.app, s.system} {
		if pool, err := db.DB(); err == nil {
			pool.Close()
		}
	}
}

// Ping returns CodeUnavailable where Postgres doesn't answer.
func (s *Store) Ping(ctx context.Context) error {
	return translate(s.system.WithContext(ctx).Exec("SELECT 1").Error)
}

func openPool(ctx context.Context, url, role string, maxConns int) (*gorm.DB, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, models.Errorf(models.CodeInvalid, "the database URL can't be read; its form is postgres://user:password@host:port/database")
	}
	config.ConnectTimeout = 5 * time.Second
	config.RuntimeParams["application_name"] = role
	config.RuntimeParams["timezone"] = "UTC"
	// A statement that waits longer than any activity lives serves nobody.
	config.RuntimeParams["lock_timeout"] = "4s"
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "10s"
	pool := sql.OpenDB(accountConnector{stdlib.GetConnector(*config, stdlib.OptionAfterConnect(func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, "SET ROLE "+role)
		return err
	}))})
	pool.SetMaxOpenConns(maxConns)
	pool.SetMaxIdleConns(maxConns)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: pool}), &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		Logger:                 logger.Discard, // Statements carry personal data.
	})
	if err != nil {
		return nil, fmt.Errorf("open pool as %s: %w", role, err)
	}
	if err := pool.PingContext(ctx); err != nil {
		return nil, translate(err)
	}
	return db, nil
}

// Tx is a transaction within one account.
type Tx struct {
	db      *gorm.DB
	store   *Store
	Account uuid.UUID
	touched map[uuid.UUID]int64
	talk    string // The conversation as it was locked.
}

// maxTries bounds how often a transaction that lost a race is run.
const maxTries = 8

// InAccount runs fn in a transaction that sees account's rows only, and
// commits. A lost race (serialization failure, deadlock) runs fn again, so fn
// must hold no result of an earlier run. Errors are models.Error.
func (s *Store) InAccount(ctx context.Context, account uuid.UUID, fn func(*Tx) error) error {
	return inAccount(ctx, account, func() error {
		tx := &Tx{store: s, Account: account}
		err := s.app.WithContext(within(ctx, account)).Transaction(func(db *gorm.DB) error {
			tx.db = db
			tx.touched = map[uuid.UUID]int64{}
			return fn(tx)
		})
		if err == nil {
			for chat, seq := range tx.touched {
				s.notify.add(Notice{Account: account, Chat: chat, Seq: seq})
			}
		}
		return err
	})
}

// inAccount runs a transaction of an account, again where it lost a race.
func inAccount(ctx context.Context, account uuid.UUID, run func() error) error {
	if account == uuid.Nil {
		return models.Errorf(models.CodeInternal, "a transaction needs an account")
	}
	var err error
	for try := range maxTries {
		if err = run(); err == nil || !lostRace(err) || ctx.Err() != nil {
			break
		}
		time.Sleep(time.Duration(try+1) * time.Millisecond)
	}
	return translate(err)
}

// System returns the door that sees all accounts, for the relay, the sign-in
// look-ups and maintenance.
func (s *Store) System() *System { return &System{store: s, db: s.system} }

// System sees all accounts.
type System struct {
	store *Store
	db    *gorm.DB
}

// mark is the keyring's, for the account.
func (tx *Tx) mark(text string) *string { return tx.store.keys.mark(tx.Account, text) }

// touch has the chat's listeners told after the commit.
func (tx *Tx) touch(chat uuid.UUID, seq int64) { tx.touched[chat] = max(tx.touched[chat], seq) }
