package answer

import (
	"slices"
	"strings"
	"time"
)

// promises refuses what only a person can do or promise, and what is given, where
// no evidence says so.
func (c *check) promises() {
	codes := c.codesAllowed()
	for n := range c.segments {
		s := &c.segments[n]
		tokens := c.tokens[s.from:s.to]
		if s.asks || s.negative {
			continue
		}
		if has(c.g.oneTime, tokens) && !c.conditional(n) && !c.anyPhrase(c.g.oneTime) {
			if !codes.sent && !(codes.offered && has(c.g.canSend, tokens)) {
				c.refuse(ViolationPromise, s.text)
			}
			continue
		}
		if has(c.g.limits, tokens) {
			continue
		}
		if from, to, ok := find(c.g.promises, tokens); ok && !anyToken(tokens[from:to], c.g.mild) && !c.vouchedFor(tokens[from:to]) {
			c.refuse(ViolationPromise, c.text[tokens[from].start:tokens[to-1].end])
			continue
		}
		if from, to, ok := find(c.g.hastes, tokens); ok && !c.anyPhrase(c.g.soon) {
			c.refuse(ViolationPromise, c.text[tokens[from].start:tokens[to-1].end])
			continue
		}
		c.gives(n)
	}
}

// gives refuses what a statement says that the shop does, gives or charges
// nothing for, where no evidence says so.
func (c *check) gives(n int) {
	s := &c.segments[n]
	tokens := c.tokens[s.from:s.to]
	if c.costsNothing(s) && !c.anyPhrase(c.g.free) {
		c.refuse(ViolationUnsupported, s.text)
	}
	if from, to, ok := find(c.g.services, tokens); ok && !c.conditional(n) && !c.spokenOf(tokens[from:to]) {
		c.refuse(ViolationUnsupported, c.text[tokens[from].start:tokens[to-1].end])
	}
	if has(c.g.discount, tokens) && !c.conditional(n) && !c.reduced() {
		c.refuse(ViolationDiscount, s.text)
	}
	if has(c.g.offers, tokens) && c.uncovered(s) {
		c.refuse(ViolationUnsupported, s.text)
	}
}

// costsNothing reports whether a statement says that something is free, rather
// than free of something.
func (c *check) costsNothing(s *segment) bool {
	from, _, ok := find(c.g.free, c.tokens[s.from:s.to])
	if !ok {
		return false
	}
	i := s.from + from
	return i == 0 || !(strings.HasSuffix(strings.TrimSpace(c.text[:c.tokens[i].start]), "-") || c.g.feel[c.tokens[i-1].text])
}

// spokenOf reports whether the cited evidence speaks of a service at all.
func (c *check) spokenOf(tokens []token) bool {
	for p := range c.cited {
		if p.evidence.Order != nil && orderStands(p.evidence.Order, "pickup", c.turn.Now) {
			return true // It can be picked up, as its state says.
		}
	}
	return c.anyText(func(p *proofText) bool {
		return slices.ContainsFunc(tokens, func(t token) bool {
			return slices.ContainsFunc(p.tokens, func(e token) bool { return alikeTokens(&t, &e) })
		})
	})
}

// vouchedFor reports whether the cited evidence says the same of the shop.
func (c *check) vouchedFor(tokens []token) bool {
	last := tokens[len(tokens)-1]
	for i := len(tokens) - 1; i >= 0 && c.g.stop[last.text]; i-- {
		last = tokens[i]
	}
	return c.anyText(func(p *proofText) bool {
		return !p.name && slices.ContainsFunc(p.tokens, func(e token) bool { return e.root == last.root })
	})
}

func (c *check) anyPhrase(list []phrase) bool {
	return c.anyText(func(p *proofText) bool { return has(list, p.tokens) })
}

// reduced reports whether the cited evidence speaks of discounts.
func (c *check) reduced() bool {
	for p := range c.cited {
		if p.evidence.Computed != nil || (p.evidence.Product != nil && p.evidence.Product.OnSale()) {
			return true
		}
	}
	return c.anyText(func(p *proofText) bool {
		return slices.ContainsFunc(p.segments, func(s segment) bool { return !s.negative && has(c.g.discount, p.tokens[s.from:s.to]) })
	})
}

// uncovered reports whether most of what a statement says stands in no cited
// evidence.
func (c *check) uncovered(s *segment) bool {
	known, unknown := 0, 0
	for _, i := range c.content(s) {
		t := &c.tokens[i]
		if t.number || t.address || c.isUnit(i) {
			continue
		}
		if c.anyText(func(p *proofText) bool {
			return slices.ContainsFunc(p.tokens, func(e token) bool { return alikeTokens(t, &e) })
		}) {
			known++
		} else {
			unknown++
		}
	}
	return unknown >= 2 && unknown > known
}

// promotions refuses a code that is offered though its promotion is over.
func (c *check) promotions() {
	for i := range c.tokens {
		t := &c.tokens[i]
		if !t.caps || t.end-t.start < 3 {
			continue
		}
		code := c.codeAt(i)
		over := false
		for p := range c.cited {
			if p.evidence.Passage == nil {
				continue
			}
			for n := range p.texts {
				over = over || (holdsWhole(p.texts[n].text, code) && c.over(p))
			}
		}
		if !over || c.deniedNear(i) {
			continue
		}
		c.refuse(ViolationDiscount, code)
	}
}

// codeAt returns the letters and figures that stand together.
func (c *check) codeAt(i int) string {
	from, to := i, i+1
	for from > 0 && c.tokens[from].glued {
		from--
	}
	for to < len(c.tokens) && c.tokens[to].glued {
		to++
	}
	return c.text[c.tokens[from].start:c.tokens[to-1].end]
}

// over reports whether a promotion has ended by its last day.
func (c *check) over(p *proof) bool {
	dated, over := false, true
	for i := range p.texts {
		t := &p.texts[i]
		if !slices.ContainsFunc(t.quantities, func(q quantity) bool { return !q.day.none() }) {
			continue
		}
		dated = true
		over = over && c.lastDay(t.quantities, 0, len(t.tokens)).Before(c.turn.Now)
	}
	return dated && over
}

// deniedNear reports whether the statement says that it is over, or until when
// it was.
func (c *check) deniedNear(i int) bool {
	here := c.segmentOf(i)
	from, to := c.clause(c.segmentIndex(i))
	for n := range c.segments {
		s := &c.segments[n]
		if from <= s.from && s.to <= to && (s.negative || has(c.g.ended, c.tokens[s.from:s.to])) {
			return true
		}
	}
	return here.asks || c.lastDay(c.quantities, from, to).Before(c.turn.Now)
}

// lastDay returns the end of the last day that figures between two places name;
// without one, a time that is never past.
func (c *check) lastDay(quantities []quantity, from, to int) time.Time {
	var last time.Time
	for i := range quantities {
		d := quantities[i].day
		if d.none() || quantities[i].from < from || quantities[i].from >= to {
			continue
		}
		year := d.year
		if year == 0 {
			year = c.turn.Now.Year()
		}
		if at := time.Date(year, time.Month(d.month), d.day, 23, 59, 59, 0, c.turn.zone()); at.After(last) {
			last = at
		}
	}
	if last.IsZero() {
		return c.turn.Now.AddDate(1, 0, 0)
	}
	return last
}
