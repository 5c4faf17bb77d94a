package answer

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"kedai/models"
)

var orderNow = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// testOrder is a paid order of a copper lamp.
func testOrder(change func(*models.Order)) models.Order {
	price := decimal.RequireFromString("80")
	o := models.Order{
		Name: "#1042", Email: "ana@example.com", City: "Lugo", Payment: "PAID", Fulfillment: "FULFILLED", Currency: "EUR", Total: decimal.RequireFromString("85.50"),
		Lines: []models.OrderLine{{Title: "Copper Lamp", Quantity: 1, Price: &price}}, ProcessedAt: orderNow.AddDate(0, 0, -9),
	}
	if change != nil {
		change(&o)
	}
	return o
}

func shipment(status string, change func(*models.Shipment)) func(*models.Order) {
	return func(o *models.Order) {
		s := models.Shipment{Status: status, Tracking: []models.Tracking{{Company: "Correo", Number: "ZX900100", URL: "https://correo.example/ZX900100"}}}
		if change != nil {
			change(&s)
		}
		o.Shipments = append(o.Shipments, s)
	}
}

func daysOn(n int) *time.Time {
	at := orderNow.AddDate(0, 0, n)
	return &at
}

// orderReply replies to a question of a proven customer who has some orders.
func orderReply(t *testing.T, l models.Language, say string, orders ...models.Order) models.Draft {
	t.Helper()
	turn := Turn{Language: l, Messages: []string{say}, Now: orderNow, Proven: true}
	u := Understand(turn)
	require.NotNil(t, u.Orders, "%s: %+v", say, u)
	evidence := []models.Evidence{{N: 1, Kind: models.EvidenceLookup, Lookup: &models.OrderLookup{Outcome: models.LookupFound, Numbers: u.Orders.Numbers}}}
	for i := range orders {
		evidence = append(evidence, models.Evidence{N: i + 2, Kind: models.EvidenceOrder, Order: &orders[i]})
	}
	draft := Reply(turn, u, evidence, 1)
	require.Empty(t, Guard(turn, draft, evidence), draft.Text)
	return draft
}

var whereIsIt = map[models.Language]string{
	models.English: "where is my order?", models.Spanish: "¿dónde está mi pedido?", models.Portuguese: "cadê meu pedido?", models.Russian: "где мой заказ?",
}

