package answer

import (
	"slices"
	"strconv"
	"strings"
)

// figures refuses each number, price, day and time that no cited evidence of
// what is spoken of holds.
func (c *check) figures() {
	for i := range c.quantities {
		q := &c.quantities[i]
		if c.enumerates(q) || (q.unit.kind == "" && c.inName(q)) {
			continue
		}
		nearly := false
		if whole := slices.ContainsFunc(c.vouching(q.from), func(p *proof) bool {
			whole, near := p.holds(c.g, q)
			nearly = nearly || near
			return whole && c.contained(q, p) && !c.misplaced(q, p)
		}); whole {
			continue
		}
		if c.saidSo(q) || c.tiedByWords(q) {
			continue
		}
		c.refuse(kindOf(q, nearly), q.text)
	}
	c.ranges()
	c.ordinals()
	c.counted()
}

func kindOf(q *quantity, nearly bool) string {
	switch {
	case !q.day.none():
		return ViolationDate
	case q.money != nil && nearly:
		return ViolationCurrency
	case q.money != nil:
		return ViolationPrice
	case nearly && q.unit.kind != "":
		return ViolationUnit
	}
	return ViolationNumber
}

// contained wants the evidence or the customer to speak of a box where the
// reply counts boxes.
func (c *check) contained(q *quantity, p *proof) bool {
	if !containers[q.unit.kind] {
		return true
	}
	speaks := func(t proofText) bool {
		return slices.ContainsFunc(t.tokens, func(t token) bool { return c.g.units[t.text].kind == q.unit.kind })
	}
	return slices.ContainsFunc(p.texts, speaks) || slices.ContainsFunc(c.said, speaks)
}

// tiedByWords reports whether a figure is another cited product's by the words
// around it, though that product isn't named there.
func (c *check) tiedByWords(q *quantity) bool {
	own := c.vouching(q.from)
	ours := func(root string) bool {
		return slices.ContainsFunc(own, func(p *proof) bool {
			return p.evidence.Product != nil && slices.ContainsFunc(p.texts, func(t proofText) bool {
				return slices.ContainsFunc(t.tokens, func(w token) bool { return w.root == root })
			})
		})
	}
	here := c.segmentOf(q.from)
	near := segment{from: max(here.from, q.from-nearWords), to: min(here.to, q.to+nearWords)}
	for p := range c.cited {
		if slices.Contains(own, p) {
			continue
		}
		for _, t := range p.texts {
			for i := range t.quantities {
				e := &t.quantities[i]
				if !q.same(e) || !q.measuredAs(e) {
					continue
				}
				for _, s := range t.segments {
					words := slices.DeleteFunc(slices.Clone(t.tokens[s.from:s.to]), func(w token) bool { return ours(w.root) })
					if s.from <= e.from && e.from < s.to && c.shares(&near, words) > 0 {
						return true
					}
				}
			}
		}
	}
	return false
}

// nearWords is how many words around a figure say what it is of.
const nearWords = 4

// enumerates reports whether a number marks an entry of a list: it stands first
// in its line, and is 1 or follows another entry's.
func (c *check) enumerates(q *quantity) bool {
	t := c.tokens[q.from]
	rest := c.text[t.end:]
	if q.words || (t.start > 0 && c.text[t.start-1] != '\n') || !(strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") ")) {
		return false
	}
	n, err := strconv.Atoi(t.text)
	return err == nil && (n == 1 || strings.Contains("\n"+c.text[:t.start], "\n"+strconv.Itoa(n-1)+rest[:2]))
}

// inName reports whether a number is part of a product's name, or of the
// shop's.
func (c *check) inName(q *quantity) bool {
	return slices.ContainsFunc(c.mentions, func(m mention) bool {
		return m.from < q.from && q.from < m.to && slices.ContainsFunc(m.products, func(p *proof) bool { return p.cited })
	}) || c.inShop(q)
}

// inShop reports whether a number stands beside a word as it does in the shop's
// name, or is all of it.
func (c *check) inShop(q *quantity) bool {
	if q.words || q.money != nil {
		return false
	}
	same := func(at, k int) bool {
		return at >= 0 && at < len(c.tokens) && k >= 0 && k < len(c.shop) && c.tokens[at].text == c.shop[k].text
	}
	for k := range c.shop {
		if same(q.from, k) && (len(c.shop) == 1 || same(q.from-1, k-1) || same(q.from+1, k+1)) {
			return true
		}
	}
	return false
}

