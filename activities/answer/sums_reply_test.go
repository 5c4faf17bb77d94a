package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestInstalmentsAreDividedWhereARuleAllowsThem(t *testing.T) {
	t.Parallel()
	en := ruled(models.English, [3]string{"Payment", "Instalments", "You can pay in up to 6 payments of at least $20 each."})
	es := ruled(models.Spanish, [3]string{"Pagos", "Pagos", "Puedes pagar hasta en 6 pagos de al menos $200."})
	pt := ruled(models.Portuguese, [3]string{"Pagamento", "Parcelamento", "Parcelamos em até 6 parcelas de no mínimo R$ 60."})
	ru := ruled(models.Russian, [3]string{"Оплата", "Рассрочка", "Рассрочка до 6 платежей, каждый не меньше 600 ₽."})
	most := map[models.Language]testShop{
		models.English: ruled(models.English, [3]string{"Payment", "Instalments", "You can pay in up to 6 payments."}), models.Spanish: ruled(models.Spanish, [3]string{"Pagos", "Pagos", "Puedes pagar hasta en 6 pagos."}),
		models.Portuguese: ruled(models.Portuguese, [3]string{"Pagamento", "Parcelamento", "Parcelamos em até 6 parcelas."}), models.Russian: ruled(models.Russian, [3]string{"Оплата", "Рассрочка", "Рассрочка до 6 платежей."}),
	}
	whole := ruled(models.English, [3]string{"Payment", "Ways to pay", "We accept Visa and PayPal. The whole amount is paid at once."})
	lamp := lines("how much is the brass lamp?", "“Brass Desk Lamp” costs $95.50. It is reduced: it was $120.00 before.")
	runTalks(t, []talkCase{
		{name: "of a price", shop: en, say: "how much is the brass lamp in 3 payments?", has: []string{"up to 6 payments", "3 payments of $31.83"}, computed: []string{"total 31.83"}},
		{name: "of an option", shop: en, say: "price of the large tablecloth in 6 payments", has: []string{"(Large)", "6 payments of $216.50"}, computed: []string{"total 216.5"}},
		{name: "of what was spoken of", shop: en, history: lamp, say: "and in 4 payments?", has: []string{"4 payments of $23.88"}, computed: []string{"total 23.88"}},
		{name: "not in more than are allowed", shop: most[models.English], say: "how much is the brass lamp in 12 payments?", has: []string{"up to 6 payments"}, lacks: []string{"12 payments"}},
		{name: "not in more than are allowed of what was spoken of", shop: most[models.English], history: lamp, say: "and in 12 payments?", has: []string{"up to 6 payments"}, lacks: []string{"12 payments"}},
		{name: "not into less than the least", shop: en, say: "how much is the brass lamp in 5 payments?", has: []string{"at least $20"}, lacks: []string{"5 payments", "$19.10"}},
		{name: "not where nothing is said of them", shop: whole, say: "how much is the brass lamp in 3 payments?", lacks: []string{"3 payments", "$31.83"}},
		{name: "of a price", shop: es, say: "cuánto cuesta la lámpara de latón en 3 pagos?", has: []string{"3 pagos de $318.33"}, computed: []string{"total 318.33"}},
		{name: "of an option", shop: es, say: "cuánto cuesta el mantel grande en 6 pagos?", has: []string{"(Grande)", "6 pagos de $216.50"}, computed: []string{"total 216.5"}},
		{name: "not in more than are allowed", shop: most[models.Spanish], say: "cuánto cuesta la lámpara de latón en 12 pagos?", has: []string{"hasta en 6 pagos"}, lacks: []string{"12 pagos"}},
		{name: "not into less than the least", shop: es, say: "cuánto cuesta la lámpara de latón en 5 pagos?", has: []string{"al menos $200"}, lacks: []string{"5 pagos", "$191.00"}},
		{name: "of a price", shop: pt, say: "quanto fica a luminária de latão em 3x?", has: []string{"3 parcelas de R$ 151,83"}, computed: []string{"total 151.83"}},
		{name: "not in more than are allowed", shop: most[models.Portuguese], say: "quanto fica a luminária de latão em 12x?", has: []string{"até 6 parcelas"}, lacks: []string{"12 parcelas"}},
		{name: "of a price", shop: ru, say: "сколько выйдет латунная лампа в рассрочку на 6 платежей?", has: []string{"6 платежей по 915 ₽"}, computed: []string{"total 915"}},
		{name: "not in more than are allowed", shop: most[models.Russian], say: "сколько выйдет латунная лампа в рассрочку на 12 платежей?", has: []string{"до 6 платежей"}, lacks: []string{"12 платежей"}},
	})
}

