package answer

import (
	"slices"

	"kedai/models"
)

// answer answers one question, or reports that the evidence holds no answer.
func (r *reader) answer(q Question) (found, bool) {
	if f, ok := r.coded(q); ok {
		return f, true
	}
	if alone, ok := r.optionAlone(q); ok {
		if f, ok := r.product(alone); ok {
			return f, true
		}
	}
	if f, ok := r.first(q, r.extremeOption, r.sending, r.ruled, r.served, r.service); ok {
		return f, true
	}
	switch q.Intent {
	case models.IntentOrderStatus:
		return r.order(q)
	case models.IntentOffTopic:
		return found{text: pick(r.lex.say.decline, r.seed), intent: q.Intent, action: models.ActionDecline}, true
	case models.IntentPolicy, models.IntentPromotion:
		return r.first(q, r.sayHours, r.rules)
	case models.IntentCompare:
		return r.first(q, r.compare, r.either)
	case models.IntentRecommend:
		if products, own := r.meant(q); own && len(products) == 1 && (products[0].share >= 0.75 || r.byName(products[0].item, q)) && q.AtMost == "" {
			return r.first(q, r.product, r.recommend, r.policy)
		}
		if q.AtMost != "" {
			return r.recommend(q) // Nothing dearer serves.
		}
		return r.first(q, r.recommend, r.either)
	}
	return r.either(q)
}

// rules answers a question that names a topic of the shop's rules. Sums, and what
// a product itself tells of the topic, go before.
func (r *reader) rules(q Question) (found, bool) {
	if f, ok := r.delivered(q); ok {
		return f, true
	}
	if q.AsksTotal {
		if f, ok := r.first(q, r.bill, r.sum); ok {
			return r.ruledBy(q, f), true
		}
	}
	if q.Payments != "" {
		return r.first(r.withoutProduct(q), r.policy, r.product)
	}
	products, own := r.meant(q)
	if own && len(q.Attributes) > 0 && r.names(products[0]) {
		fits := r.passagesFor(q)
		if len(fits) == 0 || q.onThings() && products[0].share > 0.5 && r.tellsAsked(products[0].item, q) || r.prior(products[0].item) > r.prior(fits[0].item)+clearlyBetter {
			return r.first(q, r.product, r.policy)
		}
	}
	return r.first(q, r.policy, r.product)
}

// onThings reports whether the topics of a question are all of what a product's
// own text tells too, such as its care.
func (q Question) onThings() bool {
	return !slices.ContainsFunc(q.Topics, func(t string) bool { return t != string(topicCare) && t != string(topicSizes) })
}

// soldOut says before an answer about the rules, such as when orders leave, that
// what the question names is sold out.
func (r *reader) soldOut(q Question, f found) found {
	products, _ := r.meant(q)
	if len(products) != 1 || slices.Contains(f.cites, products[0].n) {
		return f
	}
	if c := r.choose(products[0].item, q); c.named && !c.unknown && len(c.variants) == 1 && !c.variants[0].Available() {
		f.text, f.cites = r.stock(products[0].item, c, q)+" "+f.text, include(f.cites, products[0].n)
	}
	return f
}

// sum answers what pieces of one product come to.
func (r *reader) sum(q Question) (found, bool) {
	products, _ := r.meant(q)
	if len(products) != 1 || q.Pieces == "" {
		return found{}, false
	}
	it := products[0].item
	text, ok := r.total(it, r.choose(it, q), q.Pieces)
	if ok {
		r.summed = append(r.summed, it)
	}
	return found{text: text, cites: []int{it.n}, intent: models.IntentProductPrice, action: models.ActionAnswer}, ok
}

// ruledBy puts before a sum what the rules say of its shipping.
func (r *reader) ruledBy(q Question, f found) found {
	if !slices.Contains(q.Topics, string(topicShipping)) {
		return f
	}
	p, ok := r.policy(q)
	if !ok {
		return f
	}
	for _, n := range f.cites {
		p.cites = include(p.cites, n)
	}
	p.text += " " + f.text
	return p
}

