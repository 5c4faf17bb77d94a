package answer

import (
	"slices"
	"strings"
	"unicode/utf8"

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
		words := lex.words(message)
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
	c := clause{words: words, asks: words[len(words)-1].stop == '?'}
	for i := 0; i < len(words) && i < 3 && !c.asks; i++ {
		c.asks = lex.askers[words[i].text] && (i == 0 || lex.stop[words[i-1].text])
	}
	for _, p := range lex.followUps {
		if _, ok := p.matchAt(words, 0); ok {
			c.opensNew = true
		}
	}
	c.asks = c.asks || lex.askers[words[len(words)-1].text]
	c.question.Asks = c.asks
	c.question.Marked = words[len(words)-1].stop == '?'
	used, polite := make([]bool, len(words)), make([]bool, len(words))
	asked := map[models.Intent]bool{}
	for _, intent := range lex.intents {
		marks := used
		if isSmallTalk(intent.intent) {
			marks = polite
		}
		asked[intent.intent] = matchAny(intent.patterns, words, marks)
	}
	q := &c.question
	q.AsksCount = matchAny(lex.howMany, words, used)
	q.AsksAmount = matchAny(lex.howMuch, words, used)
	q.AsksTime = matchAny(lex.howLong, words, used)
	if q.AsksCount || q.AsksAmount || q.AsksTime {
		c.asks = c.asks || slices.ContainsFunc(words, func(w word) bool { return lex.askers[w.text] && w.text != "que" })
		q.Asks = c.asks
	}
	q.AsksTotal = matchAny(lex.total, words, used)
	q.Cheapest = matchAny(lex.cheapest, words, nil)
	for _, intent := range productIntents {
		if asked[intent] {
			q.Wants = append(q.Wants, intent)
		}
	}
	for _, a := range lex.attributes {
		if matchAny(a.ask, words, used) {
			q.Attributes = append(q.Attributes, a.name)
		}
	}
	q.Both = matchAny(lex.both, words, used)
	q.Options = matchAny(lex.options, words, used)
	q.Facets = lex.facetsOf(words)
	q.said = lex.spoken(words)
	q.Days = daysOf(words)
	onTopic := make([]bool, len(words))
	for _, t := range lex.topics {
		if matchAny(t.patterns, words, onTopic) {
			c.topics = append(c.topics, t.topic)
		}
	}
	if q.AsksCount && !asksClock(words) {
		// Of hours so many are asked for, not when the shop is open.
		c.topics = slices.DeleteFunc(c.topics, func(t topic) bool { return t == topicHours })
	}
	if code(words) {
		c.topics = include(c.topics, topicPromotion)
	}
	lex.fill(&c, used, onTopic, polite)
	q.Lots = lex.lots(words)
	lex.infer(&c, asked)
	c.human = asked[models.IntentHuman] || matchesAll(lex.personAlone, words)
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

// code reports whether something like a discount code is said: SALE20.
func code(words []word) bool {
	for i := 1; i < len(words); i++ {
		if words[i].glued && words[i-1].upper && len(words[i-1].text) >= 3 {
			return true
		}
	}
	return false
}

// productIntents are the intents that a clause can have beside each other.
var productIntents = []models.Intent{
	models.IntentProductPrice, models.IntentProductStock, models.IntentProductDetail, models.IntentRecommend, models.IntentCompare,
}

// fill takes the content words, options and numbers out of a clause.
func (lex *lexicon) fill(c *clause, used, onTopic, polite []bool) {
	q := &c.question
	measured := -1 // The unit of the number before it.
	for i, w := range c.words {
		plain := strings.ToLower(w.plain)
		if i == measured || polite[i] && !onTopic[i] {
			continue
		}
		if m, ok := measureAt(c.words, i); ok {
			q.Measures, q.Numbers = append(q.Measures, m), append(q.Numbers, m.number)
			measured = i + 1
			if m.unit == "v" {
				q.Attributes = include(q.Attributes, "power")
			}
			continue
		}
		if size, ok := lex.sizeAt(c.words, i); ok && !(used[i] && len(q.Attributes) > 0) {
			q.Sizes = append(q.Sizes, size)
			if w.number {
				q.Numbers = append(q.Numbers, w.text)
			}
			continue
		}
		for _, colour := range lex.colours {
			if matchAny(colour.patterns, c.words[i:i+1], nil) {
				q.Colours = append(q.Colours, colour.colour)
				break
			}
		}
		switch {
		case w.number:
			q.Numbers = append(q.Numbers, w.text)
			if lex.counts(c.words, i) {
				q.Pieces = w.text
			}
		case lex.references[w.text]:
			q.Refers = true
		case lex.numbers[w.text] != "" && lex.counts(c.words, i):
			q.Pieces = lex.numbers[w.text]
		case lex.numbers[w.text] != "" && lex.numbers[w.text] != "1":
			q.Numbers = append(q.Numbers, lex.numbers[w.text])
		case utf8.RuneCountInString(w.text) < 2:
		case used[i] && !onTopic[i]:
			q.Cues = append(q.Cues, plain)
		case onTopic[i]:
			q.TopicWords = append(q.TopicWords, plain)
			q.Words = append(q.Words, plain)
		case !lex.stop[w.text]:
			q.Words = append(q.Words, plain)
		}
	}
	q.AtMost = lex.limit(c.words)
	for _, t := range c.topics {
		q.Topics = append(q.Topics, string(t))
	}
}

// mostPieces is the largest number that may be of pieces.
const mostPieces = 3 // Digits.

// counts reports whether the number at i says how many of something: it stands
// before a word that is neither a unit nor a time, and after none that makes it
// a size or a name.
func (lex *lexicon) counts(words []word, i int) bool {
	w := words[i]
	if (w.number && len(w.text) <= 2 || !w.number && lex.numbers[w.text] != "1") && i > 0 && lex.wishing[words[i-1].text] && (i+1 == len(words) || w.stop != 0) {
		return true // I'd take 4.
	}
	if i+1 >= len(words) || w.stop != 0 || w.glued || w.number && len(w.text) > mostPieces || strings.Contains(w.text, ".") || w.text == "0" {
		return false
	}
	if i > 0 && (words[i-1].text == "#" || words[i-1].text == "$" || lex.sizeMarks[words[i-1].text] && !lex.askers[words[i-1].text] && !matchAny(lex.pieces, words[i+1:i+2], nil)) {
		return false
	}
	next := words[i+1]
	if matchAny(lex.pieces, words[i+1:i+2], nil) {
		return true
	}
	if unit, measured := units[next.text]; measured && unit == "pack" && i+2 < len(words) && matchAny(lex.pieces, words[i+2:i+3], nil) {
		return true // 6 packs of something.
	}
	if _, measured := units[next.text]; measured || next.text == "x" || next.text == "х" {
		return false // 140 x 240.
	}
	if _, measured := measureAt(words, i+1); measured && !w.number {
		return true // One 30 w charger.
	}
	return !next.number && !lex.stop[next.text] && !lex.joiners[next.text] && next.text != "$" && next.text != "₽" && !matchAny(lex.timeUnit, words[i+1:i+2], nil) && !matchAny(lex.money, words[i+1:i+2], nil)
}

// sizeAt reads a size: a word such as "large", a letter in capitals or beside
// a word that marks sizes, or a number beside such a word.
func (lex *lexicon) sizeAt(words []word, i int) (string, bool) {
	w := words[i]
	marked := (i > 0 && lex.sizeMarks[words[i-1].text]) || (i+1 < len(words) && lex.sizeMarks[words[i+1].text] && strings.ContainsRune("рsт", firstRune(words[i+1].text)))
	if w.number {
		return w.text, marked && len(w.text) <= 4 && !slices.ContainsFunc(words[min(i+1, len(words)):min(i+2, len(words))], func(next word) bool { return matchAny(lex.timeUnit, []word{next}, nil) })
	}
	size, ok := lex.sizes[w.text]
	if !ok {
		return "", false
	}
	if utf8.RuneCountInString(w.text) > 1 {
		return size, true
	}
	return size, w.upper || marked || len(words) <= 3
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// atHand reads what the customer has to spend: an amount of money behind "I
// have", or before "tops".
func (lex *lexicon) atHand(words []word) string {
	for i, w := range words {
		if !w.number || i == 0 {
			continue
		}
		money := i+1 < len(words) && matchAny(lex.money, words[i+1:i+2], nil) || words[i-1].text == "$"
		after := words[min(i+1, len(words)):min(i+3, len(words))]
		if money && lex.having[words[max(0, i-1)].text] || money && i > 1 && lex.having[words[i-2].text] {
			return w.text
		}
		if slices.ContainsFunc(after, func(next word) bool { return lex.tops[next.text] }) && (money || len(w.text) > 1) {
			return w.text
		}
	}
	return ""
}

// limit reads the most that may be spent.
func (lex *lexicon) limit(words []word) string {
	if amount := lex.atHand(words); amount != "" {
		return amount
	}
	for _, p := range lex.upTo {
		_, to, ok := p.match(words)
		for ; ok && to < len(words); to++ {
			if words[to].number {
				return words[to].text
			}
			if words[to].text != "$" && !lex.stop[words[to].text] {
				break
			}
		}
	}
	return ""
}

// decide settles what a clause asks for where several phrases matched.
func (lex *lexicon) decide(c clause, asked map[models.Intent]bool) []models.Intent {
	lex.settle(&c, asked)
	if c.question.asksDetail(asked[models.IntentProductStock]) {
		asked[models.IntentProductDetail], asked[models.IntentProductStock] = true, false
	}
	switch {
	case asked[models.IntentOffTopic]:
		return []models.Intent{models.IntentOffTopic}
	case asked[models.IntentOrderStatus] && (!c.onRules() || lex.namesOrder(c.words)):
		return []models.Intent{models.IntentOrderStatus}
	case slices.Contains(c.topics, topicPromotion):
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
func (lex *lexicon) namesOrder(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return w.number && len(w.text) >= 4 && !strings.Contains(w.text, ".") })
}
