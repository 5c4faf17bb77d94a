package answer

import (
	"slices"
	"strings"

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
	if len(fits) == 0 || !r.onService(a) && r.lastTold == "" || fits[0].coverage < 0.55 {
		return found{}, false
	}
	if products, own := r.meant(q); len(products) > 0 && (own && products[0].share >= leastNamed || q.Refers || len(q.Attributes) > 0) {
		return found{}, false
	}
	return r.quoted(a, fits)
}

// leastNamed is the share of a title from which on a question names a product
// rather than something of the rules that is called alike.
const leastNamed = 0.3

// onService reports whether a question speaks of service rather than of things.
func (r *reader) onService(a asking) bool {
	service, thing := 0.0, 0.0
	for _, t := range a.terms {
		for concept, weight := range t.word.wants {
			if weight < surely {
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
	asksShop := len(c.topics) > 0 || asked[models.IntentProductPrice] || asked[models.IntentProductStock] || asked[models.IntentOrderStatus]
	asked[models.IntentOffTopic] = lex.offTopic(c.words, asksShop)
	if asked[models.IntentOrderStatus] && matchAny(p.hypothetical, c.words, nil) {
		asked[models.IntentOrderStatus], asked[models.IntentPolicy] = false, true
	}
}

// further returns what to search for beside a question's words: its codes, and
// where a place is named, how and for how much things are sent.
func (lex *lexicon) further(q Question) []string {
	var out []string
	if code := codeIn(q.said.words); code != "" {
		out = append(out, code)
	}
	sends := slices.Contains(q.Topics, string(topicShipping))
	if len(placesIn(lexiconOf(q.said.language), q.said.words)) == 0 || (q.Intent != models.IntentPolicy && q.Intent != models.IntentOther && q.Intent != models.IntentProductPrice) {
		return out
	}
	if !sends {
		out = append(out, lex.topicNames[topicShipping])
	}
	if q.AsksTime || q.AsksAmount {
		out = append(out, policyOf(lex.code).shippingWords...)
	}
	return out
}

// asksOfRules reports whether a question beside talk of the shop's rules can be
// about them: it names no thing that would be a product.
func (q Question) asksOfRules() bool {
	if q.Intent == models.IntentOther {
		return true
	}
	if !q.AsksTime && !q.AsksAmount || q.Intent == models.IntentOrderStatus || q.Intent == models.IntentCompare {
		return false
	}
	return !slices.ContainsFunc(q.said.words, func(w word) bool {
		return slices.Contains(q.Words, strings.ToLower(w.plain)) && w.wanting(surely, isGoods)
	})
}

// goesOn lets a clause that asks for nothing of its own, such as "what do I
// do", rest on what this reply has said to the clause before.
func (r *reader) goesOn(q Question) (found, bool) {
	bare := q.Refers || !slices.ContainsFunc(q.said.words, func(w word) bool { return r.tellsOf(lexiconOf(q.said.language), w, q) >= 1 })
	if r.lastTold == "" || !bare {
		return found{}, false
	}
	return found{text: r.lastTold, intent: models.IntentPolicy, action: models.ActionAnswer}, true
}

// setAside leaves out what stands beside an order to the system, and vague
// remarks beside another wish that no shop can fulfil.
func (u *Understanding) setAside() {
	commanded := slices.ContainsFunc(u.Questions, func(q Question) bool {
		return q.Intent == models.IntentOffTopic && matchAny(policyOf(u.Language).commands, q.said.words, nil)
	})
	strange := slices.ContainsFunc(u.Questions, func(q Question) bool { return q.Intent == models.IntentOffTopic })
	u.Questions = slices.DeleteFunc(u.Questions, func(q Question) bool {
		return q.Intent != models.IntentOffTopic && (commanded || strange && q.Intent == models.IntentOther)
	})
}
