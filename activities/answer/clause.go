package answer

import (
	"slices"

	"kedai/models"
)

// clause is one thought of a burst: what stands between two full stops, or
// before "and how …".
type clause struct {
	words     []word
	intents   []models.Intent // What it asks for, without small talk.
	smallTalk []models.Intent
	topics    []topic
	asks      bool // It is a question by its form.
	human     bool
	opensNew  bool // It begins with words that go on with what was spoken of.
	question  Question
}

// clauses cuts a burst. A message ends a clause, and so does a comma or an
// "and" before a word that begins a question.
func (lex *lexicon) clauses(messages []string) []clause {
	var found []clause
	for _, message := range messages {
		words := lex.pastReaction(lex.withoutBeyond(lex.words(message)))
		start := 0
		for i := range words {
			last := i == len(words)-1
			if last || ends(words[i].stop) || lex.opens(words, i+1, words[i].stop == ',') {
				if i+1 > start {
					found = append(found, lex.read(words[start:i+1]))
				}
				start = i + 1
			}
		}
	}
	return found
}

// pastReaction returns what stands behind the words that one says first to what was
// answered, such as "great", where something does.
func (lex *lexicon) pastReaction(words []word) []word {
	for _, p := range lex.reactions {
		to, ok := p.matchAt(words, 0)
		if !ok || to >= len(words) {
			continue
		}
		next := words[to]
		if words[to-1].stop != 0 || lex.askers[next.text] || to+1 < len(words) && lex.opens(words, to, false) {
			return lex.pastReaction(words[to:])
		}
	}
	return words
}

func ends(stop rune) bool { return stop == '.' || stop == '?' || stop == '!' || stop == '\n' }

// opens reports whether a new question begins at i.
func (lex *lexicon) opens(words []word, i int, afterComma bool) bool {
	if i >= len(words)-1 {
		return false
	}
	if lex.joiners[words[i].text] {
		return lex.askers[words[i+1].text]
	}
	return afterComma && lex.askers[words[i].text]
}

// read finds out what a clause asks for.
func (lex *lexicon) read(words []word) clause {
	c := clause{words: words, asks: lex.asksByForm(words)}
	for _, p := range lex.followUps {
		if _, ok := p.matchAt(words, 0); ok {
			c.opensNew = true
		}
	}
	used, polite, onTopic := make([]bool, len(words)), make([]bool, len(words)), make([]bool, len(words))
	asked := map[models.Intent]bool{}
	for _, intent := range lex.intents {
		marks := used
		if isSmallTalk(intent.intent) {
			marks = polite
		}
		asked[intent.intent] = matchAny(intent.patterns, words, marks)
	}
	q := &c.question
	lex.readCues(q, words, used)
	asked[models.IntentProductStock] = asked[models.IntentProductStock] || q.AsksLeft
	asked[models.IntentProductPrice] = asked[models.IntentProductPrice] && !lex.onlyIn(lex.measuring, models.IntentProductPrice, words)
	asked[models.IntentProductStock] = asked[models.IntentProductStock] && !lex.onlyIn(lex.termLeft, models.IntentProductStock, words)
	if q.AsksCount || q.AsksAmount || q.AsksTime {
		c.asks = c.asks || slices.ContainsFunc(words, func(w word) bool { return lex.askers[w.text] && w.text != "que" })
	}
	q.Asks = c.asks
	for _, intent := range productIntents {
		if asked[intent] {
			q.Wants = append(q.Wants, intent)
		}
	}
	c.topics = lex.topicsOf(words, q.AsksCount, onTopic)
	lex.fill(&c, used, onTopic, polite)
	c.wishesWithin(asked)
	q.Payments = lex.paymentsAsked(words)
	q.Sides = lex.sidesSaid(words)
	q.Lots, q.Codes = lex.lots(words), lex.codesSaid(words)
	lex.infer(&c, asked)
	c.human = (asked[models.IntentHuman] || matchesAll(lex.personAlone, words)) && !matchAny(policyOf(lex.code).commands, words, nil)
	for _, intent := range smallTalk {
		if asked[intent] {
			c.smallTalk = append(c.smallTalk, intent)
		}
	}
	if lex.asksPriceAlone(c, asked) {
		asked[models.IntentProductPrice], q.AsksCount, q.AsksAmount = true, false, true
		q.Wants = append(q.Wants, models.IntentProductPrice)
	}
	c.intents = lex.decide(c, asked)
	return c
}

