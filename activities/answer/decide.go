package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// decide settles what a clause asks for where several phrases matched.
func (lex *lexicon) decide(c clause, asked map[models.Intent]bool) []models.Intent {
	lex.settle(&c, asked)
	if c.question.asksDetail(asked[models.IntentProductStock]) {
		asked[models.IntentProductDetail], asked[models.IntentProductStock] = true, false
	}
	switch {
	case lex.reduced(c, asked):
		return []models.Intent{models.IntentProductPrice}
	case asked[models.IntentOffTopic]:
		return []models.Intent{models.IntentOffTopic}
	case asked[models.IntentOrderStatus] && (!c.onRules() || namesOrder(c.words)):
		return []models.Intent{models.IntentOrderStatus}
	case slices.Contains(c.topics, topicPromotion) && !lex.paysLess(c):
		return c.question.promotion(asked)
	case asked[models.IntentCompare]:
		return []models.Intent{models.IntentCompare}
	case len(c.topics) > 0:
		return c.question.policyAndMore(asked)
	}
	return c.question.product(asked)
}

// asksDetail reports whether what a product is like is asked for, and not
// whether an option that the question names is in stock.
func (q Question) asksDetail(stock bool) bool {
	if len(q.Attributes) == 0 {
		return false
	}
	return slices.Contains(q.Attributes, "fit") || len(q.Sizes)+len(q.Colours) == 0 || !stock
}

// paysLess reports whether a clause asks what is taken off for a way to pay,
// which the shop's rules on payment tell.
func (lex *lexicon) paysLess(c clause) bool {
	return slices.Contains(c.topics, topicPayment) && slices.Contains(policyOf(lex.code).aspectsOf(c.words), aspectPaysLess)
}

// onRules reports whether a clause is on a topic that an order of the
// customer's isn't usually asked about with.
func (c clause) onRules() bool {
	return slices.ContainsFunc(c.topics, func(t topic) bool { return t != topicShipping && t != topicContact && t != topicHours })
}

// namesProduct reports whether enough words beside the topic's are there to
// name a product.
func (q Question) namesProduct() bool { return len(q.Words)-len(q.TopicWords) >= 2 }

// promotion tells a discount from the price of a product that is reduced.
func (q Question) promotion(asked map[models.Intent]bool) []models.Intent {
	if asked[models.IntentProductPrice] && q.namesProduct() {
		return []models.Intent{models.IntentProductPrice}
	}
	return []models.Intent{models.IntentPromotion}
}

// policyAndMore is the shop's rules, and what else was asked of a product.
func (q Question) policyAndMore(asked map[models.Intent]bool) []models.Intent {
	intents := []models.Intent{models.IntentPolicy}
	for _, intent := range []models.Intent{models.IntentProductPrice, models.IntentProductStock} {
		if asked[intent] && q.namesProduct() {
			intents = append(intents, intent)
		}
	}
	return intents
}

// product is what was asked where no topic is named: the first of the intents
// in order, but both stock and price of a size of a product.
func (q Question) product(asked map[models.Intent]bool) []models.Intent {
	if q.AsksLeft && !asked[models.IntentProductPrice] {
		return []models.Intent{models.IntentProductStock}
	}
	named := len(q.Words) > len(q.TopicWords) && len(q.Sizes) > 0
	if asked[models.IntentProductPrice] && asked[models.IntentProductStock] && named {
		return []models.Intent{models.IntentProductStock, models.IntentProductPrice}
	}
	for _, intent := range []models.Intent{
		models.IntentProductPrice, models.IntentRecommend, models.IntentProductStock, models.IntentProductDetail, models.IntentPolicy,
	} {
		if asked[intent] {
			return []models.Intent{intent}
		}
	}
	return nil
}

// namesOrder reports whether a number as long as an order's is in the clause.
func namesOrder(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.number && len(w.text) >= 4 && !strings.Contains(w.text, ".") })
}
