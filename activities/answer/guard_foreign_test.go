package answer

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// A reply is in the agent's language; names may be in any.
func TestGuardRefusesOtherLanguages(t *testing.T) {
	t.Parallel()
	for language, texts := range map[models.Language]map[string]bool{
		models.English: {
			"这个灯的价格是 $95.50": false, "Oui, la lampe coûte $95.50.": false, "Die Lampe kostet $95.50 und ist auf Lager.": false, "Lampen koster $95.50.": false, "Sí, cuesta $95.50.": false, "La lámpara cuesta $95.50.": false, "Она стоит $95.50.": false,
			"Oui.": false, "It costs $95.50.": true, "Yes.": true, "$95.50": true, "Sure, the lamp is $95.50 🙂": true, "Hi!": true, "The café lamp costs $95.50.": true, "The lamp from “Łódź” costs $95.50.": true,
		},
		models.Spanish: {
			"It costs $95.50.": false, "Custa $95.50 e está disponível.": false, "La lampe coûte $95.50.": false, "Лампа стоит $95.50.": false, "价格是 $95.50": false,
			"Cuesta $95.50.": true, "Sí.": true, "De nada.": true, "Claro, cuesta $95.50.": true, "La lámpara está disponible.": true,
		},
		models.Portuguese: {
			"It costs $95.50.": false, "Claro, cuesta $95.50.": false, "La lámpara cuesta $95.50 y está disponible.": false, "La lampe coûte $95.50.": false, "Стоит $95.50.": false, "价格是 $95.50": false,
			"Custa $95.50.": true, "Sim.": true, "Claro!": true, "Claro, custa $95.50.": true, "De nada!": true,
		},
		models.Russian: {
			"It costs $95.50.": false, "Лампа коштує $95.50 і є в наявності.": false, "La lámpara cuesta $95.50.": false, "价格是 $95.50": false, "Die Lampe kostet $95.50.": false,
			"Она стоит $95.50.": true, "Да.": true, "Здравствуйте!": true, "Лампа стоит $95.50, платить можно online.": true, "Напишите нам на e-mail.": true, "Это Łódź, она стоит $95.50.": true,
		},
	} {
		evidence := englishShop().evidence()[:3]
		evidence = append(evidence, models.Evidence{N: 4, Kind: models.EvidenceProduct, Product: &models.Product{Title: "Łódź Lampe 灯"}})
		for text, right := range texts {
			t.Run(text, func(t *testing.T) {
				t.Parallel()
				found := Guard(Turn{Language: language, Messages: []string{"?"}}, models.Draft{Text: text, Cites: []int{3, 4}}, evidence)
				found = slices.DeleteFunc(found, func(v Violation) bool { return v.Kind != ViolationLanguage })
				require.Equal(t, right, len(found) == 0, found)
			})
		}
	}
}
