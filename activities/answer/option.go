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
		named := r.named(it, dimension, q)
		if len(named) == 0 {
			c.unknown = c.unknown || r.missing(it, dimension, q)
			continue
		}
		c.named = true
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
	return c
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

// named returns the values of a dimension that the question names.
func (r *reader) named(it *item, d dimension, q Question) []string {
	terms := make([]word, 0, len(q.Words)+len(q.Cues))
	for _, w := range slices.Concat(q.Words, q.Cues) {
		terms = append(terms, r.word(w))
	}
	var full, partly []string
	for _, value := range d.values {
		words := split(value, r.lex.endings)
		hits := 0
		for _, w := range words {
			if r.says(q, w, terms) {
				hits++
			}
		}
		inTitle := len(words) > 0 && !slices.ContainsFunc(words, func(w word) bool { return best(w, it.title) == 0 })
		switch {
		case hits == 0 || inTitle:
		case hits == len(words):
			full = append(full, value)
		case slices.ContainsFunc(words, func(w word) bool { return r.colour(w) != "" && slices.Contains(q.Colours, r.colour(w)) }):
			partly = append(partly, value)
		}
	}
	if len(full) == 0 {
		return partly
	}
	if sized := slices.DeleteFunc(slices.Clone(full), func(v string) bool { return !slices.Contains(q.Sizes, r.size(v)) }); len(sized) > 0 {
		return sized // A number that stands as a size beats any other number.
	}
	return full
}

// says reports whether the question has one word of an option's value.
func (r *reader) says(q Question, w word, terms []word) bool {
	if size := r.size(w.text); size != "" && slices.Contains(q.Sizes, size) {
		return true
	}
	if w.number {
		return slices.Contains(q.Numbers, w.text) && q.Pieces != w.text
	}
	if colour := r.colour(w); colour != "" && slices.Contains(q.Colours, colour) {
		return true
	}
	if len(w.text) < 3 {
		return false
	}
	return best(w, terms) >= 0.85
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

// colour returns the English name of a colour word.
func (r *reader) colour(w word) string {
	for _, c := range r.lex.colours {
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
		return slices.ContainsFunc(split(v, r.lex.endings), func(w word) bool { return r.colour(w) != "" })
	}
	if !slices.ContainsFunc(d.values, isColour) {
		return false
	}
	var own []string // Colours that the product's own text speaks of.
	for _, w := range it.title {
		own = append(own, r.colour(w))
	}
	for _, u := range it.units {
		for _, w := range u.words {
			own = append(own, r.colour(w))
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
