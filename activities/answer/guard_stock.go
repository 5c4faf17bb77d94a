package answer

import (
	"slices"

	"kedai/models"
)

// stock refuses statements of what is in stock, sold out, or how many there
// are, that the variants spoken of disprove.
func (c *check) stock() {
	for n := range c.segments {
		s := &c.segments[n]
		if s.asks || c.conditional(n) {
			continue
		}
		tokens := c.tokens[s.from:s.to]
		strong, weak, out := has(c.g.in, tokens), has(c.g.weak, tokens), has(c.g.out, tokens)
		denied := s.negative && has(c.g.orderly, tokens)
		if !strong && !weak && !out && !denied || has(c.g.discount, tokens) {
			continue
		}
		claim := claim{in: out == s.negative, strict: strong || out, loose: has(c.g.orderly, tokens)}
		if !(s.negative && c.tooMany(n)) && !c.borneOut(n, claim, !strong && !out) {
			c.refuse(ViolationStock, s.text)
		}
		c.counts(n)
	}
}

// claim is what a statement says of stock.
type claim struct {
	in     bool
	strict bool
	loose  bool // It may be ordered, in stock or not.
}

// borneOut reports whether a claim holds of a product that may be meant. With
// named given it is a claim only where it names an option.
func (c *check) borneOut(n int, claim claim, named bool) bool {
	tested := false
	for _, p := range c.meant(n) {
		product := p.evidence.Product
		s := &c.segments[n]
		own := c.options(p, s.from, s.to)
		options := own
		if len(own) == 0 {
			options = c.optionsFor(p, n)
		}
		if named && len(options) == 0 {
			continue
		}
		tested = true
		// What was chosen before, such as the size, may still count.
		if claim.holds(product, options) || claim.holds(product, c.withEarlier(p, options, s.from)) {
			return true
		}
		if len(own) == 0 && len(c.unexplained(s)) > 0 && claim.holds(product, nil) {
			return true
		}
	}
	return !tested
}

// withEarlier adds the options of other names that the reply spoke of last.
func (c *check) withEarlier(p *proof, options []chosen, before int) []chosen {
	out := slices.Clone(options)
	earlier := c.options(p, 0, before)
	for i := len(earlier) - 1; i >= 0; i-- {
		if !slices.ContainsFunc(out, func(o chosen) bool { return o.name == earlier[i].name }) {
			out = append(out, earlier[i])
		}
	}
	return out
}

// unexplained returns the words of a statement that may name an option in other
// words.
func (c *check) unexplained(s *segment) []int {
	return slices.DeleteFunc(c.content(s), func(i int) bool {
		t := c.tokens[i : i+1]
		return has(c.g.in, t) || has(c.g.out, t) || has(c.g.weak, t) || c.isUnit(i) || len(t[0].root) < 4
	})
}

// meant returns the cited products that a segment may speak of.
func (c *check) meant(n int) []*proof {
	var out []*proof
	subjects := c.subjects(c.segments[n].to - 1)
	for p := range c.cited {
		if p.evidence.Product != nil && (len(subjects) == 0 || slices.Contains(subjects, p)) {
			out = append(out, p)
		}
	}
	return out
}

// optionsFor returns a product's options that a segment speaks of, or else the
// segments before it in the sentence.
func (c *check) optionsFor(p *proof, n int) []chosen {
	for k := n; k >= 0 && c.segments[k].sentence == c.segments[n].sentence; k-- {
		if found := c.options(p, c.segments[k].from, c.segments[k].to); len(found) > 0 {
			return found
		}
	}
	return nil
}

func (l claim) holds(p *models.Product, options []chosen) bool {
	if len(options) == 0 {
		return slices.ContainsFunc(p.Variants, func(v models.Variant) bool { return l.fits(&v) })
	}
	// Each value that is named has to be as claimed, with some of the others.
	for _, o := range options {
		with := []chosen{o}
		for _, other := range options {
			if other.name != o.name {
				with = append(with, other)
			}
		}
		variants := variantsOf(p, with)
		if len(variants) == 0 {
			return false
		}
		if l.in && !slices.ContainsFunc(variants, l.fits) || !l.in && slices.ContainsFunc(variants, func(v *models.Variant) bool { return !l.fits(v) }) {
			return false
		}
	}
	return true
}

func (l claim) fits(v *models.Variant) bool {
	stocked := !v.Tracked || v.Quantity > 0
	if l.in {
		return stocked || (l.loose && v.Backorder)
	}
	return !stocked
}

// counts refuses a number of pieces that isn't that of the variants spoken of.
func (c *check) counts(n int) {
	s := &c.segments[n]
	if !has(c.g.left, c.tokens[s.from:s.to]) {
		return
	}
	sure := !has(c.g.weak, c.tokens[s.from:s.to]) || has(c.g.remain, c.tokens[s.from:s.to])
	for i := range c.quantities {
		q := &c.quantities[i]
		if q.from < s.from || q.from >= s.to || !q.ofPieces() {
			continue
		}
		if c.inName(q) || c.saidSo(q) || c.wantsOption(n, q) || (!sure && c.writtenElsewhere(s, q)) {
			continue
		}
		tested, right := false, false
		for _, p := range c.meant(n) {
			options := slices.DeleteFunc(c.optionsFor(p, n), func(o chosen) bool { return o.from == q.from })
			if slices.ContainsFunc(options, func(o chosen) bool { return o.from < q.from && q.from < o.to }) {
				right = true // It is part of the option's name.
			}
			right = right || c.listed(p, n, q.from)
			tested = true
			right = right || counted(variantsOf(p.evidence.Product, options), q)
		}
		if tested && right == s.negative {
			c.refuse(ViolationStock, q.text)
		}
	}
}

// listed reports whether the number at a token is one of several options of a
// product that a sentence lists, such as sizes.
func (c *check) listed(p *proof, n, at int) bool {
	from, to := c.segments[n].from, c.segments[n].to
	for k := range c.segments {
		if c.segments[k].sentence == c.segments[n].sentence {
			from, to = min(from, c.segments[k].from), max(to, c.segments[k].to)
		}
	}
	options := c.options(p, from, to)
	own := slices.IndexFunc(options, func(o chosen) bool { return o.from == at })
	return own >= 0 && slices.ContainsFunc(options, func(o chosen) bool { return o.name == options[own].name && o.value != options[own].value })
}

// ofPieces reports whether a quantity may be a number of pieces.
func (q *quantity) ofPieces() bool {
	return q.money == nil && q.day.none() && q.minutes == 0 && (q.unit.kind == "" || countable[q.unit.kind] || containers[q.unit.kind])
}

// writtenElsewhere reports whether a number stands in a text of the evidence,
// so that it needn't be one of pieces.
func (c *check) writtenElsewhere(s *segment, q *quantity) bool {
	return c.anyText(func(p *proofText) bool {
		return slices.ContainsFunc(p.quantities, func(e quantity) bool {
			return q.same(&e) && (q.unit.kind != "" || c.shares(s, p.tokens) > 0)
		})
	})
}

func counted(variants []*models.Variant, q *quantity) bool {
	sum := 0
	for _, v := range variants {
		sum += max(v.Quantity, 0)
		if slices.Contains(q.readings, itoa(v.Quantity)) {
			return true
		}
	}
	return slices.Contains(q.readings, itoa(sum))
}
