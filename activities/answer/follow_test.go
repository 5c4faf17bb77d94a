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

func TestSidesOfAnOr(t *testing.T) {
	runTalks(t, []talkCase{
		{
			name: "which of two", shop: englishShop(), say: "the desk lamp or the linen tablecloth in large, which can i machine wash and how much is each?",
			has: []string{"$95.50", "$1,299.00", "Machine wash"}, computed: []string{"difference 1203.5"},
		},
		{
			name: "which of two", shop: spanishShop(), say: "me gustan el mantel de lino chico y la lámpara de latón pero no sé, en cuánto está cada quien",
			has: []string{"1,249", "955"}, computed: []string{"difference 294"},
		},
		{name: "which of two", shop: portugueseShop(), say: "toalha de linho no G x luminária de latão, quanto sai cada uma?", has: []string{"1.299", "455,50"}, computed: []string{"difference 843.5"}},
		{name: "which of two", shop: russianShop(), say: "латунная лампа и льняная скатерть маленькая: по сколько они?", has: []string{"5 490", "1 249"}, computed: []string{"difference 4241"}},
		{name: "what is in stock", shop: englishShop(), say: "do you have the linen tablecloth in medium or the desk lamp in stock?", has: []string{"Medium is out of stock", "“Brass Desk Lamp” is in stock"}, computed: []string{"difference 1203.5"}},
		{name: "measures", shop: englishShop(), say: "is the brass desk lamp 46 x 20?", has: []string{"Height 46 cm"}, lacks: []string{"Tablecloth"}},
	})
}
