package answer

import (
	"testing"

	"kedai/models"
)

// dividingShops name the least of each payment in a sentence of its own.
var dividingShops = map[models.Language]testShop{
	models.English:    ruled(models.English, [3]string{"Payment", "Instalments", "You can pay in up to 6 payments. Each payment is at least $20."}),
	models.Spanish:    ruled(models.Spanish, [3]string{"Pagos", "Pagos", "Puedes pagar hasta en 6 pagos. Cada pago es de al menos $200."}),
	models.Portuguese: ruled(models.Portuguese, [3]string{"Pagamento", "Parcelamento", "Parcelamos em até 6 vezes. Cada parcela é de no mínimo R$ 80."}),
	models.Russian:    ruled(models.Russian, [3]string{"Оплата", "Рассрочка", "Рассрочка до 6 платежей. Каждый платёж не меньше 1000 ₽."}),
}

func TestInstalmentsAreNoLessThanTheLeastOfEach(t *testing.T) {
	t.Parallel()
	en, es, pt, ru := dividingShops[models.English], dividingShops[models.Spanish], dividingShops[models.Portuguese], dividingShops[models.Russian]
	lamp := lines("how much is the brass lamp?", "“Brass Desk Lamp” costs $95.50. It is reduced: it was $120.00 before.")
	runTalks(t, []talkCase{
		{name: "too little", shop: en, say: "how much is the brass lamp in 6 payments?", has: []string{"at least $20"}, lacks: []string{"6 payments of"}},
		{name: "enough", shop: en, say: "how much is the brass lamp in 3 payments?", has: []string{"3 payments of $31.83"}, computed: []string{"total 31.83"}},
		{name: "asked whether one may", shop: en, say: "can i pay for the brass lamp in 3 payments?", has: []string{"3 payments of $31.83"}, computed: []string{"total 31.83"}},
		{name: "in words", shop: en, say: "could i split the brass lamp into four payments?", has: []string{"4 payments of $23.88"}, computed: []string{"total 23.88"}},
		{name: "more than allowed", shop: en, say: "can i pay for the brass lamp in 12 payments?", has: []string{"up to 6 payments"}, lacks: []string{"12 payments"}},
		{name: "of it", shop: en, history: lamp, say: "can i pay it in 3 installments?", has: []string{"3 payments of $31.83"}, computed: []string{"total 31.83"}},
		{name: "of an option", shop: en, say: "how much is the linen tablecloth in large in 6 payments?", has: []string{"(Large)", "6 payments of $216.50"}, computed: []string{"total 216.5"}},
		{name: "too little", shop: es, say: "cuánto cuesta la lámpara de latón en 6 pagos?", has: []string{"al menos $200"}, lacks: []string{"6 pagos de $"}},
		{name: "asked whether one may", shop: es, say: "puedo pagar la lámpara de latón en 3 pagos?", has: []string{"3 pagos de $318.33"}, computed: []string{"total 318.33"}},
		{name: "in so many times", shop: pt, say: "quanto fica a luminária de latão em 3 vezes?", has: []string{"3 parcelas de R$ 151,83"}, computed: []string{"total 151.83"}},
		{name: "too little", shop: pt, say: "quanto fica a luminária de latão em 6 vezes?", has: []string{"no mínimo R$ 80"}, lacks: []string{"6 parcelas de"}},
		{name: "of an option", shop: pt, say: "quanto fica a toalha de linho G em 6x?", has: []string{"(G)", "6 parcelas de R$ 216,50"}, computed: []string{"total 216.5"}},
		{name: "without a word of payment", shop: ru, say: "латунная лампа на 4 платежа, по сколько?", has: []string{"4 платежа по 1 372,50 ₽"}, computed: []string{"total 1372.5"}},
		{name: "asked whether one may", shop: ru, say: "можно оплатить латунную лампу за 5 платежей?", has: []string{"5 платежей по 1 098 ₽"}, computed: []string{"total 1098"}},
	})
}
