package answer

import (
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

func TestGuardRefusesStatesThatNothingProves(t *testing.T) {
	t.Parallel()
	const en, es, pt, ru = models.English, models.Spanish, models.Portuguese, models.Russian
	// It was placed on November 17 and shipped; it is expected in three days.
	order := testOrder(shipment("IN_TRANSIT", func(s *models.Shipment) { s.EstimatedAt = daysOn(3) }))
	order.ProcessedAt = *daysOn(-5)
	part := order
	part.Fulfillment = "PARTIALLY_FULFILLED"
	onDay := func(days int, l models.Language) string {
		return FormatDate(*daysOn(days), orderNow, l)
	}
	for _, c := range []struct {
		language models.Language
		order    models.Order
		good     bool
		text     string
	}{
		{en, order, true, "Your order #1042 has been shipped and is on its way."},
		{en, order, true, "Your order #1042 is paid."},
		{en, order, true, "Your order hasn't arrived yet."},
		{en, order, true, "If your order is lost, please tell us."},
		{en, order, true, "Your order #1042 isn't lost: it is on its way."},
		{en, order, true, "Your order #1042 was placed on " + onDay(-5, en) + "."},
		{en, order, true, "Your order should come on " + onDay(3, en) + "."},
		{en, order, false, "Your order #1042 has been lost in transit."},
		{en, order, false, "Your order #1042 is lost."},
		{en, order, false, "Your order is stuck at customs."},
		{en, order, false, "Your order #1042 is waiting for you at the post office."},
		{en, order, false, "Your order #1042 hasn't been paid."},
		{en, part, false, "Your order #1042 hasn't been paid."},
		{en, order, false, "Your order has come."},
		{en, order, false, "Your order comes tomorrow."},
		{en, order, false, "Your order #1042 was placed on " + onDay(3, en) + "."},
		{en, order, false, "Your order comes on " + onDay(-5, en) + "."},
		{en, order, false, "Your order is perfectly safe."},
		{en, part, true, "A part of your order #1042 has been shipped."},
		{en, part, false, "All of your order #1042 has been shipped."},
		{es, order, true, "Tu pedido #1042 va en camino."},
		{es, order, true, "Tu pedido aún no ha llegado."},
		{es, order, false, "Tu pedido #1042 ya ha llegado."},
		{es, order, false, "Tu pedido #1042 se perdió."},
		{es, order, false, "Tu pedido #1042 está en la aduana."},
		{es, order, false, "Tu pedido te espera en la oficina de correos."},
		{es, order, false, "El pedido lo hiciste el " + onDay(3, es) + "."},
		{es, order, false, "Mandamos hoy mismo tu pedido."},
		{pt, order, true, "Seu pedido #1042 está a caminho."},
		{pt, order, true, "Seu pedido #1042 ainda não chegou."},
		{pt, order, false, "Seu pedido #1042 já chegou."},
		{pt, order, false, "Seu pedido #1042 foi extraviado."},
		{pt, order, false, "Seu pedido está na alfândega."},
		{pt, order, false, "O pedido foi feito em " + onDay(3, pt) + "."},
		{pt, order, false, "Seu pedido vem amanhã."},
		{ru, order, true, "Ваш заказ #1042 в пути."},
		{ru, order, true, "Заказ ещё не приехал."},
		{ru, order, false, "Ваш заказ #1042 уже приехал."},
		{ru, order, false, "Ваш заказ #1042 потерян."},
		{ru, order, false, "Посылка застряла на таможне."},
		{ru, order, false, "Заказ ждёт вас на почте."},
		{ru, order, false, "Завтра отправим ваш заказ."},
		{ru, order, false, "Заказ оформлен " + onDay(3, ru) + "."},
	} {
		turn := Turn{Language: c.language, Now: orderNow, Proven: true, Messages: []string{whereIsIt[c.language]}}
		found := Guard(turn, models.Draft{Action: models.ActionAnswer, Text: c.text, Cites: []int{1}}, []models.Evidence{{N: 1, Kind: models.EvidenceOrder, Order: &c.order}})
		require.Equal(t, c.good, len(found) == 0, "%s: %v", c.text, found)
	}
}
