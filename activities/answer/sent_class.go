package answer

import (
	"slices"
	"strings"

	"kedai/models"
)

// classed is a row of rates for a class of goods, and its passage.
type classed struct {
	unit
	it *item
}

// fewestListed is how many words a row shares with the sentence that tells which
// goods its class has: large items are the sofas, the bed and the wardrobe.
const fewestListed = 2

// onClass returns the sentences of the rules on sending that speak of a row's class.
func (r *reader) onClass(row unit, fits func(unit) bool) []said {
	var found []said
	places := placesIn(r.lex, row.words)
	for _, it := range r.passages {
		if !it.topics[string(topicShipping)] {
			continue
		}
		for _, u := range it.units {
			if u.row || u.money || !fits(u) {
				continue
			}
			shared := 0
			for i, w := range row.words {
				if !w.number && !placed(places, i) && !r.lex.stop[w.text] && slices.ContainsFunc(u.words, func(o word) bool { return o.stem == w.stem }) {
					shared++
				}
			}
			if shared >= fewestListed {
				found = append(found, r.saidOf(it, []unit{u})...)
			}
		}
	}
	return found
}

// definitions returns the sentences that tell which goods a row's class has.
func (r *reader) definitions(row unit) []said {
	return r.onClass(row, func(u unit) bool { return !u.time && strings.Contains(u.text, ", ") })
}

// boundsOf returns the sentences on where the goods of a class are sent.
func (r *reader) boundsOf(row unit) []said {
	return r.onClass(row, func(u unit) bool { return len(placesIn(r.lex, u.words)) > 0 })
}

// thing returns the word for what is to be sent: of a product that is meant the
// noun of its title, else the words that name goods.
func (r *reader) thing(a asking, goods []term) []word {
	if products, own := r.meant(a.Question); own && len(products) == 1 && products[0].head.text != "" {
		return []word{products[0].head}
	}
	words := make([]word, len(goods))
	for i, t := range goods {
		words[i] = t.word
	}
	return words
}

// classOf returns the rows of rates for the class of goods that something is of.
func (r *reader) classOf(thing []word) []classed {
	var rows []classed
	for _, it := range r.passages {
		if !it.topics[string(topicShipping)] {
			continue
		}
		for _, row := range it.units {
			if row.row && slices.ContainsFunc(r.definitions(row), func(s said) bool { return holdsMost(thing, s.unit) }) {
				rows = append(rows, classed{row, it})
			}
		}
	}
	return rows
}

// holdsMost reports whether at least half of some words are in a sentence.
func holdsMost(words []word, u unit) bool {
	held := 0
	for _, w := range words {
		if best(w, u.words) >= keyTold {
			held++
		}
	}
	return held > 0 && 2*held >= len(words)
}

// sendingClass answers with the rates for a class of goods, or with what the rules
// say of where these aren't sent.
func (r *reader) sendingClass(a asking, class []classed) (found, bool) {
	var chosen []said
	for _, row := range class {
		serves := len(a.places) == 0 || len(placesIn(r.lex, row.words)) == 0 || slices.ContainsFunc(a.places, func(p place) bool { return r.servesPlace(p, row.unit) > 0 })
		if serves && (row.money || row.time) {
			chosen = append(chosen, r.saidOf(row.it, []unit{row.unit})...)
		}
	}
	if bound := r.boundsOf(class[0].unit); len(a.places) > 0 && len(bound) > 0 && (len(chosen) == 0 || !a.AsksAmount && !a.AsksTime) {
		chosen = bound
	}
	f := found{intent: models.IntentPolicy, action: models.ActionAnswer}
	if len(chosen) == 0 {
		return f, false
	}
	r.earlier = a.terms
	f.text, f.cites = r.sayAll(a, chosen)
	return f, f.text != ""
}
