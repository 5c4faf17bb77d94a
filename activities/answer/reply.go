package answer

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

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
	for _, q := range u.Questions {
		f, ok := r.answer(q)
		if !ok && !q.Tentative {
			return handoff(draft, q.Intent, r.whyNot(q))
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
	if slices.Contains(u.Intents, models.IntentGreeting) {
		texts = slices.Insert(texts, 0, pick(lex.say.hello, seed))
	}
	draft.Text = join(texts)
	return draft
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
		if f, ok := r.policy(q); ok {
			return f, true
		}
		return r.product(q)
	case models.IntentCompare:
		if f, ok := r.compare(q); ok {
			return f, true
		}
	case models.IntentRecommend:
		if f, ok := r.recommend(q); ok {
			return f, true
		}
	case models.IntentOther:
		fits := r.passagesFor(q)
		products, own := r.meant(q)
		if len(fits) > 0 && (len(products) == 0 || !own || fits[0].fit > products[0].fit+0.15) {
			return r.policy(q)
		}
	}
	if f, ok := r.product(q); ok {
		return f, true
	}
	if q.Tentative {
		return found{}, false
	}
	return r.policy(q)
}

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

// product answers about the product that is meant.
func (r *reader) product(q Question) (found, bool) {
	asksOne := q.Intent == models.IntentProductPrice || q.Intent == models.IntentProductStock
	if asksOne && len(q.Words) == 0 && len(q.Context) == 0 {
		return found{text: r.lex.say.whichProduct, intent: q.Intent, action: models.ActionClarify}, true
	}
	products, own := r.meant(q)
	if len(products) == 0 || (q.Tentative && (!own || products[0].share < 0.6)) {
		return found{}, false
	}
	if len(products) > 1 && !asksOne {
		return r.whichOf(q, products), true
	}
	f := found{intent: q.Intent, action: models.ActionAnswer}
	var texts []string
	for _, p := range products[:min(len(products), mostListed)] {
		text, ok := r.about(p.item, q)
		if !ok {
			return found{}, false
		}
		texts = append(texts, text)
		f.cites = append(f.cites, p.n)
	}
	f.text = strings.Join(texts, " ")
	if f.intent == models.IntentOther || f.intent == models.IntentPolicy || f.intent == models.IntentPromotion {
		f.intent = models.IntentProductDetail
	}
	return f, true
}

// whichOf asks which of several products is meant.
func (r *reader) whichOf(q Question, products []ranked) found {
	f := found{intent: q.Intent, action: models.ActionClarify}
	var titles []string
	for _, p := range products[:min(len(products), mostListed)] {
		titles = append(titles, r.title(p.product))
		f.cites = append(f.cites, p.n)
	}
	f.text = fill(r.lex.say.whichOf, "{list}", strings.Join(titles, ", "))
	return f
}

// about says of one product what the question asks.
func (r *reader) about(it *item, q Question) (string, bool) {
	switch q.Intent {
	case models.IntentProductPrice:
		return r.price(it, q)
	case models.IntentProductStock:
		text := r.stock(it, q)
		open := slices.DeleteFunc(r.rest(it, q), func(w string) bool { return !slices.Contains(q.Words, w) })
		if len(open) > 0 {
			for _, u := range r.fitting(it, q, open) {
				text += " " + ended(u.text)
			}
		}
		return text, true
	case models.IntentOther:
		if len(r.rest(it, q)) == 0 {
			text, ok := r.price(it, q)
			if len(it.units) > 0 {
				text = strings.TrimSpace(text + " " + ended(it.units[0].text))
			}
			return text, ok
		}
	}
	return r.detail(it, q)
}

// within reports whether a price keeps to the most that may be spent.
func within(price decimal.Decimal, most string) bool {
	limit, err := decimal.NewFromString(most)
	return err != nil || most == "" || limit.LessThan(decimal.NewFromInt(5)) || !price.GreaterThan(limit)
}
