package answer

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"kedai/models"
)

// orderSayings say what becomes of an order. {n} is its name, {date} a day,
// {day} the same where no preposition fits, {sum} an amount in brackets or
// nothing; an empty saying is left out.
type orderSayings struct {
	onDay string // How a day that isn't near is said within a sentence.

	unpaid, preparing, labelled, onHold, shipped           string
	partly, partlyDelivered                                string
	transit, delayed, out, attempted, failed               string
	pickup, pickedUp, delivered, deliveredUndated          string
	cancelled                                              string
	refunded, refundedOn, partRefunded, partOn, partUnsaid string
	noRefund, voided, nothingPaid, paid                    string
	carrier, tracking, carrierOnly, follow, noTrack        string
	expected, late, items, total                           string
	address, addressOnly                                   string

	one, several, all                            string // {list} of orders as one says them, with {item}.
	unproven, noNumber, nothing, unmatched, none string
	others                                       string
	states                                       map[phase]string // In a list.

	code codeSayings
}

// asks reports whether a question asks for one facet of an order.
func (q Question) asks(facet string) bool { return slices.Contains(q.Facets, facet) }

// telling collects the sentences about one order.
type telling struct {
	*reader
	say   orderSayings
	order *models.Order
	state phase
	asked Question
	texts []string
}

func (t *telling) add(saying string, values ...string) {
	if saying != "" {
		t.texts = append(t.texts, fill(saying, append([]string{"{n}", t.order.Name}, values...)...))
	}
}

// orderText says how an order stands: its state, whatever else is known that
// one wants to know then, and what was asked for.
func (r *reader) orderText(o *models.Order, q Question) string {
	t := &telling{reader: r, say: r.lex.orders, order: o, state: phaseOf(o), asked: q}
	t.howFar()
	tracked := false
	for i := range o.Shipments {
		tracked = t.shipment(&o.Shipments[i]) || tracked
	}
	if q.asks("tracking") && !tracked && t.state != phaseCancelled {
		t.add(t.say.noTrack)
	}
	t.money()
	if q.asks("items") {
		t.add(t.say.items, "{list}", articles(o))
	}
	if q.asks("total") {
		t.add(t.say.total, "{amount}", FormatMoney(o.Total, o.Currency, r.lex.code))
	}
	if q.asks("address") {
		t.address()
	}
	return strings.Join(t.texts, " ")
}

// day says a day within a sentence.
func (r *reader) day(at time.Time) string {
	at = at.In(r.now.Location())
	if apart := daysBetween(r.now, at); apart >= -1 && apart <= 1 {
		return nearDate(at, r.now, r.lex.code)
	}
	return fill(r.lex.orders.onDay, "{date}", FormatDate(at, r.now, r.lex.code))
}

// howFar says the state of an order as a whole.
func (t *telling) howFar() {
	last := models.Shipment{}
	if n := len(t.order.Shipments); n > 0 {
		last = t.order.Shipments[n-1]
	}
	switch t.state {
	case phaseCancelled:
		t.add(t.say.cancelled, "{date}", t.day(*t.order.CancelledAt))
	case phasePartly:
		if phaseOfShipment(last) == phaseDelivered && last.DeliveredAt != nil {
			t.add(t.say.partlyDelivered, "{date}", t.day(*last.DeliveredAt))
			return
		}
		t.add(t.say.partly)
	case phaseDelivered:
		if last.DeliveredAt == nil {
			t.add(t.say.deliveredUndated)
			return
		}
		t.add(t.say.delivered, "{date}", t.day(*last.DeliveredAt))
	case phaseUnpaid, phasePreparing, phaseLabelled, phaseOnHold, phaseShipped, phaseTransit, phaseDelayed, phaseOut, phaseAttempted, phaseFailed, phasePickup, phasePickedUp:
		t.add(t.say.plain()[t.state])
	}
}

// plain are the sayings that need nothing but the order's name.
func (s orderSayings) plain() map[phase]string {
	return map[phase]string{
		phaseUnpaid: s.unpaid, phasePreparing: s.preparing, phaseLabelled: s.labelled, phaseOnHold: s.onHold, phaseShipped: s.shipped,
		phaseTransit: s.transit, phaseDelayed: s.delayed, phaseOut: s.out, phaseAttempted: s.attempted, phaseFailed: s.failed,
		phasePickup: s.pickup, phasePickedUp: s.pickedUp,
	}
}

