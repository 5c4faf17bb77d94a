package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// choice is what a question names of a product's options.
type choice struct {
	variants []models.Variant // Those that fit what was named.
	named    bool             // At least one option was named.
	unknown  bool             // An option was named that the product hasn't.
	values   []string         // The option values that were named.
}

// says reports whether an option that was named has a number in its name: a set
// of six is one piece.
func (c choice) says(number string) bool {
	return number != "" && slices.ContainsFunc(c.values, func(v string) bool {
		return slices.ContainsFunc(figures(v), func(f figure) bool { return slices.Contains(f.readings, number) })
	})
}

// setOf reports whether the number that a question has is of the option that it
// names, and not of pieces: 6 for a set of 6, but not for 2 sets of 2.
func (q Question) setOf(c choice) bool {
	times := 0
	for _, n := range q.Numbers {
		if n == q.Pieces {
			times++
		}
	}
	return c.says(q.Pieces) && times < 2
}

// defaultOption is what Shopify's export has for a product without choices.
const defaultOption = "Default Title"

// label names a variant by its option values.
func label(v models.Variant) string {
	var values []string
	for _, o := range v.Options {
		if o.Value != "" && o.Value != defaultOption {
			values = append(values, o.Value)
		}
	}
	return strings.Join(values, " / ")
}

// choose finds the variants that a question names, option by option.
func (r *reader) choose(it *item, q Question) choice {
	c := choice{variants: it.product.Variants}
	for _, dimension := range dimensions(it.product) {
		named := r.further(it, dimension, q)
		if len(named) == 0 {
			named = r.extreme(dimension, q)
		}
		if len(named) == 0 {
			named = r.named(it, dimension, q)
		}
		if len(named) == 0 {
			named = r.measured(it, dimension, q)
		}
		if len(named) == 0 && r.missing(it, dimension, q) {
			c.unknown = true
			continue
		}
		if len(named) == 0 {
			named = r.carried(it, dimension, q)
		}
		if len(named) == 0 {
			continue
		}
		c.named, c.values = true, append(c.values, named...)
		var kept []models.Variant
		for _, v := range c.variants {
			if slices.ContainsFunc(v.Options, func(o models.Option) bool { return o.Name == dimension.name && slices.Contains(named, o.Value) }) {
				kept = append(kept, v)
			}
		}
		c.variants = kept
	}
	if len(c.variants) == 0 {
		c.unknown = true
	}
	return r.byPrice(c, q)
}

// dimension is one option of a product with all its values.
type dimension struct {
	name   string
	values []string
}

func dimensions(p *models.Product) []dimension {
	var found []dimension
	for _, v := range p.Variants {
		for _, o := range v.Options {
			if o.Value == "" || o.Value == defaultOption {
				continue
			}
			i := slices.IndexFunc(found, func(d dimension) bool { return d.name == o.Name })
			if i < 0 {
				found = append(found, dimension{name: o.Name})
				i = len(found) - 1
			}
			found[i].values = include(found[i].values, o.Value)
		}
	}
	return found
}

// named returns the values of a dimension that the question names: those that it
// says most of, unless it says as much of all of them.
func (r *reader) named(it *item, d dimension, q Question) []string {
	terms := r.asked(slices.Concat(q.Words, q.Cues, q.Aside))
	scores := make([]float64, len(d.values))
	top, least := 0.0, 1.0
	for i, value := range d.values {
		scores[i] = r.saysValue(it, q, value, terms)
		top, least = max(top, scores[i]), min(least, scores[i])
	}
	if top < 0.5 || len(d.values) > 1 && least == top && top < 0.99 {
		return nil
	}
	var named []string
	for i, value := range d.values {
		if scores[i] == top || top >= 0.99 && scores[i] >= 0.99 {
			named = append(named, value)
		}
	}
	if slices.ContainsFunc(named, func(v string) bool { return !isDigit(v[0]) }) {
		return named
	}
	if sized := slices.DeleteFunc(slices.Clone(named), func(v string) bool { return !slices.Contains(q.Sizes, r.size(v)) }); len(sized) > 0 {
		return sized // A number that stands as a size beats any other number.
	}
	return named
}

// measured returns the values of a dimension that the description gives one of
// the question's measures: small 25 cm, medium 33 cm.
func (r *reader) measured(it *item, d dimension, q Question) []string {
	if len(q.Measures) == 0 || len(d.values) < 2 {
		return nil
	}
	var named []string
	for _, u := range it.units {
		for i := range u.words {
			m, ok := measureAt(u.words, i)
			if !ok && u.words[i].number {
				m = measure{number: u.words[i].text}
			}
			if !slices.ContainsFunc(q.Measures, func(said measure) bool {
				return said.number == m.number && (said.unit == m.unit || m.unit == "")
			}) {
				continue
			}
			for _, value := range d.values {
				if stands(u.words[max(0, i-2):i], split(value, r.lex.endings)) {
					named = include(named, value)
				}
			}
		}
	}
	return named
}