func TestOrderStates(t *testing.T) {
	t.Parallel()
	refund := decimal.RequireFromString("85.50")
	part := decimal.RequireFromString("20")
	tests := []struct {
		name  string
		order models.Order
		says  map[models.Language][]string
		not   []string
	}{
		{name: "waits for the payment", order: testOrder(func(o *models.Order) { o.Payment, o.Fulfillment = "PENDING", "UNFULFILLED" }), says: map[models.Language][]string{
			models.English: {"pending", "hasn't shipped"}, models.Spanish: {"pendiente", "no se ha enviado"}, models.Portuguese: {"pendente", "não foi enviado"}, models.Russian: {"ожидает оплаты", "не отправлен"},
		}},
		{name: "is being prepared", order: testOrder(func(o *models.Order) { o.Fulfillment = "IN_PROGRESS" }), says: map[models.Language][]string{
			models.English: {"being prepared", "hasn't shipped yet"}, models.Spanish: {"en preparación", "todavía no se ha enviado"}, models.Portuguese: {"em preparação", "ainda não foi enviado"}, models.Russian: {"готовится", "ещё не отправлен"},
		}},
		{name: "has a label", order: testOrder(shipment("LABEL_PRINTED", nil)), says: map[models.Language][]string{
			models.English: {"label", "hasn't shipped"}, models.Spanish: {"impresa", "aún no se ha enviado"}, models.Portuguese: {"etiqueta", "ainda não foi enviado"}, models.Russian: {"накладная", "ещё не отправлен"},
		}},
		{name: "is on hold", order: testOrder(func(o *models.Order) { o.Fulfillment = "ON_HOLD" }), says: map[models.Language][]string{
			models.English: {"on hold"}, models.Spanish: {"en pausa"}, models.Portuguese: {"em espera"}, models.Russian: {"приостановлен"},
		}},
		{name: "is in transit", order: testOrder(shipment("IN_TRANSIT", func(s *models.Shipment) { s.EstimatedAt = daysOn(4) })), says: map[models.Language][]string{
			models.English: {"in transit", "Correo", "ZX900100", "https://correo.example/ZX900100", "on November 26"}, models.Spanish: {"en camino", "ZX900100", "el 26 de noviembre"},
			models.Portuguese: {"a caminho", "ZX900100", "26 de novembro"}, models.Russian: {"в пути", "ZX900100", "26 ноября"},
		}},
		{name: "is late", order: testOrder(shipment("IN_TRANSIT", func(s *models.Shipment) { s.EstimatedAt = daysOn(-3) })), says: map[models.Language][]string{
			models.English: {"on November 19", "late"}, models.Spanish: {"19 de noviembre", "retraso"}, models.Portuguese: {"19 de novembro", "atrasada"}, models.Russian: {"19 ноября", "задерживается"},
		}},
		{name: "is delayed", order: testOrder(shipment("DELAYED", nil)), says: map[models.Language][]string{
			models.English: {"delay"}, models.Spanish: {"retraso"}, models.Portuguese: {"atraso"}, models.Russian: {"задержке"},
		}},
		{name: "is out for delivery", order: testOrder(shipment("OUT_FOR_DELIVERY", func(s *models.Shipment) { s.EstimatedAt = daysOn(0) })), says: map[models.Language][]string{
			models.English: {"out for delivery", "today, November 22"}, models.Spanish: {"en reparto", "hoy, 22 de noviembre"}, models.Portuguese: {"saiu para entrega", "hoje, 22 de novembro"}, models.Russian: {"у курьера", "сегодня, 22 ноября"},
		}},
		{name: "was tried to be delivered", order: testOrder(shipment("ATTEMPTED_DELIVERY", func(s *models.Shipment) { s.EstimatedAt = daysOn(-2) })), not: []string{"20"}, says: map[models.Language][]string{
			models.English: {"attempt", "ZX900100"}, models.Spanish: {"intento"}, models.Portuguese: {"tentativa"}, models.Russian: {"попытка"},
		}},
		{name: "could not be delivered", order: testOrder(shipment("NOT_DELIVERED", nil)), says: map[models.Language][]string{
			models.English: {"could not be delivered"}, models.Spanish: {"no se pudo entregar"}, models.Portuguese: {"não pôde ser entregue"}, models.Russian: {"доставить не удалось"},
		}},
		{name: "can be picked up", order: testOrder(shipment("READY_FOR_PICKUP", nil)), says: map[models.Language][]string{
			models.English: {"ready for pickup"}, models.Spanish: {"listo para recoger"}, models.Portuguese: {"pronto para retirada"}, models.Russian: {"можно забрать"},
		}},
		{name: "was delivered", order: testOrder(shipment("DELIVERED", func(s *models.Shipment) { s.DeliveredAt = daysOn(-5) })), not: []string{"ZX900100"}, says: map[models.Language][]string{
			models.English: {"was delivered on November 17"}, models.Spanish: {"entregado el 17 de noviembre"}, models.Portuguese: {"entregue em 17 de novembro"}, models.Russian: {"доставлен 17 ноября"},
		}},
		{name: "was delivered in part", order: testOrder(func(o *models.Order) {
			o.Fulfillment = "PARTIALLY_FULFILLED"
			shipment("DELIVERED", func(s *models.Shipment) { s.DeliveredAt = daysOn(-1) })(o)
		}), says: map[models.Language][]string{
			models.English: {"yesterday, November 21", "remaining items have not been shipped"}, models.Spanish: {"ayer, 21 de noviembre", "resto todavía no"}, models.Portuguese: {"ontem, 21 de novembro", "restante ainda não"}, models.Russian: {"вчера, 21 ноября", "остальное ещё не отправлено"},
		}},
		{name: "was cancelled and paid back", order: testOrder(func(o *models.Order) {
			o.CancelledAt, o.RefundedAt, o.Refunded, o.Payment, o.Fulfillment = daysOn(-6), daysOn(-4), &refund, "REFUNDED", "UNFULFILLED"
		}), says: map[models.Language][]string{
			models.English: {"cancelled on November 16", "€85.50", "refunded on November 18"}, models.Spanish: {"cancelado el 16 de noviembre", "85", "reembolsado el 18 de noviembre"},
			models.Portuguese: {"cancelado em 16 de novembro", "reembolsado em 18 de novembro"}, models.Russian: {"отменён 16 ноября", "возврат проведён 18 ноября"},
		}},
		{name: "was cancelled without a refund", order: testOrder(func(o *models.Order) { o.CancelledAt = daysOn(-6) }), says: map[models.Language][]string{
			models.English: {"No refund is recorded"}, models.Spanish: {"no hay un reembolso"}, models.Portuguese: {"não há reembolso"}, models.Russian: {"пока не отмечен"},
		}},
		{name: "was cancelled unpaid", order: testOrder(func(o *models.Order) { o.CancelledAt, o.Payment = daysOn(-6), "PENDING" }), says: map[models.Language][]string{
			models.English: {"nothing to refund"}, models.Spanish: {"nada que reembolsar"}, models.Portuguese: {"não há o que reembolsar"}, models.Russian: {"возвращать нечего"},
		}},
		{name: "was paid back in part", order: testOrder(func(o *models.Order) {
			o.Payment, o.Refunded, o.RefundedAt = "PARTIALLY_REFUNDED", &part, daysOn(-2)
			shipment("DELIVERED", func(s *models.Shipment) { s.DeliveredAt = daysOn(-5) })(o)
		}), says: map[models.Language][]string{
			models.English: {"€20.00 was refunded on November 20"}, models.Spanish: {"20", "el 20 de noviembre"}, models.Portuguese: {"20", "em 20 de novembro"}, models.Russian: {"возвращено 20", "20 ноября"},
		}},
	}
	for _, c := range tests {
		for l, says := range c.says {
			t.Run(string(l)+" "+c.name, func(t *testing.T) {
				t.Parallel()
				draft := orderReply(t, l, whereIsIt[l], c.order)
				require.Equal(t, models.ActionAnswer, draft.Action)
				require.Equal(t, models.IntentOrderStatus, draft.Intent)
				require.Contains(t, draft.Text, "#1042")
				require.NotContains(t, draft.Text, "{")
				for _, text := range says {
					require.Contains(t, draft.Text, text)
				}
				for _, text := range c.not {
					require.NotContains(t, draft.Text, text)
				}
			})
		}
	}
}

