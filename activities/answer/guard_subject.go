package answer

import "slices"

// mention is where a reply speaks of products by their names.
type mention struct {
	from, to int // Of the tokens.
	products []*proof
	weak     bool // One common word within a statement: it needn't be the name.
}

// findMentions finds the names of the evidence's products in the reply. Where
// several products share the words, the one of which most stand together is
// meant; of equals, each may be.
func (c *check) findMentions() []mention {
	var found []mention
	for i := 0; i < len(c.tokens); i++ {
		m := mention{from: i, to: i}
		for _, p := range c.proofs {
			if p.evidence.Product == nil {
				continue
			}
			to := c.nameEnd(p, i)
			switch {
			case to == i:
			case to > m.to:
				m.to, m.products = to, []*proof{p}
			case to == m.to:
				m.products = append(m.products, p)
			}
		}
		if len(m.products) > 1 {
			m.products = c.shortest(m)
		}
		m.weak = (m.to == i+1 && !c.tokens[i].upper && i-c.beginning(i) >= 2) || c.describes(m)
		if len(m.products) > 0 && !c.inOption(m) && len(m.products) < max(2, c.productCount()) && !(m.to == i+1 && !c.tokens[i].upper && c.segmentOf(i).negative) {
			found = append(found, m)
		}
		i = max(i, m.to-1)
	}
	return found
}

// beginning returns where the statement begins that a place is in, behind the
// word that joins it to another.
func (c *check) beginning(i int) int {
	from := c.segmentOf(i).from
	for from < i && c.tokens[from].in(c.g.joins) {
		from++
	}
	return from
}

// inOption reports whether the words of a mention are part of an option of
// another cited product, which several products' names may share: a set of 4.
func (c *check) inOption(m mention) bool {
	for p := range c.cited {
		if slices.Contains(m.products, p) {
			continue
		}
		for _, o := range c.options(p, m.from, min(m.from+optionWords, len(c.tokens))) {
			if o.from == m.from && m.to < o.to {
				return true
			}
		}
	}
	return false
}

// optionWords is how many words the longest options have that are looked for.
const optionWords = 8

// describes reports whether the words of a mention may as well be another
// product's description.
func (c *check) describes(m mention) bool {
	for p := range c.cited {
		if p.evidence.Product == nil || slices.Contains(m.products, p) {
			continue
		}
		all := m.to > m.from
		for i := m.from; i < m.to && all; i++ {
			all = slices.ContainsFunc(p.texts, func(t proofText) bool {
				return !t.name && slices.ContainsFunc(t.tokens, func(e token) bool { return e.root == c.tokens[i].root })
			})
		}
		if all {
			return true
		}
	}
	return false
}

// shortest keeps those of a mention's products of whose names least is left
// unsaid: who writes Lamp, where there is a Lamp and a Lamp Pro, means the Lamp.
func (c *check) shortest(m mention) []*proof {
	least := -1
	var kept []*proof
	for _, p := range m.products {
		rest := 0
		for _, root := range p.title {
			if !slices.ContainsFunc(c.tokens[m.from:m.to], func(t token) bool { return t.root == root }) {
				rest++
			}
		}
		if least < 0 || rest < least {
			least, kept = rest, kept[:0]
		}
		if rest == least {
			kept = append(kept, p)
		}
	}
	if least > 0 {
		return m.products
	}
	return kept
}

func (c *check) productCount() int {
	n := 0
	for _, p := range c.proofs {
		if p.evidence.Product != nil {
			n++
		}
	}
	return n
}

// nameEnd returns where words of a product's title end that begin at i.
func (c *check) nameEnd(p *proof, i int) int {
	end, filler := i, 0
	for n := i; n < len(c.tokens); n++ {
		t := &c.tokens[n]
		if slices.Contains(p.title, t.root) && t.root != "" && (!t.number || n > i) {
			end, filler = n+1, 0
			continue
		}
		// Small words stand within names.
		if filler++; n == i || filler > 1 || !c.g.stop[t.text] {
			break
		}
	}
	return end
}

// subjects returns which products a place of the reply may speak of; nil for
// any that is cited.
func (c *check) subjects(at int) []*proof {
	here := c.segmentOf(at)
	out, sure := c.namedBefore(at, here)
	for _, m := range c.mentions {
		if m.from > at && m.from < here.to {
			out = append(out, m.products...)
			break
		}
	}
	if sure {
		return out
	}
	if len(out) == 0 || !c.anyBefore(at, here) {
		out = append(out, c.namedBehind(here)...)
	}
	// What was spoken of last goes on to be, and where that is doubtful what was
	// before it.
	last := -1
	for n := len(c.mentions) - 1; n >= 0; n-- {
		m := &c.mentions[n]
		sentence := c.segmentOf(m.from).sentence
		if sentence >= here.sentence {
			continue
		}
		if last >= 0 && sentence != last && sure {
			break
		}
		last, sure = sentence, sure || !m.weak
		out = append(out, m.products...)
	}
	if last < 0 {
		return nil
	}
	return out
}

// namedBefore returns the products that the sentence names before a place. Sure
// is that nothing but them is meant.
func (c *check) namedBefore(at int, here *segment) (out []*proof, sure bool) {
	last := -1
	for n, m := range c.mentions {
		if m.from <= at && c.segmentOf(m.from).sentence == here.sentence {
			last = n
		}
	}
	if last < 0 {
		return nil, false
	}
	out = append(out, c.mentions[last].products...)
	// Names that stand together share what follows.
	for n := last - 1; n >= 0; n-- {
		apart := c.figureBetween(c.mentions[n].to, c.mentions[n+1].from) && !c.mentions[n+1].weak
		if apart || c.segmentOf(c.mentions[n].from).sentence != here.sentence {
			break
		}
		out = append(out, c.mentions[n].products...)
	}
	return out, !c.mentions[last].weak
}

func (c *check) anyBefore(at int, here *segment) bool {
	return slices.ContainsFunc(c.mentions, func(m mention) bool {
		return m.from <= at && c.segmentOf(m.from).sentence == here.sentence
	})
}

// namedBehind returns the products that the sentence names next.
func (c *check) namedBehind(here *segment) []*proof {
	for _, m := range c.mentions {
		if m.from >= here.to && c.segmentOf(m.from).sentence == here.sentence {
			return m.products
		}
	}
	return nil
}

func (c *check) figureBetween(from, to int) bool {
	return slices.ContainsFunc(c.quantities, func(q quantity) bool { return q.from >= from && q.from < to })
}

// vouching returns the cited evidence that may vouch for a place: all but the
// products and orders that it doesn't speak of.
func (c *check) vouching(at int) []*proof {
	subjects := c.subjects(at)
	var out []*proof
	for p := range c.cited {
		if c.ofOtherOrder(p, at) {
			continue
		}
		if p.evidence.Product == nil || len(subjects) == 0 || slices.Contains(subjects, p) {
			out = append(out, p)
		}
	}
	return out
}
