package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestDetect(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text     string
		expected, want models.Language
	}{
		{"keeps the expected language of a short text", "ok", models.Portuguese, models.Portuguese},
		{"sees English", "how much is the red one please", models.Spanish, models.English},
		{"sees Spanish", "cuánto cuesta la lámpara?", models.English, models.Spanish},
		{"sees Portuguese", "vocês têm essa luminária?", models.Spanish, models.Portuguese},
		{"sees Russian", "сколько стоит LED лампа", models.English, models.Russian},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, detect([]string{c.text}, c.expected))
		})
	}
}

func TestUnderstand(t *testing.T) {
	t.Parallel()
	history := lines("how much for the stoneware mug", "“Speckled Stoneware Mug” costs $18.00.")
	tests := []struct {
		name    string
		turn    Turn
		intents []models.Intent
		search  string
	}{
		{
			"keeps the order of the intents",
			Turn{Language: models.English, Messages: []string{"hi", "do you ship to Malta?", "how much is the tall vase"}},
			[]models.Intent{models.IntentGreeting, models.IntentPolicy, models.IntentProductPrice},
			"ship malta shipping tall vase",
		},
		{
			"mends what it is sure of",
			Turn{Language: models.English, Messages: []string{"do you have a waranty on vases"}},
			[]models.Intent{models.IntentPolicy},
			"warranty vases",
		},
		{
			"takes the title from the reply before",
			Turn{Language: models.English, History: history, Messages: []string{"and in green?"}},
			[]models.Intent{models.IntentProductPrice},
			"green speckled stoneware mug",
		},
		{
			"takes nothing from before where a product is named",
			Turn{Language: models.English, History: history, Messages: []string{"how much is the tall blue glass vase"}},
			[]models.Intent{models.IntentProductPrice},
			"tall blue glass vase",
		},
		{
			"keeps the spelling of the language for the search",
			Turn{Language: models.Russian, Messages: []string{"сколько стоит ЗЕЛЁНЫЙ чайник"}},
			[]models.Intent{models.IntentProductPrice},
			"зелёный чайник",
		},
		{
			"searches in the shop's words for another language's topic",
			Turn{Language: models.English, Messages: []string{"сколько идет доставка?"}},
			[]models.Intent{models.IntentPolicy},
			"доставка идет shipping",
		},
		{"has no search for small talk", Turn{Language: models.Spanish, Messages: []string{"muchas gracias"}}, []models.Intent{models.IntentThanks}, ""},
		{"passes over digits of other scripts", Turn{Language: models.English, Messages: []string{"price of ٣ vases ߀"}}, []models.Intent{models.IntentProductPrice}, "vases"},
		{"has an intent for an empty burst", Turn{Language: models.English, Messages: []string{""}}, []models.Intent{models.IntentOther}, ""},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			u := Understand(c.turn)
			require.Equal(t, c.intents, u.Intents, "%+v", u)
			require.Equal(t, c.search, u.Search)
		})
	}
}

func TestOneEdit(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"human", "humna"}, {"human", "huma"}, {"human", "humaan"}, {"human", "humen"}, {"лампа", "лапма"}} {
		require.True(t, oneEdit(pair[0], pair[1]), pair)
		require.True(t, oneEdit(pair[1], pair[0]), pair)
	}
	require.False(t, oneEdit("human", "hmuna"))
	require.False(t, oneEdit("human", "hum"))
}

func FuzzTurn(f *testing.F) {
	f.Add("how much is the lamp?", "en")
	f.Add("“«1.2,3 $$ # ñ́ ё 00", "ru")
	shop := englishShop()
	f.Fuzz(func(t *testing.T, text, language string) {
		turn := Turn{Language: models.Language(language), Messages: []string{text}, History: lines(text, text)}
		u := Understand(turn)
		require.NotEmpty(t, u.Intents)
		draft := Reply(turn, u, shop.evidence(), 3)
		Guard(turn, draft, shop.evidence())
		Guard(turn, models.Draft{Text: text}, nil)
	})
}
