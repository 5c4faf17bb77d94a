package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestWishesNameWhatIsNotWanted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		language models.Language
		say      string
		without  []string
	}{
		{models.English, "looking for a planter, not clay, up to $40", []string{"clay"}},
		{models.English, "a gift for my aunt under 50, no silver or gold please", []string{"silver", "gold"}},
		{models.English, "show me lamps, no more than 60 dollars", nil},
		{models.Spanish, "busco una bolsa que no sea de piel, hasta 900", []string{"piel"}},
		{models.Portuguese, "quero um vaso sem ser caro, que não seja de barro, até 100", []string{"barro"}},
		{models.Russian, "нужен плед до 5000, шерстяные не предлагать", []string{"шерстяные"}},
	} {
		u := Understand(Turn{Language: c.language, Messages: []string{c.say}})
		require.Len(t, u.Questions, 1, c.say)
		if c.without == nil {
			require.Empty(t, u.Questions[0].Without, c.say)
		}
		for _, w := range c.without {
			require.Contains(t, u.Questions[0].Without, w, c.say)
			require.NotContains(t, u.Questions[0].Words, w, c.say)
		}
	}
}

func wishShop() testShop {
	s := testShop{language: models.English, currency: "USD"}
	s.product("Grey Sofa", "Sofas", "Large four-seater sofa.", "", testVariant{price: "899", quantity: 3})
	s.product("Cream Sofa", "Sofas", "Three-seater sofa with removable covers.", "", testVariant{price: "500", quantity: 3})
	s.product("Leather Loveseat Sofa", "Sofas", "Two-seater sofa in leather.", "", testVariant{price: "349", quantity: 3})
	s.product("Copper Light", "Lighting", "Bedside light, bulb not included.", "", testVariant{price: "59", quantity: 3})
	s.product("Bedside Table", "Tables", "Oak table for a lamp and a book.", "", testVariant{price: "75", quantity: 3})
	s.product("Pearl Candle", "Candles", "Scented candle.", "Size", testVariant{value: "Small", price: "12", quantity: 3}, testVariant{value: "Large", price: "30", quantity: 3})
	return s
}

func TestRecommendationsAreOfTheKindThatIsWished(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		say          string
		names, spare []string
	}{
		{"need a sofa for 4 people, up to $1000", []string{"Grey Sofa"}, []string{"Cream Sofa", "Copper Light"}},
		{"want a sofa, no leather, under 600", []string{"Cream Sofa"}, []string{"Leather", "Copper Light"}},
		{"want a lamp for my nightstand, 80 dollars tops", []string{"Copper Light"}, []string{"Bedside Table"}},
		{"i need a candle, 20 dollars max", []string{"Pearl Candle” (Small)"}, []string{"Large"}},
	} {
		turn := Turn{Language: models.English, Shop: "Hearth", Messages: []string{c.say}}
		draft := Reply(turn, Understand(turn), wishShop().evidence(), 1)
		require.Equal(t, models.ActionAnswer, draft.Action, c.say)
		for _, name := range c.names {
			require.Contains(t, draft.Text, name, c.say)
		}
		for _, name := range c.spare {
			require.NotContains(t, draft.Text, name, c.say)
		}
	}
}
