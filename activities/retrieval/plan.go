package retrieval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// plan is what a search looks for: for each word of the question what it can
// stand for in a text.
type plan struct {
	language models.Language
	words    []wanted
	service  float64 // How much it is about the shop's service rather than a thing, from 0 to 1.
}

// wanted is a word of the question.
type wanted struct {
	lexicon.Word
	known bool               // It has a meaning, so that it isn't a misspelling.
	faint bool               // It says little: a bare number, or a word such as thing.
	alts  []alternative      // What serves as well, the best first.
	likes map[string]float64 // How like it the stems of the texts are, once compared; nil: it isn't compared.

	spelling lexicon.Spelling // Where it is compared.
	stands   bool             // A candidate has it as it is.
}

// alternative is a token of an indexed text that serves for a word.
type alternative struct {
	token  string
	weight float64
}

// How concepts are written in the index: those that a text names, those it may
// name, and those above them.
const (
	namedMark = "c:"
	weakMark  = "w:"
	aboveMark = "a:"
)

// How well texts serve that name a concept in these ways.
const (
	asNamed = 0.92
	asWeak  = 0.5
	asAbove = 0.85 // A kind of what was asked for.

	minAlternative  = 0.1
	maxAlternatives = 40 // Of a word.
)

// newPlan reads a question. Synonyms are groups of terms that the account's
// admin wants to be taken for the same.
func newPlan(l models.Language, text string, synonyms [][]string) plan {
	reading := lexicon.ReadQuery(l, text, maxQueryWords)
	p := plan{language: l, words: make([]wanted, len(reading.Words)), service: serviceShare(reading)}
	for i, w := range reading.Words {
		// A number or a SKU that is like another is another.
		p.words[i] = wanted{
			Word: w, known: strings.ContainsFunc(w.Folded, unicode.IsDigit), faint: !strings.ContainsFunc(w.Folded, unicode.IsLetter) && len(w.Folded) < 5,
		}
	}
	for _, found := range reading.Concepts {
		for _, i := range found.At {
			p.words[i].mean(found)
		}
	}
	p.addSynonyms(synonyms)
	guessed := 0
	for i := range p.words {
		w := &p.words[i]
		w.trim()
		if !w.known && guessed < maxGuessed {
			w.likes, w.spelling = map[string]float64{}, lexicon.SpellingOf(l, w.Stem)
			guessed++
		}
	}
	return p
}

// mean adds what serves for a concept that the word names.
func (w *wanted) mean(found lexicon.Found) {
	if found.Concept.Name() == anything {
		w.faint = true
		return
	}
	w.known = w.known || found.Weight >= 0.9
	w.name(found.Concept, found.Weight)
	for _, link := range found.Concept.Links() {
		w.name(link.To, found.Weight*link.Weight)
	}
}

func (w *wanted) name(c lexicon.Concept, weight float64) {
	w.alts = append(w.alts,
		alternative{namedMark + c.Name(), weight * asNamed},
		alternative{weakMark + c.Name(), weight * asWeak})
	if c.Broad() {
		w.alts = append(w.alts, alternative{aboveMark + c.Name(), weight * asAbove})
	}
}

// anything is the concept of words such as thing and article.
const anything = "product"

// addSynonyms lets a word stand for the account's other terms of its group.
func (p *plan) addSynonyms(groups [][]string) {
	for _, group := range groups {
		for i, term := range group {
			at := p.find(stemsOf(p.language, term))
			if at == nil {
				continue
			}
			for j, other := range group {
				if i == j {
					continue
				}
				// Each word of a longer term serves for a part of it.
				stems := stemsOf(p.language, other)
				for _, stem := range stems {
					for _, n := range at {
						p.words[n].known = true
						p.words[n].alts = append(p.words[n].alts, alternative{stem, asNamed / float64(len(stems))})
					}
				}
			}
		}
	}
}

// stemsOf returns the stems of a term's words that say something.
func stemsOf(l models.Language, term string) []string {
	var stems []string
	for _, w := range lexicon.QueryWords(l, term, maxQueryWords) {
		stems = append(stems, w.Stem)
	}
	return stems
}

// find returns which words have the stems, nil unless all are there.
func (p *plan) find(stems []string) []int {
	var at []int
	for _, stem := range stems {
		i := slices.IndexFunc(p.words, func(w wanted) bool { return w.Stem == stem })
		if i < 0 {
			return nil
		}
		at = append(at, i)
	}
	return at
}

// trim keeps of each token the best weight, and of all the best.
func (w *wanted) trim() {
	best := map[string]float64{}
	for _, a := range w.alts {
		best[a.token] = max(best[a.token], a.weight)
	}
	w.alts = w.alts[:0]
	for token, weight := range best {
		if weight >= minAlternative {
			w.alts = append(w.alts, alternative{token, weight})
		}
	}
	slices.SortFunc(w.alts, func(a, b alternative) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.token, b.token))
	})
	w.alts = w.alts[:min(len(w.alts), maxAlternatives)]
}

// tokens returns what to ask the index for: at most limit tokens, from each
// word in turn the best that is left.
func (p *plan) tokens(limit int) []string {
	var out []string
	seen := map[string]bool{}
	add := func(token string) {
		if !seen[token] && len(out) < limit {
			seen[token] = true
			out = append(out, token)
		}
	}
	for _, w := range p.words {
		add(w.Stem)
	}
	for _, w := range p.words {
		if !w.known {
			for gram := range grams(w.Stem) {
				add(gram)
			}
		}
	}
	for n := range maxAlternatives {
		for _, w := range p.words {
			if n < len(w.alts) && w.alts[n].weight >= 0.3 {
				add(w.alts[n].token)
			}
		}
	}
	return out
}

// gramMark is what the index writes before a part of a word.
const gramMark = "g:"

// grams yields the parts of three letters of a stem, marked.
func grams(stem string) func(func(string) bool) {
	return func(yield func(string) bool) {
		runes := []rune(stem)
		if len(runes) < 4 {
			return
		}
		for i := 0; i+3 <= len(runes); i++ {
			if !yield(gramMark + string(runes[i:i+3])) {
				return
			}
		}
	}
}

// serviceShare returns how much of the question is about the shop's service,
// from 0 to 1: of the words that mean something, what they mean of it.
func serviceShare(reading lexicon.Reading) float64 {
	service := make([]float64, len(reading.Words))
	thing := make([]float64, len(reading.Words))
	for _, found := range reading.Concepts {
		means := thing
		if found.Concept.Service() {
			means = service
		}
		for _, i := range found.At {
			means[i] = max(means[i], found.Weight)
		}
	}
	share, words := 0.0, 0.0
	for i := range reading.Words {
		if sum := service[i] + thing[i]; sum > 0 {
			share += service[i] / sum
			words++
		}
	}
	if words == 0 {
		return 0
	}
	return share / words
}
