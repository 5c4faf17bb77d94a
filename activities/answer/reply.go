package answer

import (
	"slices"
	"strings"

	trade "kedai/activities/retrieval/lexicon"
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
	var c composed
	for _, q := range r.sideBySide(u.Questions) {
		c.add(r, q, &draft)
	}
	if len(c.texts)+len(c.unserved) == 0 && len(c.missing) > 0 && !slices.ContainsFunc(c.missing, func(q Question) bool { return !r.vague(q) }) {
		if text := lex.unclear(t, seed); text != "" {
			draft.Action, draft.Text = models.ActionClarify, text
			return draft
		}
	}
	if q, ok := c.unanswered(); ok {
		return handoff(draft, q.Intent, r.whyNot(q))
	}
	for _, e := range r.computed {
		draft.Computed, draft.Cites = append(draft.Computed, e), append(draft.Cites, e.N)
	}
	if slices.Contains(u.Intents, models.IntentGreeting) {
		c.texts = slices.Insert(c.texts, 0, pick(lex.say.hello, seed))
	}
	draft.Text = join(c.texts)
	return draft
}

// composed is what a reply says so far, and which questions it answers.
type composed struct {
	texts             []string
	answered, missing []Question
	unserved          []Question // That ask for a service which nothing speaks of.
}

// add answers one more question. The first answer settles what the draft does,
// unless a later one has to ask back.
func (c *composed) add(r *reader, q Question, draft *models.Draft) {
	if _, it, ok := r.concerned(q); q.Tentative && ok && slices.Contains(r.summed, it) {
		return // Its sum says what it costs.
	}
	if r.unserved(q) {
		c.unserved = append(c.unserved, q)
		return
	}
	f, ok := r.answer(q)
	if alone := q.alone(); !ok && len(q.Own) > 0 && r.isNamed(alone) {
		f, ok = r.answer(alone)
	}
	if !ok {
		if !q.Tentative {
			c.missing = append(c.missing, q)
		}
		return
	}
	if f.intent == models.IntentPolicy || f.intent == models.IntentPromotion {
		f = r.soldOut(q, r.workedOut(q, f))
	}
	c.answered = append(c.answered, q)
	if slices.ContainsFunc(c.texts, func(text string) bool { return strings.Contains(text, f.text) }) {
		return
	}
	if len(c.texts) == 0 {
		draft.Intent, draft.Action = f.intent, f.action
	} else if draft.Action == models.ActionAnswer && f.action == models.ActionClarify {
		draft.Action = f.action
	}
	c.texts = append(c.texts, f.text)
	for _, n := range f.cites {
		draft.Cites = include(draft.Cites, n)
	}
}

// unanswered returns the first question that has to be handed over: what is said
// beside a question needs no answer, what is asked does.
func (c *composed) unanswered() (Question, bool) {
	if len(c.unserved) > 0 {
		return c.unserved[0], true
	}
	for _, q := range c.missing {
		closer := slices.ContainsFunc(c.answered, func(later Question) bool { return later.elaborates(q) })
		if !closer && (len(c.texts) == 0 || q.weighty()) {
			return q, true
		}
	}
	return Question{}, false
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
	return !slices.ContainsFunc(r.asked(q.Words), func(w word) bool {
		return w.wanting(surelySaid, func(c trade.Concept) bool { return q.Asks || c.Service() })
	})
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
