package answer

import (
	"testing"

	"kedai/models"
)

// codedShops have a code that holds its own percentage, one for a kind of
// product, one from an amount on, and one that is over.
var codedShops = map[models.Language]testShop{
	models.English: ruled(models.English,
		[3]string{"Promotions", "Save", "The code SAVE10 takes 10% off everything."},
		[3]string{"Promotions", "Table", "The code TABLE takes 20% off tablecloths."},
		[3]string{"Promotions", "Mug days", "The code MUGS26 takes 15% off orders from $50."},
		[3]string{"Promotions", "Winter", "The code SNOW25 took 20% off everything from December 1 to December 24, 2026."}),
	models.Spanish: ruled(models.Spanish,
		[3]string{"Promociones", "Ahorro", "Con el código AHORRO10 tienes 10% de descuento en todo."},
		[3]string{"Promociones", "Mesa", "El código MANTEL da 20% de descuento en manteles."},
		[3]string{"Promociones", "Tazas", "El código TAZAS26 da 15% de descuento en pedidos desde $500."}),
	models.Portuguese: ruled(models.Portuguese,
		[3]string{"Promoções", "Economia", "Com o cupom POUPE10 você tem 10% de desconto em tudo."},
		[3]string{"Promoções", "Mesa", "O cupom TOALHA dá 20% de desconto em toalhas."},
		[3]string{"Promoções", "Canecas", "O cupom CANECAS26 dá 15% de desconto em pedidos a partir de R$ 200."}),
	models.Russian: ruled(models.Russian,
		[3]string{"Акции", "Скидка", "По промокоду SKIDKA10 скидка 10% на всё."},
		[3]string{"Акции", "Стол", "Промокод СТОЛ даёт скидку 20% на скатерти."},
		[3]string{"Акции", "Кружки", "Промокод KRUZHKI26 даёт скидку 15% на заказы от 2000 ₽."}),
}

func TestACodeIsAppliedToTheProductThatIsNamedWithIt(t *testing.T) {
	t.Parallel()
	en, es, pt, ru := codedShops[models.English], codedShops[models.Spanish], codedShops[models.Portuguese], codedShops[models.Russian]
	cases := []talkCase{
		{name: "that holds its percentage", shop: en, say: "how much is the stoneware mug in charcoal with code SAVE10?", has: []string{"With 10% off", "$18.00"}, computed: []string{"discount 2", "total 18"}},
		{name: "in small letters", shop: en, say: "price of the charcoal stoneware mug with save10", has: []string{"$18.00"}, computed: []string{"discount 2", "total 18"}},
		{name: "without figures", shop: en, say: "does TABLE work on the large linen tablecloth?", has: []string{"20% off tablecloths", "$1,039.20"}, computed: []string{"discount 259.8", "total 1039.2"}},
		{name: "of pieces", shop: en, say: "what do 3 charcoal stoneware mugs cost with MUGS26?", has: []string{"With 15% off, 3 ×", "$51.00"}, computed: []string{"discount 9", "total 51"}},
		{name: "that the customer has", shop: en, say: "I have the code SAVE10. How much would the charcoal stoneware mug be?", has: []string{"$18.00"}, lacks: []string{"$20.00"}, computed: []string{"discount 2", "total 18"}},
		{name: "not where its least isn't reached", shop: en, say: "how much is the charcoal stoneware mug with the code MUGS26?", has: []string{"from $50", "$20.00"}, lacks: []string{"With 15% off"}},
		{name: "not to another kind", shop: en, say: "how much is the charcoal stoneware mug with the code TABLE?", has: []string{"off tablecloths", "$20.00"}, lacks: []string{"With 20% off"}},
		{name: "not to what is reduced", shop: en, say: "how much is the brass lamp with the code SAVE10?", has: []string{"SAVE10", "$95.50"}, lacks: []string{"With 10% off"}},
		{name: "not after its last day", shop: en, say: "how much is the charcoal stoneware mug with the code SNOW25?", has: []string{"ended on December 24", "$20.00"}, lacks: []string{"20%"}},
		{name: "not one that isn't there", shop: en, say: "how much is the charcoal stoneware mug with the code NOPE99?", has: []string{"don't find the code NOPE99", "$20.00"}, lacks: []string{"With 10% off"}},
		{name: "that holds its percentage", shop: es, say: "cuánto cuesta la taza de gres en carbón con el código AHORRO10?", has: []string{"$180.00"}, computed: []string{"discount 20", "total 180"}},
		{name: "without figures", shop: es, say: "cuánto sale el mantel de lino grande con el cupón MANTEL?", has: []string{"$1,039.20"}, computed: []string{"discount 259.8", "total 1039.2"}},
		{name: "that holds its percentage", shop: pt, say: "quanto fica a caneca de grés em carvão com o cupom poupe10?", has: []string{"R$ 89,91"}, computed: []string{"discount 9.99", "total 89.91"}},
		{name: "without figures", shop: pt, say: "o cupom TOALHA vale pra toalha de linho G?", has: []string{"R$ 1.039,20"}, computed: []string{"discount 259.8", "total 1039.2"}},
		{name: "that holds its percentage", shop: ru, say: "сколько стоит угольная кружка с промокодом SKIDKA10?", has: []string{"891 ₽"}, computed: []string{"discount 99", "total 891"}},
		{name: "without figures", shop: ru, say: "сколько будет большая льняная скатерть по промокоду СТОЛ?", has: []string{"1 039,20 ₽"}, computed: []string{"discount 259.8", "total 1039.2"}},
	}
	for i := range cases {
		cases[i].now = policyNow
	}
	runTalks(t, cases)
}

