package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

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
		low, high, ok := r.sidePrices(p, q)
		if !ok {
			return f, false
		}
		price := r.money(low, *low.Price)
		if !low.Price.Equal(*high.Price) {
			price += "–" + r.money(high, *high.Price)
		}
		line := r.title(p.product) + " — " + price + "."
		if q.wants(models.IntentProductStock) {
			line += " " + r.stock(p.item, r.sideChoice(p, q), q)
		}
		for _, u := range r.beside(p.item, q) {
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

// mostBeside is how many sentences of a description stand beside another's.
const mostBeside = 4

// beside returns what a comparison says of one side: what is asked, and as much
// more of its description, for each tells what it has in words of its own.
func (r *reader) beside(it *item, q Question) []unit {
	told := r.telling(it, q, r.open(it, q))
	more := mostBeside - len(told)
	return slices.DeleteFunc(slices.Clone(it.units), func(u unit) bool {
		if slices.ContainsFunc(told, func(t unit) bool { return t.text == u.text }) {
			return false
		}
		more--
		return more < 0
	})
}

// sides returns the products that a comparison names, at most three: the best,
// and each that a word names which names none of those before.
func (r *reader) sides(q Question) []ranked {
	if named := r.sidesNamed(q); len(named) > 1 {
		return named
	}
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
	if numbered := withNumbers(fits, q); len(numbered) > 1 && len(numbered) <= mostListed {
		return numbered
	}
	if same := r.distinguish(equals(fits), q); len(same) > 1 && len(same) <= mostListed {
		return same
	}
	if len(r.choose(fits[0].item, q).values) > 1 {
		return fits[:1] // Its options are compared.
	}
	sides := eachNamed(fits)
	if len(sides) == 1 && len(fits) > 1 && fits[1].sure && fits[1].share >= 0.3 {
		return fits[:2]
	}
	return sides
}

// withNumbers returns the products whose titles have one of the question's
// numbers: models are often told apart by nothing else.
func withNumbers(fits []ranked, q Question) []ranked {
	return slices.DeleteFunc(slices.Clone(fits), func(p ranked) bool { return p.share == 0 || !q.numbers(p.title) })
}

// eachNamed returns the best product, and each that is named by a word which
// names none of those before.
func eachNamed(fits []ranked) []ranked {
	sides := []ranked{fits[0]}
	taken := slices.Clone(fits[0].named)
	for _, p := range fits[1:] {
		fresh := false
		for i, named := range p.named {
			fresh = fresh || named && !taken[i]
		}
		if !fresh || len(sides) == mostListed {
			continue
		}
		sides = append(sides, p)
		for i, named := range p.named {
			taken[i] = taken[i] || named
		}
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
	for _, u := range r.beside(it, q) {
		text += " " + ended(u.text)
	}
	f.text = text
	return f, ok
}

// sidePrices returns the lowest and the highest price of one side of a
// comparison: of the options that are named, or of all where it has none such.
func (r *reader) sidePrices(p ranked, q Question) (low, high models.Variant, ok bool) {
	low, high, _, ok = prices(r.sideChoice(p, q).variants)
	return low, high, ok
}

// sideChoice is what a question names of the options of one side, all where that
// has none such.
func (r *reader) sideChoice(p ranked, q Question) choice {
	c := r.choose(p.item, r.saidOfSide(p, q))
	if c.unknown {
		return choice{variants: p.product.Variants}
	}
	return c
}

// cheaper says which of two products costs less, and by how much.
func (r *reader) cheaper(products []ranked, q Question) string {
	if len(products) != 2 {
		return ""
	}
	var low [2]models.Variant
	for i, p := range products {
		least, most, ok := r.sidePrices(p, q)
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
