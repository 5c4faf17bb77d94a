package answer

import (
	"testing"

	"kedai/models"
)

func TestReactionsAndRemarksBeforeAQuestion(t *testing.T) {
	cloth := func(language models.Language, title, size string) []Line {
		return []Line{{Customer, title + " " + size}, {Agent, map[models.Language]string{
			models.English: "“" + title + "” (" + size + ") costs $1,249.00.", models.Spanish: "“" + title + "” (" + size + ") cuesta $1,249.00.",
			models.Portuguese: "“" + title + "” (" + size + ") custa R$ 1.249,00.", models.Russian: "«" + title + "» (" + size + ") — 1 249 ₽.",
		}[language]}}
	}
	runTalks(t, []talkCase{
		{name: "praise", shop: englishShop(), history: cloth(models.English, "Washed Linen Tablecloth", "Small"), say: "oh nice, how much is it", has: []string{"$1,249.00"}},
		{name: "praise", shop: spanishShop(), history: cloth(models.Spanish, "Mantel de lino lavado", "Chico"), say: "qué padre, ese en cuánto sale", has: []string{"1,249"}},
		{name: "praise", shop: portugueseShop(), history: cloth(models.Portuguese, "Toalha de Mesa de Linho", "P"), say: "show, quanto tá ela?", has: []string{"1.249"}},
		{name: "praise", shop: russianShop(), history: cloth(models.Russian, "Льняная скатерть", "Маленькая"), say: "отлично, и сколько такая стоит?", has: []string{"1 249"}},
		{name: "what it is for", shop: spanishShop(), say: "voy a abrir un consultorio, cuántas lámparas de escritorio de latón tienen", has: []string{"3"}},
		{name: "what it is for", shop: englishShop(), say: "setting up a clinic, how many brass desk lamps are there", has: []string{"We have 3 left"}},
		{name: "back again", shop: englishShop(), say: "is the moss green stoneware mug back in yet??", has: []string{"Moss Green"}},
	})
}
