package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// orderScene is what is known beside a clause when it is read for orders.
type orderScene struct {
	cues    *cuePatterns
	numbers []string // Of orders, as they were typed in this burst.
	contact bool     // An address or a phone was typed in this burst.
	spoken  bool     // An order was spoken of, or is named in this burst with its contact.
	close   bool     // An order is within reach, since it was spoken of or is proven: a hint is enough.
	product bool     // A product was spoken of before.
	offered bool     // The agent has just asked which of several orders is meant.
}

// orderScene reads what a burst and the conversation before it have of orders.
func (lex *lexicon) orderScene(t Turn, messages []string, before subject) orderScene {
	var typed typed
	for _, message := range messages {
		typed.add(typedIn(message))
	}
	s := orderScene{cues: cuesOf(lex.code), numbers: typed.numbers, contact: len(typed.emails)+len(typed.phones) > 0}
	s.spoken = before.intent == models.IntentOrderStatus || s.contact && len(s.numbers) > 0
	s.close = s.spoken || t.Proven
	s.offered = s.spoken && t.offeredOrders()
	s.product = before.aboutProduct() && before.intent != models.IntentOrderStatus
	return s
}

// offeredOrders reports whether the agent's last line names several orders.
func (t Turn) offeredOrders() bool {
	for i := len(t.History) - 1; i >= 0; i-- {
		if t.History[i].From == Agent {
			return len(typedIn(t.History[i].Text).numbers) > 1
		}
	}
	return false
}

// readOrders marks the clauses that ask about an order of the customer's own.
// It comes after the clauses were read for everything else, because what else
// a clause speaks of tells whether an order is meant.
func (lex *lexicon) readOrders(found []clause, s orderScene) []clause {
	marked := make([]clause, 0, len(found))
	others := false
	for _, c := range found {
		for _, part := range lex.partKeep(c, s) {
			has := s.cues.in(part.words)
			others = others || has[cueOthers] && (!has[cueMine] || possessives(part.words) < 2)
			goesOn := len(marked) > 0 && marked[len(marked)-1].asksOrder()
			switch {
			case goesOn && has[cueKeep] && !has[cueChase]:
				part = part.onPickup()
			case goesOn && has[cueGoods] && !part.question.namesProduct() && !part.human:
				part.intents = []models.Intent{models.IntentOrderStatus}
			default:
				part = s.mark(part, has)
			}
			marked = append(marked, part)
		}
	}
	for i := range marked {
		if others && marked[i].asksOrder() {
			marked[i].question.Facets = include(marked[i].question.Facets, facetOthers)
		}
	}
	return marked
}

// partKeep takes "and how long do you keep it" off the clause that it ends.
func (lex *lexicon) partKeep(c clause, s orderScene) []clause {
	for _, p := range s.cues[cueKeep] {
		from, _, ok := p.match(c.words)
		if ok && from > 1 && lex.joiners[c.words[from-1].text] {
			return []clause{lex.read(c.words[:from-1]), lex.read(c.words[from:])}
		}
	}
	return []clause{c}
}

// onPickup makes a clause a question for the rules of picking up.
func (c clause) onPickup() clause {
	c.intents, c.topics = []models.Intent{models.IntentPolicy}, []topic{topicPickup}
	c.question.Topics, c.question.Words, c.question.TopicWords = []string{string(topicPickup)}, nil, nil
	return c
}

// mark makes a clause a question for an order if it is one.
func (s orderScene) mark(c clause, has cueSet) clause {
	if slices.Contains(c.intents, models.IntentOffTopic) || c.human || c.question.AtMost != "" {
		return c // What may be spent is said of no order.
	}
	switch {
	case s.asksOrder(c, has):
		c.intents, c.asks = []models.Intent{models.IntentOrderStatus}, true
	case c.asksOrder():
		c.intents = nil
		if len(c.topics) > 0 {
			c.intents = []models.Intent{models.IntentPolicy}
		}
	}
	return c
}

func (c clause) asksOrder() bool { return slices.Contains(c.intents, models.IntentOrderStatus) }

// facetOthers marks a question about somebody else's order.
const facetOthers = "others"

// asksOrder decides whether a clause is about an order of the customer's own.
func (s orderScene) asksOrder(c clause, has cueSet) bool {
	number := s.named(c.words)
	switch {
	case s.offered && c.vague() && len(c.smallTalk) == 0 && len(c.question.Words) > 0:
		return true
	case has[cueSuppose], has[cueWrong] && !has.any(cueWhere, cueTrack, cueSettled), !number && !s.close && c.onMoneyRules():
		return false
	case has[cueChase], has[cueOthers] && s.tellsOthers(c, has, number):
		return true
	case s.onOther(c, has):
		return false
	case has[cueRules] && !has[cueWhether]:
		return tellsUnderRules(has, number)
	}
	return s.tells(c, has, number) || s.close && !asksGoods(c) && s.hints(c, has, number)
}

// onOther reports whether a clause asks what could be done, or for other rules.
func (s orderScene) onOther(c clause, has cueSet) bool {
	return has[cueCould] && !has.any(cueWhere, cueSettled) || s.onOtherRules(c, has) && !has[cueWhere]
}

// tellsUnderRules reports whether a clause that sounds like one on the rules
// tells of an order all the same.
func tellsUnderRules(has cueSet, number bool) bool {
	return has.happens() && (has[cueMine] || number) || number && has[cueThing]
}

