package answer

import (
	"slices"
	"strings"
)

// likeness is how a statement of the reply compares with one of the evidence.
type likeness struct {
	shared, same int
	few          int // Words that only one of them says to be without.
}

// polarity refuses a statement that says the opposite of the one in the
// evidence that it follows most closely, and a figure that is negated though
// the evidence states it.
func (c *check) polarity() {
	for n := range c.segments {
		s := &c.segments[n]
		if s.asks || c.conditional(n) {
			continue
		}
		c.negatedFigures(s)
		if s.blurred || c.ofStock(n) || c.outOfSeason(s) {
			continue
		}
		if content := c.content(s); len(content) > 0 && (c.contradicts(s, content) || c.deniedOnly(s, content)) && !c.headed(s, content) || c.withoutLink(n) {
			c.refuse(ViolationNegation, s.text)
		}
	}
}

// contradicts compares a statement with the one of the evidence that has most
// of its words.
func (c *check) contradicts(s *segment, content []int) bool {
	best := likeness{}
	for _, p := range c.vouching(s.from) {
		for i := range p.texts {
			if !p.texts[i].name {
				best = c.closest(best, content, &p.texts[i])
			}
		}
	}
	switch {
	case best.shared >= 2:
		return best.same*2 < best.shared || best.few > 0
	case best.shared == 0 || best.same > 0:
		return false
	}
	return len(content) == 1 && !c.tokens[content[0]].opposable()
}

// fewWords is how many words of a statement at most one of them may speak for,
// where it denies or affirms.
const fewWords = 3

// headed reports whether a short denial is a heading of the evidence, word for
// word, which says it of what stands below.
func (c *check) headed(s *segment, content []int) bool {
	if !s.negative || len(content) > fewWords {
		return false
	}
	for _, p := range c.vouching(s.from) {
		if p.evidence.Passage == nil {
			continue
		}
		for i := range p.texts {
			if t := &p.texts[i]; t.name && strings.EqualFold(strings.Trim(t.text, " .:"), strings.Trim(s.text, " .:")) {
				return true
			}
		}
	}
	return false
}

// deniedOnly reports whether a short statement affirms what the evidence speaks
// of only to deny it, or denies what it only affirms.
func (c *check) deniedOnly(s *segment, content []int) bool {
	if len(content) > fewWords || (s.negative && len(content) == fewWords) {
		return false
	}
	for _, i := range content {
		w := &c.tokens[i]
		if w.number || w.address || w.opposable() || (len(w.root) < rootLength && len(content) > 2) {
			continue
		}
		opposite, same := false, false
		for _, p := range c.vouching(i) {
			for n := range p.texts {
				t := &p.texts[n]
				for k := range t.segments {
					seg := &t.segments[k]
					for j := seg.from; j < seg.to; j++ {
						if alikeTokens(w, &t.tokens[j]) {
							same = same || seg.blurred || t.name || t.tokens[j].negative == w.negative
							opposite = true
						}
					}
				}
			}
		}
		if opposite && !same {
			return true
		}
	}
	return false
}

// linkWords is how many words may stand around a link that is denied: in a
// longer statement something else is.
const linkWords = 8

// withoutLink reports whether a statement denies what an address of the
// evidence is for.
func (c *check) withoutLink(n int) bool {
	s := &c.segments[n]
	if !s.negative || s.to-s.from > linkWords {
		return false
	}
	to := s.to
	if to < len(c.tokens) && c.tokens[to].address && strings.HasPrefix(strings.TrimSpace(c.text[c.tokens[to-1].end:]), ":") {
		to++
	}
	for i := s.from; i < to; i++ {
		t := &c.tokens[i]
		if t.address && c.anyText(func(p *proofText) bool {
			return slices.ContainsFunc(p.tokens, func(e token) bool { return e.address && e.text == t.text && !e.negative })
		}) {
			return true
		}
	}
	return false
}

