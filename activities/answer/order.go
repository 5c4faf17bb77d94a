package answer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kedai/models"
)

// orderSayings say what becomes of an order. {n} is its name, {date} a day,
// {amount} money; an empty saying is left out.
type orderSayings struct {
	unpaid, preparing, onHold, shipped, partly   string
	transit, out, attempted, failed, pickup      string
	pickedUp, delivered, deliveredUndated        string
	cancelled                                    string
	refunded, refundedOn, partRefunded, noRefund string
	voided                                       string
	carrier, tracking, carrierOnly, follow       string
	expected, late, items, total                 string

	one, several                                 string // {list} of orders as one says them.
	unproven, noNumber, nothing, unmatched, none string
	states                                       map[phase]string // In a list.

	code codeSayings
}

// phase is how far an order is, in the terms that customers think in.
type phase string

const (
	phaseUnpaid    phase = "unpaid"
	phasePreparing phase = "preparing"
	phaseOnHold    phase = "on_hold"
	phasePartly    phase = "partly"
	phaseShipped   phase = "shipped"
	phaseTransit   phase = "transit"
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
	"SUBMITTED": phasePreparing, "CONFIRMED": phasePreparing, "LABEL_PRINTED": phasePreparing, "LABEL_PURCHASED": phasePreparing,
	"FULFILLED": phaseShipped, "MARKED_AS_FULFILLED": phaseShipped, "SUCCESS": phaseShipped, "CARRIER_PICKED_UP": phaseTransit,
	"IN_TRANSIT": phaseTransit, "DELAYED": phaseTransit, "OUT_FOR_DELIVERY": phaseOut, "ATTEMPTED_DELIVERY": phaseAttempted,
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
	return p == phaseShipped || p == phaseTransit || p == phaseOut || p == phaseAttempted || p == phaseFailed || p == phasePickup || p == phasePartly
}

// order answers a question about the customer's orders by what the look-up
// proved.
func (r *reader) order(q Question) (found, bool) {
	f := found{intent: models.IntentOrderStatus, action: models.ActionAnswer}
	if r.lookup == nil {
		return f, false
	}
	f.cites = []int{r.lookup.n}
	if len(r.orders) == 0 {
		return r.unprovenOrder(f)
	}
	meant := r.ordersMeant(q)
	if len(meant) == 1 {
		f.cites = []int{meant[0].n}
		f.text = r.orderText(meant[0].order, q)
		return f, true
	}
	var list []string
	f.cites, f.action = nil, models.ActionClarify
	for _, o := range meant[:min(len(meant), mostOrders)] {
		list = append(list, fill(r.lex.orders.one, "{n}", o.order.Name, "{date}", FormatDate(o.order.ProcessedAt, r.now, r.lex.code), "{state}", r.lex.orders.states[phaseOf(o.order)]))
		f.cites = append(f.cites, o.n)
	}
	f.text = fill(r.lex.orders.several, "{list}", strings.Join(list, "; "))
	return f, true
}

// mostOrders is how many orders one reply lists.
const mostOrders = 5

// unprovenOrder says what is missing. What isn't there and what isn't theirs
// are told alike.
func (r *reader) unprovenOrder(f found) (found, bool) {
	say := r.lex.orders
	f.action = models.ActionClarify
	switch r.lookup.lookup.Outcome {
	case models.LookupUnproven:
		f.text = r.withOffer(say.unproven)
	case models.LookupNoNumber:
		f.text = say.noNumber
	case models.LookupNothing:
		f.text = say.nothing
	case models.LookupUnmatched, models.LookupOthers:
		f.text = r.withOffer(say.unmatched)
	case models.LookupCodeSent, models.LookupCodeLimited, models.LookupCodeWrong:
		f.text = r.codeReply(r.lookup.lookup.Outcome)
	case models.LookupNoOrders:
		f.text = say.none
	case models.LookupFound, models.LookupLimited:
		return f, false
	}
	return f, true
}

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
			named[it] += best(t.word, it.title)
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
	if len(kept) > 1 {
		narrow(func(it *item) bool { return phaseOf(it.order).underWay() })
	}
	if len(kept) > 1 && q.asks("today") {
		narrow(func(it *item) bool { p := phaseOf(it.order); return p == phaseOut || p == phaseAttempted })
	}
	slices.SortStableFunc(kept, func(a, b *item) int { return cmp.Compare(b.order.ProcessedAt.Unix(), a.order.ProcessedAt.Unix()) })
	return kept
}

// asks reports whether a question asks for one facet of an order.
func (q Question) asks(facet string) bool { return slices.Contains(q.Facets, facet) }

