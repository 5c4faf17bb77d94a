package answer

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// tentShops have tents told apart by a name that means nothing else, and
// backpacks that are told apart by what they have.
var tentShops = map[models.Language]testShop{
	models.English: stocked(models.English,
		single("Vantor Canvas Tent", "Tents", "A tent for two people.", "240"), single("Ostrel Nylon Tent", "Tents", "A tent for three people.", "180"),
		single("Hiking Backpack with Rain Cover", "Backpacks", "Holds 20 litres.", "70"), single("Hiking Backpack with Hip Belt", "Backpacks", "Holds 40 litres.", "120"),
		single("Hiking Backpack with Frame", "Backpacks", "Holds 60 litres.", "150"), single("Hiking Backpack with Wheels", "Backpacks", "Holds 50 litres.", "160")),
	models.Spanish: stocked(models.Spanish,
		single("Casa de campaña Vantor", "Casas de campaña", "Para dos personas.", "2400"), single("Casa de campaña Ostrel", "Casas de campaña", "Para tres personas.", "1800"),
		single("Mochila de senderismo con funda", "Mochilas", "Capacidad de 20 litros.", "700"), single("Mochila de senderismo con cinturón", "Mochilas", "Capacidad de 40 litros.", "1200"),
		single("Mochila de senderismo con estructura", "Mochilas", "Capacidad de 60 litros.", "1500"), single("Mochila de senderismo con ruedas", "Mochilas", "Capacidad de 50 litros.", "1600")),
	models.Portuguese: stocked(models.Portuguese,
		single("Barraca Vantor", "Barracas", "Para duas pessoas.", "840"), single("Barraca Ostrel", "Barracas", "Para três pessoas.", "640"),
		single("Mochila de Trilha com Capa", "Mochilas", "Capacidade de 20 litros.", "210"), single("Mochila de Trilha com Barrigueira", "Mochilas", "Capacidade de 40 litros.", "360"),
		single("Mochila de Trilha com Estrutura", "Mochilas", "Capacidade de 60 litros.", "500"), single("Mochila de Trilha com Rodas", "Mochilas", "Capacidade de 50 litros.", "550")),
	models.Russian: stocked(models.Russian,
		single("Палатка Vantor", "Палатки", "На двух человек.", "8400"), single("Палатка Ostrel", "Палатки", "На трёх человек.", "6400"),
		single("Походный рюкзак с чехлом", "Рюкзаки", "Объём 20 литров.", "2100"), single("Походный рюкзак с поясом", "Рюкзаки", "Объём 40 литров.", "3600"),
		single("Походный рюкзак с рамой", "Рюкзаки", "Объём 60 литров.", "5000"), single("Походный рюкзак с колёсами", "Рюкзаки", "Объём 50 литров.", "5500")),
}

func TestWhichProductIsMeant(t *testing.T) {
	t.Parallel()
	en, es, pt, ru := tentShops[models.English], tentShops[models.Spanish], tentShops[models.Portuguese], tentShops[models.Russian]
	asked := lines("tell me about the hiking backpack", "Which one do you mean: “Hiking Backpack with Frame”, “Hiking Backpack with Wheels”, “Hiking Backpack with Rain Cover”?")
	runTalks(t, []talkCase{
		{name: "many that fit alike are asked back about", shop: en, say: "how many litres does the hiking backpack hold?", action: models.ActionClarify, has: []string{"Which one do you mean", "“Hiking Backpack with Frame”"}, lacks: []string{"Tent", "litres"}},
		{name: "what is answered to that is the one", shop: en, history: asked, say: "the one with wheels", has: []string{"“Hiking Backpack with Wheels”", "50 litres"}, lacks: []string{"Frame", "Cover", "Belt"}},
		{name: "a word tells one of those that are alike", shop: en, say: "how much is the hiking backpack with the hip belt?", has: []string{"“Hiking Backpack with Hip Belt” costs $120.00"}, lacks: []string{"Frame", "Wheels", "Cover"}},
		{name: "a name that was coined is one product's", shop: en, say: "how much is the ostrel?", has: []string{"“Ostrel Nylon Tent” costs $180.00"}, lacks: []string{"Vantor"}},
		{name: "a coined name answers what it is like", shop: en, say: "how many people fit in the ostrel?", has: []string{"“Ostrel Nylon Tent”", "three people"}, lacks: []string{"two people"}},
		{name: "many that fit alike are asked back about", shop: es, say: "háblame de la mochila de senderismo", action: models.ActionClarify, has: []string{"¿A cuál te refieres", "“Mochila de senderismo con funda”"}, lacks: []string{"Casa", "litros"}},
		{name: "a name that was coined is one product's", shop: es, say: "tienen la vantor?", has: []string{"“Casa de campaña Vantor”"}, lacks: []string{"Ostrel"}},
		{name: "many that fit alike are asked back about", shop: pt, say: "me conta sobre a mochila de trilha", action: models.ActionClarify, has: []string{"De qual você está falando", "“Mochila de Trilha com Capa”"}, lacks: []string{"Barraca", "litros"}},
		{name: "a name that was coined is one product's", shop: pt, say: "quanto custa a ostrel?", has: []string{"“Barraca Ostrel” custa R$ 640,00"}, lacks: []string{"Vantor"}},
		{name: "many that fit alike are asked back about", shop: ru, say: "сколько литров в походном рюкзаке?", action: models.ActionClarify, has: []string{"Какой вы имеете в виду", "«Походный рюкзак с чехлом»"}, lacks: []string{"Палатка", "литров"}},
		{name: "a name that was coined is one product's", shop: ru, say: "есть vantor?", has: []string{"«Палатка Vantor» есть в наличии"}, lacks: []string{"Ostrel"}},
	})
}

