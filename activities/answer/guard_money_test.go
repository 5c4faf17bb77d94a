package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// judged are replies about a test shop, and what they cite.
type judged struct {
	language models.Language
	cites    []int
	good     bool
	text     string
}

func judgeAll(t *testing.T, list []judged) {
	t.Helper()
	for _, c := range list {
		turn := Turn{Language: c.language, Shop: "Shop", Now: orderNow}
		found := Guard(turn, models.Draft{Action: models.ActionAnswer, Text: c.text, Cites: c.cites}, testShops[c.language]().evidence())
		require.Equal(t, c.good, len(found) == 0, "%s: %v", c.text, found)
	}
}

// The crossed-out price is one that was asked.
func TestGuardTellsAFormerPriceFromThePrice(t *testing.T) {
	t.Parallel()
	const en, es, pt, ru = models.English, models.Spanish, models.Portuguese, models.Russian
	lamp := []int{3}
	judgeAll(t, []judged{
		{en, lamp, true, "The Brass Desk Lamp costs $95.50."},
		{en, lamp, true, "The Brass Desk Lamp costs $95.50, it was $120 before."},
		{en, lamp, true, "The lamp is $95.50 instead of $120."},
		{en, lamp, true, "The lamp is $95.50 (was $120)."},
		{en, lamp, true, "The lamp is reduced from $120 to $95.50."},
		{en, lamp, true, "It is $95.50. Old price: $120."},
		{en, lamp, true, "It used to cost $120, now it's $95.50."},
		{en, lamp, true, "It cost $120 before."},
		{en, lamp, false, "The Brass Desk Lamp costs $120."},
		{en, lamp, false, "It costs $120."},
		{en, lamp, false, "The lamp was $95.50 and is now $120."},
		{en, lamp, false, "The lamp was raised to $120."},
		{en, lamp, false, "It costs $120 instead of $95.50."},
		{en, lamp, false, "You save $120."},
		{en, lamp, false, "It starts from $120."},
		{es, lamp, true, "La lámpara cuesta $955, antes $1,200."},
		{es, lamp, true, "Cuesta $955 en lugar de $1,200."},
		{es, lamp, true, "Bajó de $1,200 a $955."},
		{es, lamp, true, "Antes costaba $1,200."},
		{es, lamp, true, "Cuesta $955 (precio normal: $1,200)."},
		{es, lamp, false, "La lámpara de escritorio de latón cuesta $1,200."},
		{es, lamp, false, "Cuesta $1,200."},
		{es, lamp, false, "Antes costaba $955 y ahora cuesta $1,200."},
		{pt, lamp, true, "A luminária custa R$ 455,50, antes custava R$ 520,00."},
		{pt, lamp, true, "De R$ 520,00 por R$ 455,50."},
		{pt, lamp, true, "Custa R$ 455,50 em vez de R$ 520,00."},
		{pt, lamp, false, "A Luminária de Mesa de Latão custa R$ 520,00."},
		{pt, lamp, false, "Custa R$ 520,00."},
		{pt, lamp, false, "Era R$ 455,50 e agora é R$ 520,00."},
		{ru, lamp, true, "Лампа стоит 5 490 ₽ вместо 6 900 ₽."},
		{ru, lamp, true, "Раньше лампа стоила 6 900 ₽, теперь 5 490 ₽."},
		{ru, lamp, true, "Цена 5 490 ₽, старая цена — 6 900 ₽."},
		{ru, lamp, true, "Цена снизилась с 6 900 ₽ до 5 490 ₽."},
		{ru, lamp, false, "Латунная настольная лампа стоит 6 900 ₽."},
		{ru, lamp, false, "Стоит 6 900 ₽."},
		{ru, lamp, false, "Раньше стоила 5 490 ₽, сейчас стоит 6 900 ₽."},
	})
}

func TestGuardTellsWhatAPriceIsOf(t *testing.T) {
	t.Parallel()
	const en, es, pt, ru = models.English, models.Spanish, models.Portuguese, models.Russian
	judgeAll(t, []judged{
		{en, []int{3, 5}, true, "Delivery costs $6.50."},
		{en, []int{3, 5}, true, "The lamp costs $95.50 and delivery costs $6.50."},
		{en, []int{3, 5}, true, "Delivery of the Brass Desk Lamp costs $6.50."},
		{en, []int{3, 5}, true, "The Brass Desk Lamp ships for $6.50."},
		{en, []int{3, 5}, true, "The lamp is $95.50. A parcel within the country costs $6.50."},
		{en, []int{3, 5}, false, "The lamp costs $6.50."},
		{en, []int{3, 5}, false, "The price of the Brass Desk Lamp is $6.50."},
		{en, []int{3, 5}, false, "Brass Desk Lamp: $6.50"},
		{en, []int{1, 3, 5}, false, "The Speckled Stoneware Mug in Sand costs $6.50."},
		{en, []int{3, 5}, false, "Delivery costs $95.50."},
		{en, []int{1, 3}, true, "The lamp costs $95.50 and the mug costs $18."},
		{en, []int{1, 3}, false, "The lamp costs $95.50 and the mug costs $120."},
		{en, []int{1, 3}, false, "The lamp costs $95.50 and the mug costs $95.50."},
		{es, []int{3, 4}, true, "El envío cuesta $99."},
		{es, []int{3, 4}, false, "La lámpara cuesta $99."},
		{es, []int{3, 4}, false, "El envío cuesta $955."},
		{es, []int{1, 3}, false, "La lámpara cuesta $955 y la taza cuesta $955."},
		{pt, []int{3, 4}, true, "A entrega custa R$ 19,90."},
		{pt, []int{3, 4}, false, "A luminária custa R$ 19,90."},
		{pt, []int{3, 4}, false, "O frete custa R$ 455,50."},
		{ru, []int{3, 4}, true, "Доставка стоит 390 ₽."},
		{ru, []int{3, 4}, false, "Лампа стоит 390 ₽."},
		{ru, []int{3, 4}, false, "Доставка стоит 5 490 ₽."},
	})
}
