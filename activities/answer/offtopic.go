package answer

import (
	"slices"

	trade "kedai/activities/retrieval/lexicon"
)

// offTopic reports whether a clause asks for what has nothing to do with a
// shop: a task for an assistant of any kind, general knowledge, or an order to
// the system itself. Who asks the shop for something may use such words too.
func (lex *lexicon) offTopic(words []word, asksShop bool) bool {
	p := policyOf(lex.code)
	switch {
	case sums(words) && !lex.speaksOfGoods(words):
		return true
	case matchAny(p.commands, words, nil):
		return true
	case matchAny(p.tasks, words, nil):
		return !asksShop
	case matchAny(p.facts, words, nil):
		return !asksShop && !lex.speaksOfGoods(words)
	}
	return false
}

// operators are the words between numbers that are to be reckoned with.
var operators = wordSet("por vezes times multiplied divided dividido plus mas mais menos minus умножить умножь помножить плюс минус разделить поделить x х")

// sums reports whether a clause is a sum to be worked out for its own sake.
func sums(words []word) bool {
	for i := 1; i+1 < len(words); i++ {
		if !words[i-1].number || !operators[words[i].text] {
			continue
		}
		if words[i+1].number || i+2 < len(words) && words[i+2].number {
			return true
		}
	}
	return false
}

// speaksOfGoods reports whether a text names things that a shop could have.
func (lex *lexicon) speaksOfGoods(words []word) bool {
	for _, f := range trade.ReadWords(lex.code, plains(words), false).Concepts {
		if !slices.ContainsFunc(f.At, func(i int) bool { return !lex.stop[words[i].text] }) {
			continue
		}
		if f.Weight >= surelySaid && isGoods(f.Concept) {
			return true
		}
	}
	return false
}

// quotable leaves out a sentence of the shop's texts that speaks to a machine:
// it is told to nobody, least of all obeyed.
func (r *reader) quotable(u unit) []unit {
	if matchAny(policyOf(r.lex.code).toModels, u.words, nil) {
		return nil
	}
	return []unit{u}
}