func TestAClarifyingQuestionIsOne(t *testing.T) {
	t.Parallel()
	for language, say := range map[models.Language]string{
		models.English: "tell me about the hiking backpack", models.Spanish: "háblame de la mochila de senderismo",
		models.Portuguese: "me conta sobre a mochila de trilha", models.Russian: "расскажите про походный рюкзак",
	} {
		t.Run(string(language), func(t *testing.T) {
			t.Parallel()
			turn, draft, evidence := talkCase{shop: tentShops[language], say: say}.reply()
			require.Equal(t, models.ActionClarify, draft.Action, draft.Text)
			require.Equal(t, 1, strings.Count(draft.Text, "?"), draft.Text)
			require.Len(t, quoted(draft.Text), mostListed)
			require.Len(t, draft.Cites, mostListed, "those that it names")
			require.Empty(t, Guard(turn, draft, evidence), draft.Text)
		})
	}
}

func TestTheCheaperOneIsOfThoseThatWereSpokenOf(t *testing.T) {
	t.Parallel()
	en, es, pt, ru := tentShops[models.English], tentShops[models.Spanish], tentShops[models.Portuguese], tentShops[models.Russian]
	runTalks(t, []talkCase{
		{name: "of two before", shop: en, history: lines("how much are the tents?", "“Vantor Canvas Tent” costs $240.00. “Ostrel Nylon Tent” costs $180.00."), say: "which one is cheaper?", has: []string{"“Ostrel Nylon Tent” costs $60.00 less"}, lacks: []string{"Backpack"}, computed: []string{"difference 60"}},
		{name: "of two that are named", shop: en, say: "vantor or ostrel, which is cheaper?", has: []string{"“Ostrel Nylon Tent” costs $60.00 less"}, computed: []string{"difference 60"}},
		{name: "of two before", shop: es, history: lines("cuánto cuestan las casas de campaña?", "“Casa de campaña Vantor” cuesta $2,400.00. “Casa de campaña Ostrel” cuesta $1,800.00."), say: "cuál es la más barata?", has: []string{"“Casa de campaña Ostrel” cuesta $600.00 menos"}, lacks: []string{"Mochila"}, computed: []string{"difference 600"}},
		{name: "of two before", shop: pt, history: lines("quanto custam as barracas?", "“Barraca Vantor” custa R$ 840,00. “Barraca Ostrel” custa R$ 640,00."), say: "qual das duas é mais barata?", has: []string{"“Barraca Ostrel” custa R$ 200,00 a menos"}, lacks: []string{"Mochila"}, computed: []string{"difference 200"}},
		{name: "of two before", shop: ru, history: lines("сколько стоят палатки?", "«Палатка Vantor» — 8 400 ₽. «Палатка Ostrel» — 6 400 ₽."), say: "какая из них дешевле?", has: []string{"«Палатка Ostrel» дешевле на 2 000 ₽"}, lacks: []string{"рюкзак"}, computed: []string{"difference 2000"}},
		{name: "of two that are named", shop: ru, say: "что дешевле, vantor или ostrel?", has: []string{"«Палатка Ostrel» дешевле на 2 000 ₽"}, computed: []string{"difference 2000"}},
	})
}

func TestWhatIsToldAboutAProduct(t *testing.T) {
	t.Parallel()
	runTalks(t, []talkCase{
		{name: "its price and what it is", shop: englishShop(), say: "tell me about the brass desk lamp", has: []string{"“Brass Desk Lamp”", "$95.50", "pivoting arm", "46 cm"}, lacks: []string{"Mug", "Tablecloth", "working days"}},
		{name: "by a coined name", shop: tentShops[models.English], say: "tell me about the vantor", has: []string{"“Vantor Canvas Tent” costs $240.00", "two people"}, lacks: []string{"Ostrel"}},
		{name: "nothing of what isn't there", shop: englishShop(), say: "tell me about the kayak", action: models.ActionHandoff},
		{name: "nothing of what isn't published", shop: englishShop(), say: "tell me about the retired oak tray", action: models.ActionHandoff},
		{name: "its price and what it is", shop: spanishShop(), say: "háblame de la lámpara de latón", has: []string{"“Lámpara de escritorio de latón”", "$955.00", "brazo giratorio"}, lacks: []string{"Taza", "Mantel"}},
		{name: "by a coined name", shop: tentShops[models.Spanish], say: "cuéntame de la ostrel", has: []string{"“Casa de campaña Ostrel” cuesta $1,800.00", "tres personas"}, lacks: []string{"Vantor"}},
		{name: "its price and what it is", shop: portugueseShop(), say: "me conta sobre a luminária de latão", has: []string{"“Luminária de Mesa de Latão”", "R$ 455,50", "braço articulado"}, lacks: []string{"Caneca", "Toalha"}},
		{name: "nothing of what isn't there", shop: portugueseShop(), say: "fala sobre o caiaque", action: models.ActionHandoff},
		{name: "its price and what it is", shop: russianShop(), say: "расскажите про латунную лампу", has: []string{"«Латунная настольная лампа»", "5 490 ₽", "поворотной ручкой"}, lacks: []string{"Кружка", "скатерть"}},
		{name: "nothing of what isn't there", shop: russianShop(), say: "расскажите про каяк", action: models.ActionHandoff},
	})
}
