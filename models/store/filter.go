package store

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"kedai/models"
)

// FittingProducts is ProductsByID for those of ids that have a variant which
// fits the filter as it stands now: the first of them, at most limit.
func (s *Store) FittingProducts(ctx context.Context, account uuid.UUID, ids []uuid.UUID, f models.ProductFilter, limit int) ([]models.Product, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := s.products(ctx, account, func(db *gorm.DB) *gorm.DB {
		return db.Where(`id IN (
			SELECT p.id FROM unnest(?::uuid[]) WITH ORDINALITY asked (id, n) JOIN products p ON p.account_id = ? AND p.id = asked.id
			 WHERE p.published AND EXISTS (
				SELECT FROM variants v WHERE v.account_id = p.account_id AND v.product_id = p.id
				   AND (?::numeric IS NULL OR v.price >= ?::numeric) AND (?::numeric IS NULL OR v.price <= ?::numeric)
				   AND (NOT ? OR NOT v.tracked OR v.quantity > 0 OR v.backorder))
			 ORDER BY asked.n LIMIT ?)`, asArray(ids), account, f.Min, f.Min, f.Max, f.Max, f.Available, limit)
	})
	return inOrder(found, ids, productID), err
}

// asArray writes IDs as a literal of an array: a list would become a row.
func asArray(ids []uuid.UUID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	return "{" + strings.Join(texts, ",") + "}"
}
