package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// Understand reads a burst together with what was said before it.
func Understand(t Turn) Understanding {
	u := Understanding{Language: detect(t.Messages, t.Language)}
	lex := lexiconOf(u.Language)
	found := lex.clauses(t.Messages)
	u.Questions = lex.questions(found, recall(t))
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
		intents := c.intents
		statement := !c.asks && (len(intents) == 0 || (len(intents) == 1 && intents[0] == models.IntentPolicy))
		if statement {
			remark = remark.join(c.question)
			continue
		}
		if len(intents) == 0 && len(c.question.Words)+len(c.question.Cues)+len(c.question.Sizes)+len(c.question.Numbers) == 0 {
			continue // "Can you help me?" asks for nothing yet.
		}
		if len(intents) == 0 {
			intents = []models.Intent{models.IntentOther}
		}
		for i, intent := range intents {
			q := c.question
			if n := len(asked); n > 0 && asked[n-1].Intent == intent && (intent == models.IntentCompare || intent == models.IntentRecommend) {
				asked[n-1] = asked[n-1].join(q)
				continue
			}
			q.Intent, q.Tentative = intent, i > 0 && intents[0] == models.IntentPolicy
			q = q.beside(remark)
			q = q.follow(last, c.opensNew)
			asked = append(asked, q)
		}
		remark = Question{}
		last = subjectOf(asked[len(asked)-1])
	}
	polite := slices.ContainsFunc(found, func(c clause) bool { return len(c.smallTalk) > 0 })
	hints := len(remark.Sizes) + len(remark.Cues) + len(remark.Numbers)
	if len(asked) == 0 && (len(remark.Words) > 0 || (hints > 0 && !polite)) {
		remark.Intent = models.IntentOther
		if len(remark.Topics) > 0 {
			remark.Intent = models.IntentPolicy
		}
		asked = append(asked, remark.follow(before, len(remark.Words) == 0 || (len(found) > 0 && found[0].opensNew)))
	}
	return asked
}

// join adds a further remark.
func (q Question) join(r Question) Question {
	q.Words = append(slices.Clone(q.Words), r.Words...)
	q.Cues = append(slices.Clone(q.Cues), r.Cues...)
	q.Topics = append(slices.Clone(q.Topics), r.Topics...)
	q.TopicWords = append(slices.Clone(q.TopicWords), r.TopicWords...)
	q.Attributes = append(slices.Clone(q.Attributes), r.Attributes...)
	q.AsksAmount, q.AsksTime = q.AsksAmount || r.AsksAmount, q.AsksTime || r.AsksTime
	q.Sizes = append(slices.Clone(q.Sizes), r.Sizes...)
	q.Colours = append(slices.Clone(q.Colours), r.Colours...)
	q.Numbers = append(slices.Clone(q.Numbers), r.Numbers...)
	q.Refers = q.Refers || r.Refers
	if r.Pieces != "" {
		q.Pieces = r.Pieces
	}
	if r.AtMost != "" {
		q.AtMost = r.AtMost
	}
	return q
}

// beside gives a question what was remarked just before it: its subject, if
// it has none of its own, else its context.
func (q Question) beside(remark Question) Question {
	if q.Intent == models.IntentOffTopic {
		return q
	}
	own := q
	if len(own.Words) == 0 {
		q.Words = remark.Words
		q.Refers = q.Refers && len(remark.Words) == 0
		if len(own.Topics) == 0 && len(remark.Topics) > 0 && q.Intent == models.IntentOther {
			q.Intent, q.Topics = models.IntentPolicy, remark.Topics
		}
	} else {
		q.Context = append(slices.Clone(q.Context), remark.Words...)
	}
	if len(own.Sizes) == 0 {
		q.Sizes = remark.Sizes
	}
	q.Colours = append(slices.Clone(q.Colours), remark.Colours...)
	q.Numbers = append(slices.Clone(q.Numbers), remark.Numbers...)
	if q.Pieces == "" {
		q.Pieces = remark.Pieces
	}
	if q.AtMost == "" {
		q.AtMost = remark.AtMost
	}
	return q
}

// search composes the text to search with: content words, put right where the
// slip is sure, what a reference takes from before, and what shops call the
// topic, in the shop's language.
func (u *Understanding) search(lex, shop *lexicon) {
	var words, products []string
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
		if q.Intent != models.IntentPolicy && q.Intent != models.IntentPromotion {
			for _, w := range q.Words {
				products = include(products, w)
			}
		}
		for _, w := range q.Context {
			words = include(words, w)
		}
		for _, t := range q.Topics {
			words = include(words, shop.topicNames[topic(t)])
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
	u.Search, u.Products = strings.Join(words, " "), strings.Join(products, " ")
}

// mend puts a slip right where exactly one known word is meant.
func (lex *lexicon) mend(w string) string {
	if len(w) < 6 || lex.known[fold(w)] {
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
