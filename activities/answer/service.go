package answer

import (
	"slices"

	"kedai/models"
)

// service answers what is about the shop's service though no rule is named in
// it: the passages that fit it are better than the products that do.
func (r *reader) service(q Question) (found, bool) {
	switch q.Intent {
	case models.IntentOrderStatus, models.IntentOffTopic, models.IntentCompare, models.IntentPolicy, models.IntentHuman:
		return found{}, false
	case models.IntentPromotion:
		return r.promotion(q)
	}
	a := r.ask(q)
	fits := r.ranked(a)
	if len(fits) == 0 || !r.onService(a) {
		return found{}, false
	}
	if products, own := r.meant(q); len(products) > 0 && own && fits[0].coverage < 0.6+0.2*products[0].share {
		return found{}, false
	}
	return r.policy(q)
}

// onService reports whether a question speaks of service rather than of things.
func (r *reader) onService(a asking) bool {
	service, thing := 0.0, 0.0
	for _, t := range a.terms {
		for concept, weight := range t.word.wants {
			if weight < 0.7 {
				continue
			}
			if concept.Service() {
				service = max(service, weight*t.weight)
			} else {
				thing = max(thing, weight*t.weight)
			}
		}
	}
	return service > 0 && service >= thing
}

// settle corrects what a clause seems to ask for by what it says as a whole.
func (lex *lexicon) settle(c *clause, asked map[models.Intent]bool) {
	p := policyOf(lex.code)
	if lex.offTopic(c.words) {
		asked[models.IntentOffTopic] = true
	} else if slices.Contains(c.topics, topicPromotion) || len(c.topics) > 0 {
		asked[models.IntentOffTopic] = asked[models.IntentOffTopic] && !lex.speaksOfShop(c.words)
	}
	if asked[models.IntentOrderStatus] && matchAny(p.hypothetical, c.words, nil) {
		asked[models.IntentOrderStatus], asked[models.IntentPolicy] = false, true
	}
}
