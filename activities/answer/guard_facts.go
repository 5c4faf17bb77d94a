package answer

import (
	"sync"

	"kedai/models"
)

// guardFacts is what the guard knows of how a language ties a figure or a state
// to a thing, in the forms of guardLanguage.
type guardFacts struct {
	was       []string // Stands before a price that is no longer asked.
	wasBehind []string // Stands behind one.
	wasFrom   string   // Words directly before the higher of two prices.
	now       string   // Words that say of a price that it is asked now.
	costs     string   // Words that tie a price to a thing, and name none.
	delivery  []string // What is brought, rather than sold.

	parcel   []string            // An order, or what it comes in.
	status   map[string][]string // Beside those of guardLanguage.
	strayed  []string            // States of an order that nothing of it can prove.
	expected []string            // Beside those of guardLanguage.
	ordered  []string            // Says of an order that it was placed.
	whole    []string            // All of an order.
	is       string              // Words between an order and its state.
}

// factWords is guardFacts made ready.
type factWords struct {
	was, wasBehind, delivery        []phrase
	parcel, strayed, ordered, whole []phrase
	wasFrom, now, costs, is         map[string]bool
}

var guardFactsOf = map[models.Language]*guardFacts{models.English: &englishFacts, models.Spanish: &spanishFacts, models.Portuguese: &portugueseFacts, models.Russian: &russianFacts}

var factsCompiled = sync.OnceValue(func() map[models.Language]*factWords {
	compiled := map[models.Language]*factWords{}
	for code, f := range guardFactsOf {
		compiled[code] = &factWords{
			was: phrases(f.was), wasBehind: phrases(f.wasBehind), delivery: phrases(f.delivery),
			wasFrom: foldedSet(f.wasFrom), now: foldedSet(f.now), costs: foldedSet(f.costs), is: foldedSet(f.is),
			parcel: phrases(f.parcel), strayed: phrases(f.strayed), ordered: phrases(f.ordered), whole: phrases(f.whole),
		}
	}
	return compiled
})

func (g *guardLexicon) facts() *factWords { return factsCompiled()[g.code] }
