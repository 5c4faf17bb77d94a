package store

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kedai/models"
)

// trip is a transaction of an account all of whose statements are known before
// it begins: they reach Postgres together, and it answers them together.
// Parameters are numbered, $1 and on.
type trip struct{ batch pgx.Batch }

// exec adds a statement whose result nobody reads.
func (t *trip) exec(sql string, args ...any) { t.batch.Queue(sql, args...) }

// execInto adds a statement and sets hit to how many rows it changed.
func (t *trip) execInto(hit *int64, sql string, args ...any) {
	t.batch.Queue(sql, args...).Exec(func(tag pgconn.CommandTag) error {
		*hit = tag.RowsAffected()
		return nil
	})
}

// one adds a query for a column of JSON and reads its one row into out;
// CodeNotFound where there is none.
func (t *trip) one(out any, sql string, args ...any) {
	t.batch.Queue(sql, args...).QueryRow(func(row pgx.Row) error {
		var raw []byte
		if err := row.Scan(&raw); err != nil {
			return err
		}
		return readJSON(raw, out)
	})
}

// all adds a query for a column of JSON and gives each of its rows to read.
func (t *trip) all(read func(raw []byte) error, sql string, args ...any) {
	t.batch.Queue(sql, args...).Query(func(rows pgx.Rows) error {
		for rows.Next() {
			if err := read(rows.RawValues()[0]); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// into reads rows of JSON for all.
func into[T any](out *[]T) func([]byte) error {
	return func(raw []byte) error {
		var one T
		if err := readJSON(raw, &one); err != nil {
			return err
		}
		*out = append(*out, one)
		return nil
	}
}

func readJSON(raw []byte, out any) error {
	if err := json.Unmarshal(raw, out); err != nil {
		return models.Errorf(models.CodeInternal, "read a row: %w", err)
	}
	return nil
}

// inOneTrip runs the statements that fill adds in one transaction, which sees
// account's rows only and commits with the last of them, in one round trip. As
// with InAccount, a lost race runs fill again.
func (s *Store) inOneTrip(ctx context.Context, account uuid.UUID, fill func(*trip)) error {
	pool, err := s.app.DB()
	if err != nil {
		return translate(err)
	}
	return inAccount(ctx, account, func() error {
		conn, err := pool.Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close()
		return conn.Raw(func(c any) error {
			t := &trip{}
			// These statements find their rows by keys: planning them anew for each
			// value takes longer than running them.
			t.exec("SELECT set_config('kedai.account_id', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true)", account.String())
			fill(t)
			return c.(accountConn).Conn.Conn().SendBatch(ctx, &t.batch).Close()
		})
	})
}
