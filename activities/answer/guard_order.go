package answer

import (
	"slices"
	"strings"
	"time"

	"kedai/models"
)

// orders refuses what is said of an order and isn't so: its state, its days,
// what was refunded.
func (c *check) orders() {
	for n := range c.segments {
		s := &c.segments[n]
		orders, named := c.ordersOf(n)
		if len(orders) == 0 || s.asks || c.conditional(n) {
			continue
		}
		tokens := c.tokens[s.from:s.to]
		expected := has(c.g.expected, tokens)
		roles := c.orderStates(s, orders, named, expected)
		c.parcelStates(n, orders, roles, named)
		if s.blurred {
			continue
		}
		if roles = c.placedRole(s, roles); expected {
			roles = append(roles, "expected")
			if s.negative && !anyToken(tokens, c.g.bounds) && c.expectedThen(s, orders) {
				c.refuse(ViolationOrder, s.text)
			}
		}
		c.orderFigures(s, orders, roles)
	}
}

// orderStates refuses a state that no order that is spoken of is in. It returns
// the states that a segment names.
func (c *check) orderStates(s *segment, orders []*models.Order, named, expected bool) []string {
	tokens := c.tokens[s.from:s.to]
	roles := []string{}
	for _, st := range c.g.status {
		from, to, ok := find(st.phrases, tokens)
		if !ok || s.blurred && st.name != "failed" && st.name != "delayed" {
			continue // What failed may be told of: it says that it could not.
		}
		roles = append(roles, st.name)
		if !named && c.general(tokens[from:to]) || (expected && st.name == "delivered") {
			continue
		}
		negative := s.negative
		if st.name == "pending" || st.name == "failed" {
			negative = false // It is said by a negation.
		}
		if !slices.ContainsFunc(orders, func(o *models.Order) bool {
			return orderStands(o, st.name, c.turn.Now) != negative || partly(o, st.name) && (negative || st.name == "transit" && has(c.g.parts, tokens))
		}) {
			c.refuse(ViolationOrder, s.text)
		}
	}
	return roles
}

// ordersOf returns the orders that a segment may speak of, and whether it names
// them: by their numbers in the segment, before it in the sentence, or in
// earlier sentences; else any that is cited.
func (c *check) ordersOf(n int) (orders []*models.Order, named bool) {
	s := &c.segments[n]
	for k := n; k >= 0; k-- {
		for i := c.segments[k].from; i < c.segments[k].to; i++ {
			for p := range c.cited {
				if o := p.evidence.Order; o != nil && c.tokens[i].number && models.OrderNumber(c.tokens[i].text) == models.OrderNumber(o.Name) {
					orders = append(orders, o)
				}
			}
		}
		if len(orders) > 0 {
			return orders, c.segments[k].sentence == s.sentence
		}
	}
	for p := range c.cited {
		if p.evidence.Order != nil {
			orders = append(orders, p.evidence.Order)
		}
	}
	return orders, false
}

// ofOtherOrder reports whether a place of the reply speaks of another order
// than the one that a piece of evidence is: what follows an order's number is
// said of that order.
func (c *check) ofOtherOrder(p *proof, at int) bool {
	if p.evidence.Order == nil || c.ordersCited < 2 {
		return false
	}
	orders, _ := c.ordersOf(c.segmentIndex(at))
	return !slices.Contains(orders, p.evidence.Order)
}

// ofThisOrder reports whether the cited evidence holds something that isn't
// merely another order's.
func (c *check) ofThisOrder(at int, is func(*proofText) bool) bool {
	for p := range c.cited {
		if slices.ContainsFunc(p.texts, func(t proofText) bool { return is(&t) }) && !c.ofOtherOrder(p, at) {
			return true
		}
	}
	return false
}

