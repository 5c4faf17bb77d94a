package activities

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestInCurrency(t *testing.T) {
	t.Parallel()
	price := decimal.NewFromInt(5)
	product := func(title, currency string) models.Evidence {
		return models.Evidence{Kind: models.EvidenceProduct, Product: &models.Product{Title: title, Variants: []models.Variant{{Price: &price, Currency: currency}}}}
	}
	passage := models.Evidence{Kind: models.EvidencePassage, Passage: &models.Passage{Text: "5 EUR"}}
	unpriced := models.Evidence{Kind: models.EvidenceProduct, Product: &models.Product{Variants: []models.Variant{{Currency: "EUR"}}}}
	t.Run("a further round keeps to the currency of the first", func(t *testing.T) {
		t.Parallel()
		got := inCurrency([]models.Evidence{product("a", "EUR"), passage, product("b", "USD"), unpriced}, []models.Evidence{product("c", "USD"), passage})
		require.Equal(t, []models.Evidence{passage, product("b", "USD"), unpriced}, got)
	})
	t.Run("without prices before, all may come", func(t *testing.T) {
		t.Parallel()
		require.Len(t, inCurrency([]models.Evidence{product("a", "EUR")}, []models.Evidence{passage, unpriced}), 1)
	})
}
