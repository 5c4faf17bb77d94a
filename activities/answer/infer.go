package answer

import (
	"slices"
	"sync"

	trade "kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// inference is what a concept of the trades tells of a clause that no phrase of
// the language says anything about.
type inference struct {
	intent    models.Intent
	attribute string
}

// inferred are the concepts that tell what is asked, by their names.
var inferred = map[string]inference{
	"availability": {intent: models.IntentProductStock}, "out_of_stock": {intent: models.IntentProductStock}, "reserve_item": {intent: models.IntentProductStock},
	"price": {intent: models.IntentProductPrice}, "sale": {intent: models.IntentProductPrice}, "discount": {intent: models.IntentProductPrice},
	"expensive": {intent: models.IntentProductPrice}, "help_choosing": {intent: models.IntentRecommend}, "gift_advice": {intent: models.IntentRecommend},

	"included_in_box": {attribute: "included"}, "care_instructions": {attribute: "care"}, "washing": {attribute: "care"}, "machine_wash": {attribute: "care"},
	"ingredients": {attribute: "ingredients"}, "allergens": {attribute: "ingredients"}, "expiry_date": {attribute: "keeping"}, "food_storage": {attribute: "keeping"},
	"age_recommendation": {attribute: "age"}, "measuring": {attribute: "dimension"},
}

// inferences are they by concept.
var inferences = sync.OnceValue(func() map[trade.Concept]inference {
	known := map[trade.Concept]inference{}
	for name, i := range inferred {
		if c, ok := trade.Named(name); ok {
			known[c] = i
		}
	}
	return known
})

// surelySaid is from when on a word names a concept itself.
const surelySaid = 0.9

// infer reads from what a clause's words mean what is asked, where no phrase
// told it.
func (lex *lexicon) infer(c *clause, asked map[models.Intent]bool) {
	q := &c.question
	if len(c.topics)+len(q.Attributes)+len(q.Facets) > 0 || q.AsksTotal {
		return
	}
	for intent, is := range asked {
		if is && !isSmallTalk(intent) {
			return
		}
	}
	for _, w := range q.said.words {
		if lex.stop[w.text] || lex.askers[w.text] {
			continue
		}
		for concept, weight := range w.wants {
			if weight < surelySaid {
				continue
			}
			i, known := inferences()[concept]
			if !known {
				continue
			}
			switch {
			case i.attribute != "":
				q.Attributes = include(q.Attributes, i.attribute)
			case i.intent == models.IntentProductPrice && len(q.Words) < 2 && !q.Refers:
				// A price of what?
			default:
				asked[i.intent] = true
				if slices.Contains(productIntents, i.intent) {
					q.Wants = include(q.Wants, i.intent)
				}
			}
		}
	}
	slices.Sort(q.Attributes)
}
