package store

import (
	"context"
	"database/sql/driver"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// accountKey is what a context holds the account under whose rows a transaction
// is to see.
type accountKey struct{}

// within has the transactions begun with the context be the account's.
func within(ctx context.Context, account uuid.UUID) context.Context {
	return context.WithValue(ctx, accountKey{}, account)
}

// accountConnector opens connections on which a transaction that is an
// account's begins in one round trip: a turn has half a dozen of them.
type accountConnector struct{ driver.Connector }

// Connect opens a connection.
func (c accountConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return accountConn{conn.(*stdlib.Conn)}, nil
}

type accountConn struct{ *stdlib.Conn }

// BeginTx begins a transaction; an account's is read committed.
func (c accountConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	account, ok := ctx.Value(accountKey{}).(uuid.UUID)
	if !ok {
		return c.Conn.BeginTx(ctx, o)
	}
	if c.Conn.Conn().IsClosed() {
		return nil, driver.ErrBadConn
	}
	// Several statements can't have parameters; an ID needs no quoting.
	begin := "begin isolation level read committed; select set_config('kedai.account_id', '" + account.String() + "', true)"
	tx, err := c.Conn.Conn().BeginTx(ctx, pgx.TxOptions{BeginQuery: begin})
	if err != nil {
		return nil, err
	}
	return accountTx{ctx, tx}, nil
}

// accountTx ends a transaction in the context that it was begun in.
type accountTx struct {
	ctx context.Context
	tx  pgx.Tx
}

// Commit commits.
func (t accountTx) Commit() error { return t.tx.Commit(t.ctx) }

// Rollback rolls back.
func (t accountTx) Rollback() error { return t.tx.Rollback(t.ctx) }
