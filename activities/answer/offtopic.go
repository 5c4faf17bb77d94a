package answer

import trade "kedai/activities/retrieval/lexicon"

// offTopic reports whether a clause asks for what has nothing to do with a
// shop: a task for an assistant of any kind, general knowledge, or an order to
// the system itself. What names something of a shop's is not such a wish.
func (lex *lexicon) offTopic(words []word) bool {
	p := policyOf(lex.code)
	if matchAny(p.commands, words, nil) {
		return true
	}
	if !matchAny(p.tasks, words, nil) && !matchAny(p.facts, words, nil) {
		return false
	}
	return !lex.speaksOfShop(words)
}

// speaksOfShop reports whether a text names goods or service of a shop.
func (lex *lexicon) speaksOfShop(words []word) bool {
	reading := trade.ReadWords(lex.code, plains(words), false)
	for _, f := range reading.Concepts {
		if f.Weight >= 0.9 && f.Concept.Service() {
			return true
		}
	}
	return false
}
