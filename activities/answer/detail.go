package answer

import (
	"slices"
	"strings"

	trade "kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// A description of at most so many sentences and letters is said whole where no
// sentence of it surely tells all that is asked.
const (
	wholeUnits = 6
	wholeChars = 420
)

// measuredAttributes are the attributes that a figure tells: where a description has none,
// nothing else of it does.
var measuredAttributes = []string{
	"angle", "battery", "capacity", "dimension", "elevation", "energy", "gears", "load", "noise", "pages", "range",
	"refresh", "resolution", "storage", "technical", "temperature", "wattage", "weight",
}

// ofTheThing adds to a question what it asks of a product itself in words that
// don't name it: how a necklace closes, but not what one with a clasp costs.
func (r *reader) ofTheThing(it *item, q Question) Question {
	phrases := detailLexicons()[q.said.language]
	if phrases == nil {
		return q
	}
	words := slices.DeleteFunc(slices.Clone(q.said.words), func(w word) bool { return !w.number && hasStem(it.title, w.stem) })
	named := len(words) < len(q.said.words)
	q.Attributes = slices.DeleteFunc(slices.Clone(q.Attributes), func(name string) bool {
		return named && lexiconOf(q.said.language).asksAttribute(name, q.said.words) && !lexiconOf(q.said.language).asksAttribute(name, words)
	})
	for _, a := range phrases.attributes {
		if !slices.Contains(q.Attributes, a.name) && matchAny(a.ask, words, nil) {
			q.Attributes = append(slices.Clone(q.Attributes), a.name)
		}
	}
	return q
}

// asksAttribute reports whether words ask for an attribute.
func (lex *lexicon) asksAttribute(name string, words []word) bool {
	return slices.ContainsFunc(lex.attributes, func(a attributePatterns) bool { return a.name == name && matchAny(a.ask, words, nil) })
}

// toldOf returns what tells the attributes of things in a language.
func (lex *lexicon) toldOf() []attributePatterns {
	if phrases := detailLexicons()[lex.code]; phrases != nil {
		return phrases.attributes
	}
	return nil
}

// whole returns all of a short description where a question asks about the thing
// itself and the sentences that were found for it leave some of it open.
func (r *reader) whole(it *item, q Question, open []string, told []unit) []unit {
	if !r.isBrief(it) || !q.asksOfThing() || r.asksToDo(q) || !r.singled(it, q) {
		return told
	}
	own := slices.DeleteFunc(slices.Clone(open), func(w string) bool { return !slices.Contains(q.Words, w) })
	asked := slices.DeleteFunc(r.asked(own), func(w word) bool {
		return !w.wanting(surelySaid, func(trade.Concept) bool { return true }) && !it.holds(w)
	})
	lacking := slices.DeleteFunc(slices.Clone(q.Attributes), func(a string) bool {
		return slices.ContainsFunc(told, func(u unit) bool { return len(r.toldBy(u, []string{a})) > 0 })
	})
	left := slices.DeleteFunc(slices.Clone(asked), func(w word) bool {
		return slices.ContainsFunc(told, func(u unit) bool { return best(w, u.words) >= leastName })
	})
	switch {
	case len(told) == 0 && slices.ContainsFunc(lacking, func(a string) bool { return slices.Contains(measuredAttributes, a) }):
		return told // No figure of the kind that is asked for is there.
	case len(lacking) > 0, len(left) > 0:
		return it.units
	}
	return told
}

// singled reports whether a question surely means one product: that which was
// spoken of, or one whose title has a word of the question that no other has, or
// several of them.
func (r *reader) singled(it *item, q Question) bool {
	if q.Refers && slices.ContainsFunc(q.Spoken, func(title string) bool { return strings.EqualFold(title, it.product.Title) }) {
		return true
	}
	words := r.asked(slices.Concat(q.Words, q.Cues))
	if len(q.Context) > 0 {
		words = append(words, r.asked(q.Context)...)
	}
	hits := 0
	for i := range words {
		if !written(&words[i], it.title) {
			continue
		}
		if hits++; hits > 1 || len(it.title) == 1 || r.own(&words[i], it) {
			return true
		}
	}
	return false
}

// own reports whether a word stands in the title of no other product.
func (r *reader) own(w *word, it *item) bool {
	return !slices.ContainsFunc(r.products, func(other *item) bool { return other != it && written(w, other.title) })
}

// written reports whether a word itself is among others, and not by what it means.
func written(w *word, among []word) bool {
	return slices.ContainsFunc(among, func(s word) bool { return w.stem == s.stem || alike(w, &s) >= 0.8 })
}

// isBrief reports whether a description is short enough to be said whole.
func (r *reader) isBrief(it *item) bool {
	length := 0
	for _, u := range it.units {
		length += len([]rune(u.text))
	}
	return len(it.units) > 0 && len(it.units) <= wholeUnits && length <= wholeChars
}

// asksOfThing reports whether a question may be about what a thing is like.
func (q Question) asksOfThing() bool {
	switch q.Intent {
	case models.IntentProductDetail, models.IntentOther:
		return (q.Asks || len(q.Attributes) > 0) && q.Pieces == "" && (!q.AsksCount || len(q.Attributes) > 0)
	case models.IntentProductStock:
		return len(q.Attributes) > 0 && !q.AsksLeft
	}
	return len(q.Attributes) > 0 && q.Intent != models.IntentRecommend
}

// asksToDo reports whether a question asks the shop to do something.
func (r *reader) asksToDo(q Question) bool {
	phrases := detailLexicons()[q.said.language]
	return len(r.services(q)) > 0 || phrases != nil && matchAny(phrases.asksToDo, q.said.words, nil)
}

// readReduced reads whether it is asked if a thing's price came down, and what it
// was before, and marks the words that ask so.
func (lex *lexicon) readReduced(q *Question, words []word, used []bool) {
	if phrases := detailLexicons()[lex.code]; phrases != nil {
		q.AsksWas = matchAny(phrases.reduced, words, used)
	}
}

// reduced reports whether a clause asks how the price of a thing has changed: it
// names one, or goes on about it, and isn't on what was bought before.
func (lex *lexicon) reduced(c clause, asked map[models.Intent]bool) bool {
	q := c.question
	if !q.AsksWas || q.Cheapest || q.Dearest || q.Both || len(q.Codes) > 0 || slices.ContainsFunc(c.topics, func(t topic) bool { return t != topicPromotion }) {
		return false
	}
	if asked[models.IntentOffTopic] || asked[models.IntentOrderStatus] {
		return false
	}
	if q.Refers || len(q.Words) == len(q.TopicWords) {
		return asked[models.IntentProductPrice]
	}
	return slices.ContainsFunc(q.said.words, func(w word) bool {
		plain := strings.ToLower(w.plain)
		return slices.Contains(q.Words, plain) && !slices.Contains(q.TopicWords, plain) && w.wanting(surely, isGoods)
	})
}

// withoutElsewise drops the topics whose words a clause has for something else.
func (lex *lexicon) withoutElsewise(topics []topic, words []word, onTopic []bool) []topic {
	phrases := detailLexicons()[lex.code]
	if phrases == nil {
		return topics
	}
	return slices.DeleteFunc(topics, func(t topic) bool {
		for _, p := range phrases.elsewise[t] {
			from, to, ok := p.match(words)
			if !ok || lex.onTopicIn(t, slices.Concat(words[:from], words[to:])) {
				continue
			}
			for i := from; i < to; i++ {
				onTopic[i] = false
			}
			return true
		}
		return false
	})
}

func (lex *lexicon) onTopicIn(t topic, words []word) bool {
	return slices.ContainsFunc(lex.topics, func(p topicPatterns) bool { return p.topic == t && matchAny(p.patterns, words, nil) })
}

// tellsAsked reports whether a product's text tells one of the attributes that a
// question asks for.
func (r *reader) tellsAsked(it *item, q Question) bool {
	q = r.ofTheThing(it, q)
	return slices.ContainsFunc(it.units, func(u unit) bool { return len(r.toldBy(u, q.Attributes)) > 0 })
}

// reducedBefore makes a question for a discount on a thing one for its price where
// the next one asks what it was before: is it still reduced? how much was it?
func reducedBefore(asked []Question) []Question {
	for i := 1; i < len(asked); i++ {
		q, next := &asked[i-1], asked[i]
		onThing := q.Intent == models.IntentPromotion && len(q.Codes) == 0 && len(q.Words) > len(q.TopicWords)
		asksPrice := next.Intent == models.IntentProductPrice || next.Intent == models.IntentPromotion && len(next.Words) == 0
		if onThing && next.AsksWas && asksPrice && slices.ContainsFunc(q.Words, func(w string) bool { return slices.Contains(next.Context, w) }) {
			q.Intent, q.Topics, q.Wants = models.IntentProductPrice, nil, include(slices.Clone(q.Wants), models.IntentProductPrice)
			q.Words = slices.DeleteFunc(slices.Clone(q.Words), func(w string) bool { return slices.Contains(q.TopicWords, w) })
			asked[i].Intent, asked[i].Topics, asked[i].Context = models.IntentProductPrice, nil, q.Words
		}
	}
	return asked
}
