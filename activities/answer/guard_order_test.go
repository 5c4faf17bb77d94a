package answer

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"kedai/models"
)

// inPhases are orders in each phase, as a shop tells of them.
func inPhases() map[phase]models.Order {
	dated := func(s *models.Shipment) { s.EstimatedAt = daysOn(3) }
	return map[phase]models.Order{
		phaseUnpaid:    testOrder(func(o *models.Order) { o.Payment, o.Fulfillment = "PENDING", "UNFULFILLED" }),
		phasePreparing: testOrder(func(o *models.Order) { o.Fulfillment = "IN_PROGRESS" }),
		phaseLabelled:  testOrder(shipment("LABEL_PRINTED", nil)),
		phaseOnHold:    testOrder(func(o *models.Order) { o.Fulfillment = "ON_HOLD" }),
		phasePartly: testOrder(func(o *models.Order) {
			o.Fulfillment = "PARTIALLY_FULFILLED"
			shipment("IN_TRANSIT", nil)(o)
		}),
		phaseShipped:   testOrder(shipment("FULFILLED", nil)),
		phaseTransit:   testOrder(shipment("IN_TRANSIT", dated)),
		phaseDelayed:   testOrder(shipment("DELAYED", nil)),
		phaseOut:       testOrder(shipment("OUT_FOR_DELIVERY", nil)),
		phaseAttempted: testOrder(shipment("ATTEMPTED_DELIVERY", nil)),
		phaseFailed:    testOrder(shipment("NOT_DELIVERED", nil)),
		phasePickup:    testOrder(shipment("READY_FOR_PICKUP", nil)),
		phasePickedUp:  testOrder(shipment("PICKED_UP", nil)),
		phaseDelivered: testOrder(shipment("DELIVERED", func(s *models.Shipment) { s.DeliveredAt = daysOn(-2) })),
		phaseCancelled: testOrder(func(o *models.Order) { o.CancelledAt, o.Payment = daysOn(-4), "PENDING" }),
	}
}

// trueOf are the phases of which another one may be said as well: what was
// tried to be delivered is on its way.
var trueOf = map[phase][]phase{
	phaseUnpaid:    {phaseCancelled}, // The cancelled one was never paid.
	phasePreparing: {phaseLabelled, phasePartly},
	phaseLabelled:  {phasePartly},
	phaseShipped:   {phasePartly, phaseTransit, phaseDelayed, phaseOut, phaseAttempted},
	phaseTransit:   {phasePartly, phaseShipped, phaseDelayed, phaseOut, phaseAttempted},
	phaseAttempted: {phaseFailed},
	phaseFailed:    {phaseAttempted},
	phasePickedUp:  {phaseDelivered},
}

// TestGuardKnowsEveryState says each state of orders in each other one.
func TestGuardKnowsEveryState(t *testing.T) {
	t.Parallel()
	all := inPhases()
	for _, l := range models.Languages() {
		for said, order := range all {
			told := &telling{reader: newReader(lexiconOf(l), nil, orderNow, 1), say: lexiconOf(l).orders, order: &order, state: said}
			told.howFar()
			require.Len(t, told.texts, 1)
			draft := models.Draft{Text: told.texts[0], Cites: []int{1}}
			for is, other := range all {
				found := Guard(Turn{Language: l, Now: orderNow, Proven: true, Messages: []string{whereIsIt[l]}}, draft, []models.Evidence{{N: 1, Kind: models.EvidenceOrder, Order: &other}})
				switch {
				case is == said:
					require.Empty(t, found, "%s %s: %s", l, is, draft.Text)
				case !slices.Contains(trueOf[said], is):
					require.NotEmpty(t, found, "%s %s said of %s: %s", l, said, is, draft.Text)
				}
			}
		}
	}
}

