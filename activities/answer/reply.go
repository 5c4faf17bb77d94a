package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// EngineBuiltin is the name of the engine that needs no model.
const EngineBuiltin = "builtin"

// Reply composes the reply to a turn from its evidence. What it can't ground
// in evidence it hands over.
func Reply(t Turn, u Understanding, evidence []models.Evidence, seed uint64) models.Draft {
	draft := models.Draft{Action: models.ActionAnswer, Intent: mainIntent(u), Engine: EngineBuiltin}
	if u.Human {
		return handoff(draft, models.IntentHuman, models.ReasonCustomerRequest)
	}
	lex := lexiconOf(t.Language)
	if len(u.Questions) == 0 {
		draft.Text = lex.smallTalk(u, t.Shop, seed)
		return draft
	}
	r := newReader(lex, evidence, t.Now, seed)
	var texts []string
	var missing, answered []Question
	for _, q := range u.Questions {
		f, ok := r.answer(q)
		if ok && (f.intent == models.IntentPolicy || f.intent == models.IntentPromotion) {
			f = r.soldOut(q, r.workedOut(q, f))
		}
		if !ok && !q.Tentative {
			missing = append(missing, q)
		}
		if ok {
			answered = append(answered, q)
		}
		if !ok || slices.Contains(texts, f.text) {
			continue
		}
		if len(texts) == 0 {
			draft.Intent, draft.Action = f.intent, f.action
		} else if f.action != models.ActionAnswer && draft.Action == models.ActionAnswer && f.action == models.ActionClarify {
			draft.Action = f.action
		}
		texts = append(texts, f.text)
		for _, n := range f.cites {
			draft.Cites = include(draft.Cites, n)
		}
	}
	if len(texts) == 0 && len(missing) > 0 && !slices.ContainsFunc(missing, func(q Question) bool { return !r.vague(q) }) {
		if text := lex.unclear(t, seed); text != "" {
			draft.Action, draft.Text = models.ActionClarify, text
			return draft
		}
	}
	missing = slices.DeleteFunc(missing, func(q Question) bool {
		return slices.ContainsFunc(answered, func(later Question) bool { return later.elaborates(q) })
	})
	for _, q := range missing {
		// What is said beside a question needs no answer; what is asked does.
		if len(texts) == 0 || q.weighty() {
			return handoff(draft, q.Intent, r.whyNot(q))
		}
	}
	for _, e := range r.computed {
		draft.Computed, draft.Cites = append(draft.Computed, e), append(draft.Cites, e.N)
	}
	if slices.Contains(u.Intents, models.IntentGreeting) {
		texts = slices.Insert(texts, 0, pick(lex.say.hello, seed))
	}
	draft.Text = join(texts)
	return draft
}

// elaborates reports whether a question asks more closely for what another one
// before it was about: may I swim with it? what is its rating?
func (q Question) elaborates(before Question) bool {
	vague := before.Intent == models.IntentOther || before.Intent == models.IntentProductDetail
	return vague && len(q.Attributes) > 0 && len(before.Words) > 0 &&
		!slices.ContainsFunc(before.Words, func(w string) bool { return !slices.Contains(q.Context, w) })
}

// vague reports whether a question says nothing that one could answer or hand
// over: no word of it means anything to a shop, or it is a mere remark of none
// of its service.
func (r *reader) vague(q Question) bool {
	if q.Intent != models.IntentOther || len(q.Topics)+len(q.Attributes)+len(q.Numbers) > 0 || len(q.Words) > vagueWords {
		return false
	}
	for _, w := range r.asked(q.Words) {
		for concept, weight := range w.wants {
			if weight >= 0.9 && (q.Asks || concept.Service()) {
				return false
			}
		}
	}
	return true
}

// vagueWords is how many words a question may have and still say nothing.
const vagueWords = 4

// unclear asks what is meant, as a greeting where a conversation begins so. It
// asks once: then it is empty.
func (lex *lexicon) unclear(t Turn, seed uint64) string {
	if len(t.History) == 0 {
		return fill(pick(lex.say.greeting, seed), "{shop}", t.Shop)
	}
	for _, line := range t.History {
		if line.From == Agent && slices.Contains(lex.say.unclear, line.Text) {
			return ""
		}
	}
	return pick(lex.say.unclear, seed)
}