func TestShippingIsAddedToASum(t *testing.T) {
	t.Parallel()
	en := ruled(models.English, [3]string{"Shipping", "Rates", "Destination | Time | Price\nContiguous states | 3–6 days | $12.00\nAlaska and Hawaii | 7–12 days | $35.00"})
	es := ruled(models.Spanish, [3]string{"Envíos", "Tarifas", "Destino | Tiempo | Costo\nResto de México | 4 a 7 días | $120\nPenínsula de Yucatán | 8 a 11 días | $260"})
	ru := ruled(models.Russian, [3]string{"Доставка", "Стоимость", "Куда | Срок | Цена\nМосква | 1–2 дня | 310 ₽\nУрал и Сибирь | 8–11 дней | 480 ₽"})
	runTalks(t, []talkCase{
		{name: "of pieces", shop: en, say: "how much are 2 brass lamps with shipping to texas?", has: []string{"$191.00; with shipping ($12.00) that is $203.00"}, lacks: []string{"$35"}, computed: []string{"total 191", "total 203"}},
		{name: "by where it goes", shop: en, say: "how much are 2 brass lamps with shipping to hawaii?", has: []string{"with shipping ($35.00) that is $226.00"}, lacks: []string{"$12"}, computed: []string{"total 191", "total 226"}},
		{name: "of one piece", shop: en, say: "total for 1 brass lamp with shipping to chicago?", has: []string{"with shipping ($12.00) that is $107.50"}, computed: []string{"total 95.5", "total 107.5"}},
		{name: "not where it isn't said where it goes", shop: en, say: "how much are 2 brass lamps with shipping?", has: []string{"$12.00", "$35.00", "$191.00"}, lacks: []string{"$203", "$226"}, computed: []string{"total 191"}},
		{name: "of pieces", shop: es, say: "cuánto es por 2 lámparas de latón con envío a tijuana?", has: []string{"con el envío ($120.00) son $2,030.00"}, lacks: []string{"$260"}, computed: []string{"total 1910", "total 2030"}},
		{name: "by where it goes", shop: es, say: "cuánto es el total de 1 lámpara de latón con envío a cancún?", has: []string{"con el envío ($260.00) son $1,215.00"}, lacks: []string{"$120"}, computed: []string{"total 955", "total 1215"}},
		{name: "of pieces", shop: ru, say: "сколько будут стоить 2 латунные лампы с доставкой в новосибирск?", has: []string{"с доставкой (480 ₽) — 11 460 ₽"}, lacks: []string{"310"}, computed: []string{"total 10980", "total 11460"}},
	})
}

