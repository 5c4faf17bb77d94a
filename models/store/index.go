package store

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

// mixed marks an index that writers of several versions met in.
const mixed = "mixed"

// NoteIndexed notes that something of the account was or is about to be
// written with a version. The first write of all decides the account's
// version; one of another version has the index rebuilt. Writers call it before
// they begin and after they end, since a rebuild may begin between.
func (s *Store) NoteIndexed(ctx context.Context, account uuid.UUID, version string) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		return tx.db.Exec(`
			UPDATE accounts SET
			       index_version = CASE WHEN index_version = '' AND index_building = '' THEN ? ELSE index_version END,
			       index_building = CASE WHEN index_version = '' AND index_building = '' THEN '' ELSE ? END
			 WHERE id = ? AND coalesce(nullif(index_building, ''), index_version) <> ?`,
			version, mixed, tx.Account, version).Error
	})
}

// BeginRebuild notes that all of an account is being written with a version.
func (s *Store) BeginRebuild(ctx context.Context, account uuid.UUID, version string) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		return expectOne(tx.db.Exec("UPDATE accounts SET index_building = ? WHERE id = ?", version, tx.Account))
	})
}

// EndRebuild notes that all of an account was written with a version, unless a
// writer of another one came between.
func (s *Store) EndRebuild(ctx context.Context, account uuid.UUID, version string) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		return tx.db.Exec("UPDATE accounts SET index_version = ?, index_building = '' WHERE id = ? AND index_building = ?", version, tx.Account, version).Error
	})
}

// RequestReindex has an account's index written anew and returns the import
// that does it: the one that waits already, if there is one.
func (s *Store) RequestReindex(ctx context.Context, account uuid.UUID, actor models.Actor) (uuid.UUID, error) {
	var id uuid.UUID
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		var there int64
		// The lock makes two requests at once one.
		if err := tx.db.Raw("SELECT count(*) FROM (SELECT FROM accounts WHERE id = ? FOR NO KEY UPDATE) found", tx.Account).Row().Scan(&there); err != nil {
			return err
		}
		if there == 0 {
			return models.Errorf(models.CodeNotFound, "there is no account %s", account)
		}
		var pending []uuid.UUID
		err := tx.db.Raw("SELECT id FROM imports WHERE account_id = ? AND kind = 'reindex' AND state = 'pending' ORDER BY created_at DESC LIMIT 1", tx.Account).Scan(&pending).Error
		if err != nil {
			return err
		}
		if len(pending) > 0 {
			id = pending[0]
			return nil
		}
		id = models.NewID()
		if err := tx.db.Exec("INSERT INTO imports (id, account_id, kind, name, body) VALUES (?, ?, 'reindex', 'index', '')", id, tx.Account).Error; err != nil {
			return err
		}
		return tx.audit(actor, "index.rebuild", "import", &id, nil, nil)
	})
	return id, err
}

// ReindexAgain has an account's index written anew even where that is under way:
// it may be past what is missing.
func (s *Store) ReindexAgain(ctx context.Context, account uuid.UUID) error {
	return s.InAccount(ctx, account, func(tx *Tx) error { return tx.requestReindex() })
}

// outdated are accounts whose index is to be rebuilt for a version.
const outdated = "(a.index_building <> '' OR a.index_version NOT IN ('', ?))"

// RequestRebuilds has the index of each account rebuilt that wasn't wholly
// written with a version, unless that waits already, and returns how many.
func (s *System) RequestRebuilds(ctx context.Context, version string) (int, error) {
	var n int64
	err := s.db.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		// Several workers may start at once, and one request is enough.
		if err := db.Exec("SELECT pg_advisory_xact_lock(hashtextextended('rebuilds', 0))").Error; err != nil {
			return err
		}
		result := db.Exec(`
			INSERT INTO imports (id, account_id, kind, name, body)
			SELECT gen_random_uuid(), a.id, 'reindex', 'index', '' FROM accounts a
			 WHERE `+outdated+` AND NOT EXISTS (SELECT FROM imports i WHERE i.account_id = a.id AND i.kind = 'reindex' AND i.state = 'pending')`, version)
		n = result.RowsAffected
		return result.Error
	})
	return int(n), translate(err)
}

// OutdatedIndexes counts the accounts whose index isn't of a version yet.
func (s *System) OutdatedIndexes(ctx context.Context, version string) (int, error) {
	var n int
	err := s.db.WithContext(ctx).Raw("SELECT count(*) FROM accounts a WHERE "+outdated, version).Row().Scan(&n)
	return n, translate(err)
}

// AccountAfter returns the next account by ID; false after the last.
func (s *System) AccountAfter(ctx context.Context, after uuid.UUID) (uuid.UUID, bool, error) {
	var ids []uuid.UUID
	err := s.db.WithContext(ctx).Raw("SELECT id FROM accounts WHERE id > ? ORDER BY id LIMIT 1", after).Scan(&ids).Error
	if err != nil || len(ids) == 0 {
		return uuid.Nil, false, translate(err)
	}
	return ids[0], true, nil
}
