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
	low    models.Variant // The cheapest that may be bought.
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
		line := r.title(p.product) + optionIn(p.choice) + " — " + r.money(p.low, *p.low.Price) + "."
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

// saying drops cue words that say nothing.
func (r *reader) saying(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return r.lex.stop[fold(w)] })
}

// serving ranks what may be bought within the limits.
func (r *reader) serving(q Question, terms []term) []wished {
	var fits []wished
	top, most := 0.0, 0.0
	for _, it := range r.products {
		coverage := covered(terms, func(w word) float64 { return max(best(w, it.title), kindValue*best(w, it.kind), 0.8*it.inUnits(w)) })
		p := wished{item: it, fit: 0.5*coverage + 0.5*r.prior(it), choice: r.choose(it, q)}
		if p.fit == 0 || p.choice.unknown {
			continue
		}
		variants := slices.DeleteFunc(slices.Clone(p.choice.variants), func(v models.Variant) bool {
			return v.Price == nil || !v.Available() || !within(*v.Price, q.AtMost)
		})
		if len(variants) == 0 {
			continue
		}
		p.low, _, _, _ = prices(variants)
		fits = append(fits, p)
		top, most = max(top, p.fit), max(most, coverage)
	}
	if most < leastWish {
		return nil
	}
	fits = slices.DeleteFunc(fits, func(p wished) bool { return p.fit < nearWish*top })
	if r.asksReduced(terms) {
		if some := slices.DeleteFunc(slices.Clone(fits), func(p wished) bool { return !p.product.OnSale() }); len(some) > 0 {
			fits = some
		}
	}
	slices.SortStableFunc(fits, func(a, b wished) int { return cmp.Compare(b.fit, a.fit) })
	return fits
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

// compare puts what is named side by side: products, or options of one.
func (r *reader) compare(q Question) (found, bool) {
	f := found{intent: models.IntentCompare, action: models.ActionAnswer}
	products := r.sides(q)
	if len(products) == 0 {
		return f, false
	}
	if len(products) == 1 {
		return r.compareOptions(products[0].item, q)
	}
	lines := []string{pick(r.lex.say.compare, r.seed)}
	q.Words = slices.DeleteFunc(slices.Clone(q.Words), func(text string) bool {
		// What names one of them is asked of none.
		return slices.ContainsFunc(products, func(p ranked) bool { return best(r.asked([]string{text})[0], p.title) >= leastName })
	})
	for _, p := range products {
		c := r.choose(p.item, q)
		if c.unknown {
			c = choice{variants: p.product.Variants}
		}
		low, high, _, ok := prices(c.variants)
		if !ok {
			return f, false
		}
		price := r.money(low, *low.Price)
		if !low.Price.Equal(*high.Price) {
			price += "–" + r.money(high, *high.Price)
		}
		line := r.title(p.product) + " — " + price + "."
		units := r.telling(p.item, q, r.open(p.item, q))
		if len(units) == 0 {
			units = p.units[:min(len(p.units), 1)]
		}
		for _, u := range units {
			line += " " + ended(u.text)
		}
		lines = append(lines, line)
		f.cites = append(f.cites, p.n)
	}
	if verdict := r.cheaper(products, q); verdict != "" {
		lines = append(lines, verdict)
	}
	f.text = strings.Join(lines, "\n")
	return f, true
}

// sides returns the products that a comparison names, at most three: the best,
// and each that a word names which names none of those before.
func (r *reader) sides(q Question) []ranked {
	if named := r.byNames(q); named != nil {
		return named
	}
	words, context := q.Words, q.Context
	own := r.rank(words, context)
	if len(context) > 0 && (q.Refers || len(own) == 0 || !own[0].sure || own[0].share < 0.5) {
		words = append(slices.Clone(context), words...)
	}
	fits := r.rank(words, context)
	if len(fits) == 0 {
		return nil
	}
	if numbered := slices.DeleteFunc(slices.Clone(fits), func(p ranked) bool {
		return p.share == 0 || !q.numbers(p.title)
	}); len(numbered) > 1 && len(numbered) <= mostListed {
		return numbered
	}
	if same := r.distinguish(equals(fits), q); len(same) > 1 && len(same) <= mostListed {
		return same
	}
	if len(r.choose(fits[0].item, q).values) > 1 {
		return fits[:1] // Its options are compared.
	}
	sides := fits[:1]
	taken := slices.Clone(fits[0].named)
	for _, p := range fits[1:] {
		fresh := false
		for i, named := range p.named {
			fresh = fresh || named && !taken[i]
		}
		if fresh && len(sides) < mostListed {
			sides = append(slices.Clone(sides), p)
			for i, named := range p.named {
				taken[i] = taken[i] || named
			}
		}
	}
	if len(sides) == 1 && len(fits) > 1 && fits[1].sure && fits[1].share >= 0.3 {
		return fits[:2]
	}
	return sides
}

// compareOptions puts the named options of one product side by side.
func (r *reader) compareOptions(it *item, q Question) (found, bool) {
	f := found{intent: models.IntentCompare, action: models.ActionAnswer, cites: []int{it.n}}
	c := r.choose(it, q)
	if c.unknown {
		return f, false
	}
	text, ok := r.price(it, c)
	for _, u := range r.telling(it, q, r.open(it, q)) {
		text += " " + ended(u.text)
	}
	f.text = text
	return f, ok
}

// cheaper says which of two products costs less, and by how much.
func (r *reader) cheaper(products []ranked, q Question) string {
	if len(products) != 2 {
		return ""
	}
	var low [2]models.Variant
	for i, p := range products {
		c := r.choose(p.item, q)
		if c.unknown {
			c = choice{variants: p.product.Variants}
		}
		least, most, _, ok := prices(c.variants)
		if !ok || !least.Price.Equal(*most.Price) {
			return ""
		}
		low[i] = least
	}
	less := 0
	if low[1].Price.LessThan(*low[0].Price) {
		less = 1
	}
	difference := low[1-less].Price.Sub(*low[less].Price)
	if difference.IsZero() || low[0].Currency != low[1].Currency {
		return ""
	}
	r.compute(models.Computed{What: models.ComputedDifference, Amount: difference, Currency: low[less].Currency, From: []int{products[less].n, products[1-less].n}})
	return fill(r.lex.say.cheaper, "{title}", r.title(products[less].product), "{difference}", r.money(low[less], difference))
}