// happens reports whether a clause has a cue of what befalls an order.
func (has cueSet) happens() bool { return has.any(cueWay, cueWhere, cueSettled, cueTrack) }

// tellsOthers reports whether a clause that speaks of somebody else speaks of an
// order of theirs, and not of a gift.
func (s orderScene) tellsOthers(c clause, has cueSet, number bool) bool {
	return s.contact || number || has.happens() || has.any(cueThing, cueGoods) || c.asks && c.vague()
}

// tells reports whether a clause says by itself that it is about an order.
func (s orderScene) tells(c clause, has cueSet, number bool) bool {
	switch {
	case has[cueSettled] && !s.product && (s.close || number || has.any(cueMine, cueThing) || !c.onRefunds()):
		return true
	case has[cueMine], has[cueThing] && has.any(cueWhere, cueTrack, cueGoods, cueWay):
		return true
	case has[cueBought] && (has.any(cueWay, cueWhere, cueTrack) || has[cueGoods] && s.close):
		return true
	}
	return has[cueWhere] && has[cueOwn] || number && has.any(cueWay, cueWhere, cueSettled, cueTrack, cueMine, cueThing, cueGoods)
}

// hints reports whether a clause speaks of an order where one is within reach.
func (s orderScene) hints(c clause, has cueSet, number bool) bool {
	switch {
	case number && s.spoken && len(c.intents) == 0, has[cueTrack]:
		return true
	case s.contact && len(s.numbers) > 0 && has[cueGoods] && !c.question.namesProduct():
		return true
	case has.any(cueWay, cueWhere) && has.any(cueOwn, cueThing, cueBought):
		return true
	case has.any(cueWay, cueWhere, cueGoods) && has[cueYet]:
		return !s.product
	}
	definite := slices.ContainsFunc(c.intents, func(i models.Intent) bool { return i != models.IntentPolicy })
	return !s.product && c.asks && !definite && has[cueWay]
}

// vague reports whether a clause asks about nothing but perhaps an order.
func (c clause) vague() bool {
	return len(c.topics) == 0 && !slices.ContainsFunc(c.intents, func(i models.Intent) bool { return i != models.IntentOrderStatus })
}

// asksGoods reports whether a clause asks about goods on sale.
func asksGoods(c clause) bool {
	return slices.ContainsFunc(c.intents, func(i models.Intent) bool {
		return i == models.IntentProductPrice || i == models.IntentRecommend || i == models.IntentCompare || i == models.IntentPromotion
	})
}

// onRefunds reports whether a clause is on money that is paid back, the rules
// of which tell more than nothing where no order is within reach.
func (c clause) onRefunds() bool {
	return slices.Contains(c.topics, topicRefunds) || slices.Contains(c.topics, topicReturns)
}

// onMoneyRules reports whether a clause asks when and how money comes back, or from
// what amount on shipping is free, which rules tell of any order.
func (c clause) onMoneyRules() bool {
	aspects := policyOf(c.question.said.language).aspectsOf(c.words)
	if slices.Contains(c.topics, topicShipping) {
		return c.question.AsksAmount && slices.Contains(aspects, aspectFree)
	}
	return c.onRefunds() && !slices.ContainsFunc(aspects, ofCases) && len(c.question.kindsAsked()) > 0
}

// onOtherRules reports whether a clause is on rules that tell nothing of how an
// order stands.
func (s orderScene) onOtherRules(c clause, has cueSet) bool {
	return slices.ContainsFunc(c.topics, func(t topic) bool {
		switch t {
		case topicShipping, topicContact, topicHours:
			return false
		case topicPickup:
			return !has.any(cueYet, cueOwn, cueMine) && !s.close
		case topicRefunds, topicPayment, topicReturns:
			return !has[cueSettled]
		case topicExchanges, topicWarranty, topicGiftCard, topicSizes, topicCare, topicPromotion:
		}
		return true
	})
}

// named reports whether a clause has the number of an order that was typed.
func (s orderScene) named(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool {
		return w.number && len(w.text) >= 3 && slices.ContainsFunc(s.numbers, func(n string) bool { return strings.HasSuffix(n, w.text) })
	})
}

// joinOrders makes one question of all that ask about orders, so that one
// order's state is said once. What else was vaguely said beside it is answered
// only where a product surely fits.
func joinOrders(questions []Question) []Question {
	at := slices.IndexFunc(questions, asksOrders)
	if at < 0 {
		return questions
	}
	var joined []Question
	for i, q := range questions {
		switch {
		case i > at && asksOrders(q):
			first := &joined[slices.IndexFunc(joined, asksOrders)]
			facets := first.Facets
			*first = first.join(q)
			for _, f := range q.Facets {
				facets = include(facets, f)
			}
			first.Facets = facets
			continue
		case q.Intent == models.IntentOther:
			q.Tentative = true
		}
		joined = append(joined, q)
	}
	return joined
}

func asksOrders(q Question) bool { return q.Intent == models.IntentOrderStatus }

// mineWords say whose something is, in any of the languages.
var mineWords = wordSet("my mine mi mis mio mia meu minha meus minhas мой моя мое мои моего моей моему мою моих свой своя свою")

// possessives counts them: the order of my friend has one, my order for my
// friend two.
func possessives(words []word) int {
	n := 0
	for _, w := range words {
		if mineWords[w.text] {
			n++
		}
	}
	return n
}
