package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"kedai/models"
)

// unwanted is the condition of revisions whose objects have nothing to do in
// the index any more: no set has them, and no upload is bringing them.
const unwanted = `r.indexed
	   AND NOT EXISTS (SELECT FROM source_sets l WHERE l.account_id = r.account_id AND l.revision_id = r.id)
	   AND (r.state <> 'pending' OR NOT EXISTS (SELECT FROM imports i WHERE i.account_id = r.account_id AND i.source_id = r.source_id AND i.state = 'pending'))`

// Leaving is a revision whose objects a tidying is about to remove or, where
// it is wanted again, to write anew.
type Leaving struct {
	models.Revision
	Wanted bool
}

// ClaimLeaving lists revisions whose objects may leave the index, and those
// that an earlier try of the same tidying, an import, was cut off in. Another
// tidying leaves them alone meanwhile: of two at once, the slower one would
// remove what an upload has brought back.
func (s *Store) ClaimLeaving(ctx context.Context, account, tidying uuid.UUID, limit int) ([]Leaving, error) {
	var out []Leaving
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = nil
		if err := tx.lockKnowledge(); err != nil {
			return err
		}
		return tx.db.Raw(`
			UPDATE source_revisions r SET leaving = ?, leaving_until = now() + make_interval(secs => ?)
			 WHERE r.account_id = ? AND r.id IN (
			       SELECT r.id FROM source_revisions r WHERE r.account_id = ? AND (r.leaving IS NOT NULL OR `+unwanted+`)
			          AND (r.leaving IS NULL OR r.leaving = ? OR r.leaving_until < now()) ORDER BY r.id LIMIT ?)
			RETURNING r.id, r.source_id, r.title, NOT (`+unwanted+`) AS wanted`,
			tidying, leavingLease.Seconds(), tx.Account, tx.Account, tidying, limit).Scan(&out).Error
	})
	return out, err
}

// leavingLease is longer than any tidying takes for what it claims at a time,
// unless it was cut off for good.
const leavingLease = 10 * time.Minute

// UntidyRevisions counts the revisions that are to leave the index, or are about
// to.
func (s *Store) UntidyRevisions(ctx context.Context, account uuid.UUID) (int, error) {
	var n int
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		return tx.db.Raw("SELECT count(*) FROM source_revisions r WHERE r.account_id = ? AND (r.leaving IS NOT NULL OR "+unwanted+")", tx.Account).Scan(&n).Error
	})
	return n, err
}

// PassageIDs returns the IDs of a revision's passages.
func (s *Store) PassageIDs(ctx context.Context, account, revision uuid.UUID) ([]uuid.UUID, error) {
	var out []uuid.UUID
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = nil
		return tx.db.Raw("SELECT id FROM passages WHERE account_id = ? AND revision_id = ? ORDER BY n", tx.Account, revision).Scan(&out).Error
	})
	return out, err
}

// LeftIndex notes that a claimed revision's objects were removed. It returns
// false where the revision is wanted again: then they must be written.
func (s *Store) LeftIndex(ctx context.Context, account, revision, tidying uuid.UUID) (bool, error) {
	var left bool
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.lockKnowledge(); err != nil {
			return err
		}
		done := tx.db.Exec("UPDATE source_revisions r SET indexed = false, leaving = NULL WHERE r.account_id = ? AND r.id = ? AND r.leaving = ? AND "+unwanted, tx.Account, revision, tidying)
		left = done.RowsAffected == 1
		return done.Error
	})
	return left, err
}

// StayedInIndex ends the claim of a revision that is wanted again, once its
// objects are written.
func (s *Store) StayedInIndex(ctx context.Context, account, revision, tidying uuid.UUID) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		return tx.db.Exec("UPDATE source_revisions SET leaving = NULL WHERE account_id = ? AND id = ? AND leaving = ?", tx.Account, revision, tidying).Error
	})
}

// IndexedRevisions lists the revisions that sets have: what an index that is
// written anew must hold. Disabled ones are among them, so that enabling a
// source counts at once.
func (s *Store) IndexedRevisions(ctx context.Context, account uuid.UUID) ([]models.Revision, error) {
	var out []models.Revision
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = nil
		return tx.db.Raw(`SELECT r.id, r.source_id, r.title FROM source_revisions r WHERE r.account_id = ? AND r.indexed
			AND EXISTS (SELECT FROM source_sets l WHERE l.account_id = r.account_id AND l.revision_id = r.id) ORDER BY r.id LIMIT ?`,
			tx.Account, 2*maxSources).Scan(&out).Error
	})
	return out, err
}

// PurgeSources removes sources whose time to be restored is over, once their
// objects have left the index.
func (s *Store) PurgeSources(ctx context.Context, account uuid.UUID) error {
	return s.InAccount(ctx, account, func(tx *Tx) error {
		if err := tx.lockKnowledge(); err != nil {
			return err
		}
		var old []uuid.UUID
		err := tx.db.Raw(`
			SELECT s.id FROM sources s WHERE s.account_id = ? AND s.deleted_at < now() - make_interval(days => ?)
			   AND NOT EXISTS (SELECT FROM source_revisions r WHERE r.account_id = s.account_id AND r.source_id = s.id AND r.indexed)
			 ORDER BY s.deleted_at LIMIT 100`, tx.Account, models.RestoreDays).Scan(&old).Error
		if err != nil || len(old) == 0 {
			return err
		}
		if err := tx.db.Exec("UPDATE sources SET deleted_revision_id = NULL WHERE account_id = ? AND id IN ?", tx.Account, old).Error; err != nil {
			return err
		}
		for _, table := range []string{"imports", "findings", "facts", "passages", "source_revisions"} {
			if err := tx.db.Exec("DELETE FROM "+table+" WHERE account_id = ? AND source_id IN ?", tx.Account, old).Error; err != nil {
				return err
			}
		}
		return tx.db.Exec("DELETE FROM sources WHERE account_id = ? AND id IN ?", tx.Account, old).Error
	})
}