// shares counts the words that a piece of the reply has in common with others.
func (c *check) shares(s *segment, tokens []token) int {
	n := 0
	for i := s.from; i < s.to; i++ {
		t := &c.tokens[i]
		if t.number || c.g.stop[t.text] || len(t.root) < 3 || c.isUnit(i) {
			continue
		}
		if slices.ContainsFunc(tokens, func(o token) bool { return o.root == t.root }) {
			n++
		}
	}
	return n
}

func (c *check) isUnit(at int) bool {
	return slices.ContainsFunc(c.quantities, func(q quantity) bool { return q.spans(at) })
}

// spans reports whether a word is the number, its currency or its unit.
func (q *quantity) spans(at int) bool { return q.from-q.lead <= at && at < q.to }

// ranges refuses the two ends of a range that the evidence doesn't have
// together.
func (c *check) ranges() {
	for i := 0; i+1 < len(c.quantities); i++ {
		a, b := &c.quantities[i], &c.quantities[i+1]
		if !c.g.ranged(c.text, c.tokens, a.to, b.from) || a.unit.kind != b.unit.kind || c.inName(a) {
			continue
		}
		own := c.vouching(a.from)
		fields := slices.ContainsFunc(own, func(p *proof) bool { return p.ofFields(a) }) && slices.ContainsFunc(own, func(p *proof) bool { return p.ofFields(b) })
		if !fields && !slices.ContainsFunc(own, func(p *proof) bool { return p.holdsBoth(a, b) }) && !c.tiedByWords(a) && !c.saidSo(a) && !c.saidSo(b) {
			c.refuse(kindOf(a, false), c.text[c.tokens[a.from].start:c.tokens[b.to-1].end])
		}
	}
}

// counted refuses three drawers where the evidence has two.
func (c *check) counted() {
	for i := range c.quantities {
		q := &c.quantities[i]
		if !q.bare() || q.to >= len(c.tokens) {
			continue
		}
		noun := &c.tokens[q.to]
		beside := strings.TrimSpace(c.text[c.tokens[q.to-1].end:noun.start])
		if (beside == "" || beside == "×") && c.orderedOther(q) {
			c.refuse(ViolationOrder, c.text[c.tokens[q.from].start:noun.end])
			continue
		}
		if beside != "" || !c.g.tells(noun) || noun.number || len(noun.root) < 4 {
			continue
		}
		if has, other := c.countsOf(q, noun.root); other && !has && !c.saidSo(q) {
			c.refuse(ViolationNumber, c.text[c.tokens[q.from].start:noun.end])
		}
	}
}

// bare reports whether a figure is a number and no more.
func (q *quantity) bare() bool {
	return q.unit.kind == "" && q.money == nil && q.day.none() && q.minutes == 0
}

// countsOf reports whether the evidence counts as many of a thing, and whether
// it counts another number of it.
func (c *check) countsOf(q *quantity, root string) (has, other bool) {
	for _, p := range c.vouching(q.from) {
		for _, t := range p.texts {
			for n := range t.quantities {
				e := &t.quantities[n]
				if !e.bare() || e.to >= len(t.tokens) || t.tokens[e.to].root != root || strings.TrimSpace(t.text[t.tokens[e.to-1].end:t.tokens[e.to].start]) != "" {
					continue
				}
				has, other = has || q.same(e), other || !q.same(e)
			}
		}
	}
	return has, other
}

// orderedOther reports whether a number is that of an article that was ordered,
// and none was ordered so often.
func (c *check) orderedOther(q *quantity) bool {
	has, other := false, false
	for p := range c.cited {
		if p.evidence.Order == nil {
			continue
		}
		for _, l := range p.evidence.Order.Lines {
			for _, t := range c.g.scan(l.Title) {
				if t.root == c.tokens[q.to].root && c.tokens[q.to].upper {
					same := slices.Contains(q.readings, itoa(l.Quantity))
					has, other = has || same, other || !same
				}
			}
		}
	}
	return other && !has
}

// ordinals refuses the third of what the evidence calls the second.
func (c *check) ordinals() {
	for i := 0; i+1 < len(c.tokens); i++ {
		n, ok := c.g.ordinals[c.tokens[i].text]
		if !ok {
			continue
		}
		of := c.tokens[i+1].root
		has, other := false, false
		for _, p := range c.vouching(i) {
			for _, t := range p.texts {
				for k := 0; k+1 < len(t.tokens); k++ {
					if m, ok := c.g.ordinals[t.tokens[k].text]; ok && t.tokens[k+1].root == of {
						has, other = has || m == n, other || m != n
					}
				}
			}
		}
		if other && !has {
			c.refuse(ViolationNumber, c.text[c.tokens[i].start:c.tokens[i+1].end])
		}
	}
}
