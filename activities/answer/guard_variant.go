package answer

import (
	"slices"

	"kedai/models"
)

// chosen is where a reply speaks of an option of a product.
type chosen struct {
	from, to    int // Of the tokens.
	name, value string
}

// optionValue is a value of a product's option, made ready for comparing.
type optionValue struct {
	name, value string
	tokens      []token
	quantity    *quantity // Of one that begins with a number.
	telling     []bool    // Which of the words no other value has.
	shared      bool      // Another value begins with the same number.
}

// proveOptions reads the values of a product's options, each once.
func (g *guardLexicon) proveOptions(p *models.Product) []optionValue {
	var values []optionValue
	count := map[string]int{}
	for i := range p.Variants {
		for _, o := range p.Variants[i].Options {
			known := slices.ContainsFunc(values, func(v optionValue) bool { return v.name == o.Name && v.value == o.Value })
			if o.Value == defaultOption || known {
				continue
			}
			v := optionValue{name: o.Name, value: o.Value, tokens: g.scan(o.Value)}
			if len(v.tokens) == 0 {
				continue
			}
			if v.tokens[0].number {
				if found := g.quantities(o.Value, v.tokens); len(found) > 0 {
					v.quantity = &found[0]
				}
			}
			for _, t := range v.tokens {
				count[t.root]++
			}
			values = append(values, v)
		}
	}
	for i := range values {
		values[i].shared = slices.ContainsFunc(values, func(o optionValue) bool {
			return o.value != values[i].value && o.name == values[i].name && o.quantity != nil && values[i].quantity != nil && o.quantity.same(values[i].quantity) && o.quantity.unit.kind == values[i].quantity.unit.kind
		})
		for _, t := range values[i].tokens {
			values[i].telling = append(values[i].telling, count[t.root] == 1 && !t.number && len(t.root) >= 4)
		}
	}
	return values
}

// options finds the options of a product that tokens speak of.
func (c *check) options(p *proof, from, to int) []chosen {
	var found []chosen
	for i := range p.options {
		v := &p.options[i]
		for _, at := range c.optionAt(v, from, to) {
			found = append(found, chosen{at[0], at[1], v.name, v.value})
		}
	}
	slices.SortStableFunc(found, func(a, b chosen) int { return a.from - b.from })
	return found
}

// optionAt returns where an option's value stands, from and to.
func (c *check) optionAt(v *optionValue, from, to int) [][2]int {
	var found [][2]int
	if v.tokens[0].number && !v.shared {
		for i := range c.quantities {
			q := &c.quantities[i]
			if q.from < from || q.from >= to || v.quantity == nil || q.money != nil || !q.day.none() {
				continue
			}
			if q.same(v.quantity) && q.unit.kind == v.quantity.unit.kind {
				found = append(found, [2]int{q.from, q.to})
			}
		}
		return found
	}
	for i := from; i+len(v.tokens) <= to; i++ {
		if c.matchesAt(v.tokens, i) {
			found = append(found, [2]int{i, i + len(v.tokens)})
		}
	}
	if len(found) > 0 || len(v.tokens) == 1 {
		return found
	}
	// A word that no other option has stands for the whole.
	for n, t := range v.tokens {
		for i := from; i < to && v.telling[n]; i++ {
			if c.tokens[i].root == t.root {
				return [][2]int{{i, i + 1}}
			}
		}
	}
	return nil
}

func (c *check) matchesAt(tokens []token, i int) bool {
	for k := range tokens {
		t, o := &c.tokens[i+k], &tokens[k]
		// A letter that is a size has a capital.
		if t.root != o.root || (o.caps || o.end-o.start == 1) && t.upper != o.upper {
			return false
		}
	}
	return true
}

// variantsOf returns a product's variants that have one of the values of each
// option that is spoken of.
func variantsOf(p *models.Product, options []chosen) []*models.Variant {
	var out []*models.Variant
	for i := range p.Variants {
		v := &p.Variants[i]
		fits := true
		for _, o := range v.Options {
			named, one := false, false
			for _, c := range options {
				if c.name == o.Name {
					named, one = true, one || c.value == o.Value
				}
			}
			fits = fits && (!named || one)
		}
		if fits {
			out = append(out, v)
		}
	}
	return out
}

