package answer

import (
	"cmp"
	"slices"
	"strings"

	trade "kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// mostListed is how many products one reply names.
const mostListed = 3

// nearWish is how much of the best product's fit another one has to have to be
// recommended beside it.
const nearWish = 0.62

// leastWish is how much of a wish's words the best product must hold.
const leastWish = 0.2

// wished is a product that may serve a wish.
type wished struct {
	*item
	fit    float64
	choice choice
	within []models.Variant // Those that may be bought within the limits.
	low    models.Variant   // The cheapest of them.
}

// recommend lists the products that serve a wish and keep its limits, each
// with the sentence that says why.
func (r *reader) recommend(q Question) (found, bool) {
	f := found{intent: models.IntentRecommend, action: models.ActionAnswer}
	terms := slices.Concat(r.terms(slices.Concat(q.Words, r.saying(q.Cues)), 1), r.terms(q.Context, 0.6))
	fits := r.serving(q, terms)
	if len(fits) == 0 {
		return f, false
	}
	if q.Cheapest {
		slices.SortStableFunc(fits, func(a, b wished) int { return a.low.Price.Cmp(*b.low.Price) })
	}
	var lines []string
	for _, p := range fits[:min(len(fits), mostListed)] {
		line := r.title(p.product) + p.option() + " — " + r.money(p.low, *p.low.Price) + "."
		if u, ok := r.reason(p.item, terms); ok {
			line += " " + ended(u.text)
		}
		lines = append(lines, line)
		f.cites = append(f.cites, p.n)
	}
	f.text = pick(r.lex.say.recommend, r.seed) + "\n" + strings.Join(lines, "\n")
	if len(lines) == 1 {
		f.text = pick(r.lex.say.recommendOne, r.seed) + " " + lines[0]
	}
	return f, true
}

// option names in brackets what was chosen of a product, or the only price level
// of several that keeps the limits.
func (p wished) option() string {
	if name := optionIn(p.choice); name != "" || len(p.within) == len(p.product.Variants) {
		return name
	}
	low, high, _, ok := prices(p.within)
	if !ok || !low.Price.Equal(*high.Price) {
		return ""
	}
	for _, l := range priceLevels(p.product.Variants) {
		if l.name != "" && l.variant.Price.Equal(*low.Price) {
			return " (" + l.name + ")"
		}
	}
	return ""
}

// saying drops cue words that say nothing.
func (r *reader) saying(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return r.lex.stop[fold(w)] })
}

// serving ranks what may be bought within the limits.
func (r *reader) serving(q Question, terms []term) []wished {
	var fits []wished
	top, most := 0.0, 0.0
	w := r.wishOf(q)
	for _, it := range r.products {
		if !r.allows(w, it) {
			continue
		}
		coverage := covered(terms, func(w word) float64 { return max(best(w, it.title), kindValue*best(w, it.kind), 0.8*it.inUnits(w)) })
		p := wished{item: it, fit: 0.5*coverage + 0.5*r.prior(it), choice: r.choose(it, q)}
		if p.fit == 0 || p.choice.unknown {
			continue
		}
		variants := slices.DeleteFunc(slices.Clone(p.choice.variants), func(v models.Variant) bool {
			return v.Price == nil || !v.Available() || !within(*v.Price, q.AtLeast, q.AtMost) || r.unwantedVariant(w, label(v))
		})
		if len(variants) == 0 {
			continue
		}
		p.within = variants
		p.low, _, _, _ = prices(variants)
		fits = append(fits, p)
		top, most = max(top, p.fit), max(most, coverage)
	}
	if most < leastWish && len(w.kinds) == 0 {
		return nil
	}
	fits = slices.DeleteFunc(fits, func(p wished) bool { return p.fit < nearWish*top })
	if r.asksReduced(terms) {
		if some := slices.DeleteFunc(slices.Clone(fits), func(p wished) bool { return !p.product.OnSale() }); len(some) > 0 {
			fits = some
		}
	}
	slices.SortStableFunc(fits, func(a, b wished) int { return cmp.Compare(b.fit, a.fit) })
	return r.seating(w, fits)
}

// asksReduced reports whether what is sold below its price is wished for.
func (r *reader) asksReduced(terms []term) bool {
	for _, name := range []string{"sale", "discount"} {
		if c, known := trade.Named(name); known && slices.ContainsFunc(terms, func(t term) bool { return t.word.wants[c] >= 0.8 }) {
			return true
		}
	}
	return false
}

// reason is the sentence of a description that says most of a wish.
func (r *reader) reason(it *item, terms []term) (unit, bool) {
	top, at := 0.0, -1
	for i, u := range it.units {
		score := 0.0
		for _, t := range terms {
			if v := best(t.word, u.words); v >= 0.5 {
				score += t.weight * v
			}
		}
		if score > top {
			top, at = score, i
		}
	}
	if at < 0 {
		return unit{}, false
	}
	return it.units[at], true
}