// weighty reports whether a question asks for something of its own.
func (q Question) weighty() bool {
	return (q.Marked || q.Asks && q.Intent != models.IntentOther) && len(q.Words) > 1 || len(q.Topics) > 0
}

// whyNot is the reason of the handoff of a question that has no answer.
func (r *reader) whyNot(q Question) models.HandoffReason {
	if q.Intent == models.IntentOrderStatus {
		return models.ReasonUnsupportedRequest
	}
	return models.ReasonMissingKnowledge
}

// join keeps lists on lines of their own.
func join(texts []string) string {
	for _, text := range texts {
		if strings.Contains(text, "\n") {
			return strings.Join(texts, "\n\n")
		}
	}
	return strings.Join(texts, " ")
}

// mainIntent is the intent that a turn counts as before it is answered.
func mainIntent(u Understanding) models.Intent {
	for _, intent := range u.Intents {
		if intent != models.IntentGreeting && intent != models.IntentThanks && intent != models.IntentGoodbye {
			return intent
		}
	}
	if len(u.Intents) == 0 {
		return models.IntentOther
	}
	return u.Intents[0]
}

func handoff(d models.Draft, intent models.Intent, reason models.HandoffReason) models.Draft {
	return models.Draft{Action: models.ActionHandoff, Reason: reason, Intent: intent, Engine: d.Engine}
}

// smallTalk answers a burst that asks for nothing.
func (lex *lexicon) smallTalk(u Understanding, shop string, seed uint64) string {
	variants := lex.say.greeting
	switch {
	case slices.Contains(u.Intents, models.IntentGoodbye):
		variants = lex.say.goodbye
	case slices.Contains(u.Intents, models.IntentThanks):
		variants = lex.say.thanks
	}
	return fill(pick(variants, seed), "{shop}", shop)
}

func pick(variants []string, seed uint64) string { return variants[seed%uint64(len(variants))] }

// answer answers one question, or reports that the evidence holds no answer.
func (r *reader) answer(q Question) (found, bool) {
	if f, ok := r.service(q); ok {
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
		return r.first(q, r.recommend, r.either)
	}
	return r.either(q)
}

// rules answers a question that names a topic of the shop's rules. Sums, and what
// a product itself tells of the topic, go before.
func (r *reader) rules(q Question) (found, bool) {
	if q.AsksTotal {
		if f, ok := r.first(q, r.bill, r.sum); ok {
			return f, true
		}
	}
	products, own := r.meant(q)
	if own && len(q.Attributes) > 0 && r.names(products[0]) {
		fits := r.passagesFor(q)
		if len(fits) == 0 || r.prior(products[0].item) > r.prior(fits[0].item)+clearlyBetter {
			return r.first(q, r.product, r.policy)
		}
	}
	return r.first(q, r.policy, r.product)
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
	return found{text: text, cites: []int{it.n}, intent: models.IntentProductPrice, action: models.ActionAnswer}, ok
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
	if q.AsksTotal || q.wants(models.IntentProductPrice) {
		if f, ok := r.bill(q); ok {
			return f, true
		}
	}
	if r.byNames(q) != nil {
		if f, ok := r.compare(q); ok {
			return f, true
		}
	}
	products, own := r.meant(q)
	fits := r.passagesFor(q)
	budget := q.Cheapest || q.AtMost != "" && (len(products) == 0 || products[0].share < 0.75)
	switch {
	case budget:
		return r.first(q, r.recommend, r.product, r.policy)
	case len(products) == 0 || len(fits) > 0 && !r.names(products[0]) && !r.tellsAll(products[0].item, q) && r.prior(fits[0].item) > r.prior(products[0].item)+clearlyBetter:
		if q.Tentative {
			return found{}, false
		}
		return r.first(q, r.policy, r.product)
	case q.Intent == models.IntentOther && len(fits) > 0 && (!own || fits[0].fit > products[0].fit+0.15):
		return r.first(q, r.policy, r.product)
	case q.Tentative:
		return r.product(q)
	}
	return r.first(q, r.product, r.policy)
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
	fits := r.passagesFor(q)
	if len(fits) == 0 {
		return r.goesOn(q)
	}
	text, cites := r.quote(q, fits)
	intent := q.Intent
	if intent != models.IntentPromotion {
		intent = models.IntentPolicy
	}
	return found{text: text, cites: cites, intent: intent, action: models.ActionAnswer}, text != ""
}
