package eval

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
	} {
		require.Equal(t, test.want, holds(test.text, test.fact), "%q in %q", test.fact, test.text)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	expect := Expect{
		Action: []models.Action{models.ActionAnswer}, Facts: [][]string{{"50", "fifty"}}, Forbid: []string{"45"}, Language: models.English,
	}
	require.Empty(t, expect.check(Said{Action: models.ActionAnswer, Text: "The shirt costs $50."}))
	for why, said := range map[string]Said{
		"it does handoff":          {Action: models.ActionHandoff, Text: "The shirt costs $50."},
		"it lacks 50 or fifty":     {Action: models.ActionAnswer, Text: "The shirt costs $60."},
		"it says 45":               {Action: models.ActionAnswer, Text: "The shirt costs $50, not $45."},
		"it isn't in en":           {Action: models.ActionAnswer, Text: "La camisa cuesta $50 y es del color que usted busca."},
		"it lacks 50 or fifty ":    {Action: models.ActionAnswer, Text: ""},
		"it isn't in en (russian)": {Action: models.ActionAnswer, Text: "Рубашка стоит 50 долларов"},
	} {
		require.NotEmpty(t, expect.check(said), why)
	}
}