// expectedThen reports whether an order is to arrive on a day that a segment
// names.
func (c *check) expectedThen(s *segment, orders []*models.Order) bool {
	return slices.ContainsFunc(orders, func(o *models.Order) bool {
		at := o.EstimatedDelivery()
		if at == nil {
			return false
		}
		due := calendarDayOf(*at, c.turn.zone())
		for i := s.from; i < s.to; i++ {
			if near := c.g.near[c.tokens[i].text]; near > 0 && due.fits(calendarDayOf(c.turn.Now.AddDate(0, 0, near-2), c.turn.zone())) {
				return true
			}
		}
		return slices.ContainsFunc(c.quantities, func(q quantity) bool { return q.from >= s.from && q.from < s.to && q.day.fits(due) })
	})
}

// general reports whether a policy that is cited uses the same words, so that
// the reply may be speaking of orders in general.
func (c *check) general(tokens []token) bool {
	for p := range c.cited {
		if p.evidence.Passage == nil {
			continue
		}
		for _, t := range p.texts {
			if slices.ContainsFunc(tokens, func(w token) bool {
				return !c.g.stop[w.text] && slices.ContainsFunc(t.tokens, func(e token) bool { return e.root == w.root })
			}) {
				return true
			}
		}
	}
	return false
}

// partly reports whether a state may be that of a part of an order only.
func partly(o *models.Order, state string) bool {
	if strings.HasPrefix(o.Payment, "PARTIALLY") {
		return true
	}
	return o.Fulfillment == "PARTIALLY_FULFILLED" && state != "paid" && state != "pending"
}

// orderStands reports whether an order is in a state.
func orderStands(o *models.Order, state string, now time.Time) bool {
	refunded := o.RefundedAt != nil || strings.HasSuffix(o.Payment, "REFUNDED") || (o.Refunded != nil && o.Refunded.IsPositive())
	switch state {
	case "cancelled":
		return o.CancelledAt != nil
	case "refunded":
		return refunded
	case "paid":
		return o.Payment == "PAID" || refunded
	case "pending":
		return o.Payment != "PAID" && !refunded && o.Payment != "VOIDED"
	case "hold":
		return o.Fulfillment == "ON_HOLD"
	case "preparing":
		p := phaseOf(o)
		return p == phasePreparing || p == phaseLabelled || p == phasePartly
	case "parts":
		return phaseOf(o) == phasePartly || len(o.Shipments) > 1
	case "delayed":
		return slices.ContainsFunc(o.Shipments, func(s models.Shipment) bool { return phaseOfShipment(s) == phaseDelayed || s.Late(now) })
	}
	return slices.ContainsFunc(o.Shipments, func(s models.Shipment) bool { return shipmentStands(&s, state) })
}

// shipmentStands goes by the phase that a reply is composed from; what the
// carrier only announced hasn't left yet.
func shipmentStands(s *models.Shipment, state string) bool {
	p := phaseOfShipment(*s)
	delivered, ready := p == phaseDelivered || p == phasePickedUp, p == phasePickup
	shipped := p != phasePreparing && p != phaseLabelled
	switch state {
	case "shipped":
		return shipped
	case "transit":
		return shipped && !delivered && !ready && p != phaseFailed
	case "arrived":
		return delivered || ready
	case "delivered":
		return delivered
	case "out":
		return p == phaseOut
	case "labelled":
		return p != phasePreparing
	case "pickedup":
		return p == phasePickedUp
	case "attempted", "failed":
		return p == phaseAttempted || p == phaseFailed
	}
	return state == "pickup" && ready
}

// orderFigures refuses a day that isn't the one of what is said to have
// happened, and an amount that wasn't refunded.
func (c *check) orderFigures(s *segment, orders []*models.Order, roles []string) {
	if len(roles) == 0 {
		return
	}
	zone := c.turn.zone()
	var days []calendarDay
	for _, o := range orders {
		for _, at := range momentsOf(o, roles) {
			if at != nil {
				days = append(days, calendarDayOf(*at, zone))
			}
		}
		if has(c.g.placed, c.tokens[s.from:s.to]) {
			days = append(days, calendarDayOf(o.ProcessedAt, zone))
		}
	}
	for i := range c.quantities {
		q := &c.quantities[i]
		if q.from < s.from || q.from >= s.to || c.inPolicy(q) {
			continue
		}
		if !q.day.none() && !slices.ContainsFunc(days, q.day.fits) && orderDated(roles) {
			c.refuse(ViolationDate, q.text)
		}
		if q.money != nil && slices.Contains(roles, "refunded") && !slices.ContainsFunc(orders, func(o *models.Order) bool {
			return o.Refunded != nil && slices.Contains(q.readings, plainDecimal(*o.Refunded))
		}) {
			c.refuse(ViolationOrder, q.text)
		}
	}
}