func TestOrderFacets(t *testing.T) {
	t.Parallel()
	delivered := testOrder(shipment("DELIVERED", func(s *models.Shipment) { s.DeliveredAt = daysOn(-5) }))
	waiting := testOrder(func(o *models.Order) { o.Fulfillment = "UNFULFILLED" })
	lamp := testOrder(func(o *models.Order) { o.Fulfillment = "UNFULFILLED" })
	vase := testOrder(func(o *models.Order) {
		o.Name, o.Lines = "#1050", []models.OrderLine{{Title: "Blue Vase", Quantity: 2}}
		shipment("IN_TRANSIT", nil)(o)
	})
	tests := []struct {
		name, say string
		orders    []models.Order
		action    models.Action
		says, not []string
	}{
		{"the tracking of what has arrived", "what was the tracking number of my order?", []models.Order{delivered}, models.ActionAnswer, []string{"ZX900100"}, nil},
		{"how to follow what was delivered and isn't there", "it says delivered but nothing is here", []models.Order{delivered}, models.ActionAnswer, []string{"was delivered", "ZX900100"}, nil},
		{"that there is no tracking yet", "can I get the tracking number for my order?", []models.Order{waiting}, models.ActionAnswer, []string{"no tracking number"}, nil},
		{"what is in it and what it cost", "what did I order and how much did I pay?", []models.Order{waiting}, models.ActionAnswer, []string{"Copper Lamp", "€85.50"}, nil},
		{"where it goes, without more than was asked", "what address is my order going to?", []models.Order{waiting}, models.ActionAnswer, []string{"Lugo"}, []string{"Copper Lamp", "€"}},
		{"nothing of the address unasked", "where is my order?", []models.Order{waiting}, models.ActionAnswer, []string{"being prepared"}, []string{"Lugo", "ana@example.com"}},
		{"that it is paid", "did my payment go through?", []models.Order{waiting}, models.ActionAnswer, []string{"payment has been received"}, nil},
		{"the order with the article that is named", "has my lamp shipped yet?", []models.Order{vase, lamp}, models.ActionAnswer, []string{"#1042", "hasn't shipped"}, []string{"#1050"}},
		{"the order that is on its way", "is my package coming today?", []models.Order{lamp, vase}, models.ActionAnswer, []string{"#1050"}, []string{"#1042"}},
		{"all orders", "how are my orders doing?", []models.Order{lamp, vase}, models.ActionAnswer, []string{"#1042", "#1050", "Copper Lamp", "in transit"}, nil},
		{"which of two it may be", "where is my order?", []models.Order{lamp, testOrder(func(o *models.Order) { o.Name, o.Fulfillment = "#1051", "UNFULFILLED" })}, models.ActionClarify, []string{"#1042", "#1051", "Which one"}, nil},
		{"nothing of somebody else's", "my husband ordered something from you, what did he buy?", []models.Order{lamp}, models.ActionClarify, []string{"person who placed it"}, []string{"#1042", "Lamp"}},
	}
	for _, c := range tests {
		t.Run("says "+c.name, func(t *testing.T) {
			t.Parallel()
			draft := orderReply(t, models.English, c.say, c.orders...)
			require.Equal(t, c.action, draft.Action, draft.Text)
			for _, text := range c.says {
				require.Contains(t, draft.Text, text)
			}
			for _, text := range c.not {
				require.NotContains(t, draft.Text, text)
			}
		})
	}
}

// TestOrderSayings finds sayings that a language lacks.
func TestOrderSayings(t *testing.T) {
	t.Parallel()
	for _, l := range models.Languages() {
		say := lexiconOf(l).orders
		for _, saying := range []string{
			say.onDay, say.partly, say.deliveredUndated, say.refunded, say.partRefunded, say.voided, say.carrier, say.tracking, say.carrierOnly, say.noTrack, say.partUnsaid,
			say.address, say.addressOnly, say.one, say.several, say.all, say.unproven, say.noNumber, say.nothing, say.unmatched, say.none, say.others, say.paid,
		} {
			require.NotEmpty(t, saying, l)
		}
		for p := range say.plain() {
			require.NotEmpty(t, say.plain()[p], "%s %s", l, p)
			require.NotEmpty(t, say.states[p], "%s %s", l, p)
		}
	}
}
