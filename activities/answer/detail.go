package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// describedUnits is how many sentences tell what a product is.
const describedUnits = 2

// rest returns the question's words that don't name the product itself: what
// the customer wants to know of it.
func (r *reader) rest(it *item, q Question) []string {
	var open []string
	for _, text := range slices.Concat(q.Words, q.Cues) {
		w := r.word(text)
		if best(w, it.title) == 0 && best(w, it.kind) == 0 && !slices.Contains(q.Context, text) && !r.lex.stop[w.text] {
			open = append(open, text)
		}
	}
	return open
}

// detail says what is asked of a product: the sentences of its description
// that fit, or what it is if nothing in particular was asked.
func (r *reader) detail(it *item, q Question) (string, bool) {
	open := r.rest(it, q)
	if len(it.units) == 0 {
		return "", false
	}
	if len(open) == 0 && len(q.Attributes) == 0 {
		return r.lead(it), true
	}
	units := r.fitting(it, q, open)
	if len(units) == 0 {
		if q.AsksAmount || !plainWish(q, open) {
			return "", false
		}
		return r.lead(it), true
	}
	return r.said(it, units), true
}

// plainWish reports whether all that is open are cue words, such as "tell me
// about", which ask for nothing in particular.
func plainWish(q Question, open []string) bool {
	return !slices.ContainsFunc(open, func(w string) bool { return slices.Contains(q.Words, w) })
}

// fitting returns the sentences that hold enough of the open words.
func (r *reader) fitting(it *item, q Question, open []string) []unit {
	terms := r.terms(open, 1)
	coverage := covered(terms, it.inUnits)
	own := slices.DeleteFunc(slices.Clone(open), func(w string) bool { return !slices.Contains(q.Words, w) })
	told := slices.ContainsFunc(it.units, func(u unit) bool { return r.tells(u, q.Attributes) > 0 })
	if !told && (coverage < 0.2 || (len(own) > 2 && covered(r.terms(own, 1), it.inUnits) < 0.2)) {
		return nil
	}
	top := 0.0
	scores := make([]float64, len(it.units))
	for i, u := range it.units {
		scores[i] = r.unitScore(u, q, terms) + 3*float64(r.tells(u, q.Attributes))
		top = max(top, scores[i])
	}
	var units []unit
	for i, u := range it.units {
		if scores[i] > 0 && scores[i] >= 0.3*top && len(units) < 3 {
			units = append(units, u)
		}
	}
	return units
}

// tells counts the attributes that a sentence tells.
func (r *reader) tells(u unit, attributes []string) int {
	n := 0
	for _, a := range r.lex.attributes {
		if slices.Contains(attributes, a.name) && matchAny(a.tell, u.words, nil) {
			n++
		}
	}
	return n
}

func (r *reader) lead(it *item) string {
	return r.said(it, it.units[:min(len(it.units), describedUnits)])
}

// said puts the product's title before its sentences.
func (r *reader) said(it *item, units []unit) string {
	texts := make([]string, 0, len(units))
	for _, u := range units {
		texts = append(texts, ended(u.text))
	}
	return r.title(it.product) + ": " + strings.Join(texts, " ")
}

// mostListed is how many products one reply names.
const mostListed = 3

// recommend lists the products that fit a wish and its limits.
func (r *reader) recommend(q Question) (found, bool) {
	f := found{intent: q.Intent, action: models.ActionAnswer}
	lines := []string{pick(r.lex.say.recommend, r.seed)}
	for _, p := range r.rank(slices.Concat(q.Words, q.Cues), q.Context) {
		c := r.choose(p.item, q)
		low, _, _, ok := prices(c.variants)
		if !ok || c.unknown || p.fit < 0.2 || len(f.cites) == mostListed || !within(*low.Price, q.AtMost) ||
			!slices.ContainsFunc(c.variants, models.Variant.Available) {
			continue
		}
		lines = append(lines, r.title(p.product)+" — "+FormatMoney(*low.Price, low.Currency, r.lex.code))
		f.cites = append(f.cites, p.n)
	}
	f.text = strings.Join(lines, "\n")
	return f, len(f.cites) > 0
}

// compare puts the products that are named side by side.
func (r *reader) compare(q Question) (found, bool) {
	f := found{intent: q.Intent, action: models.ActionAnswer}
	lines := []string{pick(r.lex.say.compare, r.seed)}
	words := q.Words
	if q.Refers && len(q.Context) > 0 {
		words = append(slices.Clone(q.Context), q.Words...)
	}
	for _, p := range r.rank(words, nil) {
		low, high, _, ok := prices(p.product.Variants)
		if !ok || p.share < 0.5 || len(f.cites) == 2 {
			continue
		}
		price := FormatMoney(*low.Price, low.Currency, r.lex.code)
		if !low.Price.Equal(*high.Price) {
			price += "–" + FormatMoney(*high.Price, high.Currency, r.lex.code)
		}
		line := r.title(p.product) + " — " + price + "."
		units := r.fitting(p.item, q, r.rest(p.item, q))
		if len(units) == 0 {
			units = p.units[:min(len(p.units), 1)]
		}
		for _, u := range units {
			line += " " + ended(u.text)
		}
		lines = append(lines, line)
		f.cites = append(f.cites, p.n)
	}
	f.text = strings.Join(lines, "\n")
	return f, len(f.cites) == 2
}