// clause returns the segments around one that only commas part from it.
func (c *check) clause(n int) (from, to int) {
	from, to = n, n
	for from > 0 && c.segments[from].open && c.segments[from-1].sentence == c.segments[n].sentence {
		from--
	}
	for to+1 < len(c.segments) && c.segments[to+1].open && c.segments[to+1].sentence == c.segments[n].sentence {
		to++
	}
	return c.segments[from].from, c.segments[to].to
}

// tied is a price of the reply and what it is said to be of.
type tied struct {
	q             *quantity
	before, after []chosen
}

// prices refuses a price that is another variant's than the one it stands
// beside. The options may stand before their prices or behind; whichever ties
// more prices is how the sentence is read.
func (c *check) prices() {
	for p := range c.cited {
		if p.evidence.Product == nil {
			continue
		}
		for sentence := 0; sentence <= c.segments[len(c.segments)-1].sentence; sentence++ {
			c.pricesIn(p, sentence)
		}
	}
}

func (c *check) pricesIn(p *proof, sentence int) {
	from, to := -1, -1
	for _, s := range c.segments {
		if s.sentence == sentence {
			if from < 0 {
				from = s.from
			}
			to = s.to
		}
	}
	options := c.options(p, from, to)
	if len(options) == 0 {
		return
	}
	var list []tied
	edge := from
	for i := range c.quantities {
		q := &c.quantities[i]
		if q.from < from || q.from >= to || q.money == nil {
			continue
		}
		if subjects := c.subjects(q.from); !c.ofProduct(q, p) || (len(subjects) > 0 && (!slices.Contains(subjects, p) || len(subjects) > 1)) {
			edge = q.to
			continue
		}
		list = append(list, tied{q: q, before: c.latest(options, edge, q.from)})
		if n := len(list); n > 1 {
			list[n-2].after = between(options, list[n-2].q.to, q.from)
		}
		edge = q.to
	}
	if len(list) == 0 {
		return
	}
	list[len(list)-1].after = between(options, list[len(list)-1].q.to, to)
	if wrong := misread(p.evidence.Product, list); wrong != nil {
		c.refuse(ViolationPrice, wrong.text)
	}
}

// misread returns a price that is wrong in the likelier of the two ways to read
// a sentence, or nil.
func misread(p *models.Product, list []tied) *quantity {
	var wrong *quantity
	read := func(options func(tied) []chosen) (free, bad int) {
		for _, one := range list {
			switch with := options(one); {
			case len(with) == 0:
				free++
			case !hasPrice(variantsOf(p, with), one.q):
				bad++
				wrong = one.q
			}
		}
		return free, bad
	}
	freeBefore, badBefore := read(func(one tied) []chosen { return one.before })
	freeAfter, badAfter := read(func(one tied) []chosen { return one.after })
	bad := badBefore > 0
	switch {
	case freeAfter < freeBefore:
		bad = badAfter > 0
	case freeAfter == freeBefore:
		bad = badBefore > 0 && badAfter > 0
	}
	if !bad {
		return nil
	}
	return wrong
}

// ofProduct reports whether a price can only be the product's.
func (c *check) ofProduct(q *quantity, p *proof) bool {
	for other := range c.cited {
		if other.evidence.Product == nil {
			if whole, _ := other.holds(c.g, q); whole {
				return false
			}
		}
	}
	return slices.ContainsFunc(p.facts, func(f quantity) bool { return f.money != nil && q.same(&f) })
}

func between(options []chosen, from, to int) []chosen {
	var out []chosen
	for _, o := range options {
		if from <= o.from && o.from < to {
			out = append(out, o)
		}
	}
	return out
}

// latest keeps the options of the last statement that has any.
func (c *check) latest(options []chosen, from, to int) []chosen {
	out := between(options, from, to)
	if len(out) == 0 {
		return nil
	}
	start, _ := c.clause(c.segmentIndex(out[len(out)-1].from))
	return between(out, start, to)
}

func hasPrice(variants []*models.Variant, q *quantity) bool {
	return slices.ContainsFunc(variants, func(v *models.Variant) bool {
		return (v.Price != nil && slices.Contains(q.readings, plainDecimal(*v.Price))) || (q.former && v.CompareAt != nil && slices.Contains(q.readings, plainDecimal(*v.CompareAt)))
	})
}
