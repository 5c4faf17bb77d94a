package answer

import "slices"

// saidSo reports whether a figure is the customer's own: what they have or look
// for, never a price, and not where the evidence has another figure for it. It
// confirms nothing of the shop, but that there are as many pieces.
func (c *check) saidSo(q *quantity) bool {
	if q.money != nil || !c.customers(q) {
		return false
	}
	n := c.segmentIndex(q.from)
	here := &c.segments[n]
	tokens := c.tokens[here.from:here.to]
	if here.asks || here.negative && !has(c.g.assent, tokens) {
		return true
	}
	if anyToken(c.tokens[q.to:max(q.to, min(q.to+2, here.to))], c.g.bounds) {
		return false // Where something begins or ends is the shop's to say.
	}
	if q.ofGoods() && !c.ofTimes(tokens) && (c.besideSum(here) || c.enough(n, q)) {
		return true
	}
	disputed, settled := false, false
	for _, p := range c.vouching(q.from) {
		for _, t := range p.texts {
			d, s := c.disputes(q, here, &t)
			disputed, settled = disputed || d, settled || s
		}
	}
	return settled || !disputed && !c.confirms(n)
}

// customers reports whether a figure is one that the customer named.
func (c *check) customers(q *quantity) bool {
	return slices.ContainsFunc(c.said, func(t proofText) bool {
		return slices.ContainsFunc(t.quantities, func(e quantity) bool { return q.same(&e) && (q.measuredAs(&e) || e.unit.kind == "") })
	})
}

// ofGoods reports whether a figure may be a number of things to buy.
func (q *quantity) ofGoods() bool {
	return q.ofPieces() && (!countable[q.unit.kind] || q.unit.kind == "pieces" || q.unit.kind == "pairs")
}

// wantsOption reports whether a figure of the customer's is a product's option,
// such as a size, rather than a number of pieces.
func (c *check) wantsOption(n int, q *quantity) bool {
	return c.customers(q) && slices.ContainsFunc(c.meant(n), func(p *proof) bool {
		return slices.ContainsFunc(c.options(p, q.from, q.to), func(o chosen) bool { return o.from == q.from })
	})
}

// besideSum reports whether a statement's sentence has an amount where a sum
// was worked out.
func (c *check) besideSum(s *segment) bool {
	summed := false
	for p := range c.cited {
		summed = summed || p.evidence.Computed != nil
	}
	return summed && slices.ContainsFunc(c.quantities, func(q quantity) bool { return q.money != nil && c.segmentOf(q.from).sentence == s.sentence })
}

// enough reports whether there are as many pieces as a figure says of a cited
// product that a segment may speak of, in the options spoken of last.
func (c *check) enough(n int, q *quantity) bool {
	orderly := has(c.g.orderly, c.tokens[c.segments[n].from:c.segments[n].to])
	for _, p := range c.meant(n) {
		options := slices.DeleteFunc(c.optionsBefore(p, n), func(o chosen) bool { return o.from <= q.from && q.from < o.to })
		sum := 0
		for _, v := range variantsOf(p.evidence.Product, options) {
			if !v.Tracked || v.Backorder && orderly {
				return true
			}
			sum += max(v.Quantity, 0)
		}
		if slices.ContainsFunc(q.amounts(), func(a float64) bool { return a <= float64(sum) }) {
			return true
		}
	}
	return false
}

// optionsBefore returns a product's options that a segment, or else the last
// sentence that has any, speaks of.
func (c *check) optionsBefore(p *proof, n int) []chosen {
	if found := c.options(p, c.segments[n].from, c.segments[n].to); len(found) > 0 {
		return found
	}
	for k := n; k >= 0; k-- {
		from := c.segments[k].from
		for k > 0 && c.segments[k-1].sentence == c.segments[k].sentence {
			k--
		}
		if found := c.options(p, c.segments[k].from, max(from, c.segments[n].to)); len(found) > 0 {
			return found
		}
	}
	return nil
}

// confirms reports whether a statement agrees with the customer, or says what
// the shop has, does, or when it is open.
func (c *check) confirms(n int) bool {
	s := &c.segments[n]
	tokens := c.tokens[s.from:s.to]
	for _, list := range [][]phrase{c.g.assent, c.g.offers, c.g.in, c.g.weak, c.g.left, c.g.orderly} {
		if has(list, tokens) {
			return true
		}
	}
	return c.ofTimes(tokens) || c.agrees(n)
}

// ofTimes reports whether words speak of days, or of what is open or closed.
func (c *check) ofTimes(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return t.opposable() || c.g.weekdays[t.text] > 0 })
}

// tooMany reports whether a statement has a number of the customer's that is
// more than there are.
func (c *check) tooMany(n int) bool {
	s := &c.segments[n]
	return slices.ContainsFunc(c.quantities, func(q quantity) bool {
		return q.from >= s.from && q.from < s.to && q.ofGoods() && c.customers(&q) && !c.enough(n, &q)
	})
}

// agrees reports whether a statement's sentence begins with a yes, or follows
// one that is no more than that.
func (c *check) agrees(n int) bool {
	first := n
	for first > 0 && c.segments[first-1].sentence == c.segments[n].sentence {
		first--
	}
	from := c.segments[first].from
	if first > 0 && c.g.yes[c.tokens[c.segments[first-1].from].text] && c.g.says(c.tokens[c.segments[first-1].from:c.segments[first-1].to]) {
		return true
	}
	return c.tokens[from].in(c.g.yes)
}

// disputes reports whether a text has another figure for what a figure of the
// customer's is said to be, and whether it has a range that the figure is in: of the
// same matter where the shop is said to do something.
func (c *check) disputes(q *quantity, here *segment, t *proofText) (disputed, settled bool) {
	offers := has(c.g.offers, c.tokens[here.from:here.to])
	words := c.tokens[here.from:here.to]
	stocked := has(c.g.weak, words) || has(c.g.in, words)
	for _, s := range t.segments {
		low, high, ok := t.spread(q.unit.kind, &s)
		if !ok {
			continue
		}
		v := q.amounts()[0]
		within := low <= v && v <= high || anyToken(t.tokens[s.from:s.to], c.g.bounds)
		shared := c.shares(here, t.tokens[s.from:s.to]) > 0
		if !within && (t.name && stocked || !t.name && shared) {
			disputed = true
		}
		settled = settled || within && !t.name && (!offers || shared)
	}
	return disputed, settled
}

// spread returns the least and the most that a segment of a text has of a kind of
// unit; false where it has none.
func (t *proofText) spread(kind string, s *segment) (low, high float64, ok bool) {
	for i := range t.quantities {
		e := &t.quantities[i]
		if e.from < s.from || e.from >= s.to || e.unit.kind != kind || kind == "" {
			continue
		}
		a := e.amounts()[0]
		if !ok {
			low, high = a, a
		}
		low, high, ok = min(low, a), max(high, a), true
	}
	return low, high, ok
}

// matters refuses what a reply that cites nothing states of the shop. It may ask
// for what is needed, and say what it can't help with.
func (c *check) matters() {
	for n := range c.segments {
		s := &c.segments[n]
		if s.asks || s.blurred || c.conditional(n) {
			continue
		}
		tokens := c.tokens[s.from:s.to]
		for _, list := range [][]phrase{c.g.matters, c.g.in, c.g.out} {
			if from, to, ok := find(list, tokens); ok {
				c.refuse(ViolationUnsupported, c.text[tokens[from].start:tokens[to-1].end])
			}
		}
	}
}
