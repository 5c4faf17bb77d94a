package retrieval

import (
	"math"
	"slices"
	"strings"

	"kedai/activities/retrieval/lexicon"
	"kedai/models"
)

// indexed is what the index keeps of a product or passage for ranking.
type indexed struct {
	Hit
	fields [fieldCount]string // The tokens of each, as the index keeps them.
	vector []float32          // Where the embedder is semantic.
}

// field is a part of an indexed text: its stems and the marks of its concepts.
type field struct {
	stems []string
	marks []string
}

// The fields, the weightiest first.
const (
	fieldTitle = iota
	fieldFacets
	fieldText
	fieldCount
)

// fieldWeights say how much it counts where a text serves for a word.
var fieldWeights = [fieldCount]float64{1, 0.85, 0.5}

const (
	maxQueryWords = 32
	// A text has to serve for so much of the question, or so well for one of its
	// words: everything leads to everything in the end.
	minScore = 0.12
	minValue = 0.5
)

// rank scores texts by how well they serve for each word of the question, a
// word that few of them serve for counting more.
func (p *plan) rank(texts []indexed) {
	if len(texts) == 0 || len(p.words) == 0 {
		return
	}
	values := make([][]float64, len(texts))
	frequency := make([]float64, len(p.words))
	serving := p.serving()
	served := make([][fieldCount][]float64, len(texts))
	for i := range texts {
		for n, tokens := range texts[i].fields {
			served[i][n] = p.served(serving, tokens)
		}
	}
	for i := range texts {
		values[i] = p.values(&served[i], &texts[i])
		for n, v := range values[i] {
			frequency[n] += min(1, v) // Else a word that all serve for would count against them.
		}
	}
	// What a small shop has beside the candidates serves for no word.
	n := float64(max(len(texts), minCandidates))
	whole := 0.0
	for i, f := range frequency {
		rarity := math.Log(1 + (n-f+0.5)/(f+0.5))
		if f == 0 && !p.words[i].known {
			rarity *= 0.3 // Nothing is called that.
		}
		if p.words[i].faint {
			rarity *= 0.25
		}
		frequency[i] = rarity
		whole += rarity
	}
	for i := range texts {
		sum := 0.0
		for n, v := range values[i] {
			sum += v * frequency[n]
		}
		texts[i].Score = sum / whole * p.bias(texts[i].Kind)
		if texts[i].Score < minScore && slices.Max(values[i]) < minValue {
			texts[i].Score = 0
		}
	}
}

// maxBias is how much less a text counts that is of the wrong kind.
const maxBias = 0.3

// bias prefers passages for questions about service, products for others.
func (p *plan) bias(kind models.EvidenceKind) float64 {
	// Few questions are about nothing but service, or have nothing of it.
	share := min(1, max(0, (p.service-0.15)/0.35))
	if kind == models.EvidencePassage {
		return 1 - maxBias*(1-share)
	}
	return 1 - maxBias*share
}

// serves is how well a token serves for a word of the question.
type serves struct {
	word   int
	weight float64
}

// serving returns what each token serves for.
func (p *plan) serving() map[string][]serves {
	serving := map[string][]serves{}
	for i := range p.words {
		w := &p.words[i]
		serving[w.Stem] = append(serving[w.Stem], serves{i, 1})
		for _, a := range w.alts {
			serving[a.token] = append(serving[a.token], serves{i, a.weight})
		}
	}
	return serving
}

// served returns how well a field serves for each word by tokens that the plan
// has, and notes the words that stand in it.
func (p *plan) served(serving map[string][]serves, tokens string) []float64 {
	in := make([]float64, len(p.words))
	for token := range strings.FieldsSeq(tokens) {
		for _, s := range serving[token] {
			in[s.word] = max(in[s.word], s.weight)
			p.words[s.word].stands = p.words[s.word].stands || token == p.words[s.word].Stem
		}
	}
	return in
}

// again is what a further field adds that serves for the same word.
const again = 0.2

// values returns how well a text serves for each word, from 0 to about 1. A
// word that stands in one of the texts isn't a misspelling.
func (p *plan) values(served *[fieldCount][]float64, x *indexed) []float64 {
	best, sums := make([]float64, len(p.words)), make([]float64, len(p.words))
	for i, in := range served {
		for n := range p.words {
			if w := &p.words[n]; !w.known && !w.stands && in[n] < 0.5 {
				in[n] = max(in[n], w.likeness(p.language, x.fields[i]))
			}
			v := fieldWeights[i] * in[n]
			best[n], sums[n] = max(best[n], v), sums[n]+v
		}
	}
	for n := range best {
		best[n] += again * (sums[n] - best[n])
	}
	return best
}

// maxGuessed is how many words of a question may be taken for misspellings:
// comparing is dear, and who writes in no known words asks for nothing known.
const maxGuessed = 8

// likeness returns how like the word the likest of a field's stems is.
func (w *wanted) likeness(l models.Language, tokens string) float64 {
	if w.likes == nil {
		return 0
	}
	best := 0.0
	for stem := range strings.FieldsSeq(tokens) {
		if isMark(stem) {
			break // They come last.
		}
		like, known := w.likes[stem]
		if !known {
			like = 0.95 * w.spelling.Likeness(lexicon.SpellingOf(l, stem))
			w.likes[stem] = like
		}
		best = max(best, like)
	}
	return best
}

// newField reads a text.
func newField(l models.Language, text string) field {
	reading := lexicon.ReadText(l, text, maxStems)
	f := field{stems: reading.Stems()}
	seen := map[string]bool{}
	add := func(mark string) {
		if !seen[mark] {
			seen[mark] = true
			f.marks = append(f.marks, mark)
		}
	}
	for _, found := range reading.Concepts {
		mark := namedMark
		if found.Weight < 0.7 {
			mark = weakMark
		}
		add(mark + found.Concept.Name())
		for _, up := range found.Concept.Above() {
			if mark == namedMark {
				add(aboveMark + up.Name())
			}
		}
	}
	return f
}

// tokens are a field as the index keeps it: the stems, then the marks.
func (f field) tokens() string {
	return strings.Join(append(append([]string{}, f.stems...), f.marks...), " ")
}

// isMark tells the mark of a concept from a stem.
func isMark(token string) bool { return len(token) > 2 && token[1] == ':' }