func TestShippingThatMayBeFreeIsNotAdded(t *testing.T) {
	t.Parallel()
	en := ruled(models.English, [3]string{"Shipping", "Rates", "Destination | Time | Price\nContiguous states | 3–6 days | $12.00"}, [3]string{"Shipping", "Free shipping", "Shipping is free from $200."})
	ru := ruled(models.Russian, [3]string{"Доставка", "Стоимость", "Куда | Срок | Цена\nПо всей России | 4–7 дней | 310 ₽\n\nПри заказе от 10980 ₽ доставка бесплатна."})
	runTalks(t, []talkCase{
		{name: "two pieces below the amount", shop: en, say: "how much are 2 brass lamps with shipping?", has: []string{"with shipping ($12.00) that is $203.00"}, computed: []string{"total 191", "total 203"}},
		{name: "from what amount it is", shop: en, say: "is shipping free for 2 brass lamps?", has: []string{"free from $200", "$191.00, less than $200.00"}, lacks: []string{"so shipping is free"}, computed: []string{"total 191"}},
		{name: "one piece below the amount", shop: ru, say: "сколько будет стоить 1 латунная лампа с доставкой?", has: []string{"с доставкой (310 ₽) — 5 800 ₽"}, computed: []string{"total 5490", "total 5800"}},
		{name: "two pieces from the amount on", shop: ru, say: "сколько будут стоить 2 латунные лампы с доставкой?", has: []string{"доставка бесплатна", "10 980 ₽"}, lacks: []string{"11 290"}, computed: []string{"total 10980"}},
	})
}

var codeShops = map[models.Language]testShop{
	models.English: ruled(models.English,
		[3]string{"Promotions", "Spring", "The code SPRING26 takes 10% off orders from $19, from March 3 to March 21, 2027."},
		[3]string{"Promotions", "Winter", "The code SNOW25 took 20% off everything from December 1 to December 24, 2026."},
		[3]string{"Promotions", "Summer", "The code LAKE27 takes 15% off everything from June 2 to June 19, 2027."}),
	models.Spanish: ruled(models.Spanish,
		[3]string{"Promociones", "Primavera", "El código FLOR26 da 10% de descuento en pedidos desde $190, del 3 al 21 de marzo de 2027."},
		[3]string{"Promociones", "Invierno", "El código NIEVE25, con 20% en todo, fue válido del 1 al 24 de diciembre de 2026."}),
	models.Portuguese: ruled(models.Portuguese,
		[3]string{"Promoções", "Primavera", "De 3 a 21 de março de 2027, o cupom FLOR26 dá 10% de desconto em pedidos a partir de R$ 95."},
		[3]string{"Promoções", "Inverno", "O cupom NEVE25, com 20% em tudo, valeu de 1º a 24 de dezembro de 2026."}),
	models.Russian: ruled(models.Russian,
		[3]string{"Акции", "Весна", "С 3 по 21 марта 2027 года промокод VESNA26 даёт скидку 10% на заказы от 900 ₽."},
		[3]string{"Акции", "Зима", "Промокод SNEG25 со скидкой 20% на всё действовал с 1 по 24 декабря 2026 года."}),
}