func TestACodeIsAppliedToPiecesOfWhatWasSpokenOf(t *testing.T) {
	t.Parallel()
	en, es, pt, ru := codedShops[models.English], codedShops[models.Spanish], codedShops[models.Portuguese], codedShops[models.Russian]
	mug := lines("how much is the stoneware mug in charcoal?", "“Speckled Stoneware Mug” (Charcoal) costs $20.00.")
	cloth := lines("how much is the large tablecloth?", "“Washed Linen Tablecloth” (Large) costs $1,299.00.")
	taza := lines("cuánto cuesta la taza de gres en carbón?", "“Taza de gres moteada” (Carbón) cuesta $200.00.")
	caneca := lines("quanto custa a caneca de grés em carvão?", "“Caneca de Grés Salpicada” (Carvão) custa R$ 99,90.")
	coal := lines("сколько стоит угольная кружка?", "«Кружка из крапчатой керамики» (Угольный) — 990 ₽.")
	runTalks(t, []talkCase{
		{name: "of a number alone", shop: en, history: mug, say: "and for 3 with the code MUGS26?", has: []string{"3 ×", "$51.00"}, computed: []string{"discount 9", "total 51"}},
		{name: "of them", shop: en, history: mug, say: "how much are 3 of them with MUGS26?", has: []string{"$51.00"}, computed: []string{"discount 9", "total 51"}},
		{name: "asked as what it is", shop: en, history: mug, say: "how much is it with the code SAVE10?", has: []string{"$18.00"}, computed: []string{"discount 2", "total 18"}},
		{name: "not too few", shop: en, history: mug, say: "and for 2 with the code MUGS26?", has: []string{"from $50"}, lacks: []string{"With 15% off"}},
		{name: "without figures", shop: en, history: cloth, say: "does TABLE work on it?", has: []string{"$1,039.20"}, computed: []string{"discount 259.8", "total 1039.2"}},
		{name: "named alone", shop: en, history: cloth, say: "and with TABLE?", has: []string{"$1,039.20"}, lacks: []string{"Lamp"}, computed: []string{"discount 259.8", "total 1039.2"}},
		{name: "of a number alone", shop: es, history: taza, say: "y 3 con el código TAZAS26?", has: []string{"$510.00"}, computed: []string{"discount 90", "total 510"}},
		{name: "of a number alone", shop: pt, history: caneca, say: "e 3 com o cupom CANECAS26?", has: []string{"R$ 254,74"}, computed: []string{"discount 44.96", "total 254.74"}},
		{name: "of a number alone", shop: ru, history: coal, say: "а 3 с промокодом KRUZHKI26?", has: []string{"2 524,50 ₽"}, computed: []string{"discount 445.5", "total 2524.5"}},
		{name: "of so many", shop: ru, history: coal, say: "а если применить kruzhki26 на 3 штуки?", has: []string{"2 524,50 ₽"}, computed: []string{"discount 445.5", "total 2524.5"}},
	})
}
