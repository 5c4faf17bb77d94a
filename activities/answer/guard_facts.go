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
}

// factWords is guardFacts made ready.
type factWords struct {
	was, wasBehind, delivery []phrase
	wasFrom, now, costs      map[string]bool
}

var factsCompiled = sync.OnceValue(func() map[models.Language]*factWords {
	compiled := map[models.Language]*factWords{}
	for code, f := range map[models.Language]*guardFacts{models.English: &englishFacts, models.Spanish: &spanishFacts, models.Portuguese: &portugueseFacts, models.Russian: &russianFacts} {
		compiled[code] = &factWords{
			was: phrases(f.was), wasBehind: phrases(f.wasBehind), delivery: phrases(f.delivery),
			wasFrom: foldedSet(f.wasFrom), now: foldedSet(f.now), costs: foldedSet(f.costs),
		}
	}
	return compiled
})

func (g *guardLexicon) facts() *factWords { return factsCompiled()[g.code] }
