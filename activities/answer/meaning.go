package answer

import (
	"slices"
	"strings"

	trade "kedai/activities/retrieval/lexicon"
)

// meaning is a concept that a word of the shop's texts names.
type meaning struct {
	concept trade.Concept
	weight  float64 // Of 1.
}

// How well a word of the shop's that means the same serves for one of a
// question: by another name, as a kind of it, and as what a need leads to.
const (
	asNamed = 0.9
	asKind  = 0.85
	asLed   = 0.75 // Times the link's own weight.
)

// mean notes what the words of a shop's text mean.
func (lex *lexicon) mean(words []word) []word {
	reading := trade.ReadWords(lex.code, plains(words), false)
	for _, found := range reading.Concepts {
		for _, i := range found.At {
			w := &words[i]
			w.mean(found.Concept, found.Weight*asNamed)
			if found.Weight < 0.7 {
				continue
			}
			for _, up := range found.Concept.Above() {
				w.mean(up, asKind)
			}
		}
	}
	return words
}

func (w *word) mean(c trade.Concept, weight float64) {
	w.means = append(w.means, meaning{c, weight})
	w.meant |= bit(c)
}

func (w *word) want(c trade.Concept, weight float64) {
	if w.wants == nil {
		w.wants = map[trade.Concept]float64{}
	}
	w.wants[c] = max(w.wants[c], weight)
	w.wanted |= bit(c)
}

// bit is the concept's in a set in which it may stand for others too: sets that
// have no bit in common have no concept in common.
func bit(c trade.Concept) uint64 { return 1 << (uint(c) % 64) }

// want notes what would serve for the words of a question.
func (lex *lexicon) want(words []word) {
	reading := trade.ReadWords(lex.code, plains(words), true)
	for _, found := range reading.Concepts {
		for _, i := range found.At {
			w := &words[i]
			if w.number {
				continue
			}
			w.want(found.Concept, found.Weight)
			for _, link := range found.Concept.Links() {
				w.want(link.To, found.Weight*link.Weight*asLed)
			}
		}
	}
}

// wanting reports whether a word wants one of some concepts at least so much.
func (w word) wanting(least float64, one func(trade.Concept) bool) bool {
	for concept, weight := range w.wants {
		if weight >= least && one(concept) {
			return true
		}
	}
	return false
}

// telling reports whether a word of the shop's means one of some concepts at
// least so much.
func (w word) telling(least float64, one func(trade.Concept) bool) bool {
	return slices.ContainsFunc(w.means, func(m meaning) bool { return m.weight >= least && one(m.concept) })
}

// isGoods reports whether a concept is of what shops sell and not of how they
// serve.
func isGoods(c trade.Concept) bool { return !c.Service() }

func plains(words []word) []string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = strings.ToLower(w.plain)
		if w.plain == "" {
			texts[i] = w.text
		}
	}
	return texts
}

// serves returns how well a word of the shop's serves for one of a question
// by what it means.
func serves(asked, said *word) float64 {
	top := 0.0
	if asked.wanted&said.meant == 0 {
		return top
	}
	for _, m := range said.means {
		if v := asked.wants[m.concept] * m.weight; v > top {
			top = v
		}
	}
	return top
}