// ofStock reports whether a statement is one of stock, which the variants bear
// out rather than words.
func (c *check) ofStock(n int) bool {
	tokens := c.tokens[c.segments[n].from:c.segments[n].to]
	if has(c.g.in, tokens) || has(c.g.out, tokens) {
		return true
	}
	return has(c.g.weak, tokens) && slices.ContainsFunc(c.meant(n), func(p *proof) bool {
		return len(c.options(p, c.segments[n].from, c.segments[n].to)) > 0
	})
}

// conditional reports whether a statement holds under a condition only.
func (c *check) conditional(n int) bool {
	s := &c.segments[n]
	return anyToken(c.tokens[s.from:min(s.from+3, s.to)], c.g.conditions)
}

// content returns the places of a segment's words that say something.
func (c *check) content(s *segment) []int {
	var out []int
	words := false
	for i := s.from; i < s.to; i++ {
		if t := &c.tokens[i]; c.g.tells(t) && !c.coded(i) && !c.mentioned(i) && (t.number || !c.isUnit(i)) {
			out = append(out, i)
			words = words || !t.number
		}
	}
	if !words {
		return nil
	}
	return out
}

// mentioned reports whether a word is part of a product's name.
func (c *check) mentioned(i int) bool {
	return slices.ContainsFunc(c.mentions, func(m mention) bool { return m.from <= i && i < m.to })
}

// tells reports whether a word says something of a thing.
func (g *guardLexicon) tells(t *token) bool {
	switch {
	case t.address || t.number:
		return true
	case g.stop[t.text] || g.not[t.text] || g.without[t.text] || g.yes[t.text] || g.no[t.text]:
		return false
	}
	return len(t.root) >= 3
}

// closest returns the best of the likenesses with a text's statements, and the
// one before. Of equal ones the one of the same polarity counts.
func (c *check) closest(best likeness, content []int, t *proofText) likeness {
	for n := range t.segments {
		s := &t.segments[n]
		if s.blurred {
			continue
		}
		var l likeness
		for _, i := range content {
			w := &c.tokens[i]
			for k := s.from; k < s.to; k++ {
				e := &t.tokens[k]
				if !alikeTokens(w, e) {
					continue
				}
				l.shared++
				if w.negative == e.negative {
					l.same++
				} else if c.segmentOf(i).negative == s.negative {
					l.few++
				}
				break
			}
		}
		if l.shared > best.shared || (l.shared == best.shared && l.same > best.same) {
			best = l
		}
	}
	return best
}

func alikeTokens(a, b *token) bool {
	if a.number || b.number || a.address || b.address {
		return a.text == b.text
	}
	return a.root == b.root && a.root != ""
}

// negatedFigures refuses "it is not $45" where it is.
func (c *check) negatedFigures(s *segment) {
	if anyToken(c.tokens[s.from:s.to], c.g.bounds) || has(c.g.in, c.tokens[s.from:s.to]) || has(c.g.out, c.tokens[s.from:s.to]) {
		return
	}
	for i := range c.quantities {
		q := &c.quantities[i]
		if q.from < s.from || q.from >= s.to || !c.tokens[q.from].negative || !s.negative || (q.money == nil && q.unit.kind == "" && q.day.none()) {
			continue
		}
		if c.inName(q) {
			continue
		}
		if c.statedPlainly(q) {
			c.refuse(ViolationNegation, strings.TrimSpace(s.text))
		}
	}
}

// statedPlainly reports whether the evidence states a figure, and nowhere
// negates it.
func (c *check) statedPlainly(q *quantity) bool {
	stated := false
	for _, p := range c.vouching(q.from) {
		for i := range p.facts {
			stated = stated || (!p.facts[i].former && q.same(&p.facts[i]) && q.measuredAs(&p.facts[i]))
		}
		for _, t := range p.texts {
			for i := range t.quantities {
				e := &t.quantities[i]
				if !t.name && q.unit == e.unit && q.same(e) && q.measuredAs(e) {
					if t.tokens[e.from].negative {
						return false
					}
					stated = true
				}
			}
		}
	}
	return stated
}
