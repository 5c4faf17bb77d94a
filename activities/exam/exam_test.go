package exam

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestHolds(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text, fact string
		want       bool
	}{
		{"It costs $1,299.00.", "1299", true},
		{"Custa R$ 1.299,00 à vista", "1,299.00", true},
		{"Стоит 1\u00a0299 ₽", "1299", true},
		{"It costs $50.00", "50", true},
		{"It costs $150", "50", false},
		{"It costs $50.50", "50", false},
		{"Order 1042 is on its way", "104", false},
		{"Llega en 3–5 días", "5", true},
		{"El envío es GRATIS", "envio es gratis", true},
		{"On its   way", "on its way", true},
		{"1Z999AA10123456784", "1z999aa10123456784", true},
		{"nothing", "something", false},
		{"Model 300 45 USD", "45", true},
		{"It takes 300 12.50", "12.50", true},
		{"It is 110 cm long", "10 cm", false},
		{"It is 10 cm long, not 110 cm", "10 cm", true},
		{"10 in stock", "0 in stock", false},
		{"now $50", "is now $5", false},
	} {
		require.Equal(t, test.want, holds(test.text, test.fact), "%q in %q", test.fact, test.text)
	}
}

func TestInLanguage(t *testing.T) {
	t.Parallel()
	for text, is := range map[string]models.Language{
		"It costs $12.50, in stock: 4.":                   models.English,
		"Yes, delivery takes 3 to 5 business days.":       models.English,
		"Returns: within 30 days, unused, tags attached.": models.English,
		"Envíos en 5 días hábiles":                        models.Spanish,
		"La taza cuesta $249 y hay 4 en existencia.":      models.Spanish,
		"A caneca custa R$ 89,90 e temos 4 em estoque.":   models.Portuguese,
		"O frete é grátis para compras acima de R$ 300.":  models.Portuguese,
		"Кружка Harbor Stoneware Mug стоит 1 299 ₽.":      models.Russian,
		"Да, есть в наличии: 4 шт. Код промо: SUMMER20":   models.Russian,
	} {
		for _, l := range models.Languages() {
			require.Equal(t, l == is, inLanguage(text, l), "%s: %s", l, text)
		}
	}
	require.True(t, inLanguage("$12.50", models.Russian))
}

func TestCheck(t *testing.T) {
	t.Parallel()
	expect := models.Expectation{
		Action: []models.Action{models.ActionAnswer}, Facts: [][]string{{"50", "fifty"}}, Forbid: []string{"45"}, Language: models.English,
	}
	require.Empty(t, Check(expect, models.ActionAnswer, "The shirt costs $50."))
	for why, said := range map[string]struct {
		action models.Action
		text   string
	}{
		"it does handoff":          {models.ActionHandoff, "The shirt costs $50."},
		"it lacks 50 or fifty":     {models.ActionAnswer, "The shirt costs $60."},
		"it says 45":               {models.ActionAnswer, "The shirt costs $50, not $45."},
		"it isn't in en":           {models.ActionAnswer, "La camisa cuesta $50 y es del color que usted busca."},
		"it lacks 50 or fifty ":    {models.ActionAnswer, ""},
		"it isn't in en (russian)": {models.ActionAnswer, "Рубашка стоит 50 долларов"},
	} {
		require.NotEmpty(t, Check(expect, said.action, said.text), why)
	}
}
