package answer

import (
	"testing"

	"kedai/models"
)

// sendingShops send to one or two places for a price, and for free from an amount on.
var sendingShops = map[models.Language]testShop{
	models.English: ruled(models.English, [3]string{"Shipping", "Rates", "Destination | Time | Price\nContiguous states | 3–6 days | $12.00\nAlaska and Hawaii | 7–12 days | $35.00"},
		[3]string{"Shipping", "Free shipping", "Shipping is free from $150."}),
	models.Spanish: ruled(models.Spanish, [3]string{"Envíos", "Tarifas", "Destino | Tiempo | Costo\nTodo México | 4 a 7 días | $120"},
		[3]string{"Envíos", "Sin costo", "En pedidos desde $1,500 no cobramos el envío."}),
	models.Portuguese: ruled(models.Portuguese, [3]string{"Frete", "Valores", "Destino | Prazo | Valor\nTodo o Brasil | 4 a 7 dias | R$ 25"},
		[3]string{"Frete", "Frete grátis", "Frete grátis em compras acima de R$ 500."}),
	models.Russian: ruled(models.Russian, [3]string{"Доставка", "Стоимость", "Куда | Срок | Цена\nПо всей России | 4–7 дней | 310 ₽\n\nПри заказе от 8000 ₽ доставка бесплатна."}),
}

func TestShippingIsFreeFromAnAmountOn(t *testing.T) {
	t.Parallel()
	en, es, pt, ru := sendingShops[models.English], sendingShops[models.Spanish], sendingShops[models.Portuguese], sendingShops[models.Russian]
	runTalks(t, []talkCase{
		{name: "for what reaches it", shop: en, say: "how much are 2 brass lamps with shipping?", has: []string{"free from $150", "$191.00, so shipping is free"}, lacks: []string{"$12", "$203"}, computed: []string{"total 191"}},
		{name: "asked for as such", shop: en, say: "is shipping free for 2 brass lamps?", has: []string{"$191.00, so shipping is free"}, computed: []string{"total 191"}},
		{name: "not for what doesn't", shop: en, say: "do i get free shipping if i buy 3 stoneware mugs in charcoal?", has: []string{"$60.00, less than $150.00"}, lacks: []string{"so shipping is free"}, computed: []string{"total 60"}},
		{name: "else its price is added", shop: en, say: "how much are 2 stoneware mugs in charcoal with shipping to texas?", has: []string{"with shipping ($12.00) that is $52.00"}, lacks: []string{"each"}, computed: []string{"total 40", "total 52"}},
		{name: "not where sending costs more", shop: en, say: "how much are 2 brass lamps with shipping to hawaii?", has: []string{"$35.00", "$191.00"}, lacks: []string{"so shipping is free", "$226"}, computed: []string{"total 191"}},
		{name: "for what reaches it", shop: es, say: "cuánto es por 2 lámparas de latón con envío?", has: []string{"$1,910.00, así que el envío es gratis"}, lacks: []string{"$120"}, computed: []string{"total 1910"}},
		{name: "not for what doesn't", shop: es, say: "cuánto sale 1 lámpara de latón con envío?", has: []string{"con el envío ($120.00) son $1,075.00"}, computed: []string{"total 955", "total 1075"}},
		{name: "for what reaches it", shop: pt, say: "quanto fica 2 luminárias de latão com frete?", has: []string{"R$ 911,00, então o frete é grátis"}, computed: []string{"total 911"}},
		{name: "not for what doesn't", shop: pt, say: "quanto fica 1 luminária de latão com frete?", has: []string{"com o frete (R$ 25,00) fica em R$ 480,50"}, computed: []string{"total 455.5", "total 480.5"}},
		{name: "for what reaches it", shop: ru, say: "сколько будут стоить 2 латунные лампы с доставкой?", has: []string{"10 980 ₽, доставка бесплатна"}, lacks: []string{"310"}, computed: []string{"total 10980"}},
	})
}

func TestShippingIsAddedToWhatWasSpokenOf(t *testing.T) {
	t.Parallel()
	en, es, pt, ru := sendingShops[models.English], sendingShops[models.Spanish], sendingShops[models.Portuguese], sendingShops[models.Russian]
	mug := lines("how much is the stoneware mug in charcoal?", "“Speckled Stoneware Mug” (Charcoal) costs $20.00.")
	taza := lines("cuánto cuesta la taza de gres en carbón?", "“Taza de gres moteada” (Carbón) cuesta $200.00.")
	caneca := lines("quanto custa a caneca de grés em carvão?", "“Caneca de Grés Salpicada” (Carvão) custa R$ 99,90.")
	lamp := lines("сколько стоит латунная лампа?", "«Латунная настольная лампа» — 5 490 ₽.")
	runTalks(t, []talkCase{
		{name: "of pieces", shop: en, history: mug, say: "how much for 2 with shipping to ohio?", has: []string{"with shipping ($12.00) that is $52.00"}, computed: []string{"total 40", "total 52"}},
		{name: "of one", shop: en, history: mug, say: "and with shipping to hawaii?", has: []string{"with shipping ($35.00) that is $55.00"}, computed: []string{"total 20", "total 55"}},
		{name: "not where only shipping is asked about", shop: en, history: mug, say: "and how long does shipping to hawaii take?", has: []string{"7–12 days"}, lacks: []string{"$55.00"}},
		{name: "of pieces", shop: es, history: taza, say: "y 2 con envío?", has: []string{"con el envío ($120.00) son $520.00"}, computed: []string{"total 400", "total 520"}},
		{name: "of one", shop: es, history: taza, say: "y con el envío?", has: []string{"son $320.00"}, computed: []string{"total 200", "total 320"}},
		{name: "of pieces", shop: pt, history: caneca, say: "e 2 com frete?", has: []string{"fica em R$ 224,80"}, computed: []string{"total 199.8", "total 224.8"}},
		{name: "of pieces", shop: ru, history: lamp, say: "а 2 с доставкой?", has: []string{"10 980 ₽, доставка бесплатна"}, computed: []string{"total 10980"}},
		{name: "of one", shop: ru, history: lamp, say: "а с доставкой?", has: []string{"5 800 ₽"}, computed: []string{"total 5490", "total 5800"}},
	})
}