// inPolicy reports whether a policy that is cited has a figure.
func (c *check) inPolicy(q *quantity) bool {
	for p := range c.cited {
		if p.evidence.Passage != nil {
			if whole, _ := p.holds(c.g, q); whole {
				return true
			}
		}
	}
	return false
}

// orderDated reports whether a role has a day of its own.
func orderDated(roles []string) bool {
	return slices.ContainsFunc(roles, func(role string) bool {
		return slices.Contains([]string{"shipped", "arrived", "delivered", "cancelled", "refunded", "expected", "placed"}, role)
	})
}

func momentsOf(o *models.Order, roles []string) []*time.Time {
	var out []*time.Time
	for _, role := range roles {
		switch role {
		case "cancelled":
			out = append(out, o.CancelledAt)
		case "refunded":
			out = append(out, o.RefundedAt)
		case "placed":
			out = append(out, &o.ProcessedAt)
		}
		for i := range o.Shipments {
			sh := &o.Shipments[i]
			switch role {
			case "shipped":
				out = append(out, sh.ShippedAt)
			case "arrived", "delivered":
				out = append(out, sh.DeliveredAt)
			case "expected", "transit", "out":
				out = append(out, sh.EstimatedAt)
			}
		}
	}
	return out
}

// days refuses a weekday that a date isn't, one that no evidence speaks of, and
// a today or tomorrow that isn't the day of what is said.
func (c *check) days() {
	for i := range c.tokens {
		t := &c.tokens[i]
		if day := c.g.weekdays[t.text]; day > 0 {
			c.weekdayAt(i, time.Weekday(day-1))
		}
		if near := c.g.near[t.text]; near > 0 {
			c.nearDay(i, near-2)
		}
	}
}

func (c *check) weekdayAt(i int, day time.Weekday) {
	for n := range c.quantities {
		q := &c.quantities[n]
		beside := (q.from-i >= 1 && q.from-i <= 3) || (i-q.to >= 0 && i-q.to <= 1)
		if !q.day.none() && beside && c.segmentOf(q.from).sentence == c.segmentOf(i).sentence {
			from, to := min(c.tokens[i].start, c.tokens[q.from].start), max(c.tokens[i].end, c.tokens[q.to-1].end)
			quoted := c.anyText(func(p *proofText) bool { return holdsWhole(p.text, c.text[from:to]) })
			if !quoted && q.day.weekday(c.turn.Now) != day {
				c.refuse(ViolationDate, c.text[c.tokens[i].start:c.tokens[i].end])
			}
			return
		}
	}
}

func (c *check) nearDay(i, delta int) {
	s := c.segmentOf(i)
	orders, _ := c.ordersOf(c.segmentIndex(i))
	tokens := c.tokens[s.from:s.to]
	if len(orders) == 0 || s.asks {
		return
	}
	role := has(c.g.expected, tokens) || has(c.g.facts().parcel, tokens)
	for _, st := range c.g.status {
		role = role || has(st.phrases, tokens)
	}
	if !role || c.general(c.tokens[i:i+1]) {
		return
	}
	day := calendarDayOf(c.turn.Now.AddDate(0, 0, delta), c.turn.zone())
	all := []string{"shipped", "delivered", "cancelled", "refunded", "expected"}
	for _, o := range orders {
		for _, at := range append(momentsOf(o, all), &o.ProcessedAt) {
			if at != nil && day.fits(calendarDayOf(*at, c.turn.zone())) {
				return
			}
		}
	}
	c.refuse(ViolationDate, c.text[c.tokens[i].start:c.tokens[i].end])
}
