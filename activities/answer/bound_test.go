package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestBoundsAreReadInEveryWording(t *testing.T) {
	for _, c := range []struct {
		language    models.Language
		say         string
		least, most string
	}{
		{models.English, "a small gift for my aunt, 30 dollars is my absolute ceiling so nothing above please", "", "30"},
		{models.English, "need a lamp, between 40 and 60 bucks", "40", "60"},
		{models.English, "gift for mom, fifty dollars tops", "", "50"},
		{models.English, "something warm for grandpa, $30-$50", "30", "50"},
		{models.English, "i'd like a mug, not more than a hundred and twenty", "", "120"},
		{models.English, "toys for kids from 8 to 12", "", ""},
		{models.Spanish, "lo máximo que puedo dar son 2000, un reloj. no me enseñes los que se pasan", "", "2000"},
		{models.Spanish, "un regalo para mi jefa, no más de quinientos pesos", "", "500"},
		{models.Portuguese, "quero uma vela, 130 é meu teto!! passou disso nem manda", "", "130"},
		{models.Portuguese, "até cento e cinquenta, presente pra minha sogra", "", "150"},
		{models.Portuguese, "quero uma bolsa, entre 100 e 200 reais", "100", "200"},
		{models.Russian, "нужна банка под муку, чем больше тем лучше, до 1500р", "", "1500"},
		{models.Russian, "свечку в подарок, скинулись по тыще: выше 1000 не предлагать", "", "1000"},
		{models.Russian, "чем порадовать дедушку тысячи на две", "", "2000"},
	} {
		u := Understand(Turn{Language: c.language, Messages: []string{c.say}})
		require.Len(t, u.Questions, 1, c.say)
		require.Equal(t, []string{c.least, c.most}, []string{u.Questions[0].AtLeast, u.Questions[0].AtMost}, c.say)
	}
}

func TestWordsForNumbersHaveTheirValues(t *testing.T) {
	t.Parallel()
	for _, language := range models.Languages() {
		values := lexiconOf(language).values
		require.NotEmpty(t, values, language)
		for word, value := range values {
			require.Positive(t, value, "%s: %s", language, word)
		}
	}
}
