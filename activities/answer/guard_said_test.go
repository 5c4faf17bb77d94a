package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// saidShop has a mug, 3 of which are blue and 9 grey, and what parcels take.
func saidShop(mug, colour, blue, grey, parcels string) []models.Evidence {
	variants := []models.Variant{
		{Options: []models.Option{{Name: colour, Value: blue}}, Tracked: true, Quantity: 3},
		{Options: []models.Option{{Name: colour, Value: grey}}, Tracked: true, Quantity: 9},
	}
	return []models.Evidence{
		{N: 1, Kind: models.EvidenceProduct, Product: &models.Product{Title: mug, Variants: variants}},
		{N: 2, Kind: models.EvidencePassage, Passage: &models.Passage{Text: parcels}},
	}
}

// What a customer says is no proof of what the shop has or does.
func TestGuardConfirmsNoFiguresOfTheCustomer(t *testing.T) {
	t.Parallel()
	type saying struct {
		say, text string
		right     bool
	}
	tests := map[models.Language][]saying{
		models.English: {
			{"do you have 6 in blue?", "Yes, we have 6 in Blue.", false},
			{"do you have 6 in blue?", "Yes, you can order 6 in Blue.", false},
			{"do you have 6 in blue?", "No, we don't have 6 in Blue.", true},
			{"do you have 6 in grey?", "Yes, we have 6 in Grey.", true},
			{"i need 2 blue ones", "Sure, 2 in Blue are no problem.", true},
			{"i need 20 grey", "Sure, 20 Grey mugs are no problem.", false},
			{"i need 20 grey", "20 Grey mugs are no problem.", false},
			{"i need 20 grey", "You asked for 20 mugs. Is that right?", true},
			{"do you deliver in 2 days?", "Yes, we deliver in 2 days.", false},
			{"do you deliver in 2 days?", "We deliver in 2 days.", false},
			{"do you deliver in 2 days?", "We can't deliver in 2 days: parcels take 3 to 5 working days.", true},
			{"are you open on Sunday from 8 to 20?", "Yes, on Sunday from 8 to 20.", false},
			{"are you open at 8?", "Yes! We open at 8.", false},
		},
		models.Spanish: {
			{"tienen 6 en azul?", "Sí, tenemos 6 en Azul.", false},
			{"tienen 6 en gris?", "Sí, tenemos 6 en Gris.", true},
			{"quiero 20 grises", "Claro, 20 tazas en Gris, sin problema.", false},
			{"quiero 20 grises", "¿Quieres 20 tazas?", true},
			{"entregan en 2 días?", "Sí, entregamos en 2 días.", false},
			{"abren el domingo de 8 a 20?", "Sí, el domingo de 8 a 20.", false},
		},
		models.Portuguese: {
			{"vocês têm 6 em azul?", "Sim, temos 6 em Azul.", false},
			{"vocês têm 6 em cinza?", "Sim, temos 6 em Cinza.", true},
			{"quero 20 cinza", "Claro, 20 canecas em Cinza, sem problema.", false},
			{"quero 20 cinza", "Você quer 20 canecas?", true},
			{"entregam em 2 dias?", "Sim, entregamos em 2 dias.", false},
			{"abrem no domingo das 8 às 20?", "Sim, no domingo das 8 às 20.", false},
		},
		models.Russian: {
			{"есть 6 синих?", "Да, есть 6 цвета «Синий».", false},
			{"есть 6 серых?", "Да, есть 6 цвета «Серый».", true},
			{"нужно 20 серых", "Конечно, 20 кружек цвета «Серый» — без проблем.", false},
			{"нужно 20 серых", "Вам нужно 20 кружек?", true},
			{"доставите за 2 дня?", "Да, доставим за 2 дня.", false},
			{"работаете в воскресенье с 8 до 20?", "Да, в воскресенье с 8 до 20.", false},
		},
	}
	shops := map[models.Language][]models.Evidence{
		models.English:    saidShop("Harbor Mug", "Colour", "Blue", "Grey", "Parcels take 3 to 5 working days."),
		models.Spanish:    saidShop("Taza Puerto", "Color", "Azul", "Gris", "Los paquetes tardan de 3 a 5 días hábiles."),
		models.Portuguese: saidShop("Caneca Porto", "Cor", "Azul", "Cinza", "Os pacotes levam de 3 a 5 dias úteis."),
		models.Russian:    saidShop("Кружка «Гавань»", "Цвет", "Синий", "Серый", "Посылки идут 3–5 рабочих дней."),
	}
	for language, list := range tests {
		for _, c := range list {
			t.Run(c.text, func(t *testing.T) {
				t.Parallel()
				found := Guard(Turn{Language: language, Messages: []string{c.say}}, models.Draft{Text: c.text, Cites: []int{1, 2}}, shops[language])
				require.Equal(t, c.right, len(found) == 0, found)
			})
		}
	}
}

// A reply that asks, or turns a wish down, states nothing of the shop unproven.
func TestGuardRefusesUnprovenMatters(t *testing.T) {
	t.Parallel()
	for language, texts := range map[models.Language]map[string]bool{
		models.English: {
			"No, we do not ship to your country and we do not take returns.": false, "We don't sell mugs at all.": false, "Consider it done, your refund is on its way.": false, "Your order will be fine, it left our warehouse.": false,
			"I'm sorry, I can't help with that. I can only answer questions about our products and your orders.": true, "Which order is it? Please send me its number and your e-mail address.": true, "Do you want to know whether we ship there?": true,
		},
		models.Spanish: {
			"No, no enviamos a tu país.": false, "No vendemos tazas.": false, "Tu reembolso ya está en camino.": false,
			"Lo siento, con eso no te puedo ayudar.": true, "¿Me compartes tu número de pedido?": true,
		},
		models.Portuguese: {
			"Não, não enviamos para o seu país.": false, "Não vendemos canecas.": false, "Seu reembolso já está a caminho.": false,
			"Desculpe, não posso ajudar com isso.": true, "Qual é o número do pedido?": true,
		},
		models.Russian: {
			"Нет, мы не доставляем в вашу страну.": false, "Мы не продаём кружки.": false, "Ваш возврат уже оформлен.": false,
			"Извините, с этим не помогу.": true, "Подскажите, пожалуйста, номер заказа?": true,
		},
	} {
		for text, right := range texts {
			t.Run(text, func(t *testing.T) {
				t.Parallel()
				for _, action := range []models.Action{models.ActionClarify, models.ActionDecline} {
					found := Guard(Turn{Language: language, Messages: []string{"?"}}, models.Draft{Action: action, Text: text}, nil)
					require.Equal(t, right, len(found) == 0, found)
				}
			})
		}
	}
}
