package store

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"kedai/models"
)

// ProductsByID returns published products with their variants, read now, in
// the order of ids. Those that are gone are left out.
func (s *Store) ProductsByID(ctx context.Context, account uuid.UUID, ids []uuid.UUID) ([]models.Product, error) {
	return s.FittingProducts(ctx, account, ids, models.ProductFilter{}, len(ids))
}

// FittingProducts is ProductsByID for those of ids that have a variant which
// fits the filter as it stands now: the first of them, at most limit.
func (s *Store) FittingProducts(ctx context.Context, account uuid.UUID, ids []uuid.UUID, f models.ProductFilter, limit int) ([]models.Product, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var found []models.Product
	err := s.inOneTrip(ctx, account, func(t *trip) {
		found = nil
		t.all(into(&found), `
			SELECT to_json(fitting) FROM (
				SELECT p.*, (SELECT coalesce(json_agg(v ORDER BY v.position), '[]') FROM variants v WHERE v.account_id = p.account_id AND v.product_id = p.id) AS variants
				  FROM unnest($2::uuid[]) WITH ORDINALITY asked (id, n) JOIN products p ON p.account_id = $1 AND p.id = asked.id
				 WHERE p.published AND ($6 OR EXISTS (
					SELECT FROM variants v WHERE v.account_id = p.account_id AND v.product_id = p.id
					   AND ($3::numeric IS NULL OR v.price >= $3) AND ($4::numeric IS NULL OR v.price <= $4)
					   AND (NOT $5 OR NOT v.tracked OR v.quantity > 0 OR v.backorder)))
				 ORDER BY asked.n LIMIT $7) fitting`,
			account, asArray(ids), f.Min, f.Max, f.Available, f.Empty(), limit)
	})
	return inOrder(found, ids, productID), err
}

// asArray writes IDs as a literal of an array.
func asArray(ids []uuid.UUID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = id.String()
	}
	return "{" + strings.Join(texts, ",") + "}"
}
