package answer

import (
	"slices"
	"strings"

	trade "kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// Understand reads a burst together with what was said before it.
func Understand(t Turn) Understanding {
	u := Understanding{Language: detect(t.Messages, t.Language)}
	lex := lexiconOf(u.Language)
	found := lex.clauses(t.Messages)
	before := recall(t)
	found, code := takeCodes(t, found, before)
	found = lex.readOrders(found, lex.orderScene(t, t.Messages, before))
	u.Questions = lex.questions(found, before)
	u.setAside()
	u.orders(t, before, code)
	for _, c := range found {
		u.Human = u.Human || c.human
		for _, intent := range c.smallTalk {
			u.Intents = include(u.Intents, intent)
		}
	}
	if u.Human {
		u.Intents = include(u.Intents, models.IntentHuman)
	}
	for _, q := range u.Questions {
		if !q.Tentative {
			u.Intents = include(u.Intents, q.Intent)
		}
	}
	if len(u.Intents) == 0 {
		u.Intents = []models.Intent{models.IntentOther}
	}
	u.search(lex, lexiconOf(t.Language))
	return u
}

func include[T comparable](list []T, item T) []T {
	if slices.Contains(list, item) {
		return list
	}
	return append(list, item)
}

// questions makes questions of clauses. What is merely remarked becomes the
// context of the question beside it, or the question itself if there is none.
func (lex *lexicon) questions(found []clause, before subject) []Question {
	var asked []Question
	var remark Question
	last := before
	for _, c := range found {
		switch {
		case c.states():
			remark = remark.join(c.question)
			remark.open = c.words[len(c.words)-1].stop == ','
		case c.asksNothing(): // "Can you help me?" asks for nothing yet.
		default:
			asked = c.ask(asked, remark, last)
			remark, last = Question{}, subjectOf(asked[len(asked)-1], last)
		}
	}
	if len(asked) == 0 && remark.worthAnswering(found) {
		asked = append(asked, remark.asQuestion(found, before))
	}
	return useCodes(oneWish(sideBySide(reducedBefore(asked), remark), remark))
}

// oneWish makes one question of a wish that goes on over several clauses: what
// it is for, what it may cost, that it has to be in stock.
func oneWish(asked []Question, remark Question) []Question {
	at := slices.IndexFunc(asked, func(q Question) bool {
		return q.Intent == models.IntentRecommend || q.AtMost != "" && q.ofProducts() || q.givesFor(remark)
	})
	if at < 0 {
		return asked
	}
	one := Question{}
	var kept []Question
	for i, q := range asked {
		vague := q.Intent == models.IntentRecommend || q.Intent == models.IntentOther || q.ofProducts() && len(q.Words) < 2
		if i == at || vague && q.Intent != models.IntentCompare {
			one = one.join(q)
			for _, w := range q.Context {
				one.Context = include(slices.Clone(one.Context), w)
			}
		} else {
			kept = append(kept, q)
		}
	}
	if remark.AtMost != "" && one.AtMost == "" {
		one.AtMost, one.AtLeast = remark.AtMost, remark.AtLeast // What one can spend is often said last.
	}
	one.Intent, one.Spoken, one.Before = asked[at].Intent, asked[at].Spoken, asked[at].Before
	switch {
	case one.AsksLeft:
		one.Intent = models.IntentProductStock
	case one.Intent == models.IntentOther:
		one.Intent = models.IntentRecommend
	}
	one.Without, one.Persons = append(slices.Clone(one.Without), remark.Without...), max(one.Persons, remark.Persons)
	return slices.Insert(kept, min(at, len(kept)), one.spending(remark).unwant())
}

// sideBySide makes one question of all that is asked about products which are
// compared, or spoken of as both. What was remarked last goes with it.
func sideBySide(asked []Question, remark Question) []Question {
	compared := func(q Question) bool {
		return q.Intent == models.IntentCompare || q.Both && q.ofProducts() && !q.AsksTotal
	}
	at := slices.IndexFunc(asked, compared)
	if at < 0 {
		return asked
	}
	one := Question{}
	var kept []Question
	for i, q := range asked {
		if i == at || q.ofProducts() {
			one = one.join(q)
			one.Context = append(slices.Clone(one.Context), q.Context...)
		} else {
			kept = append(kept, q)
		}
	}
	one = one.join(remark)
	one.Intent = models.IntentCompare
	return slices.Insert(kept, min(at, len(kept)), one)
}

// ofProducts reports whether a question may be about products.
func (q Question) ofProducts() bool {
	switch q.Intent {
	case models.IntentProductPrice, models.IntentProductStock, models.IntentProductDetail, models.IntentCompare, models.IntentRecommend, models.IntentOther:
		return true
	}
	return false
}

// states reports whether a clause is a remark and no question.
func (c clause) states() bool {
	return !c.asks && (len(c.intents) == 0 || (len(c.intents) == 1 && c.intents[0] == models.IntentPolicy))
}

// asksNothing reports whether neither an intent nor a word of substance is in
// a clause.
func (c clause) asksNothing() bool {
	q := c.question
	return len(c.intents) == 0 && len(q.Words)+len(q.Cues)+len(q.Sizes)+len(q.Numbers) == 0 && q.AtMost == "" && q.Spends == ""
}

// ask adds a clause's questions to those asked before it. A comparison or a
// wish that goes on over several clauses stays one question.
func (c clause) ask(asked []Question, remark Question, last subject) []Question {
	intents := c.intents
	if len(intents) == 0 {
		intents = []models.Intent{models.IntentOther}
	}
	for i, intent := range intents {
		q := c.question
		goesOn := intent == models.IntentCompare || intent == models.IntentRecommend
		if n := len(asked); goesOn && n > 0 && asked[n-1].Intent == intent {
			asked[n-1] = asked[n-1].join(q)
			continue
		}
		q.Intent, q.Tentative = intent, i > 0 && intents[0] == models.IntentPolicy
		if remark.open && intent != models.IntentOffTopic && intent != models.IntentOrderStatus {
			asked = append(asked, q.of(remark).follow(last, c.opensNew))
			continue
		}
		asked = append(asked, q.beside(remark, last).follow(last, c.opensNew))
	}
	return asked
}

// worthAnswering reports whether a remark is more than small talk.
func (q Question) worthAnswering(found []clause) bool {
	if len(q.Words) > 0 {
		return true
	}
	polite := slices.ContainsFunc(found, func(c clause) bool { return len(c.smallTalk) > 0 })
	return !polite && len(q.Sizes)+len(q.Cues)+len(q.Numbers) > 0
}

// asQuestion makes a question of a remark that stands alone.
func (q Question) asQuestion(found []clause, before subject) Question {
	q.Intent = models.IntentOther
	if len(q.Topics) > 0 {
		q.Intent = models.IntentPolicy
	}
	return q.follow(before, len(q.Words) == 0 || (len(found) > 0 && found[0].opensNew))
}

// search composes the text to search with: content words, put right where the
// slip is sure, what a reference takes from before, and what shops call the
// topic, in the shop's language.
func (u *Understanding) search(lex, shop *lexicon) {
	var words []string
	for _, q := range u.Questions {
		if q.Intent == models.IntentOffTopic || q.Intent == models.IntentOrderStatus {
			continue
		}
		for _, w := range q.Words {
			words = include(words, lex.mend(w))
		}
		for _, w := range q.Cues {
			if !lex.stop[fold(w)] {
				words = include(words, lex.mend(w))
			}
		}
		for _, w := range slices.Concat(q.Context, q.Things) {
			words = include(words, w)
		}
		for _, t := range q.Topics {
			words = include(words, shop.topicNames[topic(t)])
		}
		for _, w := range shop.further(q) {
			words = include(words, w)
		}
		if lex != shop {
			for _, w := range shop.coloursOf(q) {
				words = include(words, w)
			}
		}
		for _, option := range append(slices.Clone(q.Sizes), q.Colours...) {
			u.Options = include(u.Options, option)
		}
	}
	u.Search = strings.Join(words, " ")
}

// mend puts a slip right where exactly one known word is meant.
func (lex *lexicon) mend(w string) string {
	if len(w) < 6 || lex.known[fold(w)] || trade.Things(lex.code, w) {
		return w
	}
	meant := ""
	for _, known := range lex.vocabulary {
		if sameFirst(known, w) && oneEdit(fold(known), fold(w)) {
			if meant != "" {
				return w
			}
			meant = known
		}
	}
	if meant == "" {
		return w
	}
	return meant
}

// coloursOf returns the language's words for a question's colours.
func (lex *lexicon) coloursOf(q Question) []string {
	var words []string
	for _, c := range lex.colours {
		if slices.Contains(q.Colours, c.colour) {
			words = append(words, strings.TrimSuffix(c.patterns[0][0].words[0].plain, "*"))
		}
	}
	return words
}
