package answer

import (
	"slices"
	"strings"
)

// priorWords is how many words may say of what follows that it was: "before:".
const priorWords = 4

// markFormer marks the prices that the reply says are no longer asked.
func (c *check) markFormer() {
	for n := range c.quantities {
		if c.quantities[n].money != nil {
			c.quantities[n].former = c.saidFormer(n)
		}
	}
}

func (c *check) saidFormer(n int) bool {
	words, q := c.g.facts(), &c.quantities[n]
	at := c.segmentIndex(q.from)
	here := &c.segments[at]
	from, start, next := here.from, q.from-q.lead, c.moneyBehind(n)
	if n > 0 && c.quantities[n-1].money != nil {
		from = max(from, c.quantities[n-1].to)
	}
	if at > 0 && from == here.from && c.segments[at-1].sentence == here.sentence && here.from-c.segments[at-1].from <= priorWords && !c.moneyIn(&c.segments[at-1]) {
		from = c.segments[at-1].from
	}
	if start > 0 && start > from && next != nil && c.tokens[start-1].in(words.wasFrom) {
		return true
	}
	if from < start && c.g.saysBefore(c.tokens[from:start]) {
		return true
	}
	return (next == nil || next.from >= here.to) && q.to < here.to && has(words.wasBehind, c.tokens[q.to:min(q.to+priorWords, here.to)])
}

// saysBefore reports whether words before a price say that it was asked once,
// without saying behind that what is asked now.
func (g *guardLexicon) saysBefore(tokens []token) bool {
	words := g.facts()
	for {
		_, to, ok := find(words.was, tokens)
		if !ok {
			return false
		}
		if tokens = tokens[to:]; !anyToken(tokens, words.now) {
			return true
		}
	}
}

// moneyBehind returns the next price of the sentence, or nil.
func (c *check) moneyBehind(n int) *quantity {
	if n+1 >= len(c.quantities) {
		return nil
	}
	next := &c.quantities[n+1]
	if next.money == nil || c.segmentOf(next.from).sentence != c.segmentOf(c.quantities[n].from).sentence {
		return nil
	}
	return next
}

func (c *check) moneyIn(s *segment) bool {
	return slices.ContainsFunc(c.quantities, func(q quantity) bool { return q.money != nil && s.from <= q.from && q.from < s.to })
}

// misplaced reports whether a price is told of a product though the evidence
// that has it is of something else, or the other way round.
func (c *check) misplaced(q *quantity, p *proof) bool {
	switch {
	case q.money == nil:
		return false
	case p.evidence.Product != nil:
		return c.ofDelivery(q, p)
	case p.evidence.Passage != nil:
		return c.pricesProduct(q) && !c.speaksOf(q, p)
	}
	return false
}

// ofDelivery reports whether a statement begins with delivery, so that its price
// isn't the one of a product.
func (c *check) ofDelivery(q *quantity, p *proof) bool {
	s := c.segmentOf(q.from)
	for i := s.from; i < q.from; i++ {
		if c.g.tells(&c.tokens[i]) {
			return has(c.g.facts().delivery, c.tokens[i:i+1]) && !slices.Contains(p.title, c.tokens[i].root)
		}
	}
	return false
}

// pricesProduct reports whether nothing but words of a price stands between a
// product's name and a figure.
func (c *check) pricesProduct(q *quantity) bool {
	here := c.segmentOf(q.from)
	last := -1
	for n, m := range c.mentions {
		if m.to <= q.from && c.segmentOf(m.from).sentence == here.sentence && c.isSubject(&m) {
			last = n
		}
	}
	if last < 0 || c.figureBetween(c.mentions[last].to, q.from) {
		return false
	}
	words := c.g.facts()
	for i := c.mentions[last].to; i < q.from-q.lead; i++ {
		if t := &c.tokens[i]; c.g.bounds[t.text] && i+2 >= q.from-q.lead || c.g.tells(t) && !words.costs[t.text] && !c.ofProducts(t, c.mentions[last].products) {
			return false
		}
	}
	return !has(words.delivery, c.tokens[c.sentenceFrom(here):here.to])
}

// isSubject reports whether a mention is a name surely: several words of it, or
// what a statement begins with.
func (c *check) isSubject(m *mention) bool {
	if m.weak || m.to > m.from+1 {
		return !m.weak
	}
	for i := c.beginning(m.from); i < m.from; i++ {
		if c.g.tells(&c.tokens[i]) {
			return false
		}
	}
	return true
}

func (c *check) sentenceFrom(here *segment) int {
	for n := range c.segments {
		if c.segments[n].sentence == here.sentence {
			return c.segments[n].from
		}
	}
	return here.from
}

// ofProducts reports whether a word is one of the texts of products.
func (c *check) ofProducts(t *token, products []*proof) bool {
	return slices.ContainsFunc(products, func(p *proof) bool {
		return slices.ContainsFunc(p.texts, func(text proofText) bool {
			return slices.ContainsFunc(text.tokens, func(e token) bool { return alikeTokens(t, &e) })
		})
	})
}

// speaksOf reports whether the line of a passage that has a figure, or its
// headings, have words in common with the statement beside the price.
func (c *check) speaksOf(q *quantity, p *proof) bool {
	here := *c.segmentOf(q.from)
	here.from = c.sentenceFrom(&here)
	words := c.g.facts()
	for i := range p.texts {
		t := &p.texts[i]
		from, to := 0, len(t.tokens)
		if !t.name {
			from, to = t.lineOf(q)
		}
		telling := slices.DeleteFunc(slices.Clone(t.tokens[from:to]), func(w token) bool { return words.costs[w.text] })
		if c.shares(&here, telling) > 0 {
			return true
		}
	}
	return false
}

// lineOf returns where the sentence of a text stands that has a figure.
func (t *proofText) lineOf(q *quantity) (from, to int) {
	for n := range t.quantities {
		e := &t.quantities[n]
		if !q.same(e) || !q.measuredAs(e) {
			continue
		}
		start := strings.LastIndexAny(t.text[:t.tokens[e.from].start], ".!?\n") + 1
		end := len(t.text)
		if cut := strings.IndexAny(t.text[t.tokens[e.to-1].end:], "!?\n"); cut >= 0 {
			end = t.tokens[e.to-1].end + cut
		}
		from = slices.IndexFunc(t.tokens, func(w token) bool { return w.start >= start })
		to = from
		for to < len(t.tokens) && t.tokens[to].start < end {
			to++
		}
		return from, to
	}
	return 0, 0
}