// first returns the first answer that there is.
func (r *reader) first(q Question, ways ...func(Question) (found, bool)) (found, bool) {
	for _, way := range ways {
		if f, ok := way(q); ok {
			return f, true
		}
	}
	return found{}, false
}

// clearlyBetter is how much better the search has to have found a passage than
// any product for it to be what is asked about.
const clearlyBetter = 0.12

// either answers about a product or by the shop's rules, whichever the question
// and the search say.
func (r *reader) either(q Question) (found, bool) {
	if f, ok := r.billOrCompare(q); ok {
		return f, true
	}
	products, own := r.meant(q)
	fits := r.passagesFor(q)
	if (own || q.Refers) && q.onThings() && r.toldOfOne(products, q) {
		return r.first(q, r.product, r.policy)
	}
	budget := q.Cheapest || q.AtMost != "" && (len(products) == 0 || products[0].share < 0.75)
	switch {
	case budget:
		return r.first(q, r.recommend, r.product, r.policy)
	case len(products) == 0 || len(fits) > 0 && r.outranks(fits[0].item, products[0], q):
		if q.Tentative {
			return found{}, false
		}
		return r.first(q, r.policy, r.product)
	case q.Intent == models.IntentOther && fitsBetter(fits, products[0], own, q):
		return r.first(q, r.policy, r.product)
	case q.Tentative:
		return r.product(q)
	}
	return r.first(q, r.product, r.policy)
}

// billOrCompare answers with a sum or a comparison, where one is asked for.
func (r *reader) billOrCompare(q Question) (found, bool) {
	if q.AsksTotal || q.wants(models.IntentProductPrice) {
		if f, ok := r.bill(q); ok {
			return f, true
		}
	}
	if r.byNames(q) == nil {
		return found{}, false
	}
	return r.compare(q)
}

// toldOfOne reports whether one product is surely meant whose text tells what is
// asked.
func (r *reader) toldOfOne(products []ranked, q Question) bool {
	return len(products) == 1 && products[0].share > 0.5 && r.tellsAsked(products[0].item, q)
}

// fitsBetter reports whether passages fit an open question better than the product
// that it or what was said before names.
func fitsBetter(fits []scored, p ranked, own bool, q Question) bool {
	if len(fits) == 0 || p.timed(q) && !fits[0].timed(q) {
		return false
	}
	return !own || fits[0].fit > p.fit+0.15
}

// timed reports whether an item's text has a time, where a question asks for one.
func (it *item) timed(q Question) bool {
	return !q.AsksTime || slices.ContainsFunc(it.units, func(u unit) bool { return u.time })
}

// outranks reports whether the search found a passage so much better than a
// product that the passage is what is asked about.
func (r *reader) outranks(it *item, p ranked, q Question) bool {
	if p.timed(q) && !it.timed(q) {
		return false
	}
	return !r.names(p) && !r.tellsAll(p.item, q) && r.prior(it) > r.prior(p.item)+clearlyBetter
}

// tellsAll reports whether a product's description has most of what a question asks.
func (r *reader) tellsAll(it *item, q Question) bool {
	open := slices.DeleteFunc(r.open(it, q), func(w string) bool { return !slices.Contains(q.Words, w) })
	return len(open) > 0 && covered(r.terms(open, 1), it.inUnits) >= 0.6
}

// names reports whether a product is named by more than what kind it is.
func (r *reader) names(p ranked) bool { return p.share >= 0.5 }

// policy answers with the shop's own sentences.
func (r *reader) policy(q Question) (found, bool) {
	a := r.ask(q)
	fits := r.ranked(a)
	if len(fits) == 0 {
		return r.goesOn(q)
	}
	return r.quoted(a, fits)
}

// quoted answers with the sentences of passages.
func (r *reader) quoted(a asking, fits []scored) (found, bool) {
	text, cites := r.quote(a, fits)
	intent := models.IntentPolicy
	if a.Intent == models.IntentPromotion {
		intent = a.Intent
	}
	return found{text: text, cites: cites, intent: intent, action: models.ActionAnswer}, text != ""
}