func TestGuardTellsOrdersApart(t *testing.T) {
	t.Parallel()
	first := testOrder(shipment("DELIVERED", func(s *models.Shipment) { s.DeliveredAt = daysOn(-2) }))
	second := testOrder(shipment("IN_TRANSIT", func(s *models.Shipment) {
		s.Tracking[0].Number, s.Tracking[0].URL = "QQ777000", "https://correo.example/QQ777000"
		s.EstimatedAt = daysOn(4)
	}))
	second.Name = "#1050"
	evidence := []models.Evidence{{N: 1, Kind: models.EvidenceOrder, Order: &first}, {N: 2, Kind: models.EvidenceOrder, Order: &second}}
	for text, right := range map[string]bool{
		"Order #1042 was delivered on November 20. Order #1050 is on its way, tracking number QQ777000.":             true,
		"Order #1050 is on its way, tracking number ZX900100.":                                                       false,
		"Order #1050 is on its way: https://correo.example/QQ777000":                                                 true,
		"Order #1050 is on its way: https://correo.example/ZX900100":                                                 false,
		"Order #1042 is on its way and order #1050 was delivered on November 20.":                                    false,
		"Order #1042 was delivered on November 26.":                                                                  false,
		"Order #1050 is expected to arrive on November 26.":                                                          true,
		"Order #1050 is expected to arrive on November 20.":                                                          false,
		"Order #1042 was delivered on November 20 and order #1050 is in transit, expected to arrive on November 26.": true,

		"Order #1050 is delayed.":                                        false,
		"I'll speak to the courier for you.":                             false,
		"I can only speak about an order with the person who placed it.": true,
	} {
		found := Guard(Turn{Language: models.English, Now: orderNow, Proven: true, Messages: []string{"where are my orders?"}}, models.Draft{Text: text, Cites: []int{1, 2}}, evidence)
		require.Equal(t, right, len(found) == 0, "%s: %v", text, found)
	}
}

// TestGuardAllowsCodesThatAreSent lets a reply offer and confirm a one-time code
// only as far as the look-up says so.
func TestGuardAllowsCodesThatAreSent(t *testing.T) {
	t.Parallel()
	offers, confirms := map[models.Language]string{
		models.English: "I can send a one-time code to the e-mail address of that order.", models.Spanish: "Puedo enviar un código de un solo uso al correo de ese pedido.",
		models.Portuguese: "Posso enviar um código de uso único para o e-mail desse pedido.", models.Russian: "Я могу отправить одноразовый код на почту этого заказа.",
	}, map[models.Language]string{
		models.English: "A one-time code was sent to the e-mail address of that order.", models.Spanish: "Se envió un código de un solo uso al correo de ese pedido.",
		models.Portuguese: "Um código de uso único foi enviado para o e-mail desse pedido.", models.Russian: "Одноразовый код отправлен на почту этого заказа.",
	}
	for _, l := range models.Languages() {
		for _, c := range []struct {
			lookup          models.OrderLookup
			offer, confirms bool
		}{
			{lookup: models.OrderLookup{Outcome: models.LookupUnproven}},
			{lookup: models.OrderLookup{Outcome: models.LookupUnproven, OffersCode: true}, offer: true},
			{lookup: models.OrderLookup{Outcome: models.LookupCodeSent}, offer: true, confirms: true},
		} {
			evidence := []models.Evidence{{N: 1, Kind: models.EvidenceLookup, Lookup: &c.lookup}}
			for text, may := range map[string]bool{offers[l]: c.offer, confirms[l]: c.confirms} {
				found := Guard(Turn{Language: l, Now: orderNow}, models.Draft{Text: text, Cites: []int{1}}, evidence)
				require.Equal(t, may, len(found) == 0, "%s %v: %v", text, c.lookup, found)
			}
		}
	}
}

// TestGuardReckonsPromotions takes a code for invalid only when it is.
func TestGuardReckonsPromotions(t *testing.T) {
	t.Parallel()
	passage := &models.Passage{Headings: []string{"Promotions"}, Text: "From November 16 to November 30, 2026, the code TABLE15 takes 15% off everything in Tableware."}
	for text, right := range map[string]map[int]bool{
		"The code TABLE15 is no longer valid.":                        {0: false, 20: true},
		"The code TABLE15 isn't valid yet: it starts on November 16.": {-10: true, 0: false},
		"The code TABLE15 isn't valid yet: it starts on November 30.": {-10: false},
	} {
		for days, may := range right {
			turn := Turn{Language: models.English, Now: orderNow.AddDate(0, 0, days), Messages: []string{"does TABLE15 work?"}}
			found := Guard(turn, models.Draft{Text: text, Cites: []int{1}}, []models.Evidence{{N: 1, Kind: models.EvidencePassage, Passage: passage}})
			require.Equal(t, may, len(found) == 0, "%s %d: %v", text, days, found)
		}
	}
}
