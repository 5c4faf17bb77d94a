package answer

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// TestCountsAreToldWhenAsked asks how many are left in many ways.
func TestCountsAreToldWhenAsked(t *testing.T) {
	t.Parallel()
	asked := map[models.Language]struct {
		shop  testShop
		has   string
		turns []string
	}{
		models.English: {englishShop(), "9", []string{
			"exact number of stoneware mugs in charcoal u have left?", "stoneware mug charcoal, qty?", "whats the most stoneware mugs in charcoal i could buy", "inventory on the charcoal stoneware mug pls",
			"what quantity of the stoneware mug in charcoal is on hand", "how many charcoal stoneware mugs can i get today",
		}},
		models.Spanish: {spanishShop(), "9", []string{
			"qué cantidad queda de la taza de gres en carbón", "taza de gres carbón, existencias?", "cuántas tazas de gres en carbón me pueden surtir", "lo máximo que puedo comprar de la taza de gres carbón",
		}},
		models.Portuguese: {portugueseShop(), "9", []string{
			"qual o estoque da caneca de grés em carvão", "caneca de gres carvão, quantas unidades tem?", "qual o máximo que consigo comprar da caneca de grés carvão",
		}},
		models.Russian: {russianShop(), "9", []string{
			"кружка керамическая угольная, остаток интересует", "в каком количестве есть керамическая кружка угольная", "сколько максимум угольных керамических кружек могу купить", "точное количество угольных керамических кружек подскажите",
		}},
	}
	for language, a := range asked {
		for _, say := range a.turns {
			turn := Turn{Language: language, Shop: "Hearth", Messages: []string{say}, Now: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC), Currency: a.shop.currency}
			u := Understand(turn)
			d := Reply(turn, u, a.shop.evidence(), 1)
			require.Equal(t, models.ActionAnswer, d.Action, "%s: %s", say, describe(u))
			require.Contains(t, d.Text, a.has, say)
		}
	}
}

// TestExtremeSizesAreChosen asks for the least and the greatest of sizes.
func TestExtremeSizesAreChosen(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		shop     testShop
		say, has string
	}{
		{englishShop(), "how much is the smallest linen tablecloth?", "Small"},
		{englishShop(), "price of the linen tablecloth, the biggest one", "Large"},
		{spanishShop(), "cuánto cuesta el mantel de lino más grande", "Grande"},
		{russianShop(), "сколько стоит самая большая льняная скатерть", "Большая"},
	} {
		turn := Turn{Language: test.shop.language, Shop: "Hearth", Messages: []string{test.say}, Now: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC), Currency: test.shop.currency}
		d := Reply(turn, Understand(turn), test.shop.evidence(), 1)
		require.Equal(t, models.ActionAnswer, d.Action, test.say)
		require.Contains(t, d.Text, test.has, test.say)
	}
}