// shipment says how a part of an order can be followed and when it comes, and
// reports whether it has a number to follow it by. What has arrived is followed
// by nobody, unless it is asked for or isn't where it should be.
func (t *telling) shipment(s *models.Shipment) (tracked bool) {
	p := phaseOfShipment(*s)
	if t.state == phaseCancelled || p.over() && !t.asked.asks("tracking") && !t.asked.asks("missing") {
		return false
	}
	for _, way := range s.Tracking {
		tracked = tracked || way.Number != ""
		switch {
		case way.Company != "" && way.Number != "":
			t.add(t.say.carrier, "{carrier}", way.Company, "{tracking}", way.Number)
		case way.Number != "":
			t.add(t.say.tracking, "{tracking}", way.Number)
		case way.Company != "":
			t.add(t.say.carrierOnly, "{carrier}", way.Company)
		}
		if way.URL != "" && !p.over() {
			t.add(t.say.follow, "{url}", way.URL)
		}
	}
	t.arrival(s, p)
	return tracked
}

// arrival says when a part of an order comes. A day that has passed tells
// nothing of one that was tried to be handed over.
func (t *telling) arrival(s *models.Shipment, p phase) {
	if p.over() || s.EstimatedAt == nil || p == phasePickup {
		return
	}
	late := s.Late(t.now)
	switch {
	case !late:
		t.add(t.say.expected, "{date}", t.day(*s.EstimatedAt), "{day}", nearDate(*s.EstimatedAt, t.now, t.lex.code))
	case p != phaseAttempted && p != phaseFailed:
		t.add(t.say.late, "{date}", t.day(*s.EstimatedAt), "{day}", nearDate(*s.EstimatedAt, t.now, t.lex.code))
	}
}

// money says what was paid and paid back.
func (t *telling) money() {
	o := t.order
	asked := t.asked.asks("refund") || t.state == phaseCancelled
	switch o.Payment {
	case "PARTIALLY_REFUNDED", "REFUNDED":
		t.refund()
	case "VOIDED":
		t.add(t.say.voided)
	case "PENDING", "EXPIRED":
		if asked {
			t.add(t.say.nothingPaid)
		}
	default:
		if asked {
			t.add(t.say.noRefund)
		}
		if o.Payment == "PAID" && t.asked.asks("paid") {
			t.add(t.say.paid)
		}
	}
}

// refund says how much was paid back, and when, as far as the shop tells.
func (t *telling) refund() {
	o, amount, sum := t.order, "", ""
	if o.Refunded != nil && o.Refunded.IsPositive() {
		amount = FormatMoney(*o.Refunded, o.Currency, t.lex.code)
		sum = " (" + amount + ")"
	}
	part := o.Payment == "PARTIALLY_REFUNDED"
	switch {
	case part && amount == "":
		t.add(t.say.partUnsaid)
	case part && o.RefundedAt != nil:
		t.add(t.say.partOn, "{amount}", amount, "{date}", t.day(*o.RefundedAt))
	case part:
		t.add(t.say.partRefunded, "{amount}", amount)
	case o.RefundedAt != nil:
		t.add(t.say.refundedOn, "{sum}", sum, "{date}", t.day(*o.RefundedAt))
	default:
		t.add(t.say.refunded, "{sum}", sum)
	}
}

// address says where an order goes, as far as the shop's orders tell.
func (t *telling) address() {
	if t.order.City == "" {
		t.add(t.say.addressOnly)
		return
	}
	t.add(t.say.address, "{city}", t.order.City)
}

// firstArticles names an order by what it begins with.
func firstArticles(o *models.Order) string {
	const most = 2
	var titles []string
	for _, l := range o.Lines[:min(len(o.Lines), most)] {
		titles = append(titles, l.Title)
	}
	if len(o.Lines) > most {
		titles = append(titles, "…")
	}
	return strings.Join(titles, ", ")
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
