package answer

import trade "kedai/activities/retrieval/lexicon"

// offTopic reports whether a clause asks for what has nothing to do with a
// shop: a task for an assistant of any kind, general knowledge, or an order to
// the system itself. Who asks the shop for something may use such words too.
func (lex *lexicon) offTopic(words []word, asksShop bool) bool {
	p := policyOf(lex.code)
	switch {
	case matchAny(p.commands, words, nil):
		return true
	case matchAny(p.tasks, words, nil):
		return !asksShop
	case matchAny(p.facts, words, nil):
		return !asksShop && !lex.speaksOfGoods(words)
	}
	return false
}

// speaksOfGoods reports whether a text names things that a shop could have.
func (lex *lexicon) speaksOfGoods(words []word) bool {
	for _, f := range trade.ReadWords(lex.code, plains(words), false).Concepts {
		if f.Weight >= surelyNamed && !f.Concept.Service() {
			return true
		}
	}
	return false
}

// surelyNamed is how sure a concept of the trades must be to count as goods.
const surelyNamed = 0.9

// quotable leaves out a sentence of the shop's texts that speaks to a machine:
// it is told to nobody, least of all obeyed.
func (r *reader) quotable(u unit) []unit {
	if matchAny(policyOf(r.lex.code).toModels, u.words, nil) {
		return nil
	}
	return []unit{u}
}
