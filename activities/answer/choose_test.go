package answer

import (
	"testing"

	"kedai/models"
)

// lampShops have lamps at several prices, the cheapest of them sold out, and
// something that is no lamp.
var lampShops = map[models.Language]testShop{
	models.English: stocked(models.English,
		single("Oak Floor Lamp", "Lamps", "A tall lamp of oak.", "140"),
		single("Clip Reading Lamp", "Lamps", "A lamp for reading in bed.", "35"),
		testProduct{"Paper Table Lamp", "Lamps", "A lamp of rice paper.", nil, []testChoice{{nil, "25", 0}}},
		single("Merino Scarf", "Scarves", "A warm scarf.", "30")),
	models.Spanish: stocked(models.Spanish,
		single("Lámpara de pie de roble", "Lámparas", "Una lámpara alta de roble.", "1400"),
		single("Lámpara de lectura con pinza", "Lámparas", "Una lámpara para leer en la cama.", "350"),
		testProduct{"Lámpara de papel", "Lámparas", "Una lámpara de papel de arroz.", nil, []testChoice{{nil, "250", 0}}},
		single("Bufanda de merino", "Bufandas", "Una bufanda abrigadora.", "300")),
	models.Portuguese: stocked(models.Portuguese,
		single("Luminária de Piso de Carvalho", "Luminárias", "Uma luminária alta de carvalho.", "700"),
		single("Luminária de Leitura com Garra", "Luminárias", "Uma luminária para ler na cama.", "175"),
		testProduct{"Luminária de Papel", "Luminárias", "Uma luminária de papel de arroz.", nil, []testChoice{{nil, "125", 0}}},
		single("Cachecol de Merino", "Cachecóis", "Um cachecol quente.", "150")),
	models.Russian: stocked(models.Russian,
		single("Дубовый торшер", "Лампы", "Высокая лампа из дуба.", "7000"),
		single("Лампа для чтения на прищепке", "Лампы", "Лампа для чтения в постели.", "1750"),
		testProduct{"Бумажная лампа", "Лампы", "Лампа из рисовой бумаги.", nil, []testChoice{{nil, "1250", 0}}},
		single("Шарф из мериноса", "Шарфы", "Тёплый шарф.", "1500")),
}

func TestChoosingKeepsToTheMostThatMayBeSpent(t *testing.T) {
	t.Parallel()
	en, es, pt, ru := lampShops[models.English], lampShops[models.Spanish], lampShops[models.Portuguese], lampShops[models.Russian]
	runTalks(t, []talkCase{
		{name: "one is within it", shop: en, say: "can you recommend a lamp under $100?", has: []string{"“Clip Reading Lamp” — $35.00"}, lacks: []string{"Oak", "Paper", "Scarf"}},
		{name: "several are within it", shop: en, say: "i'm looking for a lamp up to $200", has: []string{"“Oak Floor Lamp” — $140.00", "“Clip Reading Lamp” — $35.00"}, lacks: []string{"Paper", "Scarf"}},
		{name: "one costs just as much", shop: en, say: "recommend a lamp under $35", has: []string{"“Clip Reading Lamp” — $35.00"}, lacks: []string{"Oak", "Paper"}},
		{name: "none is within it", shop: en, say: "recommend something under $20", action: models.ActionHandoff},
		{name: "options are within it", shop: englishShop(), say: "recommend a mug under $19", has: []string{"“Speckled Stoneware Mug” (Sand) — $18.00"}, lacks: []string{"$20", "Lamp"}},
		{name: "one is within it", shop: es, say: "qué lámpara me recomiendas de menos de $1000?", has: []string{"“Lámpara de lectura con pinza” — $350.00"}, lacks: []string{"roble", "papel", "Bufanda"}},
		{name: "one is within it", shop: pt, say: "que luminária vc recomenda até R$ 300?", has: []string{"“Luminária de Leitura com Garra” — R$ 175,00"}, lacks: []string{"Carvalho", "Papel", "Cachecol"}},
		{name: "none is within it", shop: pt, say: "algo quente até R$ 100", action: models.ActionHandoff},
		{name: "one is within it", shop: ru, say: "посоветуйте лампу до 3000 рублей", has: []string{"«Лампа для чтения на прищепке» — 1 750 ₽"}, lacks: []string{"торшер", "Бумажная", "Шарф"}},
		{name: "one costs just as much", shop: ru, say: "нужна лампа не дороже 1750", has: []string{"«Лампа для чтения на прищепке» — 1 750 ₽"}, lacks: []string{"торшер", "Бумажная"}},
		{name: "none is within it", shop: ru, say: "посоветуйте лампу до 1500 рублей", action: models.ActionHandoff},
	})
}