// stands reports whether all of some words are among others.
func stands(among, words []word) bool {
	return len(words) > 0 && !slices.ContainsFunc(words, func(w word) bool { return best(w, among) < 0.8 })
}

// saysValue is how much of an option's value the question says, from 0 to 1.
// What stands in the title says nothing of an option.
func (r *reader) saysValue(it *item, q Question, value string, terms []word) float64 {
	words := r.lex.mean(fullNumbers(split(value, r.lex.endings)))
	said, of := 0.0, 0.0
	for i, w := range words {
		weight := 1.0
		if i > 0 && words[i-1].number && units[w.text] != "" || best(w, it.title) == 1 || !w.number && r.lex.stop[w.text] && len(words) > 1 {
			continue // A unit belongs to its number, and small words say nothing.
		}
		if len(w.text) < 3 && !w.number && r.size(w.text) == "" {
			weight = 0.3
		}
		of += weight
		if m, ok := measureAt(words, i); ok {
			said += weight * q.saysMeasure(m)
			continue
		}
		said += weight * r.says(q, w, terms, len(words) > 1)
	}
	if of == 0 {
		return 0
	}
	return said / of
}

// saysMeasure is how well a question names a measure: a number alone may be of
// any unit, but not of another one than the question gives it.
func (q Question) saysMeasure(m measure) float64 {
	for _, said := range q.Measures {
		if said.number == m.number {
			if said.unit == m.unit {
				return 1
			}
			return 0
		}
	}
	if slices.Contains(q.Numbers, m.number) {
		return 1
	}
	return 0
}

// says tells how surely the question has one word of an option's value: by the
// word itself, or by one that means the same. A number that counts pieces names
// no option, but may be a part of one's name.
func (r *reader) says(q Question, w word, terms []word, part bool) float64 {
	is := func(yes bool) float64 {
		if yes {
			return 1
		}
		return 0
	}
	if size := r.size(w.text); size != "" && slices.Contains(q.Sizes, size) {
		return 1
	}
	if w.number {
		return is(slices.Contains(q.Numbers, w.text) && (part || q.Pieces != w.text))
	}
	if colour := r.lex.colourOf(w); colour != "" {
		return is(slices.Contains(q.Colours, colour))
	}
	if len(w.text) < 3 {
		return 0
	}
	top := 0.0
	for i := range terms {
		t := &terms[i]
		top = max(top, alike(t, &w), is(t.stem == w.stem), 0.9*serves(t, &w))
	}
	if top < 0.76 {
		return 0
	}
	return top
}

// size returns the size that a value stands for: letters, or a number.
func (r *reader) size(value string) string {
	folded := fold(value)
	if size, ok := r.lex.sizes[folded]; ok {
		return size
	}
	if folded != "" && isDigit(folded[0]) {
		return figureReadings(folded[:figureEnd(folded, 0, false)])[0]
	}
	return ""
}

// colourOf returns the English name of a colour word.
func (lex *lexicon) colourOf(w word) string {
	for _, c := range lex.colours {
		if matchAny(c.patterns, []word{w}, nil) {
			return c.colour
		}
	}
	return ""
}

// missing reports whether the question names a size or a colour where the
// dimension is one of those, and the product has no such.
func (r *reader) missing(it *item, d dimension, q Question) bool {
	sizes := slices.ContainsFunc(d.values, func(v string) bool { return r.size(v) != "" })
	if sizes {
		return len(q.Sizes) > 0
	}
	isColour := func(v string) bool {
		return slices.ContainsFunc(split(v, r.lex.endings), func(w word) bool { return r.lex.colourOf(w) != "" })
	}
	if !slices.ContainsFunc(d.values, isColour) {
		return false
	}
	var own []string // Colours that the product's own text speaks of.
	for _, w := range it.title {
		own = append(own, r.lex.colourOf(w))
	}
	for _, u := range it.units {
		for _, w := range u.words {
			own = append(own, r.lex.colourOf(w))
		}
	}
	return slices.ContainsFunc(q.Colours, func(c string) bool { return !slices.Contains(own, c) })
}

// optionList says what options a product has.
func optionList(p *models.Product) string {
	found := dimensions(p)
	if len(found) == 1 {
		return strings.Join(found[0].values, ", ")
	}
	parts := make([]string, 0, len(found))
	for _, d := range found {
		parts = append(parts, d.name+" — "+strings.Join(d.values, ", "))
	}
	return strings.Join(parts, "; ")
}
