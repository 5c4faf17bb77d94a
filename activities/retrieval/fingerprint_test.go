package retrieval_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/activities/retrieval"
	"kedai/models"
)

func TestFingerprint(t *testing.T) {
	t.Parallel()
	id := models.NewID()
	mug := func() *models.Product {
		p := product("Mug", "Holds 300 ml.", "kitchen")
		p.ID, p.Variants[0].SKU = id, "M-1"
		return &p
	}
	of := func(p *models.Product) []byte { return retrieval.Fingerprint(models.English, p) }
	again := of(mug())
	require.Equal(t, of(mug()), again)
	for name, change := range map[string]func(*models.Product){
		"title": func(p *models.Product) { p.Title = "Bowl" },
		"body":  func(p *models.Product) { p.Body += " Blue." },
		"tags":  func(p *models.Product) { p.Tags = nil },
		"SKU":   func(p *models.Product) { p.Variants[0].SKU = "M-2" },
		"moved": func(p *models.Product) { p.Title, p.Body = p.Body, p.Title },
	} {
		p := mug()
		change(p)
		require.NotEqual(t, of(mug()), of(p), name)
	}
	require.NotEqual(t, of(mug()), retrieval.Fingerprint(models.Spanish, mug()), "language")
	p := mug()
	p.Variants[0].Quantity, p.Variants[0].Price, p.Published = 99, nil, false
	require.Equal(t, of(mug()), of(p), "prices, stock and whether it is published aren't indexed")
}