// orderText says how an order stands: its state, whatever else is known that
// one wants to know then, and what was asked for.
func (r *reader) orderText(o *models.Order, q Question) string {
	say, state := r.lex.orders, phaseOf(o)
	values := []string{"{n}", o.Name}
	var texts []string
	add := func(saying string, more ...string) {
		if saying != "" {
			texts = append(texts, fill(saying, append(slices.Clone(values), more...)...))
		}
	}
	switch state {
	case phaseCancelled:
		add(say.cancelled, "{date}", r.day(*o.CancelledAt))
	case phasePartly:
		add(say.partly)
	case phaseUnpaid:
		add(say.unpaid)
	case phasePreparing:
		add(say.preparing)
	case phaseOnHold:
		add(say.onHold)
	case phaseShipped, phaseTransit, phaseOut, phaseAttempted, phaseFailed, phasePickup, phasePickedUp, phaseDelivered:
		r.shipmentState(o, state, add)
	}
	for i := range o.Shipments {
		r.shipment(&o.Shipments[i], state, add)
	}
	r.refund(o, state, q, add)
	if q.asks("items") {
		add(say.items, "{list}", articles(o))
	}
	if q.asks("total") {
		add(say.total, "{amount}", FormatMoney(o.Total, o.Currency, r.lex.code))
	}
	return strings.Join(texts, " ")
}

func (r *reader) day(at time.Time) string { return nearDate(at, r.now, r.lex.code) }

// shipmentState says how far the one shipment of an order is.
func (r *reader) shipmentState(o *models.Order, state phase, add func(string, ...string)) {
	say := r.lex.orders
	last := models.Shipment{}
	if len(o.Shipments) > 0 {
		last = o.Shipments[len(o.Shipments)-1]
	}
	switch state {
	case phaseShipped:
		add(say.shipped)
	case phaseTransit:
		add(say.transit)
	case phaseOut:
		add(say.out)
	case phaseAttempted:
		add(say.attempted)
	case phaseFailed:
		add(say.failed)
	case phasePickup:
		add(say.pickup)
	case phasePickedUp:
		add(say.pickedUp)
	case phaseDelivered:
		if last.DeliveredAt == nil {
			add(say.deliveredUndated)
			return
		}
		add(say.delivered, "{date}", r.day(*last.DeliveredAt))
	case phaseUnpaid, phasePreparing, phaseOnHold, phasePartly, phaseCancelled:
	}
}

// shipment says how a part of an order can be followed and when it comes.
func (r *reader) shipment(s *models.Shipment, state phase, add func(string, ...string)) {
	say := r.lex.orders
	p := phaseOfShipment(*s)
	if state == phaseCancelled {
		return
	}
	for _, t := range s.Tracking {
		switch {
		case t.Company != "" && t.Number != "":
			add(say.carrier, "{carrier}", t.Company, "{tracking}", t.Number)
		case t.Number != "":
			add(say.tracking, "{tracking}", t.Number)
		case t.Company != "":
			add(say.carrierOnly, "{carrier}", t.Company)
		}
		if t.URL != "" && !p.over() {
			add(say.follow, "{url}", t.URL)
		}
	}
	if p.over() || s.EstimatedAt == nil || p == phasePickup {
		return
	}
	saying := say.expected
	if s.Late(r.now) {
		saying = say.late
	}
	add(saying, "{date}", r.day(*s.EstimatedAt))
}

// refund says what was paid back.
func (r *reader) refund(o *models.Order, state phase, q Question, add func(string, ...string)) {
	say := r.lex.orders
	amount := ""
	if o.Refunded != nil && o.Refunded.IsPositive() {
		amount = FormatMoney(*o.Refunded, o.Currency, r.lex.code)
	}
	switch {
	case o.Payment == "PARTIALLY_REFUNDED" && amount != "":
		add(say.partRefunded, "{amount}", amount)
	case o.Payment == "REFUNDED" && o.RefundedAt != nil:
		add(say.refundedOn, "{date}", r.day(*o.RefundedAt))
	case o.Payment == "REFUNDED":
		add(say.refunded)
	case o.Payment == "VOIDED":
		add(say.voided)
	case state == phaseCancelled || q.asks("refund"):
		add(say.noRefund)
	}
}

// articles lists what was ordered.
func articles(o *models.Order) string {
	var list []string
	for _, l := range o.Lines {
		text := l.Title
		if l.Variant != "" && l.Variant != defaultOption {
			text += " (" + l.Variant + ")"
		}
		if l.Quantity > 1 {
			text += " × " + strconv.Itoa(l.Quantity)
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}
