package models_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestWhatLookUpsCompare(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"#1042": "1042", "№ 1042": "1042", "1042": "1042", "en-1042b": "EN1042B", "#": "", "Заказ7": "ЗАКАЗ7"} {
		require.Equal(t, want, models.OrderNumber(name), name)
	}
	for email, want := range map[string]string{
		" Ana@Shop.Example ": "ana@shop.example", "a@b": "a@b", "ana": "", "@b": "", "a@": "", "a b@c.example": "", "": "", "a@b.example\n": "a@b.example", "a\x00@b": "",
	} {
		require.Equal(t, want, models.NormalEmail(email), email)
	}
	for phone, want := range map[string]string{
		"+1 (202) 555-0131": "+12025550131", "0012025550131": "+12025550131", "+12025550131": "+12025550131", "202.555.0131": "2025550131",
		"8 900 000-01-12": "89000000112", "911": "", "+1234567890123456": "", "call me": "", "": "", "1202555013١": "", "+1+2025550131": "",
	} {
		require.Equal(t, want, models.NormalPhone(phone), phone)
	}
	require.NotEqual(t, models.NormalPhone("+2025550131"), models.NormalPhone("2025550131"), "a number without its country is no proof of one with it")
}

func TestEstimatedDelivery(t *testing.T) {
	t.Parallel()
	day := func(n int) *time.Time {
		at := time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC)
		return &at
	}
	o := models.Order{Shipments: []models.Shipment{{EstimatedAt: day(9)}, {EstimatedAt: day(11)}, {}, {EstimatedAt: day(20), DeliveredAt: day(19)}}}
	require.Equal(t, day(11), o.EstimatedDelivery(), "what has arrived doesn't count")
	require.Nil(t, models.Order{Shipments: o.Shipments[2:]}.EstimatedDelivery())
}

func TestContentHash(t *testing.T) {
	t.Parallel()
	price := func(text string) *decimal.Decimal {
		d := decimal.RequireFromString(text)
		return &d
	}
	product := func() models.Product {
		return models.Product{Handle: "mug", Title: "Mug", Variants: []models.Variant{{SKU: "M", Price: price("12.50"), Currency: "USD"}}}
	}
	same := product()
	same.ID, same.AccountID, same.Variants[0].ID = models.NewID(), models.NewID(), models.NewID()
	same.Tags, same.Variants[0].Options, same.Variants[0].Price, same.Line, same.Locked = []string{}, []models.Option{}, price("12.5"), 7, true
	require.Equal(t, product().ContentHash(), same.ContentHash())
	for name, change := range map[string]func(*models.Product){
		"title":       func(p *models.Product) { p.Title = "Bowl" },
		"published":   func(p *models.Product) { p.Published = true },
		"tags":        func(p *models.Product) { p.Tags = []string{"a"} },
		"price":       func(p *models.Product) { p.Variants[0].Price = price("12.51") },
		"no price":    func(p *models.Product) { p.Variants[0].Price = nil },
		"stock":       func(p *models.Product) { p.Variants[0].Quantity = 1 },
		"one variant": func(p *models.Product) { p.Variants = append(p.Variants, p.Variants[0]) },
	} {
		other := product()
		change(&other)
		require.NotEqual(t, product().ContentHash(), other.ContentHash(), name)
	}
	p := product()
	_ = p.ContentHash()
	require.Equal(t, product(), p, "it changes nothing of the product")
}

func TestCurrencyPlaces(t *testing.T) {
	t.Parallel()
	require.Equal(t, []int32{2, 0, 3}, []int32{models.CurrencyPlaces("USD"), models.CurrencyPlaces("JPY"), models.CurrencyPlaces("KWD")})
	yen, dinar := decimal.RequireFromString("100.5"), decimal.RequireFromString("1.005")
	id := models.NewID()
	edit := func(currency string, amount *decimal.Decimal) error {
		p := models.Product{Variants: []models.Variant{{ID: id, Currency: currency}}}
		return models.ProductEdit{Variants: []models.VariantEdit{{ID: id, Price: &models.PriceEdit{Amount: amount}}}}.Apply(&p)
	}
	require.Error(t, edit("JPY", &yen))
	require.Error(t, edit("USD", &dinar))
	require.NoError(t, edit("KWD", &dinar))
}
