package answer

import (
	"cmp"
	"slices"
	"strings"

	"kedai/models"
)

// phase is how far an order is, in the terms that customers think in.
type phase string

const (
	phaseUnpaid    phase = "unpaid"
	phasePreparing phase = "preparing"
	phaseLabelled  phase = "labelled"
	phaseOnHold    phase = "on_hold"
	phasePartly    phase = "partly"
	phaseShipped   phase = "shipped"
	phaseTransit   phase = "transit"
	phaseDelayed   phase = "delayed"
	phaseOut       phase = "out"
	phaseAttempted phase = "attempted"
	phaseFailed    phase = "failed"
	phasePickup    phase = "pickup"
	phasePickedUp  phase = "picked_up"
	phaseDelivered phase = "delivered"
	phaseCancelled phase = "cancelled"
)

// shipmentPhases are Shopify's FulfillmentDisplayStatus values.
var shipmentPhases = map[string]phase{
	"SUBMITTED": phasePreparing, "CONFIRMED": phasePreparing, "LABEL_PRINTED": phaseLabelled, "LABEL_PURCHASED": phaseLabelled,
	"FULFILLED": phaseShipped, "MARKED_AS_FULFILLED": phaseShipped, "SUCCESS": phaseShipped, "CARRIER_PICKED_UP": phaseTransit,
	"IN_TRANSIT": phaseTransit, "DELAYED": phaseDelayed, "OUT_FOR_DELIVERY": phaseOut, "ATTEMPTED_DELIVERY": phaseAttempted,
	"READY_FOR_PICKUP": phasePickup, "PICKED_UP": phasePickedUp, "DELIVERED": phaseDelivered,
	"NOT_DELIVERED": phaseFailed, "FAILURE": phaseFailed,
}

func phaseOfShipment(s models.Shipment) phase {
	if s.DeliveredAt != nil && s.Status != "PICKED_UP" {
		return phaseDelivered
	}
	if p, known := shipmentPhases[s.Status]; known {
		return p
	}
	return phaseShipped
}

// phaseOf returns how far an order is as a whole.
func phaseOf(o *models.Order) phase {
	switch {
	case o.CancelledAt != nil:
		return phaseCancelled
	case len(o.Shipments) > 0 && strings.HasPrefix(o.Fulfillment, "PARTIAL"):
		return phasePartly
	case len(o.Shipments) > 0:
		return phaseOfShipment(o.Shipments[len(o.Shipments)-1])
	case o.Payment == "PENDING" || o.Payment == "EXPIRED" || o.Payment == "PARTIALLY_PAID":
		return phaseUnpaid
	case o.Fulfillment == "ON_HOLD":
		return phaseOnHold
	case o.Fulfillment == "FULFILLED":
		return phaseShipped
	}
	return phasePreparing
}

// over reports whether nothing more is to come of an order.
func (p phase) over() bool { return p == phaseDelivered || p == phasePickedUp || p == phaseCancelled }

// underWay reports whether an order is with the carrier.
func (p phase) underWay() bool {
	return p == phaseShipped || p == phaseTransit || p == phaseDelayed || p == phaseOut || p == phaseAttempted || p == phaseFailed || p == phasePickup || p == phasePartly
}

// order answers a question about the customer's orders by what the look-up
// proved.
func (r *reader) order(q Question) (found, bool) {
	f := found{intent: models.IntentOrderStatus, action: models.ActionAnswer}
	if r.lookup == nil {
		return f, false
	}
	f.cites = []int{r.lookup.n}
	numbered := len(r.lookup.lookup.Numbers) > 0
	if q.asks(facetOthers) && !numbered {
		f.text, f.action = r.lex.orders.others, models.ActionClarify
		return f, true
	}
	if len(r.orders) == 0 {
		return r.unprovenOrder(f)
	}
	meant := r.orders
	if !numbered || len(meant) > 1 {
		meant = r.ordersMeant(q)
	}
	if len(meant) == 1 {
		f.cites = []int{meant[0].n}
		f.text = r.orderText(meant[0].order, q)
		return f, true
	}
	return r.severalOrders(f, meant, q)
}

// mostOrders is how many orders one reply lists.
const mostOrders = 5

// severalOrders lists the orders that may be meant with how each stands, which
// is the answer where it was asked about all of them.
func (r *reader) severalOrders(f found, meant []*item, q Question) (found, bool) {
	say := r.lex.orders
	var list []string
	f.cites = nil
	for _, o := range meant[:min(len(meant), mostOrders)] {
		list = append(list, fill(say.one, "{n}", o.order.Name, "{date}", FormatDate(o.order.ProcessedAt.In(r.now.Location()), r.now, r.lex.code), "{item}", firstArticles(o.order), "{state}", say.states[phaseOf(o.order)]))
		f.cites = append(f.cites, o.n)
	}
	saying := say.several
	f.action = models.ActionClarify
	if q.asks("all") && len(meant) <= mostOrders {
		saying, f.action = say.all, models.ActionAnswer
	}
	f.text = fill(saying, "{list}", strings.Join(list, "; "))
	return f, true
}

// unprovenOrder says what is missing. What isn't there and what isn't theirs
// are told alike.
func (r *reader) unprovenOrder(f found) (found, bool) {
	say := r.lex.orders
	f.action = models.ActionClarify
	switch r.lookup.lookup.Outcome {
	case models.LookupUnproven:
		f.text = say.unproven
	case models.LookupNoNumber:
		f.text = say.noNumber
	case models.LookupNothing:
		f.text = say.nothing
	case models.LookupUnmatched, models.LookupOthers:
		f.text = say.unmatched
	case models.LookupNoOrders:
		f.text = say.none
	case models.LookupFound, models.LookupLimited:
		return f, false
	}
	return f, true
}

// sureName is how like a word of an order's articles a word has to be to mean
// that order.
const sureName = 0.5

// ordersMeant narrows the customer's orders to those that a question is about:
// by an article that it names, then by what it asks.
func (r *reader) ordersMeant(q Question) []*item {
	kept := r.orders
	narrow := func(fits func(*item) bool) {
		if some := slices.DeleteFunc(slices.Clone(kept), func(it *item) bool { return !fits(it) }); len(some) > 0 {
			kept = some
		}
	}
	words := r.terms(q.Words, 1)
	top := 0.0
	named := map[*item]float64{}
	for _, it := range kept {
		for _, t := range words {
			if fit := best(t.word, it.title); fit >= sureName {
				named[it] += fit
			}
		}
		top = max(top, named[it])
	}
	if top > 0 {
		narrow(func(it *item) bool { return named[it] == top })
	}
	switch {
	case q.asks("refund") || q.asks("cancelled"):
		narrow(func(it *item) bool {
			return it.order.CancelledAt != nil || it.order.RefundedAt != nil || it.order.Refunded != nil
		})
	case q.asks("part"):
		narrow(func(it *item) bool { return phaseOf(it.order) == phasePartly })
	}
	if len(kept) > 1 {
		narrow(func(it *item) bool { return !phaseOf(it.order).over() })
	}
	if len(kept) > 1 && !q.asks("all") {
		narrow(func(it *item) bool { return phaseOf(it.order).underWay() })
	}
	if len(kept) > 1 && q.asks("today") {
		narrow(func(it *item) bool { p := phaseOf(it.order); return p == phaseOut || p == phaseAttempted })
	}
	slices.SortStableFunc(kept, func(a, b *item) int { return cmp.Compare(b.order.ProcessedAt.Unix(), a.order.ProcessedAt.Unix()) })
	return kept
}