// asksByForm reports whether a clause is a question by its mark, or by a word
// that begins or ends one.
func (lex *lexicon) asksByForm(words []word) bool {
	last := words[len(words)-1]
	if last.stop == '?' || lex.askers[last.text] {
		return true
	}
	for i := 0; i < len(words) && i < 3; i++ {
		if lex.askers[words[i].text] && (i == 0 || lex.stop[words[i-1].text]) {
			return true
		}
	}
	return false
}

// onlyIn reports whether an intent is told by nothing but a phrase that has its
// words for something else: how much a thing weighs, how many days there are.
func (lex *lexicon) onlyIn(phrases []pattern, intent models.Intent, words []word) bool {
	for _, p := range phrases {
		if from, to, ok := p.match(words); ok {
			rest := slices.Concat(words[:from], words[to:])
			return !slices.ContainsFunc(lex.intents, func(i intentPatterns) bool {
				return i.intent == intent && matchAny(i.patterns, rest, nil)
			})
		}
	}
	return false
}

// readCues reads what the phrases of a clause say of how it asks.
func (lex *lexicon) readCues(q *Question, words []word, used []bool) {
	q.Marked = words[len(words)-1].stop == '?'
	for _, a := range lex.attributes {
		if matchAny(a.ask, words, used) {
			q.Attributes = append(q.Attributes, a.name)
		}
	}
	q.AsksCount = matchAny(lex.howMany, words, used)
	q.AsksLeft = len(q.Attributes) == 0 && lex.asksLeft(words, used) // Else it asks what a set has.
	q.AsksCount = q.AsksCount || q.AsksLeft
	q.AsksAmount = matchAny(lex.howMuch, words, used)
	q.AsksTime = matchAny(lex.howLong, words, used)
	q.AsksTotal = matchAny(lex.total, words, used)
	lex.readReduced(q, words, used)
	q.Cheapest, q.Dearest = matchAny(lex.cheapest, words, nil), matchAny(lex.dearest, words, nil)
	q.Extreme, q.Place = lex.readExtreme(words), lex.readPlace(words, used)
	q.Both = matchAny(lex.both, words, used)
	q.Options = matchAny(lex.options, words, used)
	q.Facets = lex.facetsOf(words)
	q.said = lex.spoken(words)
	q.Days = daysOf(words)
}

// topicsOf returns the topics of the shop's rules that a clause names, and marks
// the words that name them.
func (lex *lexicon) topicsOf(words []word, count bool, onTopic []bool) []topic {
	var topics []topic
	for _, t := range lex.topics {
		if matchAny(t.patterns, words, onTopic) {
			topics = append(topics, t.topic)
		}
	}
	topics = lex.withoutElsewise(topics, words, onTopic)
	if count && !asksClock(words) {
		// Of hours so many are asked for, not when the shop is open.
		topics = slices.DeleteFunc(topics, func(t topic) bool { return t == topicHours })
	}
	if lex.paymentsAsked(words) != "" {
		topics = include(topics, topicPayment)
	}
	if codeIn(words) != "" {
		topics = include(topics, topicPromotion)
	}
	return topics
}

// asksPriceAlone reports whether a clause ends with "how much" and asks for
// nothing else: the blue ones, how much?
func (lex *lexicon) asksPriceAlone(c clause, asked map[models.Intent]bool) bool {
	q := c.question
	if len(q.Attributes)+len(c.topics)+len(q.Facets) > 0 || q.AsksTime || q.AsksTotal {
		return false
	}
	for intent, is := range asked {
		if is && !isSmallTalk(intent) {
			return false
		}
	}
	last := len(c.words) - 1
	for last > 0 && lex.stop[c.words[last].text] && !lex.much[c.words[last].text] {
		last--
	}
	return lex.much[c.words[last].text] && (len(q.Words) > 0 || q.Refers)
}

// facetsOf returns what of an order is asked for.
func (lex *lexicon) facetsOf(words []word) []string {
	var found []string
	for _, f := range lex.facets {
		if matchAny(f.ask, words, nil) {
			found = append(found, f.name)
		}
	}
	return found
}

// smallTalk are the intents that ask for nothing.
var smallTalk = []models.Intent{models.IntentGreeting, models.IntentThanks, models.IntentGoodbye}

func isSmallTalk(intent models.Intent) bool { return slices.Contains(smallTalk, intent) }

// codeIn returns something that has the form of a discount code: SALE20.
func codeIn(words []word) string {
	for i := 1; i < len(words); i++ {
		if words[i].glued && words[i-1].upper && len(words[i-1].text) >= 3 {
			return words[i-1].plain + words[i].plain
		}
	}
	return ""
}

// productIntents are the intents that a clause can have beside each other.
var productIntents = []models.Intent{
	models.IntentProductPrice, models.IntentProductStock, models.IntentProductDetail, models.IntentRecommend, models.IntentCompare,
}