func TestACodeIsAppliedToThePriceThatWasSpokenOf(t *testing.T) {
	t.Parallel()
	en, es, pt, ru := codeShops[models.English], codeShops[models.Spanish], codeShops[models.Portuguese], codeShops[models.Russian]
	charcoal := lines("how much is the stoneware mug in charcoal?", "“Speckled Stoneware Mug” (Charcoal) costs $20.00.")
	sand := lines("how much is the stoneware mug in sand?", "“Speckled Stoneware Mug” (Sand) costs $18.00.")
	lamp := lines("how much is the brass lamp?", "“Brass Desk Lamp” costs $95.50. It is reduced: it was $120.00 before.")
	carbon := lines("cuánto cuesta la taza de gres en carbón?", "“Taza de gres moteada” (Carbón) cuesta $200.00.")
	carvao := lines("quanto custa a caneca de grés em carvão?", "“Caneca de Grés Salpicada” (Carvão) custa R$ 99,90.")
	coal := lines("сколько стоит угольная кружка?", "«Кружка из крапчатой керамики» (Угольный) — 990 ₽.")
	cases := []talkCase{
		{name: "where its least is reached", shop: en, history: charcoal, say: "and with the code SPRING26?", has: []string{"With 10% off", "$18.00"}, computed: []string{"discount 2", "total 18"}},
		{name: "not where its least isn't reached", shop: en, history: sand, say: "and with the code SPRING26?", has: []string{"from $19"}, lacks: []string{"With 10% off", "$16.20"}},
		{name: "not to a price that is reduced", shop: en, history: lamp, say: "and with the code SPRING26?", has: []string{"SPRING26"}, lacks: []string{"With 10% off", "$85.95"}},
		{name: "not after its last day", shop: en, history: charcoal, say: "and with the code SNOW25?", has: []string{"ended on December 24, 2026"}, lacks: []string{"20%", "$16.00"}},
		{name: "not before its first day", shop: en, history: charcoal, say: "and with the code LAKE27?", has: []string{"starts on June 2"}, lacks: []string{"15%", "$17.00"}},
		{name: "where its least is reached", shop: es, history: carbon, say: "y con el código FLOR26?", has: []string{"10% de descuento", "$180.00"}, computed: []string{"discount 20", "total 180"}},
		{name: "not after its last day", shop: es, history: carbon, say: "y con el código NIEVE25?", has: []string{"24 de diciembre de 2026", "ya no es válido"}, lacks: []string{"20%", "$160"}},
		{name: "where its least is reached", shop: pt, history: carvao, say: "e com o cupom FLOR26?", has: []string{"10% de desconto", "R$ 89,91"}, computed: []string{"discount 9.99", "total 89.91"}},
		{name: "not after its last day", shop: pt, history: carvao, say: "e com o cupom NEVE25?", has: []string{"24 de dezembro de 2026", "não vale mais"}, lacks: []string{"20%", "79,92"}},
		{name: "where its least is reached", shop: ru, history: coal, say: "а с промокодом VESNA26?", has: []string{"скидкой 10%", "891 ₽"}, computed: []string{"discount 99", "total 891"}},
		{name: "not where its least isn't reached", shop: ru, history: lines("сколько стоит песочная кружка?", "«Кружка из крапчатой керамики» (Песочный) — 890 ₽."), say: "а с промокодом VESNA26?", has: []string{"от 900 ₽"}, lacks: []string{"801"}},
		{name: "not after its last day", shop: ru, history: coal, say: "а с промокодом SNEG25?", has: []string{"24 декабря 2026", "больше не действует"}, lacks: []string{"20%", "792"}},
	}
	for i := range cases {
		cases[i].now = policyNow
	}
	runTalks(t, cases)
	runTalks(t, []talkCase{
		{name: "on its last day", shop: en, history: charcoal, say: "and with the code SPRING26?", now: policyNow.AddDate(0, 0, 9), has: []string{"$18.00"}, computed: []string{"discount 2", "total 18"}},
		{name: "not a day later", shop: en, history: charcoal, say: "and with the code SPRING26?", now: policyNow.AddDate(0, 0, 10), has: []string{"ended on March 21"}, lacks: []string{"$18.00"}},
	})
}

func TestSumsStandOnWhatWasWorkedOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]talkCase{
		"instalments": {shop: ruled(models.English, [3]string{"Payment", "Instalments", "You can pay in up to 6 payments."}), say: "how much is the brass lamp in 3 payments?"},
		"shipping":    {shop: ruled(models.Spanish, [3]string{"Envíos", "Tarifas", "Destino | Costo\nTodo México | $120"}), say: "cuánto es por 2 lámparas de latón con envío?"},
		"a code": {
			shop: codeShops[models.Portuguese], now: policyNow, say: "e com o cupom FLOR26?",
			history: lines("quanto custa a caneca de grés em carvão?", "“Caneca de Grés Salpicada” (Carvão) custa R$ 99,90."),
		},
		"pieces": {shop: russianShop(), say: "сколько стоят 3 латунные лампы?"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			turn, draft, evidence := c.reply()
			require.NotEmpty(t, draft.Computed, draft.Text)
			require.Empty(t, Guard(turn, draft, evidence), draft.Text)
			draft.Computed = nil
			require.NotEmpty(t, Guard(turn, draft, evidence), draft.Text)
		})
	}
}
