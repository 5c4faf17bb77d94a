package store

import (
	"context"

	"github.com/google/uuid"
)

// KnownProducts returns those of ids that are products of the account.
func (s *Store) KnownProducts(ctx context.Context, account uuid.UUID, ids []uuid.UUID) ([]uuid.UUID, error) {
	return s.known(ctx, account, "SELECT id FROM products WHERE account_id = ? AND id IN ?", ids)
}

// KnownPassages returns those of ids that are passages of a revision which the
// index is to have: those of all sets, be their sources enabled or not, and
// those that an upload is bringing.
func (s *Store) KnownPassages(ctx context.Context, account uuid.UUID, ids []uuid.UUID) ([]uuid.UUID, error) {
	return s.known(ctx, account, `
		SELECT p.id FROM passages p JOIN source_revisions r ON r.account_id = p.account_id AND r.id = p.revision_id
		 WHERE p.account_id = ? AND p.id IN ? AND r.indexed`, ids)
}

func (s *Store) known(ctx context.Context, account uuid.UUID, query string, ids []uuid.UUID) ([]uuid.UUID, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var out []uuid.UUID
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		out = nil
		return tx.db.Raw(query, tx.Account, ids).Scan(&out).Error
	})
	return out, err
}

// Ingesting reports whether an upload of the account is on its way into the
// index, so that what is written may not be known yet.
func (s *Store) Ingesting(ctx context.Context, account uuid.UUID) (bool, error) {
	var n int64
	err := s.InAccount(ctx, account, func(tx *Tx) error {
		return tx.db.Raw("SELECT count(*) FROM imports WHERE account_id = ? AND state = 'pending' AND kind IN ('products', 'product', 'source')", tx.Account).Row().Scan(&n)
	})
	return n > 0, err
}
