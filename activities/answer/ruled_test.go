package answer

import (
	"testing"

	"kedai/models"
)

// ruleShops have a rule on each of what every shop has rules on.
var ruleShops = map[models.Language]testShop{
	models.English: ruled(models.English,
		[3]string{"Exchanges", "Time limit", "Swap anything for another size within 40 days of delivery."},
		[3]string{"Exchanges", "What it costs", "The first exchange is free. Each further one costs $7.50."},
		[3]string{"Refunds", "When you get it", "We issue the refund within 6 business days of your return's arrival."},
		[3]string{"Refunds", "Where it goes", "Card or PayPal: the way you paid. Gift card: a new gift card."}),
	models.Spanish: ruled(models.Spanish,
		[3]string{"Cambios", "Plazo", "Cambia tu pieza por otra talla durante 40 días."},
		[3]string{"Cambios", "Cuánto cuesta", "El primer cambio es gratis. Los siguientes cuestan $75."},
		[3]string{"Reembolsos", "Cuánto tardan", "Hacemos el reembolso en 6 días hábiles desde que llega tu devolución."},
		[3]string{"Reembolsos", "A dónde va el dinero", "- **Tarjeta:** a la misma tarjeta.\n- **OXXO:** por transferencia a una cuenta a tu nombre."}),
	models.Portuguese: ruled(models.Portuguese,
		[3]string{"Trocas", "Prazo", "Troque por outro tamanho em até 40 dias."},
		[3]string{"Trocas", "Quanto custa", "A primeira troca é grátis. As seguintes custam R$ 17."},
		[3]string{"Reembolsos", "Quando o dinheiro volta", "A conferência leva até 6 dias úteis. Depois:\n\n| Pagamento | Prazo |\n|---|---|\n| Pix | 2 dias úteis |\n| Boleto | 9 dias úteis |"}),
	models.Russian: ruled(models.Russian,
		[3]string{"Обмен", "Срок", "Обменять вещь на другой размер можно в течение 40 дней."},
		[3]string{"Обмен", "Стоимость", "Первый обмен бесплатный. Следующие — 340 ₽ каждый."},
		[3]string{"Возврат денег", "Когда придут деньги", "Отправляем деньги в течение 6 рабочих дней.\n\n| Как платили | Сколько идут деньги |\n|---|---|\n| Карта | до 4 рабочих дней |\n| СБП | в тот же день |"}),
}

func TestRulesAreToldByTheirKind(t *testing.T) {
	t.Parallel()
	en, es, pt, ru := ruleShops[models.English], ruleShops[models.Spanish], ruleShops[models.Portuguese], ruleShops[models.Russian]
	runTalks(t, []talkCase{
		{name: "how long for an exchange", shop: en, say: "how long do i have to swap a mug for another size?", has: []string{"40 days"}, lacks: []string{"31 days"}},
		{name: "what a second one costs", shop: en, say: "swapped it once already, do i pay if i swap again?", has: []string{"$7.50"}},
		{name: "when the money comes back", shop: en, say: "you got my return parcel, when do i get my money?", has: []string{"6 business days"}, lacks: []string{"31 days"}},
		{name: "how long for an exchange", shop: es, say: "cuántos días tengo para cambiar la taza por otra talla?", has: []string{"40 días"}, lacks: []string{"31 días"}},
		{name: "what an exchange costs", shop: es, say: "me cobran algo por el cambio?", has: []string{"gratis", "$75"}},
		{name: "when the money comes back, of a parcel", shop: es, say: "ya recibieron mi paquete de devolución, en cuánto me regresan mi dinero", has: []string{"6 días hábiles"}},
		{name: "where the money goes by the way it was paid", shop: es, say: "pagué en oxxo y ya devolví la taza, cómo me regresan el dinero", has: []string{"transferencia"}},
		{name: "what a second one costs", shop: pt, say: "e numa segunda troca, quanto é?", has: []string{"R$ 17"}},
		{name: "when the money comes back by the way it was paid", shop: pt, say: "paguei no boleto e devolvi, em quanto tempo sai o reembolso", has: []string{"6 dias", "9 dias úteis"}, lacks: []string{"2 dias úteis"}},
		{name: "how long for an exchange", shop: ru, say: "сколько дней на обмен кружки?", has: []string{"40 дней"}, lacks: []string{"31 дня"}},
		{name: "never a table's head", shop: ru, say: "возврат пришел вчера, через сколько деньги отправите", has: []string{"6 рабочих дней"}, lacks: []string{"Как платили"}},
	})
}

// classShops send goods of one class at rates of their own.
var classShops = map[models.Language]testShop{
	models.English: ruled(models.English, [3]string{"Shipping", "Where we deliver", "We deliver within the United States. Large items go to the contiguous states only.\n\nLarge items are the desk lamp, the bench and the wardrobe. Everything else is a parcel."},
		[3]string{"Shipping", "Times and costs", "Zone | Service | Time | Cost\nContiguous states | Parcel | 3–5 days | $7.00\nContiguous states | Large item | 7–12 days | $79.00\nAlaska and Hawaii | Parcel | 8–11 days | $18.00"}),
	models.Spanish: ruled(models.Spanish, [3]string{"Envíos", "A dónde", "Enviamos a toda la República. Son piezas grandes la lámpara, la banca y el ropero."},
		[3]string{"Envíos", "Tiempos y costos", "Zona | Tiempo | Costo\nQuerétaro y Ciudad de México, paquetes | 1 a 3 días | $85\nResto de la República, paquetes | 4 a 6 días | $139\nPiezas grandes, toda la República menos Yucatán | 8 a 14 días | $690"}),
}

func TestGoodsOfAClassAreSentAtItsRates(t *testing.T) {
	t.Parallel()
	en, es := classShops[models.English], classShops[models.Spanish]
	runTalks(t, []talkCase{
		{name: "of the class", shop: en, say: "how much is shipping the brass desk lamp to chicago?", has: []string{"$79.00"}, lacks: []string{"$7.00"}},
		{name: "of no class", shop: en, say: "how much is shipping a linen tablecloth to chicago?", has: []string{"$7.00"}, lacks: []string{"$79.00"}},
		{name: "not where they aren't sent", shop: en, say: "how much is shipping the brass desk lamp to maui?", has: []string{"contiguous states only"}, lacks: []string{"$18.00"}},
		{name: "of the class", shop: es, say: "cuánto cuesta el envío de la lámpara de latón a guadalajara?", has: []string{"$690"}, lacks: []string{"$139"}},
		{name: "the rest of the country", shop: es, say: "cuánto sale el envío de una taza a mty?", has: []string{"$139"}, lacks: []string{"$85"}},
		{name: "a borough of a city", shop: es, say: "envío a coyoacán cuánto es", has: []string{"$85"}, lacks: []string{"$139"}},
	})
}
