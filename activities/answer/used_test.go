package answer

import (
	"testing"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestUsed(t *testing.T) {
	t.Parallel()
	returns := models.Evidence{N: 1, Kind: models.EvidencePassage, Passage: &models.Passage{
		SourceID: uuid.New(), Headings: []string{"Returns", "How long"},
		Text: "You may return articles within 30 days. Gift cards can't be returned. The parcel must be insured for 50 euro.",
	}}
	price := decimal.RequireFromString("12.50")
	mug := models.Evidence{N: 2, Kind: models.EvidenceProduct, Product: &models.Product{
		ID: uuid.New(), Title: "Blue mug", Body: "It holds 350 ml. It is safe in the dishwasher.", Vendor: "Clay",
		Variants: []models.Variant{{Price: &price, Currency: "EUR", Quantity: 7, Tracked: true, Options: []models.Option{{Name: "Size", Value: "Large"}}}},
	}}

	t.Run("the sentence whose figure is said is used, the others aren't", func(t *testing.T) {
		t.Parallel()
		used := Used(models.English, models.Draft{Text: "Articles come back within 30 days.", Cites: []int{1}}, returns)
		require.Equal(t, []string{"You may return articles within 30 days."}, used.Sentences)
		require.Equal(t, "Returns", used.Title)
		require.Equal(t, []string{"Returns", "How long"}, used.Headings)
		require.Equal(t, returns.Passage.SourceID, used.ID)
		require.True(t, used.Cited)
	})
	t.Run("a sentence is used by its words", func(t *testing.T) {
		t.Parallel()
		used := Used(models.English, models.Draft{Text: "Sorry, a gift card can't be returned.", Cites: []int{1}}, returns)
		require.Equal(t, []string{"Gift cards can't be returned."}, used.Sentences)
	})
	t.Run("a sentence in like words with another figure isn't used", func(t *testing.T) {
		t.Parallel()
		e := models.Evidence{N: 1, Passage: &models.Passage{Text: "Delivery to a pick-up point takes 2 days. A parcel is kept at the pick-up point for 7 days."}}
		used := Used(models.English, models.Draft{Text: "A parcel takes 2 days for delivery to a pick-up point.", Cites: []int{1}}, e)
		require.Equal(t, []string{"Delivery to a pick-up point takes 2 days."}, used.Sentences)
	})
	t.Run("of a passage in other words the closest sentence is told", func(t *testing.T) {
		t.Parallel()
		used := Used(models.English, models.Draft{Text: "Please see to an insured shipment of what you send us back.", Cites: []int{1}}, returns)
		require.Equal(t, []string{"The parcel must be insured for 50 euro."}, used.Sentences)
	})
	t.Run("of what isn't cited nothing is used", func(t *testing.T) {
		t.Parallel()
		used := Used(models.English, models.Draft{Text: "You may return articles within 30 days. Blue mug, 12.50 EUR", Cites: nil}, returns)
		require.Empty(t, used.Sentences)
		require.False(t, used.Cited)
		require.Empty(t, Used(models.English, models.Draft{Text: "Blue mug: 12.50 EUR"}, mug).Fields)
	})
	t.Run("of a product the fields are told", func(t *testing.T) {
		t.Parallel()
		used := Used(models.English, models.Draft{Text: "The Blue mug is 12.50 EUR.", Cites: []int{2}, Intent: models.IntentProductPrice}, mug)
		require.Equal(t, []models.Field{{Name: "title", Value: "Blue mug"}, {Name: "price", Value: "12.50 EUR"}}, used.Fields)
		require.Empty(t, used.Sentences)
		stock := Used(models.English, models.Draft{Text: "“Blue mug” in Large is in stock.", Cites: []int{2}, Intent: models.IntentProductStock}, mug)
		require.Contains(t, stock.Fields, models.Field{Name: "quantity", Value: "7"})
		require.Contains(t, stock.Fields, models.Field{Name: "Size", Value: "Large"})
		detail := Used(models.English, models.Draft{Text: "It holds 350 ml.", Cites: []int{2}}, mug)
		require.Equal(t, []string{"It holds 350 ml."}, detail.Sentences)
	})
	t.Run("in each language", func(t *testing.T) {
		t.Parallel()
		e := models.Evidence{N: 1, Passage: &models.Passage{Text: "Возврат возможен в течение 14 дней. Доставка стоит 300 ₽."}}
		used := Used(models.Russian, models.Draft{Text: "Вернуть товар можно в течение 14 дней.", Cites: []int{1}}, e)
		require.Equal(t, []string{"Возврат возможен в течение 14 дней."}, used.Sentences)
		require.Empty(t, used.Title)
	})
}
