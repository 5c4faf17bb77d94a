package answer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"kedai/models"
)

// found is an answer to one question.
type found struct {
	text   string
	cites  []int
	intent models.Intent
	action models.Action
}

// ranked is a product and how well a question fits it.
type ranked struct {
	*item
	fit   float64
	share float64 // Of the title's words that the question has.
	sure  bool
}

// nearness is how close in fit two products are equally meant.
const nearness = 0.06

// rank orders the products that fit the words, the best first. Context only
// decides between products that the words themselves fit.
func (r *reader) rank(words, context []string) []ranked {
	terms, hints := r.terms(words, 1), r.terms(context, 1)
	var fits []ranked
	for _, it := range r.products {
		named := false
		coverage := covered(terms, func(w word) float64 {
			title, kind := best(w, it.title), best(w, it.kind)
			named = named || title > 0 || kind > 0
			return max(title, 0.9*kind, 0.5*it.inUnits(w))
		})
		if !named {
			continue
		}
		hit := 0.0
		for _, w := range it.title {
			for _, t := range terms {
				if similarity(w, t.word) > 0 {
					hit++
					break
				}
			}
		}
		share := hit / float64(max(1, len(it.title)))
		hint := covered(hints, func(w word) float64 { return max(best(w, it.title), 0.8*best(w, it.kind)) })
		ofKind := slices.ContainsFunc(terms, func(t term) bool { return similarity(t.word, it.head) > 0 })
		sure := coverage >= 0.75 || (share >= 0.66 && hit >= 2) || (coverage >= 0.45 && hint >= 0.6) ||
			(ofKind && (coverage >= 0.6 || (share >= 0.5 && coverage >= 0.3)))
		fits = append(fits, ranked{item: it, fit: 0.6*coverage + 0.4*share + 0.35*hint, share: share, sure: sure})
	}
	slices.SortStableFunc(fits, func(a, b ranked) int { return cmp.Compare(b.fit, a.fit) })
	return fits
}

// meant returns the products that a question surely means: one, or several
// that fit equally. own tells that the question names them itself.
func (r *reader) meant(q Question) (products []ranked, own bool) {
	if len(q.Words) > 0 {
		fits := r.rank(q.Words, q.Context)
		if len(fits) > 0 && fits[0].sure && (!q.Refers || len(q.Context) == 0 || fits[0].share >= 0.5) {
			return equals(fits), true
		}
	}
	if len(q.Context) > 0 {
		fits := r.rank(q.Context, q.Words)
		if len(fits) > 0 && fits[0].sure {
			return equals(fits), false
		}
	}
	return nil, false
}

// equals returns the first of a ranking and those as good as it.
func equals(fits []ranked) []ranked {
	n := 1
	for n < len(fits) && fits[n].sure && fits[0].fit-fits[n].fit < nearness {
		n++
	}
	return fits[:n]
}

// title returns a product's title in the language's quotation marks.
func (r *reader) title(p *models.Product) string {
	say := r.lex.say
	if strings.Contains(p.Title, say.quoteOpen) {
		return "„" + p.Title + "“"
	}
	return say.quoteOpen + p.Title + say.quoteClose
}

// fill puts values in a saying.
func fill(saying string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(saying)
}

// price says what a product costs.
func (r *reader) price(it *item, q Question) (string, bool) {
	say, title := r.lex.say, r.title(it.product)
	c := r.choose(it, q)
	if c.unknown {
		return fill(say.unknownOption, "{title}", title, "{list}", optionList(it.product)), true
	}
	low, high, was, ok := prices(c.variants)
	if !ok {
		return "", false
	}
	money := func(v models.Variant, amount decimal.Decimal) string {
		return FormatMoney(amount, v.Currency, r.lex.code)
	}
	if !low.Price.Equal(*high.Price) {
		return fill(say.priceRange, "{title}", title, "{low}", money(low, *low.Price), "{high}", money(high, *high.Price)), true
	}
	text := fill(say.price, "{title}", title, "{price}", money(low, *low.Price))
	if c.named && len(c.variants) == 1 {
		text = fill(say.priceOption, "{title}", title, "{option}", label(low), "{price}", money(low, *low.Price))
	}
	if was != nil {
		text += " " + fill(say.was, "{was}", money(low, *was))
	}
	return text, true
}

// prices returns the cheapest and the dearest variant, and the price before a
// discount if all variants share it.
func prices(variants []models.Variant) (low, high models.Variant, was *decimal.Decimal, ok bool) {
	shared := true
	for _, v := range variants {
		if v.Price == nil {
			continue
		}
		if !ok {
			low, high, was, ok = v, v, v.CompareAt, true
		}
		if v.Price.LessThan(*low.Price) {
			low = v
		}
		if v.Price.GreaterThan(*high.Price) {
			high = v
		}
		if was == nil || v.CompareAt == nil || !v.CompareAt.Equal(*was) {
			shared = false
		}
	}
	if !shared || was == nil || !was.GreaterThan(*high.Price) {
		was = nil
	}
	return low, high, was, ok
}

// stock says whether a product is to be had.
func (r *reader) stock(it *item, q Question) string {
	say, title := r.lex.say, r.title(it.product)
	c := r.choose(it, q)
	if c.unknown {
		return fill(say.unknownOption, "{title}", title, "{list}", optionList(it.product))
	}
	if len(c.variants) == 1 {
		return r.stockOfOne(it, c, q)
	}
	var in, out []string
	for _, v := range c.variants {
		if v.Available() {
			in = append(in, label(v))
		} else {
			out = append(out, label(v))
		}
	}
	saying := say.someStock
	switch {
	case len(out) == 0:
		saying = say.allStock
	case len(in) == 0:
		saying = say.noStock
	}
	return fill(saying, "{title}", title, "{in}", strings.Join(in, ", "), "{out}", strings.Join(out, ", "))
}

// stockOfOne says it of a single variant. A quantity is told only to somebody
// who asked for one.
func (r *reader) stockOfOne(it *item, c choice, q Question) string {
	say, v := r.lex.say, c.variants[0]
	values := []string{"{title}", r.title(it.product), "{option}", label(v)}
	if !v.Available() {
		text := fill(say.outOfStock, values...)
		if label(v) != "" {
			text = fill(say.outOption, values...)
		}
		var others []string
		for _, other := range it.product.Variants {
			if other.Available() {
				others = append(others, label(other))
			}
		}
		if len(others) > 0 {
			text += " " + fill(say.alternatives, "{in}", strings.Join(others, ", "))
		}
		return text
	}
	text := fill(say.inStock, values...)
	if label(v) != "" {
		text = fill(say.inOption, values...)
	}
	if !v.Tracked || v.Backorder {
		return text
	}
	if wanted, err := decimal.NewFromString(q.Pieces); err == nil && q.Pieces != "" {
		saying := say.enough
		if wanted.GreaterThan(decimal.NewFromInt(int64(v.Quantity))) {
			saying = say.notEnough
		}
		text += " " + fill(saying, "{count}", wanted.String())
	}
	if q.AsksCount {
		text += " " + fill(say.count, "{count}", decimal.NewFromInt(int64(v.Quantity)).String())
	}
	return text
}
