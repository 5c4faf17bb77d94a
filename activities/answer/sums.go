package answer

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"kedai/models"
)

// workedOut adds to an answer about the shop's rules what they come to for the
// product that is spoken of: a discount, instalments. It adds nothing
// where a rule may not hold for it.
func (r *reader) workedOut(q Question, f found) found {
	if f.action != models.ActionAnswer || f.done || !q.AsksTotal && !q.AsksAmount && !q.wants(models.IntentProductPrice) && !q.Refers && q.Payments == "" && len(q.Things) == 0 {
		return f
	}
	return r.comesTo(q, f)
}

// concerned returns the one product that a question names or that was spoken of,
// and the question that names its options.
func (r *reader) concerned(q Question) (Question, *item, bool) {
	products, own := r.meant(q)
	if !own && len(q.Things) > 0 {
		q = Question{Words: q.Things, Colours: q.Colours, Sizes: q.Sizes, Carried: q.Carried}
		products, _ = r.meant(q)
	}
	if len(products) != 1 {
		return q, nil, false
	}
	return q, products[0].item, true
}

// comesTo adds to an answer what its rules come to for the product that is
// spoken of.
func (r *reader) comesTo(q Question, f found) found {
	b, ok := r.billOf(q)
	if !ok {
		return f
	}
	for _, way := range []func(Question, found, bill) (string, []int){r.instalments, r.discounted} {
		if text, cites := way(q, f, b); text != "" {
			f.text += " " + text
			for _, n := range append(cites, b.n) {
				f.cites = include(f.cites, n)
			}
			break
		}
	}
	return f
}

// bill is what is to be paid for the product that is spoken of.
type bill struct {
	*item
	choice choice
	pieces string
	one    models.Variant
	base   decimal.Decimal // Of all pieces.
}

// billed is what a bill is for.
func (r *reader) billed(b bill) string {
	name := r.title(b.product) + optionIn(b.choice)
	if b.pieces != "1" {
		name = b.pieces + " × " + name
	}
	return name
}

// quotedUnits are the sentences of passages that an answer has.
func (r *reader) quotedUnits(f found) []unit {
	var list []unit
	for _, it := range r.passages {
		if !slices.Contains(f.cites, it.n) {
			continue
		}
		for _, u := range it.units {
			if strings.Contains(f.text, u.text) {
				list = append(list, u)
			}
		}
	}
	return list
}

// discounted takes off the one percentage that the answer speaks of. What is
// sold below its price, costs less than an amount that the rule names, or isn't
// of the kind that it is for, is left alone.
func (r *reader) discounted(_ Question, f found, b bill) (string, []int) {
	var rate decimal.Decimal
	units := r.quotedUnits(f)
	for _, u := range units {
		for _, p := range percents(u.text) {
			if !rate.IsZero() && !rate.Equal(p) {
				return "", nil
			}
			rate = p
		}
		if !r.isFor(u, b.item) {
			return "", nil
		}
	}
	if rate.IsZero() || rate.GreaterThanOrEqual(decimal.NewFromInt(100)) || b.product.OnSale() || r.beyondBase(units, b.base) {
		return "", nil
	}
	off := b.base.Mul(rate).Div(decimal.NewFromInt(100)).Round(2)
	left := b.base.Sub(off)
	r.compute(models.Computed{What: models.ComputedDiscount, Amount: off, Currency: b.one.Currency, From: append([]int{b.n}, f.cites...)})
	r.compute(models.Computed{What: models.ComputedTotal, Amount: left, Currency: b.one.Currency, From: append([]int{b.n}, f.cites...)})
	return fill(r.lex.say.reducedTo, "{title}", r.billed(b), "{percent}", rate.String(), "{total}", r.money(b.one, left)), nil
}

// percents returns the percentages of a text.
func percents(text string) []decimal.Decimal {
	var list []decimal.Decimal
	for _, f := range figures(text) {
		text = text[strings.Index(text, f.text)+len(f.text):]
		if !strings.HasPrefix(strings.TrimLeft(text, " \u00a0\u202f"), "%") {
			continue
		}
		if d, err := decimal.NewFromString(f.readings[0]); err == nil {
			list = append(list, d)
		}
	}
	return list
}

// isFor reports whether a rule that names kinds of things names one that a
// product is of. One that names none is for all.
func (r *reader) isFor(u unit, it *item) bool {
	names := false
	for i := range u.words {
		w := u.words[i]
		if w.number || r.lex.stop[w.text] || w.upper && len(w.text) >= shortestCode {
			continue // A code is no kind of thing.
		}
		asked := r.asked([]string{w.plain})[0]
		if it.isCalled(asked) {
			return true
		}
		kind := slices.ContainsFunc(w.means, func(m meaning) bool { return m.weight >= asNamed && isGoods(m.concept) })
		names = names || kind && slices.ContainsFunc(r.products, func(other *item) bool { return other.isCalled(asked) })
	}
	return !names
}

// isCalled reports whether a word of a question names a product, or what kind of
// thing it is.
func (it *item) isCalled(w word) bool {
	return best(w, it.title) >= leastName || best(w, it.kind) >= leastName
}

// beyondBase reports whether rules name an amount that isn't reached.
func (r *reader) beyondBase(units []unit, base decimal.Decimal) bool {
	return slices.ContainsFunc(units, func(u unit) bool {
		return slices.ContainsFunc(figures(u.text), func(f figure) bool {
			d, err := decimal.NewFromString(f.readings[0])
			return f.price && err == nil && d.GreaterThan(base)
		})
	})
}
