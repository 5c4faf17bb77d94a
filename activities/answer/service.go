package answer

import (
	"slices"
	"strings"

	trade "kedai/activities/retrieval/lexicon"
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
	if fits := r.beyondThings(a); len(fits) > 0 {
		return r.quoted(a, fits)
	}
	fits := r.ranked(a)
	if len(fits) == 0 || !r.onService(a) && r.lastTold == "" || fits[0].coverage < 0.55 {
		return found{}, false
	}
	if products, own := r.meant(q); len(products) > 0 && (own && products[0].share >= leastNamed || q.Refers || len(q.Attributes) > 0) {
		return found{}, false
	}
	return r.quoted(a, fits)
}

// keyTold is how well a text must have a word of service to tell of it.
const keyTold = 0.8

// beyondThings returns the passages that tell the service that a question asks
// for of a product it names, such as engraving, under a heading on it, where the
// product itself doesn't: neither its name nor a sentence with what is asked has it.
func (r *reader) beyondThings(a asking) []scored {
	products, own := r.meant(a.Question)
	if !own || a.asksOfThings() {
		return nil
	}
	keys := slices.DeleteFunc(slices.Clone(a.terms), func(t term) bool {
		cue := slices.Contains(a.Cues, strings.ToLower(t.word.plain))
		return cue || t.word.number || !t.word.wanting(surely, ofRules) || slices.ContainsFunc(products, func(p ranked) bool { return r.tells(p.item, a, t.word) })
	})
	if len(keys) == 0 {
		return nil
	}
	return slices.DeleteFunc(r.weighed(a), func(s scored) bool {
		headed := slices.ContainsFunc(keys, func(t term) bool { return best(t.word, s.headings) >= keyTold })
		lacks := (a.AsksTime || a.AsksAmount) && r.kindBonus(s.item, a) < kindShare
		offTopic := len(a.Topics) > 0 && len(s.topics) > 0 && !s.onTopic(a.Topics)
		return !headed || lacks || offTopic || covered(keys, s.value) < keyTold
	})
}

// asksOfThings reports whether a question asks what only products can tell.
func (a asking) asksOfThings() bool {
	switch {
	case a.AsksTotal || a.AsksCount && !a.AsksTime && !a.AsksAmount || a.Options || a.Cheapest || a.AtMost != "":
		return true
	case a.Intent == models.IntentRecommend || a.Intent == models.IntentProductPrice && len(a.Topics) > 0:
		return true
	}
	return len(a.Attributes) > 0 && !a.AsksAmount && !a.AsksTime
}

// ofRules reports whether a concept is of what the shop's rules tell, and not of
// what is asked of products themselves.
func ofRules(c trade.Concept) bool {
	if i, known := inferences()[c]; known && i.intent != models.IntentProductStock {
		return false
	}
	return c.Service()
}

// tells reports whether a product's own texts have a word, in a sentence that
// has the amount or the time that is asked for.
func (r *reader) tells(it *item, a asking, w word) bool {
	if best(w, it.title) >= leastName || best(w, it.kind) >= leastName {
		return true
	}
	return slices.ContainsFunc(it.units, func(u unit) bool {
		return best(w, u.words) >= leastName && (u.money || !a.AsksAmount) && (u.time || !a.AsksTime)
	})
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
	out := lex.ruleWords(q)
	if code := codeIn(q.said.words); code != "" {
		out = append(out, code)
	}
	sends := slices.Contains(q.Topics, string(topicShipping))
	customer := lexiconOf(q.said.language)
	places := placesIn(customer, q.said.words)
	if len(places) == 0 || (q.Intent != models.IntentPolicy && q.Intent != models.IntentOther && q.Intent != models.IntentProductPrice) {
		return out
	}
	if !sends {
		out = append(out, lex.topicNames[topicShipping])
	}
	if q.AsksTime || q.AsksAmount || !customer.asksWhether(q.said.words, q.TopicWords, places) {
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
